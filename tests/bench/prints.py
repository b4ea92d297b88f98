"""Prints measured two ways: the product from facts to file, and WeasyPrint alone on the same HTML."""

from pathlib import Path
from typing import Any

from django.utils import translation

from assets import printing
from assets.models import Card
from logistics.base.history import acting
from logistics.printing.choices import PrintState
from logistics.printing.labels import label_pages, labels_html
from logistics.printing.rendering import page_html, pages_of
from logistics.printing.services import print_paper
from logistics.school.models import Department, Person
from tests.bench.imports import KEEPER

SITE = "http://127.0.0.1:8000"


def asked(kind: str) -> dict[str, Any]:
    if kind == "ledger":
        return {"department": Department.objects.get(name="总务处").pk}
    return {"cards": list(Card.objects.values_list("pk", flat=True)), "form": "a4-3x7", "site": SITE}


FORMS = {"ledger": printing.department_ledger, "labels": printing.labels}


def write_html(kind: str, path: Path) -> dict[str, Any]:
    """The HTML of all pages in one document."""
    keeper = Person.objects.get(username=KEEPER)
    with translation.override("zh-hans"):
        made: Any = FORMS[kind](keeper, **asked(kind))
        pages = list(label_pages(made)) if kind == "labels" else pages_of([made])
        path.write_text(labels_html(made, pages) if kind == "labels" else page_html(pages, made.title))
    return {"pages": len(pages)}


def product(kind: str) -> dict[str, Any]:
    """A print as it is asked for on a page: facts, pages, HTML, PDF, file kept."""
    keeper = Person.objects.get(username=KEEPER)
    with acting(keeper):
        job = print_paper(person=keeper, form=FORMS[kind], parameters=asked(kind))
    job.refresh_from_db()
    if job.state != PrintState.DONE:
        raise RuntimeError(job.message)
    return {"pages": job.total, "kib": job.file.size / 1024}


def alone(path: Path) -> dict[str, Any]:
    """WeasyPrint as its manual shows it: one document from HTML to PDF."""
    from weasyprint import HTML

    from logistics.printing.fetching import ASSETS, OwnFilesFetcher

    pdf = HTML(string=path.read_text(), base_url=f"{ASSETS}/", url_fetcher=OwnFilesFetcher()).write_pdf()
    return {"kib": len(pdf) / 1024}
