"""The school itself: its name on every page and paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from logistics.base.fields import WebAddressField
from logistics.base.history import history


class School(models.Model):
    """One row. ``site_address`` is what QR labels lead to, e.g. ``https://zongwu.example.cn``."""

    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    site_address = WebAddressField(_("address of this site"), blank=True)

    history = history()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("school")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="school_is_one", violation_error_message=_("There is one school.")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "School":
        """The school; before it is set up, an unsaved one with a placeholder name."""
        return cls.objects.filter(pk=1).first() or cls(pk=1, name=str(_("Our school")))
