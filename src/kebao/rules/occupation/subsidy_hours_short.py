"""The course is shorter than the subsidy catalogue sets for its occupation and level (A3(2))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured, Quoted, inapplicable, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.occupations.catalogue import Edition, Entry, OccupationCatalogue
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.subjects.timing import exact_hours
from kebao.text.measures import SECONDS_PER_HOUR, hours_floored

_BY_LENGTH = Text(zh="按时长", en="by length")
_AS_DECLARED = Text(zh="申报", en="as declared")


def _sketch(hours: str, *, scope: str = "全部", level: str = "五级", valid_from: date = date(2023, 1, 1)) -> Package:
    entry = Entry(code="4-10-01-05", name="养老护理员", level="五级", hours=hours)
    edition = Edition(name="示例目录", valid_from=valid_from, fictitious=True, entries=(entry,))
    occupation = {"scope": scope, "level": level}
    return course(occupation=occupation, package={"occupations": OccupationCatalogue((edition,))})


@rule(
    id="subsidy-hours-short",
    clauses=("A3(2)",),
    severity=Severity.ERROR,
    title=Text(zh="课时少于补贴标准目录", en="Fewer hours than the subsidy catalogue"),
    rationale=Text(
        zh="课时要严格按补贴标准目录的规定执行；课时不足，学习者可能领不到补贴。",
        en="The catalogue's hours are followed strictly; with too few, learners may not get the subsidy.",
    ),
    message=Text(
        zh="{occupation}（{level}）在《{edition}》规定 {required} 课时，课程{basis}只有 {hours} 学时。",
        en="“{edition}” sets {required} hours for {occupation} ({level}); the course has only {hours} {basis}.",
    ),
    mend=Text(
        zh="补足课时；只培训其中一部分的，在“基本情况”工作表把范围改成“模块”并写明模块名称。",
        en="Add the missing hours; where only a part is trained, choose 模块 as the scope in the sheet 基本情况 and name the module.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: _sketch("1"), Outcome.PASSED, "课时足够"),
        Example(lambda: _sketch("1.1"), Outcome.FAILED, "1.02 学时不到 1.1（示例目录为虚构）"),
        Example(course, Outcome.UNTESTED, "目录未装入"),
        Example(lambda: _sketch("80", scope="模块"), Outcome.INAPPLICABLE, "只是其中一个模块"),
        Example(lambda: _sketch("80", scope=""), Outcome.UNTESTED, "没有写明是整个职业还是模块"),
        Example(lambda: _sketch("80", level="四级"), Outcome.INAPPLICABLE, "目录里没有这个等级"),
        Example(lambda: _sketch("80", valid_from=date(2024, 1, 1)), Outcome.UNTESTED, "目录还没有生效"),
    ),
)
def subsidy_hours_short(package: Package) -> Iterator[Finding | Abstention]:
    """A finding when a whole occupation is trained in less than the hours set, in exact fractions.

    Measured length decides where it is known, else the declared total: that the two agree is `hours-differ`'s matter. Where the
    table allows several lengths, the shortest is enough. The table in force on `package.as_of` counts.
    """
    occupation = package.manifest.occupation
    if not package.occupations:
        yield untested("目录未装入。", "The catalogue is not loaded.")
        return
    if not occupation.name and not occupation.code:
        yield inapplicable("没有写明职业，已另外报告。", "No occupation is stated; that is reported by itself.")
        return
    if not package.occupations.in_force(package.as_of):
        yield untested(f"装入的目录在 {package.as_of} 都不生效。", f"No loaded edition is in force on {package.as_of}.")
        return
    found = package.occupations.find_all(occupation.code, occupation.name, occupation.level, package.as_of)
    if not found:
        yield inapplicable(
            f"{occupation.name}（{occupation.level}）不在目录中。",
            f"{occupation.name} ({occupation.level}) is not in it.",
        )
        return
    if occupation.scope != "全部":
        yield (
            inapplicable(
                "只是该职业的一个模块，目录规定的是全部课时。",
                "Only a module is trained; the catalogue sets the whole.",
            )
            if occupation.scope == "模块"
            else untested(
                "没有写明是整个职业等级还是其中的模块。", "Whether it is the whole level or a module is not stated."
            )
        )
        return
    hours, basis = _hours(package)
    if hours is None:
        yield untested(
            "总学时和时长都不知道，已另外报告。", "Neither total nor length is known; that is reported by itself."
        )
        return
    shortest = min(found, key=lambda one: one.entry.hours)
    if hours < Fraction(shortest.entry.hours):
        yield Finding(
            at=package.at("hours"),
            evidence=(
                Measured("course_hours", hours, limit=Fraction(shortest.entry.hours), unit="h45"),
                Quoted("edition", shortest.edition.shown_name),
                Quoted("occupation", shortest.entry.name),
                Quoted("level", shortest.entry.level),
            ),
            values={
                "required": f"{shortest.entry.hours:f}",
                "hours": str(hours_floored(hours * SECONDS_PER_HOUR)),
                "basis": basis,
            },
        )


def _hours(package: Package) -> tuple[Fraction | None, Text]:
    """Exact 学时 of the course and what they rest on."""
    if package.resources and not package.lengths_missing:
        return exact_hours(package.seconds), _BY_LENGTH
    declared = package.manifest.hours
    return (Fraction(declared) if declared else None), _AS_DECLARED
