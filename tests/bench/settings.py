"""Settings of the benchmark: the real ones, plus a stock admin of the same cards to compare with."""

from logistics.settings import *  # noqa: F403
from logistics.settings import LOGGING, STATIC_ROOT, STORAGES

ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
LOGGING["root"]["level"] = "ERROR"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# What the worker would do is done in the measured process, so that its time and memory count.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
IMPORT_EXPORT_SKIP_ADMIN_LOG = False


class FromModels(dict):
    """No app has migrations: tables are made from the models, in a few seconds."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = FromModels()
