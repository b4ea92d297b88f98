"""The purchase register as an Excel list, line by line."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from finance.models import RequestLine
from logistics.base.views.sheets import sheet_response


def register_sheet(lines: QuerySet[RequestLine]) -> FileResponse:
    """采购登记簿 of these lines."""
    heads = [
        _("Number"),
        _("Submitted"),
        _("Applicant"),
        _("Department"),
        _("Category"),
        _("What for"),
        _("Budget item"),
        _("Name of goods"),
        _("Specification"),
        _("Unit"),
        _("Quantity"),
        _("Estimated price"),
        _("Amount (yuan)"),
        _("State"),
        _("Goods"),
    ]
    return sheet_response(_("Purchase register"), heads, _rows(lines))


def _rows(lines: QuerySet[RequestLine]) -> Iterator[list[Any]]:
    heads = ("request__applicant", "request__department", "request__budget_line")
    for line in lines.select_related(*heads).iterator(2000):
        paper = line.request
        yield [
            paper.number,
            timezone.localdate(paper.submitted_at) if paper.submitted_at else None,
            paper.applicant.name,
            str(paper.department or ""),
            str(paper.get_category_display()),
            paper.purpose,
            str(paper.budget_line or ""),
            line.name,
            line.specification,
            line.unit,
            line.quantity,
            line.price,
            line.amount,
            str(paper.get_state_display()),
            str(paper.stage.label) if paper.stage else "",
        ]
