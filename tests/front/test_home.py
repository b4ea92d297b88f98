"""Home, the menu, the header and search, with apps that offer something."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from logistics.base.duties import Duty, Fact
from logistics.base.menu import Place, Section
from logistics.base.search import Group, Hit
from logistics.front import inbox, menu_of
from logistics.front.views import find
from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment
from tests import cast

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def offering(monkeypatch):
    """Let some apps offer something: ``offering(inbox, waiting_for=...)``."""

    def offer(place, **what):
        monkeypatch.setattr(place, "offered", lambda name: [SimpleNamespace(**what)])

    return offer


@pytest.mark.requirement("R01")
def test_overdue_first_then_soon_due_then_oldest(as_person, keeper, offering):
    today = timezone.localdate()
    duties = [
        Duty("far", "/x", since=today, due=today + 60 * DAY),
        Duty("old", "/x", since=today - 9 * DAY),
        Duty("soon", "/x", since=today, due=today + 2 * DAY),
        Duty("late", "/x", since=today - DAY, due=today - 3 * DAY),
        Duty("later", "/x", due=today - 10 * DAY),
    ]
    offering(inbox, waiting_for=lambda person: duties)
    answer = as_person(keeper).get("/")
    assert [duty.title for duty in answer.context["duties"]] == ["later", "late", "soon", "old", "far"]
    assert "有 5 件事等您办理" in answer.content.decode()
    assert "已超期 10 天" in answer.content.decode()


def test_a_duty_is_one_tap_away(as_person, keeper, offering):
    offering(inbox, waiting_for=lambda person: [Duty("签字", "/assets/1/", "六(2)班 <b>")])
    text = as_person(keeper).get("/").content.decode()
    assert 'href="/assets/1/"' in text
    assert "六(2)班 &lt;b&gt;" in text


def test_nothing_to_do_is_friendly(as_person, keeper, offering):
    offering(inbox, waiting_for=lambda person: [])
    assert "没有待办事项" in as_person(keeper).get("/").content.decode()


def test_facts_of_the_month(as_person, keeper, offering):
    offering(inbox, waiting_for=lambda p: [], facts_for=lambda p: [Fact("入账", "1,200.00", "/assets/")])
    assert "1,200.00" in as_person(keeper).get("/").content.decode()


MENU = [
    Section(
        "校产",
        20,
        [Place("全部校产", "front:search", "assets.view_card", about="查账"), Place("我的", "front:password")],
    ),
    Section("学校", 10, [Place("人员", "front:home", ["school.manage_people", "school.appoint_roles"])]),
]


@pytest.mark.requirement("O02")
@pytest.mark.parametrize(
    ("who", "lines"),
    [("keeper", ["全部校产", "我的"]), ("stranger", ["我的"]), ("principal", ["人员", "全部校产", "我的"])],
)
def test_the_menu_shows_what_one_may_use(offering, who, lines):
    offering(menu_of, MENU=MENU)
    shown = menu_of.menu_of(getattr(cast, who)())
    assert [line.label for heading in shown for line in heading.lines] == lines


def test_the_menu_marks_where_one_is(offering, keeper):
    offering(menu_of, MENU=MENU)
    here = [line.label for heading in menu_of.menu_of(keeper, "/search/more/") for line in heading.lines if line.here]
    assert here == ["全部校产"]


def test_every_menu_line_of_the_apps_leads_somewhere(client, db):
    boss = cast.person("boss", "管理", is_superuser=True)
    client.force_login(boss, backend="logistics.school.backends.RoleBackend")
    for heading in menu_of.menu_of(boss):
        for line in heading.lines:
            assert client.get(line.url).status_code == 200, line


@pytest.mark.requirement("O01")
def test_the_header_says_school_year_and_term(as_person, keeper):
    cast.school()
    cast.term()
    with time_machine.travel(dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)):
        text = as_person(keeper).get("/").content.decode()
    assert "阳光小学" in text
    assert "2026—2027学年" in text
    assert "第一学期" in text


def test_the_header_before_anything_is_set_up(as_person, keeper):
    text = as_person(keeper).get("/").content.decode()
    assert "本校" in text
    assert "还没有设置学期" in text


@pytest.mark.requirement("O02")
def test_a_deputy_reads_in_whose_place(as_person, teacher, principal):
    today = timezone.localdate()
    RoleAssignment.objects.create(
        person=teacher, role=Role.PRINCIPAL, deputy_for=principal, first_day=today - DAY, last_day=today
    )
    assert f"校长（代{principal.name}）" in as_person(teacher).get("/").content.decode()


@pytest.mark.requirement("R05")
def test_search_asks_every_app_for_what_this_person_may_see(as_person, keeper, offering):
    asked = []

    def look(person, text):
        asked.append((person, text))
        return [Group("校产卡片", 12, [Hit("钢琴", "/assets/7/", "音乐教室")], "/assets/?q=钢琴"), Group("人员", 0, [])]

    offering(find, find=look)
    text = as_person(keeper).get("/search/", {"q": " 钢琴 "}).content.decode()
    assert asked == [(keeper, "钢琴")]
    assert 'href="/assets/7/"' in text
    assert "查看全部 12 条" in text
    assert "人员</h2>" not in text


@pytest.mark.requirement("R05")
def test_search_that_finds_nothing_says_what_to_do(as_person, keeper, offering):
    offering(find, find=lambda person, text: [])
    assert "没有找到" in as_person(keeper).get("/search/", {"q": "飞船"}).content.decode()


@pytest.mark.parametrize("q", ["", "   ", "　"])
def test_search_for_nothing_asks_nobody(as_person, keeper, offering, q):
    offering(find, find=None)
    assert as_person(keeper).get("/search/", {"q": q}).status_code == 200


@pytest.mark.requirement("R05")
def test_search_finds_the_real_things(as_person, keeper):
    cast.room("音乐教室")
    assert "音乐教室" in as_person(keeper).get("/search/", {"q": "音乐"}).content.decode()


def test_what_no_keyboard_types_is_looked_for_without_it(as_person, keeper):
    answer = as_person(keeper).get("/search/", {"q": "\x00钱\x00"})
    assert "钱保华" in answer.content.decode()


def test_an_empty_school_is_told_where_to_begin(client, db):
    client.force_login(
        Person.objects.create_superuser("first", name="管理员"), backend="logistics.school.backends.RoleBackend"
    )
    told = [str(duty.title) for duty in client.get("/").context["duties"]]
    assert told == [
        "登记学校名称",
        "登记学年和学期",
        "登记部门",
        "登记楼栋",
        "登记教职工并任命岗位",
        "登记房间，再登记班级",
    ]
