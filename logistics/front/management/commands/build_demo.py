"""Fills an empty database with the demo school."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from logistics.front.demo.build import build
from logistics.school.models import Person


class Command(BaseCommand):
    help = "Build the demo school in an empty database."

    def handle(self, **options: Any) -> None:
        if Person.objects.exists():
            raise CommandError("There are people here already; the demo school is built only in an empty database.")
        build(timezone.localdate())
