"""``manage.py send_notices``: send what is due now; the worker's service calls it when it starts."""

from typing import Any

from django.core.management.base import BaseCommand

from logistics.notices.tasks import send_due


class Command(BaseCommand):
    help = "Put the messages that are due back into the queue of the worker."

    def handle(self, *args: Any, **options: Any) -> None:
        send_due.enqueue()
