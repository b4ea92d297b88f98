"""What an app puts into the menu: a module ``menu.py`` with ``MENU``, a list of sections. The roof collects them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from logistics.base.permissions import EVERYONE


@dataclass(frozen=True)
class Place:
    """One line of the menu. Of several permissions one is enough; ``about`` makes it a tile on home."""

    label: str | Promise
    url_name: str
    permission: str | Sequence[str] = EVERYONE
    about: str | Promise = ""
    args: tuple[object, ...] = ()

    def is_for(self, allowed: Sequence[str] | set[str], *, everything: bool = False) -> bool:
        wanted = [self.permission] if isinstance(self.permission, str) else self.permission
        return everything or any(p == EVERYONE or p in allowed for p in wanted)


@dataclass(frozen=True)
class Section:
    """A heading with its places; sections of the same label flow together, the lowest ``order`` stands first."""

    label: str | Promise
    order: int
    places: Sequence[Place] = field(default_factory=tuple)
