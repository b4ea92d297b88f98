"""What the lists of the school share."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from logistics.importing.columns import ImportSpec, Paper, Row
from logistics.importing.restoring import restore


class SchoolSpec(ImportSpec):
    """What the three lists share: writing record by record through the school's services."""

    permission = undo_permission = "school.manage_structure"
    export_permission = "school.view_structure"
    page = ""

    def create(self, given: dict[str, Any]) -> Any:
        raise NotImplementedError

    def update(self, record: Any, given: dict[str, Any]) -> None:
        raise NotImplementedError

    def commit(self, rows: Sequence[Row]) -> list[Paper]:
        for row in rows:
            given = {path.removesuffix("_id"): value for path, value in self.records(row.given).items()}
            try:
                if row.instance is None:
                    row.record.target = self.create(given).pk
                else:
                    self.update(row.instance, given)
            except ValidationError as error:
                place = _("Row %(row)d: %(problem)s")
                raise ValidationError(
                    [str(place) % {"row": row.record.number, "problem": problem} for problem in error.messages]
                ) from error
        return []

    def records(self, given: dict[str, Any]) -> dict[str, Any]:
        """The ids of other records as the records themselves, which the services want."""
        found = dict(given)
        for column in self.lookups.values():
            if found.get(column.path) is not None:
                model: Any = self._meta.model._meta.get_field(str(column.attribute)).related_model
                found[column.path] = model.objects.get(pk=found[column.path])
        return found

    def undo(self) -> list[Paper]:
        restore(self._meta.model, self.run.source if self.run else "")
        return []

    def target_url(self, pk: int) -> str:
        return reverse(self.page, args=[pk])
