"""Writing a paper on chosen cards in two steps: fill in, look at what will happen, confirm."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from assets.models import Card, Movement
from assets.rules import listed, out_of_ledger
from assets.standing import stamp
from logistics.base.permissions import RequiresPermission, demand
from logistics.school.who import keys, who

Row = tuple[Any, Any, Any]  # what, as it is, as it will be
ABOUT_THE_PAGE = {"csrfmiddlewaretoken", "pk", "seen", "step"}


@dataclass(frozen=True)
class Plan:
    """What a paper would do to one card."""

    card: Card
    rows: Sequence[Row] = field(default_factory=list)


class PaperPage(RequiresPermission, FormView):  # type: ignore[type-arg]
    """The page carries a mark of the cards as it showed them. When somebody moved one meanwhile, nothing is written
    and the page says what changed.
    """

    permission = "assets.move_card"
    template_name = "assets/movement/form.html"
    title: str | Promise = ""
    lead: str | Promise = ""
    one_card = False

    def plan(self, card: Card, data: dict[str, Any]) -> Sequence[Row]:
        """What the paper would change on ``card``."""
        raise NotImplementedError

    def write(self, data: dict[str, Any], seen: str) -> Movement:
        """Have the service write it. Raises ValidationError in plain words."""
        raise NotImplementedError

    def on_paper(self, data: dict[str, Any], seen: str = "") -> dict[str, Any]:
        """What every paper's service is told."""
        summary = data.get("reason") or data.get("summary", "")
        return {"person": who(self.request), "date": data["date"], "summary": summary, "seen": seen}

    @cached_property
    def cards(self) -> list[Card]:
        """The chosen cards that stand in the ledger."""
        rows = Card.objects.in_ledger().filter(pk__in=self.asked)
        return list(rows.select_related("property_class", "department", "room", "custodian").order_by("number"))

    @property
    def asked(self) -> list[int]:
        return keys((self.request.POST if self.request.method == "POST" else self.request.GET).getlist("pk"))

    @cached_property
    def last_paper(self) -> int:
        papers = Movement.objects.filter(entries__card__in=self.cards)
        return papers.order_by("-pk").values_list("pk", flat=True).first() or 0

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        demand(request, self.permission)
        if self.cards and (not self.one_card or len(self.cards) == 1):
            return super().dispatch(request, *args, **kwargs)
        if self.one_card and len(self.cards) > 1:
            messages.info(request, _("This paper is for one card at a time: tick a single one."))
            return redirect("assets:card-list")
        gone = [problem for card in Card.objects.filter(pk__in=self.asked) if (problem := out_of_ledger(card))]
        messages.info(request, " ".join(listed(gone)) or _("Choose the cards first: tick them in the list."))
        return redirect("assets:card-list")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        step = request.POST.get("step", "")
        if step == "back" or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        looking = step != "write"
        if not looking and (problem := self.moved_meanwhile()):
            form.add_error(None, problem)
            return self.form_invalid(form)
        try:
            paper = self.written(form.cleaned_data, looking=looking)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return self.form_invalid(form)
        if looking:
            return self.ask(form)
        messages.success(request, _("Paper %(paper)s is written.") % {"paper": paper})
        return HttpResponseRedirect(paper.get_absolute_url())

    def written(self, data: dict[str, Any], *, looking: bool) -> Movement:
        """Have it written; while one is only ``looking`` it is taken back at once, so that what the rules forbid is
        said before. The cards are read again unless it stays written: the service left on them what it would do.
        """
        stays = False
        try:
            with transaction.atomic():
                seen = "" if looking else self.request.POST.get("seen", "").partition(".")[0]
                paper = self.write(data, seen)
                transaction.set_rollback(looking)
            stays = not looking
        finally:
            if not stays:
                del self.cards
        return paper

    def ask(self, form: BaseForm) -> HttpResponse:
        """Show what will happen."""
        plans = [Plan(card, self.plan(card, form.cleaned_data)) for card in self.cards]
        typed = [(name, value) for name, value in self.request.POST.items() if name not in ABOUT_THE_PAGE]
        self.template_name = "assets/movement/confirm.html"
        words = form.cleaned_data.get("reason") or form.cleaned_data.get("summary")
        return self.render_to_response(self.get_context_data(form=form, plans=plans, typed=typed, words=words))

    def moved_meanwhile(self) -> list[str]:
        """A sentence for each paper written on these cards since the page was shown."""
        mark, _dot, last = self.request.POST.get("seen", "").partition(".")
        if mark == stamp(self.cards):
            return []
        since = Movement.objects.filter(entries__card__in=self.cards, pk__gt=sum(keys([last])))
        said = [
            _("%(kind)s %(paper)s by %(person)s was written meanwhile; the cards now stand as shown here.")
            % {"kind": paper.get_kind_display(), "paper": paper, "person": paper.made_by}
            for paper in since.select_related("made_by").distinct().order_by("pk")
        ]
        return [_("Nothing was written: the cards changed after you opened this page."), *said]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "title": self.title,
                "lead": self.lead,
                "cards": self.cards,
                "seen": f"{stamp(self.cards)}.{self.last_paper}",
                **kwargs,
            }
        )
