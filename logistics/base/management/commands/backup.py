"""Everything the school has, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from logistics.base.backup import BackupError, make_backup


class Command(BaseCommand):
    help = "Write the database, the private files and the secret key into one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.DATA_DIR / "backups")

    def handle(self, folder: Path, **options: Any) -> None:
        try:
            file = make_backup(folder)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"• Backed up to {file} ({file.stat().st_size / 1024 / 1024:.1f} MiB)")
