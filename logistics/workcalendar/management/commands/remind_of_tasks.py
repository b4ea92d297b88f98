"""``manage.py remind_of_tasks``: remind people now, and every morning from then on; called when the worker starts."""

from typing import Any

from django.core.management.base import BaseCommand

from logistics.workcalendar.services.reminders import remind_owners
from logistics.workcalendar.tasks import remind_tomorrow


class Command(BaseCommand):
    help = "Remind people of the tasks of the work calendar that are due, and plan the next morning."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"• Reminded: {remind_owners()}")
        remind_tomorrow()
