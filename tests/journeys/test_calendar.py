"""The director plans, a teacher does it from the phone or hands it on, the sheet is printed, the phone subscribes."""

import datetime as dt
import re
from pathlib import Path

import icalendar
import pytest
from django.utils import timezone
from docx import Document
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


WORK_PLANS = Path(__file__).parents[1] / "workcalendar" / "data" / "work-plans.txt"


@pytest.mark.requirement("K02", "K03", "K04", "K05")
def test_a_year_from_the_last_and_from_a_written_plan(visit, sound, year, tmp_path):
    """The director builds the year, assigns; points are ticked on the phone, a plan is handed in, the rest chased."""
    director, teacher = cast.director(), cast.teacher()
    office = cast.department("语文组")
    office.head = teacher
    office.save()
    first = year.first_day.year
    old = plans.year(first - 1)
    plans.task(director, "仪器室账册核对", teacher, starts=dt.date(first - 1, 9, 8), due=dt.date(first - 1, 9, 9))
    from_last_year(visit, sound, director, old)
    from_a_text(visit, sound, director, teacher)
    taken_back(visit, director)
    checklist(visit, sound, director, teacher)
    papers(visit, sound, director, teacher, tmp_path)


def from_last_year(visit, sound, director, old) -> None:
    page = visit("/calendar/plans/copy/", director)
    sound(page)
    expect(page.locator("#id_old")).to_have_value(str(old.pk))
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    sound(page)
    expect(page.locator("main")).to_contain_text("第 2 周")
    page.get_by_role("button", name="将勾选的列入行事历").click()
    expect(page.locator("main")).to_contain_text("已列入行事历")
    moved = Task.objects.get(title="仪器室账册核对", due__year=old.first_day.year + 1)
    assert moved.due.weekday() == dt.date(old.first_day.year, 9, 9).weekday()


def from_a_text(visit, sound, director, teacher) -> None:
    """Every item of the two calendars is there; one is mended wrongly first, given to the teacher, taken over."""
    page = visit("/calendar/plans/read/", director)
    sound(page)
    page.get_by_role("button", name="开始读取").click()
    expect(page.locator("main")).to_contain_text("请上传计划文件，或粘贴正文")
    page.set_input_files("#id_file", WORK_PLANS)
    page.get_by_role("button", name="开始读取").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    sound(page)
    rows = page.locator("section.proposals", has_not_text="按周期进行").locator("tbody tr")
    assert rows.count() == 39
    row = page.locator("tr", has=page.locator("input[value='消防器材检查']"))
    part = page.locator("section.proposals", has=row)
    expect(part.locator("[data-check-all]")).to_be_checked()
    row.locator("input[name$=-chosen]").uncheck()
    expect(part.locator("[data-check-all]")).to_be_checked(indeterminate=True)
    part.locator("[data-check-all]").check()
    expect(row.locator("input[name$=-chosen]")).to_be_checked()
    row.locator("input[list=people]").fill("查无此人")
    page.get_by_role("button", name="将勾选的列入行事历").click()
    expect(page.locator("main")).to_contain_text("请从名单中选择一位同事")
    assert not Task.objects.filter(title="消防器材检查").exists()
    row.locator("input[list=people]").fill(teacher.name)
    page.get_by_role("button", name="将勾选的列入行事历").click()
    expect(page.locator("main")).to_contain_text("已列入行事历")
    task = Task.objects.get(title="消防器材检查")
    assert (task.owner, task.source) == (teacher, "3、消防器材检查。")
    assert Task.objects.filter(series=None).exclude(source="").count() == 34  # 39 without what is too general
    page.goto(task.get_absolute_url())
    expect(page.locator("main")).to_contain_text("3、消防器材检查。")


def taken_back(visit, director) -> None:
    page = visit("/calendar/plans/", director)
    page.get_by_role("link", name="work-plans").click()
    page.get_by_role("link", name="撤回").click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("已从行事历撤下")
    assert not Task.objects.open().exclude(source="").exists()


def checklist(visit, sound, director, teacher) -> None:
    page = visit("/calendar/checklists/new/", director)
    sound(page)
    page.locator("a[href$='/new/term_start/']").click()
    sound(page)
    page.fill("#id_due", timezone.localdate().isoformat())
    page.get_by_role("button", name="生成检查表").click()
    page.wait_for_url(re.compile(r"/checklists/\d+/$"))
    sound(page)
    page.get_by_role("link", name="增加一项").click()
    page.fill("#id_title", "检查体育器材")
    page.select_option("#id_owner", str(teacher.pk))
    page.locator("main form.page-form button[type=submit]").click()
    phone = visit("/", teacher, screen="phone")
    phone.locator(".duties").get_by_text("检查体育器材").click()
    phone.get_by_role("link", name="开学检查表").click()
    sound(phone)
    phone.get_by_role("button", name="检查体育器材").click()
    expect(phone.get_by_role("button", name="检查体育器材")).to_have_attribute("aria-pressed", "true")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("开学检查表")


def papers(visit, sound, director, teacher, tmp_path) -> None:
    """Plans are asked of the departments; without a file none is handed in; late ones are chased; read in one place."""
    page = visit("/calendar/checklists/new/plans/", director)
    sound(page)
    page.get_by_role("button", name="生成检查表").click()
    page.wait_for_url(re.compile(r"/checklists/\d+/$"))
    where = page.url
    phone = visit("/", teacher, screen="phone")
    phone.locator(".duties").get_by_text("语文组工作计划").click()
    phone.get_by_role("link", name="上交").click()
    phone.get_by_role("button", name="完成").click()
    expect(phone.locator("#id_photo")).to_be_visible()
    document = Document()
    document.add_paragraph("语文组工作计划")
    document.save(str(tmp_path / "语文组.docx"))
    phone.set_input_files("#id_photo", tmp_path / "语文组.docx")
    phone.get_by_role("button", name="完成").click()
    phone.wait_for_url(re.compile(r"/tasks/\d+/$"))
    sound(phone)
    page.goto(where)
    sound(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="语文组.docx").click()
    assert download.value.suggested_filename == "语文组.docx"
