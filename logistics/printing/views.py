"""Prints: one's own list, how far one is, its file."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from logistics.base.permissions import EVERYONE, demand, requires
from logistics.base.views import Column, ListPage
from logistics.printing.catalogue import form_of
from logistics.printing.choices import MEDIA_TYPES, Output
from logistics.printing.models import PrintJob
from logistics.printing.services import revive_silent


def jobs_of(request: HttpRequest) -> QuerySet[PrintJob]:
    """The prints of the person who asks."""
    return PrintJob.objects.filter(person_id=request.user.pk or 0)


def own_job(request: HttpRequest, pk: int) -> PrintJob:
    """The print, for its person and the administrator; for everybody else there is none."""
    jobs = PrintJob.objects.all() if request.user.is_superuser else jobs_of(request)
    try:
        return jobs.get(pk=pk)
    except PrintJob.DoesNotExist as error:
        raise Http404 from error


class JobList(ListPage):
    """One's own prints, newest first."""

    permission = EVERYONE
    title = _("My prints")
    model = PrintJob
    columns = [
        Column(_("Paper"), sort="title"),
        Column(_("Printed"), sort="created_at"),
        Column(_("As"), phone=False),
        Column(_("Number of pages"), number=True, sort="total", phone=False),
        Column(_("State")),
    ]

    def get_queryset(self) -> QuerySet[Any]:
        return jobs_of(self.request)


@requires(EVERYONE)
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; asked again by the page itself until it is ready. A print whose worker died is put back."""
    job = own_job(request, pk)
    if job.is_open and revive_silent():
        job.refresh_from_db()
    if request.headers.get("HX-Request"):
        answer = render(request, "printing/printjob/_progress.html", {"job": job})
        if not job.is_open:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "printing/printjob/detail.html", {"title": job.title, "job": job})


@requires(EVERYONE)
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The kept file, byte for byte; whoever has lost the form's permission since gets it no more."""
    job = own_job(request, pk)
    if not job.is_ready:
        raise Http404
    demand(request, form_of(job.form).permission)
    output = Output(job.output)
    with job.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type=MEDIA_TYPES[output])
    answer["Content-Disposition"] = content_disposition_header(output == Output.XLSX, job.filename) or ""
    answer["Cache-Control"] = "private, no-store"
    return answer
