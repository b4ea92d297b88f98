"""The papers of purchases and money that travel to be signed, each with what follows from its last signature."""

from finance.papers.purchases import PURCHASE
from logistics.approvals.kinds import PaperKind

PAPERS: list[PaperKind] = [PURCHASE]
