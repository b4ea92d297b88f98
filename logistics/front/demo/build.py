"""Builds the demo school: the same seed gives the same school, with stories in progress."""

import datetime as dt
from random import Random

from django.db import transaction

from logistics.base.offers import offered
from logistics.front.demo import people as staff
from logistics.front.demo import places, property, purchases, stories
from logistics.front.demo.office import Office
from logistics.school.models import School

SEED = 20260901
SURNAMES = "王李张刘陈杨赵黄周吴徐孙"
GIVEN = ["子涵", "欣怡", "浩然", "雨桐", "梓轩", "思远", "佳怡", "俊杰", "诗涵", "宇航"]


@transaction.atomic
def build(today: dt.date) -> None:
    """Fill an empty database with the demo school as it stands on ``today``."""
    random = Random(SEED)  # noqa: S311  a demo, not a secret
    start = places.first_year_of(today)
    School.objects.create(pk=1, name="第一实验小学", short_name="实验小学", address="学府路18号", phone="0571-80000000")
    departments = staff.build_departments()
    people = staff.build_people(random, departments, dt.date(start - 1, 8, 25))
    years = places.build_years(start)
    rooms = places.build_rooms(departments, people)
    pupils = [random.choice(SURNAMES) + random.choice(GIVEN) for _ in range(places.GRADES * places.CLASSES_A_GRADE)]
    places.build_classes(years, rooms, people, pupils)
    keeper = people["李秀英"]
    days = property.Days.of(start, today)
    property.build_property(random, keeper=keeper, rooms=rooms, departments=departments, days=days)
    stories.build_stories(keeper=keeper, rooms=rooms, people=people, today=today)
    purchases.build_purchases(people=people, rooms=rooms, today=today)
    for module in offered("demo_part"):
        module.build(Office(people, today))
