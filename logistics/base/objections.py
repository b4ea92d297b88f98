"""What stands against putting a record out of use: each app may say so in ``objections.py``.

There ``objections_to(record) -> Iterable[str]`` gives sentences that also say what has to be done first.
"""

from typing import Any

from logistics.base.offers import offered


def objections_to(record: Any) -> list[str]:
    """The sentences of all apps; none: it may be put out of use."""
    return [said for module in offered("objections") for said in module.objections_to(record)]
