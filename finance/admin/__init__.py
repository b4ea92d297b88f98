"""The tables of purchases and money in the admin site, by noun."""

from finance.admin import budget, purchases

__all__ = ["budget", "purchases"]
