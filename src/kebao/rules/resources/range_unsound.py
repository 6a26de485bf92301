"""A stated time range runs backwards, overlaps another, or lies beyond the end (A3(2).1–.3)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Resource
from kebao.subjects.sketch import clip
from kebao.subjects.timing import backward, minutes_words, range_end, unsound_ranges

_BACKWARD = Text(zh="结束早于开始", en="ends before it starts")
_BEYOND = Text(zh="超出了全长 {length}", en="goes beyond its length of {length}")
_OVERLAPS = Text(zh="与另一段重叠", en="overlaps another range")


@rule(
    id="range-unsound",
    clauses=("A3(2).1", "A3(2).2", "A3(2).3"),
    severity=Severity.WARNING,
    title=Text(zh="时间段填写有误", en="Unsound time range"),
    rationale=Text(
        zh="每一秒只能归入一种用途；时间段颠倒、重叠或超出片长，比例就算错了。",
        en="Every second has one role; with ranges that run backwards, overlap or pass the end the shares come out wrong.",
    ),
    message=Text(zh="“{title}”的时间段 {range}（{role}）{why}。", en="The range {range} ({role}) of “{title}” {why}."),
    mend=Text(
        zh="在播放器里看清每一段的起止，按“分:秒”从前往后重填，后一段从前一段结束处开始。",
        en="Read start and end off the player and fill them in again in order, each range beginning where the last one ended.",
    ),
    looks_at=Resource,
    examples=(
        Example(
            lambda: clip(
                ranges=[
                    {"start": "00:00", "end": "05:00", "role": "讲授"},
                    {"start": "05:00", "end": "10:00", "role": "演示"},
                ]
            ),
            Outcome.PASSED,
            "首尾相接",
        ),
        Example(lambda: clip(ranges=[{"start": "05:00", "end": "05:00", "role": "演示"}]), Outcome.FAILED, "一段为零"),
        Example(
            lambda: clip(ranges=[{"start": "09:00", "end": "10:01", "role": "演示"}]), Outcome.PASSED, "多写了一秒"
        ),
        Example(lambda: clip(ranges=[{"start": "09:00", "end": "10:02", "role": "演示"}]), Outcome.FAILED, "超出片长"),
        Example(
            lambda: clip(
                ranges=[
                    {"start": "00:00", "end": "06:00", "role": "讲授"},
                    {"start": "05:00", "end": "10:00", "role": "演示"},
                ]
            ),
            Outcome.FAILED,
            "重叠",
        ),
        Example(lambda: clip(), Outcome.INAPPLICABLE, "没有分段"),
    ),
)
def range_unsound(resource: Resource, *, slack_seconds: int) -> Iterator[Finding | Abstention]:
    """One finding for each unsound range; `slack_seconds` beyond the end are allowed (people type whole seconds)."""
    if not resource.entry.ranges:
        yield inapplicable("没有分段填写。", "It states no ranges.")
        return
    length, unsound = resource.seconds, unsound_ranges(resource)
    for index, part in enumerate(resource.entry.ranges):
        beyond = length is not None and range_end(part) > length + slack_seconds
        if index not in unsound and not beyond:
            continue
        if backward(part):
            why = _BACKWARD
        elif length is not None and range_end(part) > length:
            why = _BEYOND.format(length=minutes_words(length))
        else:
            why = _OVERLAPS
        shown = Quoted("range", f"{part.start}–{part.end}")
        yield Finding(at=resource.at("ranges"), evidence=(shown, Quoted("role", part.role)), values={"why": why})
