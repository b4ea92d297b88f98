"""The papers of purchases and money that travel to be signed, each with what follows from its last signature."""

from finance.papers.claims import CLAIM
from finance.papers.procurement import ACCEPTANCE, COMPARISON
from finance.papers.purchases import PURCHASE

PAPERS = [PURCHASE, COMPARISON, ACCEPTANCE, CLAIM]
