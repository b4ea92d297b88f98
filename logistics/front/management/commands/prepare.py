"""Everything between the code being there and the server being able to start."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from logistics.school.models import Person


class Command(BaseCommand):
    help = "Build messages, bring the database up to date, gather static files, build the demo school on first start."

    def handle(self, **options: Any) -> None:
        call_command("build_messages")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if Person.objects.exists():
            return
        if settings.DEMO:
            self.stdout.write("• Building the demo school")
            call_command("build_demo")
        else:
            self.stdout.write(
                "• The school is empty: make the first person with “.venv/bin/python manage.py createsuperuser”"
            )
