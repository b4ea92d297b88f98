"""What happens before the server starts: done once, and again only when something changed."""

import pytest
from django.core.management import call_command

from logistics.front.management.commands.prepare import gather_static_files
from logistics.school.models import Person

pytestmark = pytest.mark.requirement("O01")


@pytest.fixture
def own_static(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "gathered"
    return source


def test_static_files_are_gathered_again_only_after_a_change(own_static, settings):
    gather_static_files()
    gathered = settings.STATIC_ROOT / "a.css"
    assert gathered.read_text() == "a{}"
    gathered.unlink()
    gather_static_files()
    assert not gathered.exists()
    (own_static / "a.css").write_text("a{b:c}")
    gather_static_files()
    assert gathered.read_text() == "a{b:c}"


@pytest.mark.django_db
def test_without_the_demo_the_school_starts_empty(own_static, settings, capsys):
    settings.DEMO = False
    call_command("prepare")
    assert not Person.objects.exists()
    assert "createsuperuser" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_school_with_people_is_left_alone(own_static, settings, keeper):
    settings.DEMO = True
    call_command("prepare")
    assert list(Person.objects.all()) == [keeper]
