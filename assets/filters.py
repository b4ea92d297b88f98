"""What the card list can be narrowed to; the filters stand in the address, so a narrowed list can be linked."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assets.choices import CardState, Condition
from assets.forms.fields import LookupField, LookupInput
from assets.lookups import LOOKUPS
from assets.models import Card, PropertyClass
from logistics.base.filters import DateFilter, PageFilterSet, PickFilter
from logistics.base.search import matching, spellings, words
from logistics.school.filters import TermFilter
from logistics.school.models import Building, Department, Person, Room

EVERY_STATE = "all"
STATES = [
    (CardState.WRITTEN_OFF.value, CardState.WRITTEN_OFF.label),
    (CardState.VOID.value, CardState.VOID.label),
    (EVERY_STATE, _("All")),
]
YUAN: dict[str, Any] = {"max_digits": 12, "decimal_places": 2}
OWN_COLUMNS = ("number", "name", "brand", "specification", "serial_number")


class LookupFilter(PickFilter):
    """Rows of what the typed text names, read together with the choices of the list's pick filters.

    A name nobody has leaves nothing; only then is the text judged, to say what was perhaps meant.
    """

    text = ""  # what was typed

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, rows=self.matching, **kwargs)

    def matching(self) -> QuerySet[Any]:
        lookup = LOOKUPS[self.kind]
        return lookup.matching(self.text) if self.text else lookup.rows().none()

    def as_rows(self, name: str) -> QuerySet[Any]:
        self.rows = self.matching  # of this copy of the filter
        return super().as_rows(name)

    @cached_property
    def field(self) -> forms.CharField:
        return forms.CharField(required=False, label=self.label, widget=LookupInput(self.kind))

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        keys = [int(key) for key, _text in self.extra["choices"]]
        if not value:
            return qs
        return qs.filter(self.named(keys)) if keys else qs.none()

    def named(self, keys: list[int]) -> Q:
        return Q(**({self.field_name: keys[0]} if len(keys) == 1 else {f"{self.field_name}__in": keys}))

    def judge(self) -> list[str]:
        """What is wrong with a text that names nothing."""
        if not self.text or self.extra["choices"]:
            return []
        try:
            LookupField(self.kind).clean(self.text)
        except ValidationError as problem:
            return problem.messages
        return []


class ClassFilter(LookupFilter):
    """The named class and every class below it: four depths of the standard, two of the school's own."""

    def named(self, keys: list[int]) -> Q:
        found, above = Q(), "pk__in"
        for depth in range(6):
            found |= Q(**{above: keys})
            above = f"parent__{above}" if depth else "parent__in"
        return Q(**{f"{self.field_name}__in": PropertyClass.objects.filter(found).order_by().values("pk")})


class LookupFilterSet(PageFilterSet):
    """A filter set some of whose fields are looked up by name."""

    def _read_choices(self) -> None:
        for name, one in self.filters.items():
            if isinstance(one, LookupFilter):
                one.text = (self.data.get(name) or "").strip()
        super()._read_choices()

    def judge_names(self) -> None:
        """Say at its field which typed name nobody has, and what was perhaps meant."""
        for name, one in self.filters.items():
            for problem in one.judge() if isinstance(one, LookupFilter) else ():
                self.form.add_error(name, problem)


def saying(word: str) -> Q:
    """Cards that say ``word`` in any of their columns. Rooms and people are few and looked up first: no join a card."""
    found = Q()
    found |= Q(room__in=Room.objects.filter(matching(word, "name", "key")).values("pk"))
    found |= Q(custodian__in=Person.objects.filter(matching(word, "name")).values("pk"))
    for spelling in spellings(word):
        for column in OWN_COLUMNS:
            found |= Q(**{f"{column}__icontains": spelling})
    return found


class CardFilter(LookupFilterSet):
    """Everything a card list can be narrowed by. Without ``state`` only cards in the ledger are shown."""

    search_fields = OWN_COLUMNS
    first = ("q", "property_class", "room", "custodian")
    property_class = ClassFilter(kind="class", label=_("Class of property"))
    room = LookupFilter(kind="room", label=_("Place"))
    building = PickFilter(field_name="room__building", rows=Building.objects.all, label=_("Building"))
    department = PickFilter(rows=Department.objects.all, label=_("Using department"))
    custodian = LookupFilter(kind="person", label=_("Kept by"))
    condition = django_filters.ChoiceFilter(choices=Condition.choices, label=_("Condition"), empty_label=_("all"))
    state = django_filters.ChoiceFilter(
        method="in_state", choices=STATES, label=_("State"), empty_label=_("In the ledger")
    )
    acquired_from = DateFilter("acquired_on", "gte", label=_("Acquired from"))
    acquired_to = DateFilter("acquired_on", "lte", label=_("Acquired to"))
    value_from = django_filters.NumberFilter("value", "gte", label=_("Value from (yuan)"), **YUAN)
    value_to = django_filters.NumberFilter("value", "lte", label=_("Value to (yuan)"), **YUAN)
    term = TermFilter("acquired_on", label=_("Acquired in term"))

    class Meta:
        model = Card
        fields: list[str] = []

    def in_words(self) -> Iterator[tuple[str, str]]:
        """By what the list is narrowed: label and value of each filled-in field."""
        for name, field in self.form.fields.items():
            if value := self.data.get(name):
                choices = {str(key): str(text) for key, text in getattr(field, "choices", ())}
                yield str(field.label), choices.get(value, value)

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

    def in_state(self, queryset: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        return queryset if value == EVERY_STATE else queryset.filter(state=value)
