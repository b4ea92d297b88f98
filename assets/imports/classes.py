"""How a list names a class of property."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from assets.choices import Scheme
from assets.models import PropertyClass
from logistics.importing.lookups import Known, LookupWidget, code_key


class ClassWidget(LookupWidget):
    """A class of property by its code, in the 2022 scheme where two have it; a name only where one class bears it."""

    kind, label, noun = "class", _("a code of GB/T 14885 or of the school"), _("class of property")

    def key(self, text: str) -> str:
        return code_key(text)

    def rows(self) -> Iterable[Known]:
        order = {Scheme.GB2022.value: 0, Scheme.SCHOOL.value: 1}
        classes = sorted(
            PropertyClass.objects.values_list("pk", "scheme", "code", "name", "active"),
            key=lambda row: order.get(row[1], 2),
        )
        taken: set[str] = set()
        for pk, scheme, code, name, active in classes:
            first = code not in taken
            taken.add(code)
            written = code if first else f"{code} {Scheme(scheme).label}"
            spellings = (written, code, f"{code}{name}", f"{code} {name}") if first else (written,)
            yield Known(pk, written, tuple(code_key(text) for text in spellings), active)

    def near(self, text: str, n: int = 3) -> list[str]:
        """The class above the code that was written, and its neighbours; for a name, classes whose name holds it."""
        key = code_key(text)
        if key[:1] == "A" and key[1:].isdigit():
            stems = (key[:length].ljust(9, "0") for length in (7, 5, 3))
            found = [self.by_code[stem] for stem in dict.fromkeys(stems) if stem in self.by_code]
            return found[:n]
        names = PropertyClass.objects.filter(active=True, name__icontains=text.strip()[:20]).order_by("scheme", "code")
        return list(names.values_list("code", flat=True)[:n])

    @property
    def by_code(self) -> dict[str, str]:
        return {known.written: known.written for known in self.table.by_pk.values() if known.active}
