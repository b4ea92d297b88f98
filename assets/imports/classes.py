"""How a list names a class of property."""

from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from assets.choices import Scheme
from assets.models import PropertyClass
from logistics.importing.lookups import Known, LookupWidget, code_key


class ClassWidget(LookupWidget):
    """A class of property by its code, in the 2022 scheme where two have it; a name only where one class bears it."""

    kind, label, noun = "class", _("a code of GB/T 14885 or of the school"), _("class of property")

    def key(self, text: str) -> str:
        key = code_key(text)
        return key if key in self.table.by_key else self.named_too.get(key, key)

    @cached_property
    def named_too(self) -> dict[str, str]:
        """The keys of codes with the name behind them; made only when a list writes something else than codes."""
        names = dict(PropertyClass.objects.order_by().values_list("pk", "name"))
        return {code_key(f"{known.written}{names[known.pk]}"): known.keys[0] for known in self.table.by_pk.values()}

    def rows(self) -> Iterable[Known]:
        order = {Scheme.GB2022.value: 0, Scheme.SCHOOL.value: 1}
        classes = sorted(
            PropertyClass.objects.order_by("scheme", "code").values_list("pk", "scheme", "code", "active"),
            key=lambda row: order.get(row[1], 2),
        )
        taken: set[str] = set()
        for pk, scheme, code, active in classes:
            written = f"{code} {Scheme(scheme).label}" if code in taken else code
            taken.add(code)
            yield Known(pk, written, (code_key(written),), active)

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
