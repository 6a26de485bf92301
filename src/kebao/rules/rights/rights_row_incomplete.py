"""A row of the rights list says what, whose and by what licence (A5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kebao.model.finding import Finding, Listed
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Rights
from kebao.subjects.ownership import is_ours, is_third_party
from kebao.subjects.sketch import course, with_music

_WORDS = {"what": "内容或素材", "owner": "权利人", "own": "是否自有", "licence": "许可或授权方式"}


@rule(
    id="rights-row-incomplete",
    clauses=("A5",),
    severity=Severity.ERROR,
    title=Text(
        zh="权利清单有空格",
        en="Row of the rights list incomplete",
    ),
    rationale=Text(
        zh="归属写不全，就不能证明可以使用。",
        en="With ownership half told, the right to use is not shown.",
    ),
    message=Text(
        zh="权利清单里“{title}”一行缺少：{missing}。",
        en="In the rights list the row “{title}” lacks: {missing}.",
    ),
    mend=Text(
        zh="在“权利清单”工作表的这一行补上空着的格。",
        en="Fill in the empty cells of this row in the sheet 权利清单.",
    ),
    looks_at=Rights,
    examples=(
        Example(lambda: course().rights[0], Outcome.PASSED, "自有内容"),
        Example(lambda: with_music().rights[0], Outcome.PASSED, "他人音乐，写全了"),
        Example(lambda: with_music(licence="").rights[0], Outcome.FAILED, "他人音乐没写许可"),
        Example(lambda: course(rights=[{"owner": "天津市晴禾职业培训学校"}]).rights[0], Outcome.FAILED, "没写是什么"),
    ),
)
def rights_row_incomplete(rights: Rights) -> Iterator[Yielded]:
    """One finding a row, at its first empty cell. Own content needs no licence; the owner's name may tell whether it is own."""
    entry = rights.entry
    missing = [field for field in ("what", "owner") if not getattr(entry, field)]
    if entry.own is None and not (entry.owner and is_ours(rights.package, entry.owner)):
        missing.append("own")
    if not entry.licence and is_third_party(rights):
        missing.append("licence")
    if missing:
        at = replace(rights.at(missing[0]), title=entry.what or f"第 {rights.index + 1} 项")
        yield Finding(at=at, evidence=(Listed("missing", tuple(_WORDS[field] for field in missing)),))
