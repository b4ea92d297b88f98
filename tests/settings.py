"""Settings for the tests: the real ones, with a data folder of their own, quick passwords and tasks run at once."""

import os
import tempfile

# Each process its own folder: tests that run side by side do not see each other's files.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="logistics-test-", dir=os.environ.get("TEST_FOLDER"))
os.environ["ENV_FILE"] = os.devnull
os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests-0123456789")

from logistics.settings import *  # noqa: F403
from logistics.settings import DATABASES, STATIC_ROOT, STORAGES, TASKS, TEMPLATES
from tests.strict_templates import StrictIfInvalid

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS["default"] = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing one
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = StrictIfInvalid()
AXES_ENABLED = False
LOG_LEVEL = "WARNING"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = (
        {"NAME": os.environ.get("TEST_DATABASE", "")} if os.environ.get("TEST_DATABASE") else {}
    )
