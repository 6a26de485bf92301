"""A medium opens, but not one picture or sound of it can be decoded (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.media.facts import MediaFacts
from kebao.model.finding import Abstention, Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE, NOT_MEASURED
from kebao.subjects.course import Timed
from kebao.subjects.facts import Fault
from kebao.subjects.sketch import clip
from kebao.subjects.sketched_pass import passed_clip

BROKEN = Fault("truncated", Text(zh="视频文件不完整或已损坏。", en="The medium is incomplete or damaged."))


@rule(
    id="medium-undecodable",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="音视频解不开", en="Medium cannot be decoded"),
    rationale=Text(
        zh="文件头完好、内容损坏的视频，能列出时长，却一帧也放不出来。",
        en="A video whose header is sound but whose content is damaged shows its length and plays not one picture.",
    ),
    message=Text(
        zh="“{title}”能打开，但画面和声音都解不开。",
        en="“{title}” opens, but neither picture nor sound can be decoded.",
    ),
    mend=Text(
        zh="在原来的电脑或手机上确认能播放，重新导出成 MP4 或重新复制。",
        en="Make sure that it plays where it was made; export it again as MP4, or copy it again.",
    ),
    looks_at=Timed,
    examples=(
        Example(lambda: passed_clip(), Outcome.PASSED),
        Example(lambda: passed_clip(undecodable=BROKEN), Outcome.FAILED),
        Example(lambda: clip(), Outcome.UNTESTED, "没有测量"),
    ),
)
def medium_undecodable(medium: Timed) -> Iterator[Finding | Abstention]:
    """A finding when the one pass over a medium that opens could decode nothing."""
    if not isinstance(medium.media, MediaFacts):
        yield FILE_UNUSABLE
        return
    found = medium.package.facts.measurement(medium.entry.path)
    if found is None:
        yield NOT_MEASURED
    elif isinstance(found, Fault):
        yield Finding(at=medium.at(), evidence=(Quoted("code", found.code),))
