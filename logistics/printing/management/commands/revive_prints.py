"""``revive_prints``: before the worker starts, and by the timer."""

from typing import Any

from django.core.management.base import BaseCommand

from logistics.printing.services import revive_silent


class Command(BaseCommand):
    help = "Put prints back into the queue whose worker was killed."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{revive_silent()} prints put back")
