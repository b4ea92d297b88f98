"""Writing a purchase request: the form that keeps itself while one types, and looking it over before it goes."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from finance.forms.purchases import USUALLY_NEEDED, LineFormSet, LookForm, RequestForm, initial_lines
from finance.models import PurchaseRequest
from finance.queries.purchases import bought_before
from finance.queries.splitting import deciding_amount, rolling_sums
from finance.rules import purchases as rules
from finance.services import purchases as services
from finance.services.purchases import Wanted
from finance.views.purchases import FILE, files_of, own
from logistics.approvals.kinds import StepSpec
from logistics.approvals.rules import chain_of, holders
from logistics.base.permissions import requires
from logistics.base.views import ask, posted
from logistics.base.views.ask import say
from logistics.records import attachments
from logistics.school.choices import Role
from logistics.school.models import Person
from logistics.school.who import who


@requires(FILE)
def create(request: HttpRequest) -> HttpResponse:
    """A new request."""
    return _edit(request, None)


@requires(FILE)
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft, or one that came back, is mended. 404 for somebody else's."""
    purchase = own(request, pk)
    if not rules.may_edit(who(request), purchase):
        messages.info(request, _("This request is on its way or signed and is not changed any more."))
        return redirect(purchase)
    return _edit(request, purchase)


def _edit(request: HttpRequest, purchase: PurchaseRequest | None) -> HttpResponse:
    person, complete = who(request), "look" in request.POST
    data = posted(request)
    form = RequestForm(data, request.FILES or None, person=person, complete=complete, initial=_initial(purchase))
    lines = LineFormSet(data, prefix="lines", initial=initial_lines(purchase) if purchase else [])
    if data is not None and form.is_valid() and lines.is_valid():
        try:
            with transaction.atomic():
                saved = _save(person, purchase, form, lines.wanted())
        except ValidationError as refused:
            say(form, refused)
        else:
            return redirect("finance:purchase-submit" if complete else "finance:purchase-detail", saved.pk)
    context = {
        "title": _("Change the purchase request") if purchase else _("New purchase request"),
        "form": form,
        "formset": lines,
        "lines_title": _("What is to be bought"),
        "purchase": purchase,
        "attachments": files_of(purchase) if purchase else [],
        "cancel_url": purchase.get_absolute_url() if purchase else reverse("finance:my-purchases"),
        "keep_url": reverse("finance:purchase-keep", args=[purchase.pk] if purchase else []),
    }
    return render(request, "finance/purchase/form.html", context)


def _initial(purchase: PurchaseRequest | None) -> dict[str, Any]:
    if purchase is None:
        return {"once": str(uuid4()), "needed_by": timezone.localdate() + USUALLY_NEEDED}
    names = ("category", "purpose", "needed_by", "budget_line")
    return {name: getattr(purchase, name) for name in names}


def _save(person: Person, purchase: PurchaseRequest | None, form: RequestForm, lines: list[Wanted]) -> PurchaseRequest:
    once = form.cleaned_data.get("once", "")
    saved = services.save_draft(person=person, purchase=purchase, lines=lines, once=once, **form.said())
    for file in form.cleaned_data.get("photos") or ():
        attachments.attach(person=person, record=saved, upload=file)
    return saved


@require_POST
@requires(FILE)
def keep(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Keep a draft while it is typed: what can be read of it. Answers when, and what it comes to."""
    person = who(request)
    purchase = own(request, pk) if pk else None
    form = RequestForm(request.POST, person=person, complete=False)
    lines = LineFormSet(request.POST, prefix="lines")
    form.is_valid()
    try:
        wanted = lines.wanted()
        saved = (
            _save(person, purchase, form, wanted) if purchase or wanted or form.cleaned_data.get("purpose") else None
        )
    except ValidationError as refused:
        return HttpResponse(format_html('<p class="wrong">{}</p>', " ".join(refused.messages)))
    return render(request, "finance/purchase/_kept.html", {"purchase": saved, "at": timezone.now()})


@requires(FILE)
def names(request: HttpRequest) -> HttpResponse:
    """What the school bought before under such a name, with what a line is filled from."""
    text = str(next(iter(request.GET.values()), ""))[:60]
    offer = '<option value="{}" data-price="{}" data-unit="{}" data-specification="{}">{} ¥{}</option>'
    said = [
        (one.name, one.price, one.unit, one.specification, one.specification, one.price) for one in bought_before(text)
    ]
    return HttpResponse(format_html_join("", offer, said))


@requires(FILE)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole request looked over once more, with the way it would go and what is pointed out; then it goes."""
    person, purchase = who(request), own(request, pk)
    if not rules.may_edit(person, purchase):
        return redirect(purchase)
    purchase.department = person.department
    lines = list(purchase.lines.all())
    over, sums = rules.is_over(purchase), rolling_sums(purchase, lines)
    rule = services.way_of(purchase, deciding_amount(purchase, sums))
    steps = [*(chain_of(rule) if rule else ()), *services.added_steps(purchase, rule)]

    def do(data: dict[str, Any]) -> None:
        services.submit(person=person, purchase=purchase, overspend_reason=data.get("overspend_reason"))
        messages.success(request, _("%(purchase)s is on its way.") % {"purchase": purchase})

    return ask(
        request,
        title=_("Look it over"),
        form=LookForm(posted(request), over=over, initial={"overspend_reason": purchase.overspend_reason}),
        do=do,
        back=purchase.get_absolute_url(),
        template="finance/purchase/look.html",
        submit_label=_("Submit"),
        purchase=purchase,
        lines=lines,
        over=over,
        sums=sums,
        rule=rule,
        way=list(_way(person, steps)),
        attachments=files_of(purchase),
        upload_url="",
    )


def _way(person: Person, steps: list[StepSpec]) -> Iterator[tuple[str, str]]:
    """Each step of the way it would go, and who signs there today."""
    for step in steps:
        names = [holder.name for holder in holders(step.role) if holder.pk != person.pk]
        yield step.label or str(Role(step.role).label), "、".join(names)
