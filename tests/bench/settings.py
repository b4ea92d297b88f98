"""Settings of the benchmark: the real ones, plus a stock admin of the same cards to compare with."""

from logistics.settings import *  # noqa: F403
from logistics.settings import LOGGING

ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = ["*"]
LOGGING["root"]["level"] = "ERROR"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
