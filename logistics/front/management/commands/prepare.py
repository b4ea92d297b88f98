"""Everything between the code being there and the server being able to start."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from logistics.base.statistics import count_anew
from logistics.school.models import Person
from logistics.school.services.days import fill_every_year


class Command(BaseCommand):
    help = "Build messages, bring the database up to date, gather static files, build the demo school on first start."

    def handle(self, **options: Any) -> None:
        call_command("build_messages")
        call_command("migrate", interactive=False, verbosity=0)
        gather_static_files()
        self.fill()
        fill_every_year()
        count_anew()

    def fill(self) -> None:
        """The demo school, if there is nobody yet and it is wanted."""
        if Person.objects.exists():
            return
        if settings.DEMO:
            self.stdout.write("• Building the demo school")
            call_command("build_demo")
        else:
            self.stdout.write("• The school is empty. First person: .venv/bin/python manage.py createsuperuser")


def gather_static_files() -> None:
    """Gather and compress static files; left out when none has changed since, as it takes longest of all."""
    stamp = Path(settings.STATIC_ROOT) / ".gathered"
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest.hexdigest())
