"""What is called own belongs to the supplier (A5)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Rights
from kebao.subjects.ownership import is_ours
from kebao.subjects.sketch import course


@rule(
    id="own-item-of-another",
    clauses=("A5",),
    severity=Severity.WARNING,
    title=Text(
        zh="标为自有，权利人却是别人",
        en="Called own, owned by another",
    ),
    rationale=Text(
        zh="归属自相矛盾，就不算明确。",
        en="Ownership that contradicts itself is not clear.",
    ),
    message=Text(
        zh="“{title}”标为自有，权利人却写的是“{owner}”。",
        en="“{title}” is marked as own, yet its owner reads “{owner}”.",
    ),
    mend=Text(
        zh="是自己的，就把权利人改成本单位全称；是别人的，“是否自有”改为“否”并附授权。",
        en="If it is yours, write your full name as owner; if not, set 是否自有 to 否 and add the authorisation.",
    ),
    looks_at=Rights,
    examples=(
        Example(lambda: course().rights[0], Outcome.PASSED, "权利人是本单位"),
        Example(
            lambda: course(rights=[{"what": "全部视频", "owner": "晨光工作室", "own": True}]).rights[0],
            Outcome.CANT_TELL,
            "权利人是别人",
        ),
        Example(
            lambda: course(rights=[{"what": "全部视频", "owner": "", "own": True}]).rights[0],
            Outcome.INAPPLICABLE,
            "没写权利人",
        ),
    ),
    cant_tell=Text(
        zh="权利人与申报单位、表中单位、联系人的名称都不同：可能是简称或本单位人员，也可能是别人的，要人看。",
        en="The owner's name is none of supplier, unit or contact: it may be a short name or a member of staff, or somebody else; a person must look.",
    ),
)
def own_item_of_another(rights: Rights) -> Iterator[Yielded]:
    """CantTell for a row marked as own whose owner is not the supplier."""
    entry = rights.entry
    if not entry.own or not entry.owner:
        yield inapplicable("没有标为自有，或没写权利人。", "Not marked as own, or no owner given.")
        return
    if not is_ours(rights.package, entry.owner):
        yield Finding(at=rights.at("owner"), evidence=(Quoted("owner", entry.owner),), outcome=Outcome.CANT_TELL)
