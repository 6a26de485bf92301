"""Minutes declared for a recording are not its length (A3(1))."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE
from kebao.subjects.course import Resource, Timed
from kebao.subjects.sketch import SketchedFile, course
from kebao.subjects.timing import minutes_words


def _declared(minutes: str | None, path: str = "视频/洗手.mp4") -> Resource:
    entry = {"id": "v", "kind": "video", "role": "讲授", "title": "洗手", "path": path, "minutes": minutes}
    return course(resources=[entry], files={"视频/洗手.mp4": SketchedFile(seconds=600)}).resources[0]


@rule(
    id="resource-minutes-differ",
    clauses=("A3(1)",),
    severity=Severity.WARNING,
    title=Text(zh="填的分钟数与文件不符", en="Declared minutes are not the file’s"),
    rationale=Text(
        zh="视频和音频按文件实测计学时；填的数不同，往往是放错了文件，或文件不完整。",
        en="Hours of video and sound are measured; another number in the row often means the wrong file, or one cut short.",
    ),
    message=Text(
        zh="“{title}”填了 {declared:g} 分钟，文件实际长 {measured}。",
        en="“{title}” is declared as {declared:g} minutes; the file is {measured} long.",
    ),
    mend=Text(
        zh="看看是不是放错了文件；文件没错，就把“学习资源”工作表这一行的“分钟数”清空，软件按文件计。",
        en="See whether the file is the right one; if so, clear its minutes in the sheet 学习资源: the file's own length counts.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: _declared("10"), Outcome.PASSED),
        Example(lambda: _declared("11"), Outcome.PASSED, "差一分钟以内"),
        Example(lambda: _declared("20"), Outcome.FAILED),
        Example(lambda: _declared(None), Outcome.INAPPLICABLE, "没有填分钟数"),
        Example(lambda: _declared("10", path="视频/没有.mp4"), Outcome.INAPPLICABLE, "文件不在"),
    ),
)
def resource_minutes_differ(
    timed: Timed, *, tolerance_seconds: int, tolerance_share: str
) -> Iterator[Finding | Abstention]:
    """One finding when both are known and differ by more than both tolerances."""
    declared = timed.entry.minutes
    if declared is None:
        yield inapplicable("没有填分钟数，按文件实测。", "No minutes are declared; the file's length counts.")
        return
    if not timed.is_measured or timed.seconds is None:
        yield FILE_UNUSABLE
        return
    allowed = max(Fraction(tolerance_seconds), timed.seconds * Fraction(tolerance_share))
    if abs(Fraction(declared) * 60 - timed.seconds) > allowed:
        yield Finding(
            at=timed.at("minutes"),
            evidence=(
                Measured("declared", Fraction(declared), unit="min"),
                Measured("seconds", timed.seconds, unit="s"),
            ),
            values={"measured": minutes_words(timed.seconds)},
        )
