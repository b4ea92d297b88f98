"""A term's checklists: tasks that stand together, each ticked by whose it is."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.school.models import Person, Term
from logistics.workcalendar.choices import HANDED_IN, ChecklistKind


class Checklist(models.Model):
    """A list for the start or end of a term, or one of the departments' plans or summaries. Its points are tasks."""

    title = models.CharField(_("title"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=ChecklistKind.choices)
    term = models.ForeignKey(Term, models.PROTECT, verbose_name=_("term"), related_name="+")
    due = models.DateField(_("to be done by"))
    made_by = models.ForeignKey(Person, models.PROTECT, editable=False, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    history = history()

    class Meta:
        ordering = ["-due", "-pk"]
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        constraints = [
            models.UniqueConstraint(
                fields=["term", "title"],
                name="checklist_once_a_term",
                violation_error_message=_("This term has a list with this title."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workcalendar:checklist-detail", args=[self.pk])

    @property
    def wants_files(self) -> bool:
        """Whether its points are done by handing in a file."""
        return self.kind in HANDED_IN
