"""The tables of purchases and money in the admin site, by noun."""

from finance.admin import budget, claims, procurement, purchases

__all__ = ["budget", "claims", "procurement", "purchases"]
