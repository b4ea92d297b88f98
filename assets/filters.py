"""What the card list can be narrowed to; the filters stand in the address, so a narrowed list can be linked."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assets.choices import CardState, Condition
from assets.forms.fields import LookupField
from assets.models import Card, PropertyClass
from assets.queries.ledger import below
from logistics.base.filters import DateFilter, PageFilterSet, PickFilter
from logistics.base.search import TO_WIDE, words
from logistics.school.models import Building, Department, Person, Room, Term

EVERY_STATE = "all"
STATES = [
    (CardState.WRITTEN_OFF.value, CardState.WRITTEN_OFF.label),
    (CardState.VOID.value, CardState.VOID.label),
    (EVERY_STATE, _("All")),
]
OWN_COLUMNS = ("number", "name", "brand", "specification", "serial_number")


class LookupFilter(django_filters.Filter):
    """One thing found by its typed name."""

    field_class = LookupField


def saying(word: str) -> Q:
    """Cards that say ``word`` in any of their columns. Rooms and people are few and looked up first: no join a card."""
    found = Q()
    for spelling in dict.fromkeys((word, word.translate(TO_WIDE))):
        found |= Q(room__in=Room.objects.filter(name__icontains=spelling).values("pk"))
        found |= Q(custodian__in=Person.objects.filter(name__icontains=spelling).values("pk"))
        for column in OWN_COLUMNS:
            found |= Q(**{f"{column}__icontains": spelling})
    return found


class CardFilter(PageFilterSet):
    """Everything a card list can be narrowed by. Without ``state`` only cards in the ledger are shown."""

    search_fields = OWN_COLUMNS
    first = ("q", "property_class", "room", "custodian")
    property_class = LookupFilter(method="of_class", kind="class", label=_("Class of property"))
    room = LookupFilter(kind="room", label=_("Place"))
    building = PickFilter(field_name="room__building", rows=Building.objects.all, label=_("Building"))
    department = PickFilter(rows=Department.objects.all, label=_("Using department"))
    custodian = LookupFilter(kind="person", label=_("Keeper"))
    condition = django_filters.ChoiceFilter(choices=Condition.choices, label=_("Condition"))
    state = django_filters.ChoiceFilter(
        method="in_state", choices=STATES, label=_("State"), empty_label=_("In the ledger")
    )
    acquired_from = DateFilter("acquired_on", "gte", label=_("Acquired from"))
    acquired_to = DateFilter("acquired_on", "lte", label=_("Acquired to"))
    value_from = django_filters.NumberFilter("value", "gte", label=_("Value from (yuan)"))
    value_to = django_filters.NumberFilter("value", "lte", label=_("Value to (yuan)"))
    term = django_filters.ModelChoiceFilter(
        method="in_term", queryset=Term.objects.select_related("year"), label=_("Acquired in term")
    )

    class Meta:
        model = Card
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Card]) -> QuerySet[Card]:
        """Narrow by every filled-in field."""
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(state=CardState.IN_LEDGER)
        narrowed: QuerySet[Card] = super().filter_queryset(queryset)
        return narrowed

    def look_for(self, queryset: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        """Every word has to occur in number, name, brand, specification, serial number, place or keeper."""
        for word in words(value):
            queryset = queryset.filter(saying(word))
        return queryset

    def of_class(self, queryset: QuerySet[Card], name: str, value: PropertyClass) -> QuerySet[Card]:
        return queryset.filter(property_class__in=below(value).values("pk"))

    def in_state(self, queryset: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        return queryset if value == EVERY_STATE else queryset.filter(state=value)

    def in_term(self, queryset: QuerySet[Card], name: str, value: Term) -> QuerySet[Card]:
        return queryset.filter(acquired_on__range=(value.first_day, value.last_day))
