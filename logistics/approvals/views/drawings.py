"""My signature: drawn on the screen, kept, dropped, shown where it was used."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from logistics.approvals.forms.signing import DrawForm
from logistics.approvals.models import Drawing, Signature
from logistics.approvals.rules import may_read
from logistics.approvals.services.drawings import drop_drawing, keep_drawing, kept_drawing
from logistics.base.permissions import EVERYONE, requires
from logistics.base.views import posted, say
from logistics.school.who import who


@requires(EVERYONE)
def mine(request: HttpRequest) -> HttpResponse:
    """Draw the signature that is offered when one signs."""
    form = DrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            keep_drawing(person=who(request), data_url=form.cleaned_data["drawing"], keep=True)
            return redirect("approvals:drawing")
        except ValidationError as error:
            say(form, error)
    context = {"title": _("My signature"), "form": form, "kept": kept_drawing(who(request))}
    return render(request, "approvals/drawing.html", context)


@require_POST
@requires(EVERYONE)
def drop(request: HttpRequest) -> HttpResponse:
    """Offer it no more; papers signed with it keep it."""
    drop_drawing(person=who(request))
    return redirect("approvals:drawing")


@requires(EVERYONE)
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawn signature itself: one's own, or one that stands on a paper one may read."""
    drawing = get_object_or_404(Drawing, pk=pk)
    person = who(request)
    if drawing.person_id != person.pk:
        signatures = Signature.objects.filter(drawing=drawing).select_related("route")
        if not any(signature.route.paper and may_read(person, signature.route) for signature in signatures):
            raise Http404
    answer = HttpResponse(bytes(drawing.png), content_type="image/png")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
