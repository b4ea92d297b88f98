"""Imports and relations go down only, also those that are written as strings."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]

# From the roof down; two on one line know nothing of each other (pyproject.toml says the same for imports).
STOREYS = [
    ["front", "workcalendar"],
    ["canteen", "safety"],
    ["assets"],
    ["finance"],
    ["importing", "approvals"],
    ["printing", "checks"],
    ["rota", "office"],
    ["registers"],
    ["notices"],
    ["records"],
    ["school"],
    ["base"],
]
HEIGHT = {label: -depth for depth, labels in enumerate(STOREYS) for label in labels}
OURS = [model for model in apps.get_models() if model._meta.app_label in HEIGHT]


def test_imports_go_down_only():
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_app_has_its_storey():
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).is_relative_to(ROOT)}
    assert {label for label in ours if ".venv" not in apps.get_app_config(label).path} <= set(HEIGHT)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_relations_go_down_only(model):
    here = model._meta.app_label
    for field in model._meta.get_fields(include_hidden=False):
        if field.is_relation and not field.auto_created and isinstance(field, models.ForeignKey):
            there = field.related_model._meta.app_label
            below = there not in HEIGHT or there == here or HEIGHT[there] < HEIGHT[here]
            assert below, f"{model._meta.label}.{field.name} → {there}"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_nobody_below_reads_back(model):
    """A foreign key from a higher app names no way back, or one that only its own app uses."""
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label != model._meta.app_label:
            name = field.remote_field.related_name
            assert name, f"{model._meta.label}.{field.name} needs a related_name ('+' when nobody reads back)"
