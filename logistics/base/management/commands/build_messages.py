"""Builds the .mo files from the .po files without gettext."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed


class Command(BaseCommand):
    help = "Build the translations (locale/*/LC_MESSAGES/*.mo) where the .po file is newer."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
                built = source.with_suffix(".mo")
                if not built.exists() or built.stat().st_mtime < source.stat().st_mtime:
                    polib.pofile(str(source)).save_as_mofile(str(built))
                    translation_file_changed(None, built)  # what this process goes on to write is translated too
