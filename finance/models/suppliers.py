"""Suppliers."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.base.names import SORT_KEY_LENGTH, sort_key
from logistics.school.models.named import Named


class Supplier(Named):
    """Who sells to the school. ``key`` makes two ways of writing the name one supplier."""

    name = models.CharField(_("name"), max_length=80)
    key = models.CharField(max_length=80, unique=True, editable=False)
    name_sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    contact = models.CharField(_("contact person"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    bank = models.CharField(_("bank"), max_length=80, blank=True)
    account = models.CharField(_("bank account"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    history = history()

    class Meta:
        ordering = ["name_sort", "pk"]
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        default_permissions = ("view",)
        permissions = [("manage_suppliers", "Keep the suppliers")]

    def get_absolute_url(self) -> str:
        return reverse("finance:supplier-detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_sort = sort_key(self.name)
        super().save(*args, **kwargs)
