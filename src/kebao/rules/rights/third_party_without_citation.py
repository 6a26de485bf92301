"""What belongs to somebody else is cited properly (A5)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Rights
from kebao.subjects.ownership import is_third_party
from kebao.subjects.sketch import course, with_music


@rule(
    id="third-party-without-citation",
    clauses=("A5",),
    severity=Severity.ERROR,
    title=Text(
        zh="他人的东西没有引用标注",
        en="Somebody else's work without citation",
    ),
    rationale=Text(
        zh="规范的引用标注让学习者知道出处，也是对权利人的尊重。",
        en="A proper citation tells learners the source and does the owner justice.",
    ),
    message=Text(
        zh="“{title}”属于{owner}，没有写引用标注。",
        en="“{title}” belongs to {owner}, and no citation is given.",
    ),
    mend=Text(
        zh="在“引用标注”一格写明作者、作品名和来源，并在课程里标出来。",
        en="Write author, title and source in the cell 引用标注, and show it in the course.",
    ),
    looks_at=Rights,
    examples=(
        Example(lambda: with_music().rights[0], Outcome.PASSED, "写了"),
        Example(lambda: with_music(citation="").rights[0], Outcome.FAILED, "没写"),
        Example(lambda: course().rights[0], Outcome.INAPPLICABLE, "自有内容"),
    ),
)
def third_party_without_citation(rights: Rights) -> Iterator[Yielded]:
    """One finding for a row of somebody else's work with that cell empty."""
    if not is_third_party(rights):
        yield inapplicable("不是他人的东西。", "It does not belong to somebody else.")
        return
    if not rights.entry.citation:
        owner = rights.entry.owner
        yield Finding(
            at=rights.at("citation"),
            evidence=(Quoted("licence", rights.entry.licence),),
            values={"owner": owner or Text(zh="他人", en="somebody else")},
        )
