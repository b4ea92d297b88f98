"""Who has how much to do."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from logistics.base.views import Column, ListPage
from logistics.school.filters import ContactFilter
from logistics.school.models import Person
from logistics.workcalendar.queries import with_load
from logistics.workcalendar.rules import OVERSEE


class LoadList(ListPage):
    """Everybody with tasks this term, those with something late first; each figure leads to its tasks."""

    permission, model, title, filterset_class = OVERSEE, Person, _("Tasks by person"), ContactFilter
    template_name = "workcalendar/load.html"
    ordering = ("-late", "-open_tasks", "name_sort", "pk")
    export_permission = OVERSEE
    columns = (
        Column(pgettext_lazy("person", "Name"), "name_sort", value="name"),
        Column(_("Department"), "department__order", value="department__name", phone=False),
        Column(pgettext_lazy("tasks", "To do"), "open_tasks", number=True, value="open_tasks", total="open_tasks"),
        Column(pgettext_lazy("tasks", "Late"), "late", number=True, value="late", total="late"),
        Column(pgettext_lazy("tasks", "Done"), "done", number=True, value="done", total="done"),
        Column(pgettext_lazy("tasks", "Not done"), "not_done", number=True, value="not_done", total="not_done"),
    )

    def get_queryset(self) -> QuerySet[Person]:
        return with_load(Person.objects.all())

    def get_row_queryset(self) -> QuerySet[Person]:
        return with_load(Person.objects.select_related("department"))
