"""What a print button does: have the paper made and go to its file, or where one sees how far it is."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from logistics.printing.choices import Output
from logistics.printing.services import print_paper
from logistics.school.who import who


def deliver(
    request: HttpRequest, paper: Callable[..., Any], *, back: str, output: str = "", **parameters: Any
) -> HttpResponse:
    """Have ``paper`` made with ``parameters``, as Excel if the button says so. 404 for what one may not see.

    What cannot be printed is said at ``back``.
    """
    wanted = Output.XLSX if Output.XLSX in {output, request.POST.get("output")} else Output.PDF
    try:
        job = print_paper(person=who(request), form=paper, parameters=parameters, output=wanted)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(back)
    return redirect(job.open_url)
