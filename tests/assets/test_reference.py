"""The reference data of property classes is whole. The loader that reads it is tested elsewhere."""

import csv
import datetime as dt
import re
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "assets" / "reference"
SHAPES = {"gb2022": re.compile(r"A\d{8}"), "gb2010": re.compile(r"[1-6]\d{6}")}
FILES = {"gb2022": "gbt14885_2022.csv", "gb2010": "gbt14885_2010.csv"}
SCHOOL_LIST = {
    "A02010105": "台式计算机",
    "A02010108": "便携式计算机",
    "A02020200": "投影仪",
    "A02020700": "电子白板",
    "A02021003": "A4黑白打印机",
    "A02061804": "空调机",
    "A02100301": "显微镜",
    "A05010103": "轻金属床类",
    "A05010201": "办公桌",
    "A05010203": "教学、实验用桌",
    "A05010299": "其他台、桌类",
    "A05010301": "办公椅",
    "A05010304": "教学、实验椅凳",
    "A05010502": "文件柜",
}


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def level_of(code: str) -> int:
    """The level that the code's pairs of digits say: A02010100 is 3."""
    pairs = re.findall("..", code[-6:])
    return 1 + max((place for place, pair in enumerate(pairs, start=1) if pair != "00"), default=0)


def parent_of(code: str) -> str | None:
    level = level_of(code)
    return None if level == 1 else code[: len(code) - 2 * (5 - level)].ljust(len(code), "0")


def life_of(code: str, day: dt.date) -> int | None:
    """Years of the class, or of the nearest class above it, by the latest rule that has begun."""
    begun = [
        row
        for row in rows("useful_lives.csv")
        if row["code"] == code and dt.date.fromisoformat(row["in_force_from"]) <= day
    ]
    if begun:
        return int(max(begun, key=lambda row: row["in_force_from"])["years"])
    above = parent_of(code)
    return life_of(above, day) if above else None


@pytest.mark.requirement("A01")
@pytest.mark.parametrize("scheme", FILES)
def test_every_code_has_the_shape_of_its_scheme_and_its_parent_in_the_file(scheme: str):
    classes = rows(FILES[scheme])
    codes = [row["code"] for row in classes]

    assert len(codes) == len(set(codes))
    assert codes == sorted(codes)
    for row in classes:
        assert SHAPES[scheme].fullmatch(row["code"]), row
        assert int(row["level"]) == level_of(row["code"]), row
        assert parent_of(row["code"]) is None or parent_of(row["code"]) in codes, row


@pytest.mark.requirement("A01")
@pytest.mark.parametrize("scheme", FILES)
def test_every_class_is_named_flagged_and_sourced(scheme: str):
    for row in rows(FILES[scheme]):
        assert row["name"] == row["name"].strip() != "", row
        assert len(row["name"]) <= 80, row
        assert len(row["unit"]) <= 10, row
        assert row["depreciable"] in {"0", "1"}, row
        assert row["source"], row


@pytest.mark.requirement("A01")
def test_names_are_not_used_twice_under_one_parent():
    seen = [(parent_of(row["code"]), row["name"]) for row in rows("gbt14885_2022.csv")]

    assert len(seen) == len(set(seen))


@pytest.mark.requirement("A01")
def test_the_successor_of_an_old_class_exists():
    codes = {row["code"] for row in rows("gbt14885_2022.csv")}
    successors = {row["successor"] for row in rows("gbt14885_2010.csv")} - {""}

    assert successors
    assert successors <= codes


@pytest.mark.requirement("A01")
def test_the_schools_own_list_finds_all_its_classes():
    names = {row["code"]: row["name"] for row in rows("gbt14885_2022.csv")}

    assert {code: names.get(code) for code in SCHOOL_LIST} == SCHOOL_LIST


@pytest.mark.requirement("A01")
def test_every_useful_life_points_to_a_class_once_a_day():
    lives = rows("useful_lives.csv")
    codes = {scheme: {row["code"] for row in rows(name)} for scheme, name in FILES.items()}
    keys = [(row["scheme"], row["code"], row["in_force_from"]) for row in lives]

    assert len(keys) == len(set(keys))
    for row in lives:
        assert row["code"] in codes[row["scheme"]], row
        assert int(row["years"]) > 0, row
        assert dt.date.fromisoformat(row["in_force_from"]) <= dt.date(2019, 1, 1), row
        assert 0 < len(row["source"]) <= 200, row


@pytest.mark.requirement("A01")
@pytest.mark.parametrize("scheme", FILES)
def test_every_depreciated_class_has_a_life_and_no_other(scheme: str):
    by_code = {row["code"]: row for row in rows(FILES[scheme])}
    with_a_rule = {row["code"] for row in rows("useful_lives.csv") if row["scheme"] == scheme}

    assert all(by_code[code]["depreciable"] == "1" for code in with_a_rule)
    if scheme == "gb2022":
        without = {
            row["code"]
            for row in by_code.values()
            if row["depreciable"] == "1" and int(row["level"]) > 1 and life_of(row["code"], dt.date(2026, 9, 1)) is None
        }
        assert without == set()


@pytest.mark.requirement("A01")
@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("A01010211", 50),  # a school building
        ("A02010105", 6),
        ("A02020700", 6),
        ("A02030608", 8),  # a school bus
        ("A02061804", 5),
        ("A02080701", 6),  # a telephone counts as office equipment
        ("A02100301", 5),
        ("A02241000", 10),
        ("A02370100", 3),
        ("A02450100", 5),
        ("A05010203", 5),  # pupils' furniture
        ("A05010201", 15),
        ("A05020102", 5),
        ("A04010101", None),  # books are not depreciated
    ],
)
def test_the_life_of_what_a_school_owns(code: str, years: int | None):
    assert life_of(code, dt.date(2026, 9, 1)) == years


@pytest.mark.requirement("A01")
def test_before_the_school_table_the_general_one_held():
    assert life_of("A02320200", dt.date(2018, 6, 1)) == 5
    assert life_of("A02320200", dt.date(2019, 1, 1)) == 10
    assert life_of("A02010105", dt.date(2016, 12, 31)) is None
