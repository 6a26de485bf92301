"""What people ruled, beside the machine's words on the page of a check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from kebao.model.report import Report, Verdict
from kebao.model.text import Language
from ketang.selection.checking.models import Check
from ketang.selection.ruling.effective import Place, may_be_waived, ruled
from ketang.selection.ruling.models import Ruling, RulingKind
from ketang.selection.ruling.permissions import may_rule, may_see_rulings
from ketang.selection.ruling.queries import newest_check, standing_rulings
from ketang.web.checks.summing_up import MARKS, TONES

_MEANINGS = {
    RulingKind.CONFIRM: "bad", RulingKind.DISMISS: "good", RulingKind.WAIVE: "good", RulingKind.MET: "good",
    RulingKind.UNMET: "bad",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownRuling:
    """What `web/checks/parts/ruling.html` shows.

    Attributes:
        ruling: None where nobody has ruled.
        address: where the office rules, or takes back; empty for everybody else.
        carried: the number of the earlier version on which it was ruled; 0 for this one.
        changed: whether the machine says now something else than what was ruled on.
        uncovered: findings of a waived clause that came after the waiver.
        is_blind: whether it is shown to an expert: without a name.
        hides: whether its reason gives the supplier away and is not shown.
    """

    ruling: Ruling | None
    meaning: str = ""
    address: str = ""
    carried: int = 0
    changed: bool = False
    uncovered: int = 0
    is_blind: bool = False
    hides: bool = False


@dataclass(frozen=True, slots=True)
class ShownRulings:
    """All of a page: `verdict` is None where nothing was ruled, so that the machine's stands alone."""

    findings: Mapping[str, ShownRuling]
    clauses: Mapping[Place, ShownRuling]
    verdict: Verdict | None = None
    label: str = ""
    words: str = ""
    meaning: str = ""
    mark: str = ""
    address: str = ""
    waived: frozenset[str] = frozenset()


NOTHING = ShownRulings({}, {})


def shown_rulings(request: HttpRequest, check: Check, report: Report, language: Language) -> ShownRulings:
    """The rulings that hold for this report, for who may see them; for the office also where it rules."""
    if check.version is None or not check.is_done or not may_see_rulings(request.user, check.version.submission):
        return NOTHING
    submission = check.version.submission
    standing = standing_rulings(submission)
    found = ruled(check, report, standing)
    rules = may_rule(request.user) and _is(check, newest_check(submission))
    said = {finding.fingerprint: finding.message.zh for finding in report.findings}
    findings = {
        fingerprint: _shown(ruling, check, changed=ruling.said.get("zh") != said[fingerprint], rules=rules)
        for fingerprint, ruling in found.findings.items()
    }
    clauses = {
        place: _shown(ruling, check, uncovered=found.uncovered.get(place, 0), rules=rules)
        for place, ruling in found.clauses.items()
    }
    if rules:
        for fingerprint in said.keys() - findings.keys():
            findings[fingerprint] = ShownRuling(None, address=finding_address(check, fingerprint))
        for clause in report.clauses:
            if may_be_waived(clause) and (clause.rulebook, clause.id) not in clauses:
                place = (clause.rulebook, clause.id)
                clauses[place] = ShownRuling(None, address=waiver_address(check, *place))
    page = reverse("rulings", args=[check.uuid])
    if not standing:
        return ShownRulings(findings, clauses, address=page if rules else "")
    verdict = found.verdict
    return ShownRulings(
        findings, clauses, verdict, verdict.label.to(language), verdict.counts.to(language), TONES[verdict.word],
        MARKS[verdict.word], page, found.waived,
    )  # fmt: skip


def blind_rulings(check: Check, report: Report, gives_away: Callable[[str], bool]) -> ShownRulings:
    """The rulings that hold for this report as an expert may read them: what was ruled, and why unless that names the supplier.

    Whoever calls has asked whether the expert may look at the package.
    """
    assert check.version is not None  # noqa: S101 - of what was assigned
    found = ruled(check, report, standing_rulings(check.version.submission))

    def shown(ruling: Ruling) -> ShownRuling:
        meaning = _MEANINGS[RulingKind(ruling.kind)]
        return ShownRuling(ruling, meaning=meaning, is_blind=True, hides=gives_away(ruling.reason))

    return ShownRulings(
        {fingerprint: shown(ruling) for fingerprint, ruling in found.findings.items()},
        {place: shown(ruling) for place, ruling in found.clauses.items()},
    )


def finding_address(check: Check, fingerprint: str) -> str:
    """Where the office rules on a finding."""
    return reverse("office-ruling-finding", args=[check.uuid, fingerprint])


def waiver_address(check: Check, rulebook: str, clause: str) -> str:
    """Where the office waives a clause."""
    return f"{reverse('office-ruling-waive', args=[check.uuid])}?{urlencode({'rulebook': rulebook, 'clause': clause})}"


def _is(check: Check, newest: Check | None) -> bool:
    return newest is not None and newest.pk == check.pk


def _shown(ruling: Ruling, check: Check, *, changed: bool = False, uncovered: int = 0, rules: bool) -> ShownRuling:
    made_on, here = ruling.check_of.version, check.version
    earlier = made_on is not None and here is not None and made_on.index != here.index
    return ShownRuling(
        ruling,
        meaning=_MEANINGS[RulingKind(ruling.kind)],
        address=reverse("office-ruling-undo", args=[ruling.uuid]) if rules else "",
        carried=made_on.index if earlier and made_on is not None else 0,
        changed=changed,
        uncovered=uncovered,
    )
