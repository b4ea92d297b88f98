"""The director plans, a teacher does it from the phone or hands it on, the sheet is printed, the phone subscribes."""

import re

import icalendar
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from logistics.records import attachments
from logistics.school.choices import DayKind
from logistics.school.models import SchoolDay
from logistics.workcalendar.models import Series, Task
from tests import cast
from tests.records import pictures
from tests.workcalendar import plans

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.requirement("K01", "K07", "R01"),
]


@pytest.fixture
def year(transactional_db):
    """The school year of today, whichever it is."""
    today = timezone.localdate()
    cast.school()
    return plans.year(today.year if today.month >= 9 else today.year - 1)


def test_from_the_plan_to_what_was_done(visit, sound, year, tmp_path):
    director, teacher = cast.director(), cast.teacher()
    colleague = cast.person("colleague", "冯同事")
    first_day_off(visit, sound, director, year)
    plan(visit, sound, director, teacher)
    do_on_the_phone(visit, sound, teacher, tmp_path)
    hand_on(visit, sound, teacher, colleague)
    look_and_print(visit, sound, director)
    subscribe(visit, sound, teacher)


def first_day_off(visit, sound, director, year) -> None:
    """A school day is corrected on the year's sheet."""
    page = visit(f"/school/years/{year.pk}/days/", director)
    sound(page)
    page.locator("td.day-teaching a").first.click()
    page.get_by_label("休息日").check()
    page.fill("#id_note", "开学前校舍检查")
    page.locator("main form.page-form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("开学前校舍检查")
    assert year.terms.count() == 2
    assert SchoolDay.objects.get(corrected=True).kind == DayKind.REST


def plan(visit, sound, director, teacher) -> None:
    """A duty that comes round every month, and a single task for today."""
    page = visit("/calendar/", director)
    sound(page)
    page.locator("a[href$='/recurring/new/']").click()
    sound(page)
    page.locator("a[href$='/new/month_day/']").click()
    sound(page)
    page.fill("#id_title", "经费月报表")
    page.select_option("#id_owner", str(teacher.pk))
    page.fill("#id_day", "5")
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/recurring/\d+/$"))
    sound(page)
    expect(page.locator("main")).to_contain_text("每月 5 日")
    assert Series.objects.get().tasks.exists()
    for title in ("检查灭火器", "整理仪器室"):
        page.goto("/calendar/tasks/new/")
        page.fill("#id_title", title)
        page.select_option("#id_owner", str(teacher.pk))
        page.locator("main form.page-form button[type=submit]").click()
        page.wait_for_url(re.compile(r"/tasks/\d+/$"))
    sound(page)


def do_on_the_phone(visit, sound, teacher, tmp_path) -> None:
    """From the list at home to done, with a photo; a file that is none is refused and what was typed stays."""
    page = visit("/", teacher, screen="phone")
    page.locator(".duties").get_by_text("检查灭火器").click()
    sound(page)
    page.get_by_role("link", name="完成", exact=True).click()
    sound(page)
    page.fill("#id_note", "12 具，压力正常")
    wrong = tmp_path / "note.pdf"
    wrong.write_bytes(b"MZ this is no PDF")
    page.set_input_files("#id_photo", wrong)
    page.locator("main form.page-form button[type=submit]").click()
    expect(page.locator("#id_note")).to_have_value("12 具，压力正常")
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(pictures.photo(60, 40))
    page.set_input_files("#id_photo", photo)
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/tasks/\d+/$"))
    sound(page)
    expect(page.locator("main")).to_contain_text("12 具，压力正常")
    task = Task.objects.get(title="检查灭火器")
    assert (task.state, attachments.of(task).count()) == ("done", 1)


def hand_on(visit, sound, teacher, colleague) -> None:
    page = visit("/calendar/mine/", teacher, screen="phone")
    sound(page)
    page.get_by_role("link", name="整理仪器室").click()
    page.get_by_role("link", name="转交").click()
    page.select_option("#id_to", str(colleague.pk))
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/tasks/\d+/$"))
    assert Task.objects.get(title="整理仪器室").owner == teacher
    other = visit("/", colleague, screen="phone")
    other.locator(".duties").get_by_text("整理仪器室").click()
    sound(other)
    other.get_by_label("同意接手").check()
    other.locator("main form.page-form button[type=submit]").click()
    other.wait_for_url(re.compile(r"/tasks/\d+/$"))
    assert Task.objects.get(title="整理仪器室").owner == colleague


def look_and_print(visit, sound, director) -> None:
    page = visit("/calendar/", director, language="en", screen="phone")
    sound(page)
    expect(page.locator("main")).to_contain_text("检查灭火器")
    page = visit("/calendar/", director)
    with page.expect_response(lambda answer: answer.headers.get("content-type") == "application/pdf"):
        page.get_by_role("button", name="打印上墙").click()


def subscribe(visit, sound, teacher) -> None:
    page = visit("/calendar/phone/", teacher, screen="phone")
    sound(page)
    address = page.get_by_label("我的日历地址").input_value()
    read = icalendar.Calendar.from_ical(page.request.get(address).body())
    assert "✓ 检查灭火器" in {str(event["summary"]) for event in read.walk("VEVENT")}
