"""Every model keeps its history or says why not; what is recorded collides with nothing; migrations are complete."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command

from logistics.base.admin import SchoolAdmin
from logistics.base.history import TrailEntry
from logistics.base.sealed import Sealed
from tests.architecture.test_imports import OURS

WITHOUT_HISTORY = {
    "records.NumberSeries": "its numbers are on the papers that took them",
    "importing.ImportRow": "a proposal; what it writes is in the trail of its target",
    "notices.Notice": "told once; only whether it is read changes",
    "notices.Delivery": "its row says what became of it",
    "printing.PrintJob": "written once; the file is the paper",
    "assets.Movement": "sealed: written once",
    "assets.LedgerEntry": "sealed: written once",
    "finance.Payment": "sealed: written once",
    "finance.PaymentShare": "sealed: written once",
    "approvals.Step": "its route's signatures say what became of it",
    "workcalendar.Proposal": "a proposal; what it becomes is in the trail of its task",
    "workcalendar.Feed": "holds a secret and nothing else",
    "approvals.Drawing": "sealed: written once",
    "approvals.Signature": "sealed: written once",
    "finance.BudgetEntry": "sealed: written once",
    "assets.StockPaper": "sealed: written once",
    "assets.StockEntry": "sealed: written once",
    "assets.StockBalance": "the sum of the store's entries, which are written once",
}
WITHOUT_ADMIN = {"front.KeptFilter": "a person's own, kept on the lists"}
RECORDS = [model for model in OURS if not issubclass(model, TrailEntry)]


@pytest.mark.requirement("O05")
@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_every_model_keeps_its_history_or_says_why_not(model):
    kept = hasattr(model._meta, "simple_history_manager_attribute")
    assert kept != (model._meta.label in WITHOUT_HISTORY)


@pytest.mark.requirement("O05")
def test_sealed_models_are_sealed():
    sealed = [label for label, why in WITHOUT_HISTORY.items() if why.startswith("sealed")]
    assert "assets.LedgerEntry" in sealed
    for label in sealed:
        assert issubclass(apps.get_model(label), Sealed)


@pytest.mark.requirement("O05")
@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_no_field_hides_one_of_the_trail(model):
    trail = {field.name for field in TrailEntry._meta.get_fields()} | {"history_id", "history_date", "history_type"}
    if hasattr(model._meta, "simple_history_manager_attribute"):
        assert not trail & {field.name for field in model._meta.get_fields()}


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_has_a_name_for_people(model):
    if not issubclass(model, TrailEntry):
        assert str(model._meta.verbose_name) != model._meta.model_name or "verbose_name" in model._meta.original_attrs


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_every_table_is_in_the_admin_site_and_keeps_our_permissions(model):
    if model._meta.label not in WITHOUT_ADMIN:
        assert isinstance(admin.site.get_model_admin(model), SchoolAdmin)
