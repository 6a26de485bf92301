"""Agreement to free use tells who and when (P8(2))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kebao.model.finding import Finding, Listed, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?")


def _is_day(written: str) -> bool:
    match = _DAY.fullmatch(written.strip())
    if not match:
        return False
    try:
        date(*(int(part) for part in match.groups()))
    except ValueError:
        return False
    return True


@rule(
    id="free-use-unsigned",
    clauses=("P8(2)",),
    severity=Severity.WARNING,
    title=Text(
        zh="同意免费使用，没写清是谁、哪天",
        en="Agreement to free use without name or date",
    ),
    rationale=Text(
        zh="同意要落到人和日期，以后才有据可查。",
        en="Agreement holds later only with a name and a date.",
    ),
    message=Text(
        zh="同意免费使用一栏没有写好：{missing}。",
        en="The agreement to free use is not complete: {missing}.",
    ),
    mend=Text(
        zh="写上同意人（单位全称或本人姓名）和日期，日期写成 2023-08-01 的样子。",
        en="Give who agrees (full name of the unit, or your own) and the date in the form 2023-08-01.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "有同意人和日期"),
        Example(lambda: course(free_use={"on": "2023年8月1日"}), Outcome.PASSED, "日期写法不同"),
        Example(lambda: course(free_use={"on": "2023-02-30"}), Outcome.FAILED, "没有这一天"),
        Example(lambda: course(free_use={"by": ""}), Outcome.FAILED, "没写同意人"),
        Example(lambda: course(free_use={"agreed": False}), Outcome.INAPPLICABLE, "还没有同意，由别的规则指出"),
    ),
)
def free_use_unsigned(package: Package) -> Iterator[Yielded]:
    """One finding, at the first of name and date that is missing or is no day of the calendar."""
    agreement = package.manifest.free_use
    if agreement.agreed is not True:
        yield inapplicable("还没有同意，另有指出。", "There is no agreement yet; that is told elsewhere.")
        return
    missing = {} if agreement.by else {"by": "同意人"}
    if not _is_day(agreement.on):
        missing["on"] = f"日期“{agreement.on}”" if agreement.on else "日期"
    if missing:
        yield Finding(
            at=package.at(f"free_use.{next(iter(missing))}"), evidence=(Listed("missing", tuple(missing.values())),)
        )
