"""What belongs to somebody else has proof of authorisation (A5)."""

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
    id="third-party-without-evidence",
    clauses=("A5",),
    severity=Severity.ERROR,
    title=Text(
        zh="他人的东西没有授权证明",
        en="Somebody else's work without proof",
    ),
    rationale=Text(
        zh="没有授权证明，权利人随时可以要求下架。",
        en="Without proof of authorisation the owner may have the course taken down at any time.",
    ),
    message=Text(
        zh="“{title}”属于{owner}，没有写授权证明。",
        en="“{title}” belongs to {owner}, and no proof of authorisation is given.",
    ),
    mend=Text(
        zh="把授权书或购买凭证放进“材料”文件夹，在“证明”一格写它的路径；公开许可的，写许可所在的网址。",
        en="Put the authorisation or the receipt into the folder 材料 and write its path in the cell 证明; for a public licence, write its web address.",
    ),
    looks_at=Rights,
    examples=(
        Example(lambda: with_music().rights[0], Outcome.PASSED, "写了"),
        Example(lambda: with_music(evidence="").rights[0], Outcome.FAILED, "没写"),
        Example(lambda: course().rights[0], Outcome.INAPPLICABLE, "自有内容"),
    ),
)
def third_party_without_evidence(rights: Rights) -> Iterator[Yielded]:
    """One finding for a row of somebody else's work with that cell empty."""
    if not is_third_party(rights):
        yield inapplicable("不是他人的东西。", "It does not belong to somebody else.")
        return
    if not rights.entry.evidence:
        owner = rights.entry.owner
        yield Finding(
            at=rights.at("evidence"),
            evidence=(Quoted("licence", rights.entry.licence),),
            values={"owner": owner or Text(zh="他人", en="somebody else")},
        )
