"""The school of a backup in the place of the one that is here, which is backed up first."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from logistics.base.backup import BackupError, make_backup, restore_backup


class Command(BaseCommand):
    help = "Put the school of a backup in the place of the one that is here, which is backed up first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, file: Path, **options: Any) -> None:
        try:
            before = make_backup(settings.DATA_DIR / "backups")
            restore_backup(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"• The school of {file} is back. What was here before: {before}")
        self.stdout.write("• Start the server and the worker again now.")
