"""What the apps count for tasks, gathered from their ``proofs.py``: “14 of 18 rooms confirmed” beside the task."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from logistics.base.offers import offered
from logistics.base.proofs import Count, Proof
from logistics.school.models import Person
from logistics.workcalendar.models import Task


@dataclass(frozen=True)
class Counted:
    """A count in words, with the place where its things are and who may go there."""

    words: str
    url: str
    permission: str


def offered_proofs() -> dict[str, Proof]:
    """Every app's proofs by key."""
    return {proof.key: proof for module in offered("proofs") for proof in module.PROOFS}


def proof_choices() -> list[tuple[str, str]]:
    """For a form: none, or what an app counts."""
    return [("", "—"), *((key, str(proof.label)) for key, proof in offered_proofs().items())]


def counted(tasks: Iterable[Task]) -> dict[int, Counted]:
    """The counts of those tasks that have a proof, by their key; each proof is asked once."""
    by_proof: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.proof:
            by_proof[task.proof].append(task)
    known, found = offered_proofs(), {}
    for key, rows in by_proof.items():
        if key in known:
            counts = known[key].counts([(task.starts, task.due) for task in rows])
            found.update(
                {task.pk: _in_words(known[key], count) for task, count in zip(rows, counts, strict=True) if count}
            )
    return found


def _in_words(proof: Proof, count: Count) -> Counted:
    words = str(proof.said) % {"done": count.done, "total": count.total}
    return Counted(words, count.url, proof.permission)


def may_follow(person: Person) -> set[str]:
    """The permissions of the places counts lead to that this person has."""
    return {proof.permission for proof in offered_proofs().values() if person.has_perm(proof.permission)}
