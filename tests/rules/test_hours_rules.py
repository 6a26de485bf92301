"""Durations, hours, shares, task sheets and the subsidy catalogue at their exact boundaries (A2(2).3, A3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from kebao.model.finding import Abstention, Finding, Measured
from kebao.model.outcome import Outcome
from kebao.occupations.catalogue import Edition, Entry, OccupationCatalogue
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.course import Package
from kebao.subjects.sketch import SketchedFile, clip, course

RULES = all_rules()
LIMITS: dict[str, Mapping[str, Any]] = {
    bound.rule: {name: limit.value for name, limit in bound.limits.items()}
    for clause in load("tianjin/2023", RULES).clauses
    for bound in clause.rules
}


def said(rule: str, subject: object) -> list[Finding | Abstention]:
    return list(RULES[rule](subject, **LIMITS[rule]))


def outcomes(rule: str, subject: object) -> list[Outcome]:
    return [one.outcome for one in said(rule, subject)]


def message(rule: str, subject: object) -> str:
    finding = said(rule, subject)[0]
    assert isinstance(finding, Finding)
    return RULES[rule].message.format(**finding.message_values()).zh


def timed(*given: tuple[str | None, Fraction | int]) -> Package:
    """A course of videos of these roles and lengths (zero: no video), and nothing else; thousandths of a second at the finest."""
    seconds_by_role = [(role, length) for role, length in given if length]
    entries = [
        {"id": f"v{n}", "title": f"视频之{n}", "role": role, "path": f"{n}.mp4", "task_sheet": "文本/任务单.md"}
        for n, (role, _) in enumerate(seconds_by_role)
    ]
    files = {f"{n}.mp4": SketchedFile(seconds=Fraction(length)) for n, (_, length) in enumerate(seconds_by_role)}
    return course(resources=entries, files=files)


# 25 minutes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "minutes, failed", [(Fraction(25), False), (Fraction(25) + Fraction(1, 60_000), True), (Fraction(1499, 60), False)]
)
def test_a_lecture_of_25_minutes_passes_and_one_millisecond_more_does_not(minutes: Fraction, failed: bool) -> None:
    video = timed(("讲授", minutes * 60)).resources[0]
    assert video.seconds == minutes * 60
    assert outcomes("lecture-too-long", video) == ([Outcome.FAILED] if failed else [])


def test_a_long_lecture_is_found_at_its_stretch() -> None:
    video = clip(
        minutes=60,
        role="演示",
        ranges=[{"start": "10:00", "end": "20:00", "role": "讲授"}, {"start": "20:00", "end": "36:00", "role": "讲授"}],
    )
    findings = said("lecture-too-long", video)
    assert [str(f.at.span) for f in findings if isinstance(f, Finding)] == ["10:00–36:00"]
    assert message("lecture-too-long", video) == "“洗手”讲授 26.0 分钟，一般不长于 25 分钟。"


def test_two_long_lectures_are_two_findings() -> None:
    video = clip(minutes=56, ranges=[{"start": "26:00", "end": "30:00", "role": "演示"}])
    assert outcomes("lecture-too-long", video) == [Outcome.FAILED, Outcome.FAILED]


# shares ----------------------------------------------------------------------------------------------------------


SHARES = [
    ("share-ethics-low", "素养", "实操", Fraction(1000), 10_000, Fraction(-1, 1000)),
    ("share-practice-low", "实操", "素养", Fraction(5000), 10_000, Fraction(-1, 1000)),
    ("share-theory-high", "演示", "实操", Fraction(4000), 10_000, Fraction(1, 1000)),
]


@pytest.mark.parametrize("rule, role, rest, part, whole, step", SHARES)
def test_a_share_passes_at_its_limit_and_fails_a_millisecond_beyond(
    rule: str, role: str, rest: str, part: Fraction, whole: int, step: Fraction
) -> None:
    assert outcomes(rule, timed((role, part), (rest, whole - part))) == []
    beyond = said(rule, timed((role, part + step), (rest, whole - part - step)))
    assert [one.outcome for one in beyond] == [Outcome.FAILED]
    assert isinstance(beyond[0], Finding)
    assert beyond[0].evidence == (
        Measured("share", (part + step) / whole, limit=part / whole),
        Measured("seconds", part + step, limit=part, unit="s"),
        Measured("difference", Fraction(1, 1000), unit="s"),
    )


def test_9_996_percent_fails_though_it_prints_10() -> None:
    package = timed(("素养", Fraction(9996)), ("实操", Fraction(90_004)))
    assert message("share-ethics-low", package) == (
        "职业素养类内容占总课时 10.0 %，原则上不低于 10 %，按现在的总时长还差 0 分 4 秒。"
    )


def test_lecture_and_demonstration_count_together() -> None:
    assert outcomes("share-theory-high", timed(("讲授", 200), ("演示", 200), ("实操", 600))) == []
    package = timed(("讲授", 260), ("演示", 240), ("实操", 500))
    assert message("share-theory-high", package) == (
        "理论知识和技能演示占总课时 50.0 %，原则上不高于 40 %，按现在的总时长多出 1 分 40 秒。"
    )


UNCLASSIFIED = [
    # (rule, seconds of 素养, 演示, 实操, unclassified; of 1000), outcomes
    ("share-ethics-low", (100, 0, 0, 900), []),
    ("share-ethics-low", (99, 0, 900, 1), [Outcome.UNTESTED]),
    ("share-ethics-low", (98, 0, 901, 1), [Outcome.FAILED]),
    ("share-practice-low", (0, 0, 499, 501), [Outcome.UNTESTED]),
    ("share-practice-low", (0, 502, 498, 0), [Outcome.FAILED]),
    ("share-theory-high", (0, 300, 600, 100), []),
    ("share-theory-high", (0, 300, 599, 101), [Outcome.UNTESTED]),
    ("share-theory-high", (0, 401, 0, 599), [Outcome.FAILED]),
]


@pytest.mark.parametrize("rule, seconds, expected", UNCLASSIFIED)
def test_unclassified_time_matters_only_where_it_decides(
    rule: str, seconds: tuple[int, ...], expected: list[Outcome]
) -> None:
    roles = ("素养", "演示", "实操", None)
    assert outcomes(rule, timed(*zip(roles, seconds, strict=True))) == expected


def test_shares_of_nothing_are_not_judged() -> None:
    text = [{"id": "t", "kind": "text", "role": "讲授", "title": "要点", "minutes": "0"}]
    for rule in ("share-ethics-low", "share-theory-high", "share-practice-low"):
        assert outcomes(rule, course(resources=text)) == [Outcome.INAPPLICABLE]
        assert outcomes(rule, course(resources=[])) == [Outcome.INAPPLICABLE]


def test_overlapping_ranges_leave_the_shares_untested() -> None:
    ranges = [{"start": "00:00", "end": "06:00", "role": "素养"}, {"start": "05:00", "end": "10:00", "role": "演示"}]
    package = clip(ranges=ranges).package
    assert outcomes("share-ethics-low", package) == [Outcome.UNTESTED]


# roles and ranges ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "end, expected", [("09:59", ["0 分 1 秒"]), ("10:00", []), ("09:58.500", ["0 分 2 秒"]), ("09:59.500", [])]
)
def test_less_than_a_second_without_a_role_is_no_finding(end: str, expected: list[str]) -> None:
    video = clip(role=None, ranges=[{"start": "00:00", "end": end, "role": "演示"}])
    found = said("role-missing", video)
    assert [one.values["amount"].zh for one in found if isinstance(one, Finding)] == expected


RANGES = [
    ([("00:00", "05:00"), ("05:00", "10:01")], []),
    ([("00:00", "05:00"), ("05:00", "10:01.001")], ["05:00–10:01.001 超出了全长 10 分 0 秒"]),
    ([("05:00", "10:00"), ("00:00", "05:01")], ["05:00–10:00 与另一段重叠"]),
    ([("05:00", "05:00")], ["05:00–05:00 结束早于开始"]),
    ([("11:00", "12:00")], ["11:00–12:00 超出了全长 10 分 0 秒"]),
    ([("04:00", "03:00"), ("02:00", "01:00")], ["04:00–03:00 结束早于开始", "02:00–01:00 结束早于开始"]),
]


@pytest.mark.parametrize("stretches, expected", RANGES)
def test_each_unsound_range_is_named(stretches: list[tuple[str, str]], expected: list[str]) -> None:
    video = clip(ranges=[{"start": start, "end": end, "role": "演示"} for start, end in stretches])
    found = [one for one in said("range-unsound", video) if isinstance(one, Finding)]
    assert [f"{one.message_values()['range']} {one.values['why'].zh}" for one in found] == expected


# hours -----------------------------------------------------------------------------------------------------------


HOURS = [
    # declared, seconds, fits: 0.1 学时 is 270 s; 2 % of 10 学时 is 0.2
    ("1.0", Fraction(2700 + 270), True),
    ("1.0", Fraction(2700 + 270) + Fraction(1, 1000), False),
    ("1.0", Fraction(2700 - 270), True),
    ("1.0", Fraction(2700 - 270) - Fraction(1, 1000), False),
    ("10.2", Fraction(27_000), True),
    ("10.3", Fraction(27_000), False),
    ("9.8", Fraction(27_000), True),
    ("9.7", Fraction(27_000), False),
]


@pytest.mark.parametrize("declared, seconds, fits", HOURS)
def test_declared_hours_may_differ_by_a_tenth_or_two_percent(declared: str, seconds: Fraction, fits: bool) -> None:
    package = timed(("实操", seconds))
    package.manifest = package.manifest.model_copy(update={"hours": Decimal(declared)})
    assert outcomes("hours-differ", package) == ([] if fits else [Outcome.FAILED])


def test_the_message_tells_both_hours() -> None:
    assert message("hours-differ", course(hours="1.5")) == (
        "申报总学时 1.5，按时长算是 1.0（每45分钟计1学时），相差超过允许范围。"
    )


def lessons(*hours: str, total: str, seconds: int | None) -> Package:
    """Lessons of one video each, of that length; None leaves the lengths unknown."""
    count = len(hours)
    entries = [{"id": f"v{n}", "title": f"视频之{n}", "role": "实操", "path": f"{n}.mp4"} for n in range(count)]
    files = {} if seconds is None else {f"{n}.mp4": SketchedFile(seconds=seconds) for n in range(count)}
    listed = [{"id": f"k{n}", "title": f"课之{n}", "hours": h, "use": [f"v{n}"]} for n, h in enumerate(hours)]
    return course(resources=entries, files=files, catalogue=listed, hours=total)


def test_each_floored_lesson_may_lose_a_tenth() -> None:
    """Ten lessons of 0.19 学时, each written 0.1, make 1.9 学时."""
    assert outcomes("catalogue-hours-differ", lessons(*["0.1"] * 10, total="1.9", seconds=513)) == []
    assert outcomes("catalogue-hours-differ", lessons(*["0.1"] * 10, total="2.0", seconds=None)) == []
    assert outcomes("catalogue-hours-differ", lessons(*["0.1"] * 10, total="2.1", seconds=None)) == [Outcome.FAILED]


def test_lessons_may_not_add_up_to_more_than_the_total() -> None:
    package = lessons("0.6", "0.6", total="1.0", seconds=None)
    assert (
        message("catalogue-hours-differ", package) == "“总学时”写 1.0 学时，各课学时相加是 1.2 学时，相差超过允许范围。"
    )
    assert outcomes("catalogue-hours-differ", lessons("0.6", "0.5", total="1.0", seconds=None)) == []


def test_a_wrong_total_is_not_held_against_the_lessons() -> None:
    assert outcomes("catalogue-hours-differ", course(hours="3")) == []


def test_a_wrong_lesson_is_found_in_its_row_and_its_chapter_is_not() -> None:
    package = lessons("0.4", "0.9", total="0.8", seconds=1080)
    found = [one for one in said("catalogue-hours-differ", package) if isinstance(one, Finding)]
    assert [(one.at.item, one.at.field) for one in found] == [("k1", "hours")]


# practice --------------------------------------------------------------------------------------------------------


SHEETS = [
    ("步骤 材料 验收", []),
    ("流程 工具 合格", []),
    ("材料 验收", ["步骤"]),
    ("步骤 验收", ["材料和用具"]),
    ("步骤 材料", ["验收标准"]),
    ("", ["步骤、材料和用具、验收标准"]),
]


@pytest.mark.parametrize("text, lacking", SHEETS)
def test_a_task_sheet_tells_steps_materials_and_acceptance(text: str, lacking: list[str]) -> None:
    package = course(files={"文本/任务单.md": SketchedFile(text=text)})
    found = [one for one in said("task-sheet-incomplete", package) if isinstance(one, Finding)]
    assert [(one.at.path, one.values["lacking"].zh) for one in found] == [("文本/任务单.md", what) for what in lacking]


def test_a_sheet_shared_by_two_resources_is_one_finding() -> None:
    package = timed(("实操", 60), ("实操", 60))
    package.facts.files["文本/任务单.md"] = SketchedFile(text="步骤、材料")  # type: ignore[attr-defined]
    assert outcomes("task-sheet-incomplete", package) == [Outcome.FAILED]


def test_a_task_sheet_that_is_a_picture_is_for_a_person() -> None:
    package = clip(role="实操", task_sheet="文本/任务单.png").package
    package.facts.files["文本/任务单.png"] = SketchedFile()  # type: ignore[attr-defined]
    assert outcomes("task-sheet-incomplete", package) == [Outcome.UNTESTED]


# the subsidy catalogue -------------------------------------------------------------------------------------------


def with_catalogue(*hours: str, as_of: date = date(2023, 8, 31), **occupation: Any) -> Package:
    """The base of 2 760 s as a whole occupation, under a made-up table that sets these hours."""
    entries = tuple(Entry(code="4-10-01-05", name="养老护理员", level="五级", hours=h) for h in hours)  # type: ignore[arg-type]
    edition = Edition(
        name="目录甲", valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31), fictitious=True, entries=entries
    )
    return course(
        occupation={"scope": "全部", **occupation},
        package={"occupations": OccupationCatalogue((edition,)), "as_of": as_of},
    )


SUBSIDY = [
    (course(), [Outcome.UNTESTED], "目录未装入。"),
    (with_catalogue("1.02"), [], ""),
    (with_catalogue("1.03"), [Outcome.FAILED], ""),
    (with_catalogue("80", "1"), [], ""),
    (with_catalogue("80", scope="模块"), [Outcome.INAPPLICABLE], "只是该职业的一个模块，目录规定的是全部课时。"),
    (with_catalogue("80", scope=""), [Outcome.UNTESTED], "没有写明是整个职业等级还是其中的模块。"),
    (with_catalogue("80", level="四级"), [Outcome.INAPPLICABLE], "养老护理员（四级）不在目录中。"),
    (with_catalogue("80", as_of=date(2024, 1, 1)), [Outcome.UNTESTED], "装入的目录在 2024-01-01 都不生效。"),
    (with_catalogue("80", name="", code=""), [Outcome.INAPPLICABLE], "没有写明职业，已另外报告。"),
]


@pytest.mark.parametrize("package, expected, reason", SUBSIDY)
def test_hours_of_the_subsidy_catalogue(package: Package, expected: list[Outcome], reason: str) -> None:
    found = said("subsidy-hours-short", package)
    assert [one.outcome for one in found] == expected
    assert "".join(one.because.zh for one in found if isinstance(one, Abstention)) == reason


def test_a_made_up_table_is_called_made_up() -> None:
    assert message("subsidy-hours-short", with_catalogue("80")) == (
        "养老护理员（五级）在《目录甲（虚构）》规定 80 课时，课程按时长只有 1.0 学时。"
    )


def test_without_a_length_the_declared_total_is_held_against_the_catalogue() -> None:
    package = with_catalogue("80")
    del package.facts.files["视频/试水温.mp4"]  # type: ignore[attr-defined]
    assert message("subsidy-hours-short", package).endswith("课程申报只有 1.0 学时。")
