"""Pages of the store: what lies there, the book of an item, the papers and their reversal."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.choices import StockKind
from assets.exports import papers_sheet
from assets.forms.movements import ReversalForm
from assets.models import StockBalance, StockEntry, StockItem, StockPaper
from assets.queries.stock import book_of
from assets.services import stock as services
from logistics.base.filters import DateFilter, PageFilterSet, PickFilter
from logistics.base.permissions import requires
from logistics.base.views import Column, DetailPage, ListPage, ask, posted
from logistics.base.views.lists import PAGE_SIZES
from logistics.base.views.paging import Page
from logistics.school.choices import RoomKind
from logistics.school.filters import TermFilter
from logistics.school.models import Room
from logistics.school.who import who

KEEP, LOOK = "assets.keep_stock", "assets.view_stock"


def store_filter(field: str = "room") -> PickFilter:
    """By store room, those no longer in use too."""
    return PickFilter(
        label=gettext_lazy("Store"),
        field_name=field,
        rows=lambda: Room.objects.filter(kind=RoomKind.STORE),
        sort="name_sort",
    )


class StockFilter(PageFilterSet):
    """What lies in the store rooms; used-up goods only when asked for."""

    search_fields = ("item__name", "item__specification", "item__key")
    room = store_filter()
    empty = django_filters.ChoiceFilter(
        label=gettext_lazy("Used up"),
        choices=[("all", gettext_lazy("shown too"))],
        empty_label=gettext_lazy("not shown"),
        method="with_empty",
    )

    class Meta:
        model = StockBalance
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[StockBalance]) -> QuerySet[StockBalance]:
        """Narrow by every filled-in field."""
        if not self.form.cleaned_data.get("empty"):
            queryset = queryset.filter(quantity__gt=0)
        narrowed: QuerySet[StockBalance] = super().filter_queryset(queryset)
        return narrowed

    def with_empty(self, queryset: QuerySet[StockBalance], name: str, value: str) -> QuerySet[StockBalance]:
        return queryset


class StockList(ListPage):
    """What lies in the store rooms."""

    permission = LOOK
    model = StockBalance
    template_name = "assets/stock/list.html"
    title = gettext_lazy("Stock")
    filterset_class = StockFilter
    ordering = ("item__key", "item", "room__name_sort")
    export_permission = LOOK
    columns = (
        Column(gettext_lazy("Name of goods"), "item__key", value="item__name"),
        Column(gettext_lazy("Specification"), value="item__specification", phone=False),
        Column(gettext_lazy("Store"), "room__name_sort", value="room__name"),
        Column(gettext_lazy("In store"), "quantity", number=True, value="quantity"),
        Column(gettext_lazy("Unit"), value="item__unit", phone=False),
        Column(gettext_lazy("Value"), "amount", money=True, total="amount", value="amount"),
    )

    def get_row_queryset(self) -> QuerySet[StockBalance]:
        return StockBalance.objects.select_related("item", "room")


class ItemDetail(DetailPage):
    """One item with its book (领用登记), the latest first: in, out and what was left after each paper."""

    permission = LOOK
    model = StockItem
    template_name = "assets/stock/item.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Page.at(self.request.GET.get("page", ""), PAGE_SIZES[0], self.object.entries.count())
        balances = StockBalance.objects.filter(item=self.object).select_related("room")
        book = book_of(self.object)[page.start : page.last_row]
        return super().get_context_data(book=book, page=page, page_sizes=PAGE_SIZES[:1], balances=balances, **kwargs)


class StockPaperFilter(PageFilterSet):
    """Papers of the store by kind, store and time."""

    search_fields = ("number", "summary", "acceptance__number", "issue__recipient__name")
    search_below = ("entries__item__name",)
    first = ("q", "kind", "room", "term")
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("kind"), choices=StockKind.choices, empty_label=gettext_lazy("all")
    )
    room = store_filter()
    term = TermFilter("day")
    since = DateFilter("day", "gte", label=gettext_lazy("From"))
    until = DateFilter("day", "lte", label=gettext_lazy("Until"))

    class Meta:
        model = StockPaper
        fields: list[str] = []


class StockPaperList(ListPage):
    """Every paper of the store, the latest first; as Excel line by line."""

    permission = LOOK
    model = StockPaper
    template_name = "assets/stock/papers.html"
    title = gettext_lazy("Papers of the store")
    filterset_class = StockPaperFilter
    ordering = ("-day", "-pk")
    export_permission = LOOK
    columns = (
        Column(gettext_lazy("Number"), "number"),
        Column(gettext_lazy("kind"), "kind"),
        Column(gettext_lazy("Date"), "day"),
        Column(gettext_lazy("Store"), "room__name_sort", phone=False),
        Column(gettext_lazy("In a few words"), phone=False),
        Column(gettext_lazy("Keeper"), "made_by__name_sort", phone=False),
    )

    def get_row_queryset(self) -> QuerySet[StockPaper]:
        return StockPaper.objects.select_related("room", "made_by", "acceptance", "reverses", "issue__recipient")

    def export(self) -> FileResponse:
        """The papers that are filtered, line by line."""
        entries = StockEntry.objects.filter(paper__in=self.filtered.order_by().values("pk"))
        return papers_sheet(entries.order_by("day", "paper_id", "pk"))


class PaperDetail(DetailPage):
    """One paper of the store."""

    permission = LOOK
    model = StockPaper
    template_name = "assets/stock/paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paper = self.object
        undone_by = StockPaper.objects.filter(reverses=paper).first()
        may_reverse = paper.kind != StockKind.REVERSAL and not undone_by and self.request.user.has_perm(KEEP)
        return super().get_context_data(
            rows=paper.entries.select_related("item"), undone_by=undone_by, may_reverse=may_reverse, **kwargs
        )


@requires(KEEP)
def reverse_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a paper of the store by another."""
    paper = get_object_or_404(StockPaper, pk=pk)
    came = paper.kind == StockKind.IN
    return ask(
        request,
        title=_("Reverse %(paper)s") % {"paper": paper},
        lead=_("The goods leave the store again and are to be entered anew. Both papers stay to be read.")
        if came
        else _("The goods lie in the store again and the slip says so. Both papers stay to be read."),
        form=ReversalForm(posted(request)),
        do=lambda data: services.reverse(person=who(request), paper=paper, day=data["date"], summary=data["reason"]),
        back=paper.get_absolute_url(),
        done=_("%(paper)s is reversed.") % {"paper": paper},
        submit_label=_("Reverse"),
        danger=True,
    )
