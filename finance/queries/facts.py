"""What is signed when a purchase request is signed: its facts as JSON holds them, in the language of paper."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation

from finance.models import PurchaseRequest, RequestLine
from finance.queries.splitting import Rolling
from logistics.base.money import capitals, money_text, quantity_text
from logistics.printing.services import PAPER_LANGUAGE
from logistics.records import attachments


def facts_of(purchase: PurchaseRequest, lines: Sequence[RequestLine], sums: Iterable[Rolling] = ()) -> dict[str, Any]:
    """The whole paper: head, lines, files with their hashes, and what was pointed out when it was submitted."""
    budget = purchase.budget_line
    with translation.override(PAPER_LANGUAGE):
        return {
            "number": purchase.number or "",
            "day": purchase.submitted_at.astimezone().date().isoformat() if purchase.submitted_at else "",
            "applicant": purchase.applicant.name,
            "department": str(purchase.department or ""),
            "category": str(purchase.get_category_display()),
            "purpose": purchase.purpose,
            "budget": str(budget or ""),
            "funds": str(budget.get_funds_display()) if budget else "",
            "left": money_text(budget.available) if budget else "",
            "committed": money_text(budget.committed) if budget else "",
            "needed_by": purchase.needed_by.isoformat() if purchase.needed_by else "",
            "overspend_reason": purchase.overspend_reason,
            "lines": [_line(line) for line in lines],
            "total": str(purchase.total),
            "capitals": capitals(purchase.total),
            "files": [{"name": file.name, "sha256": file.sha256} for file in attachments.of(purchase)],
            "warnings": [f"{rolling.text}（{_numbers(rolling)}）" for rolling in sums],
        }


def _line(line: RequestLine) -> dict[str, str]:
    return {
        "name": line.name,
        "specification": line.specification,
        "unit": line.unit,
        "quantity": quantity_text(line.quantity),
        "price": str(line.price),
        "amount": str(line.amount),
    }


def _numbers(rolling: Rolling) -> str:
    return "、".join(str(paper) for paper in rolling.papers)
