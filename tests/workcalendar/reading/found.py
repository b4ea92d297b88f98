"""What is found in a text, in short."""

from logistics.workcalendar.reading.plans import read_plan


def by_heading(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in read_plan(text).items:
        found.setdefault(item.heading, []).append(item.title)
    return found


def titles(text: str) -> list[str]:
    return [item.title for item in read_plan(text).items]
