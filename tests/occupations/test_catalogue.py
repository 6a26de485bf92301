from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from kebao.occupations.catalogue import Edition, Entry, Found, OccupationCatalogue
from kebao.occupations.levels import Level

# Every occupation, code and number here is made up (虚构).
DAY = date(2023, 6, 1)


def entry(name: str, code: str = "", level: Level = "五级", hours: str = "80") -> Entry:
    return Entry(code=code, name=name, level=level, hours=Decimal(hours))


def edition(
    *entries: Entry, name: str = "虚构目录 2023", start: date = date(2023, 1, 1), end: date | None = date(2023, 12, 31)
) -> Edition:
    return Edition(name=name, valid_from=start, valid_to=end, source="虚构", fictitious=True, entries=entries)


FOLDER = entry("折纸员", "8-77-01-01")
CUTTER = entry("剪纸员", "8-77-01-02")
CUTTER_FOUR = entry("剪纸员", "8-77-01-02", "四级", "120")
TWINS = (entry("甲工", "8-77-02-01"), entry("乙工", "8-77-02-01"))
SKILL = entry("窗花", level="专项能力", hours="40")
CATALOGUE = OccupationCatalogue((edition(FOLDER, CUTTER, CUTTER_FOUR, *TWINS, SKILL),))


@pytest.mark.parametrize(
    ("code", "name", "level", "found"),
    [
        ("8-77-01-01", "折纸员", "五级", FOLDER),
        ("８－７７－０１－０１", " 折纸员 ", "初级工", FOLDER),
        ("8-77-01-02", "剪纸员", "四级", CUTTER_FOUR),
        ("8-77-01-01", "折纸（高手）", "五级", FOLDER),  # the code has one name only
        ("8-77-01-01", "", "五级", FOLDER),
        ("", "折纸员", "5", FOLDER),
        ("8-77-02-01", "乙工", "五级", TWINS[1]),
        ("", "窗花", "专项职业能力", SKILL),
        ("8-99-99-99", "窗花", "专项能力", SKILL),  # the table gives no code
        ("8-77-02-01", "丙工", "五级", None),  # two names under the code
        ("8-99-99-99", "折纸员", "五级", None),  # another code than the table's
        ("8-77-01-01", "折纸员", "三级", None),
        ("8-77-01-01", "折纸员", "", None),
        ("", "", "五级", None),
        ("", "泥塑员", "五级", None),
    ],
)
def test_find(code: str, name: str, level: str, found: Entry | None) -> None:
    assert CATALOGUE.find(code, name, level, DAY) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2022, 12, 31), None),
        (date(2023, 1, 1), FOLDER),
        (date(2023, 12, 31), FOLDER),
        (date(2024, 1, 1), None),
    ],
)
def test_first_and_last_day_count(day: date, found: Entry | None) -> None:
    assert CATALOGUE.find("8-77-01-01", "折纸员", "五级", day) == found
    assert bool(CATALOGUE.in_force(day)) is (found is not None)


def test_the_newest_edition_in_force_that_has_it() -> None:
    old = edition(FOLDER, SKILL, name="虚构目录 旧", start=date(2021, 1, 1), end=None)
    new_entry = entry("折纸员", "8-77-01-01", hours="100")
    new = edition(new_entry, name="虚构目录 新")
    both = OccupationCatalogue((old, new))
    assert both.in_force(DAY) == (new, old)
    assert both.find_all("8-77-01-01", "折纸员", "五级", DAY) == (Found(new, new_entry),)
    assert both.find_all("", "窗花", "专项能力", DAY) == (Found(old, SKILL),)
    assert both.find("8-77-01-01", "折纸员", "五级", date(2022, 1, 1)) == FOLDER


def test_two_trainings_of_one_occupation() -> None:
    long, short = entry("折纸员", "8-77-01-01", hours="120"), entry("折纸员", "8-77-01-01", hours="80")
    twice = OccupationCatalogue((edition(long, short),))
    assert [found.entry.hours for found in twice.find_all("8-77-01-01", "折纸员", "五级", DAY)] == [120, 80]
    assert twice.find("8-77-01-01", "折纸员", "五级", DAY) == long


def test_nothing_loaded() -> None:
    assert not OccupationCatalogue()
    assert CATALOGUE
    assert OccupationCatalogue().find("8-77-01-01", "折纸员", "五级", DAY) is None


def test_a_made_up_table_says_so() -> None:
    assert edition(name="示范目录").shown_name == "示范目录（虚构）"
    assert edition(name="虚构目录").shown_name == "虚构目录"
    assert Edition(name="目录", valid_from=DAY).shown_name == "目录"


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "877-01-01"}, {"name": ""}, {"name": " "}, {"level": "初级工"}, {"hours": 0}, {"hours": -1}, {"hours": "NaN"}, {"hours": 10_001}, {"subsidy": -1},
        {"price": 1},
    ],
)  # fmt: skip
def test_an_entry_must_make_sense(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Entry.model_validate({"code": "8-77-01-01", "name": "折纸员", "level": "五级", "hours": "80", **wrong})


def test_an_edition_runs_forward() -> None:
    assert edition(start=DAY, end=DAY).in_force(DAY)
    with pytest.raises(ValidationError):
        edition(start=DAY, end=DAY - timedelta(days=1))
