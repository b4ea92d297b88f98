"""A list: search, filters, sorting, totals, pages, bulk actions, export to Excel."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Model, QuerySet, Sum
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.views.generic import TemplateView

from logistics.base.filters import PageFilterSet
from logistics.base.permissions import RequiresPermission, demand
from logistics.base.views.columns import BulkAction, Column
from logistics.base.views.paging import Page
from logistics.base.views.sheets import sheet_response

PAGE_SIZES = (50, 100)


class ListPage(RequiresPermission, TemplateView):
    """A page of a list. The subclass gives ``get_queryset`` (already scoped to the person), columns and filters.

    Its template extends ``object_list.html`` and writes the block ``rows``. Two queries read the page whatever its
    depth, one more counts and adds up.
    """

    http_method_names = ["get", "head", "options"]
    title: str | Promise = ""
    model: type[Model]
    columns: Sequence[Column] = ()
    filterset_class: type[PageFilterSet] | None = None
    ordering: Sequence[str] = ()
    bulk_actions: Sequence[BulkAction] = ()
    export_permission: str | None = None  # None: no export
    export_name: str | Promise = ""
    create_url_name = ""
    create_label: str | Promise = ""
    create_permission = ""

    def get_template_names(self) -> list[str]:
        """``<app>/<noun>/list.html`` unless ``template_name`` says otherwise."""
        meta = self.model._meta
        return [self.template_name or f"{meta.app_label}/{meta.model_name}/list.html"]

    def get_queryset(self) -> QuerySet[Any]:
        """All rows this person may see."""
        return self.model._default_manager.all()

    def get_row_queryset(self) -> QuerySet[Any]:
        """Where the rows of one page are read from: put ``select_related``, ``only`` and annotations here."""
        return self.model._default_manager.all()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        if self.export_permission is not None and request.GET.get("export") == "xlsx":
            demand(request, self.export_permission)
            return self.export()
        return super().get(request, *args, **kwargs)

    @cached_property
    def filterset(self) -> PageFilterSet | None:
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET, queryset=self.get_queryset(), request=self.request)

    @cached_property
    def filtered(self) -> QuerySet[Any]:
        """The rows that pass the filters, unordered."""
        return self.filterset.qs if self.filterset else self.get_queryset()

    @cached_property
    def sort(self) -> str:
        """The sort asked for, if a column allows it: ``value`` or ``-value``."""
        asked = self.request.GET.get("sort", "")
        return asked if asked.removeprefix("-") in {c.sort for c in self.columns if c.sort} else ""

    def ordered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """In the order asked for, ties by key, so that pages neither overlap nor miss a row."""
        by = [self.sort] if self.sort else list(self.ordering or self.model._meta.ordering or ())
        tied = not {"pk", "-pk", "id", "-id"}.isdisjoint(by)
        return rows.order_by(*by) if tied else rows.order_by(*by, "pk")

    @cached_property
    def sums(self) -> dict[str, Any]:
        """How many rows there are, and the columns' totals, in one query."""
        totals = {f"sum_{c.total}": Sum(c.total) for c in self.columns if c.total}
        return self.filtered.order_by().aggregate(rows=Count("pk"), **totals)

    @cached_property
    def page(self) -> Page:
        size = self.request.GET.get("size", "")
        chosen = int(size) if size in {str(s) for s in PAGE_SIZES} else PAGE_SIZES[0]
        return Page.at(self.request.GET.get("page", ""), chosen, self.sums["rows"])

    def page_rows(self) -> list[Any]:
        keys = self.page.keys(self.ordered(self.filtered)) if self.page.total else []
        rows = {row.pk: row for row in self.get_row_queryset().filter(pk__in=keys).order_by()} if keys else {}
        return [rows[key] for key in keys if key in rows]

    def is_filtered(self) -> bool:
        names = self.filterset.filters if self.filterset else ()
        return any(self.request.GET.get(name) for name in names)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        allowed = self.request.user.has_perm
        return super().get_context_data(
            **{
                "title": self.title,
                "object_list": self.page_rows(),
                "page": self.page,
                "page_sizes": PAGE_SIZES,
                "columns": self.columns,
                "heads": [self.head(column) for column in self.columns],
                "totals": self.totals(),
                "table_class": self.table_class(),
                "filters": self.filterset,
                "filtered": self.is_filtered(),
                "sort": self.sort,
                "bulk_actions": [
                    (action, reverse(action.url_name))
                    for action in self.bulk_actions
                    if not action.permission or allowed(action.permission)
                ],
                "may_export": self.export_permission is not None and allowed(self.export_permission),
                "create_url": self.create_url(),
                "create_label": self.create_label,
                **kwargs,
            }
        )

    def create_url(self) -> str:
        may = self.create_url_name and self.request.user.has_perm(self.create_permission)
        return reverse(self.create_url_name) if may else ""

    def head(self, column: Column) -> dict[str, Any]:
        """A column's heading: where a click on it sorts, and how it is sorted now."""
        if not column.sort:
            return {"column": column, "to": "", "state": ""}
        state = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(self.sort, "")
        to = f"-{column.sort}" if state == "ascending" else column.sort
        return {"column": column, "to": to, "state": state}

    def totals(self) -> list[tuple[Column, Any]]:
        if not self.sums["rows"] or not any(c.total for c in self.columns):
            return []
        return [(c, self.sums[f"sum_{c.total}"] if c.total else None) for c in self.columns]

    def table_class(self) -> str:
        """Which columns hold figures or yuan, and which a phone leaves out, so that no cell has to say so itself."""
        said = []
        for place, column in enumerate(self.columns, 2 if self.bulk_actions else 1):
            marks = (("num", column.figures), ("yuan", column.money), ("wide", not column.phone))
            said += [f"{mark}-{place}" for mark, true in marks if true]
        return " ".join(said)

    def export_queryset(self) -> QuerySet[Any]:
        """The filtered rows as they are exported; the look-ups of the row queryset, the order of the list."""
        keys = self.filtered.order_by().values("pk")
        return self.ordered(self.get_row_queryset().filter(pk__in=keys))

    def export(self) -> FileResponse:
        """What is filtered, as an Excel file."""
        columns = [column for column in self.columns if column.value]
        rows = ([column.cell(row) for column in columns] for row in self.export_queryset().iterator(2000))
        return sheet_response(str(self.export_name or self.title), [str(c.label) for c in columns], rows)
