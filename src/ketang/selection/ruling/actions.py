"""Making rulings and taking them back."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from kebao.model.report import ClauseResult, Report
from kebao.model.text import Text
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, roles_of
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import report_of
from ketang.selection.intake.models import Submission
from ketang.selection.ruling.effective import PRINCIPLE, may_be_waived, waits_for_a_look
from ketang.selection.ruling.models import OF_FINDINGS, OF_LOOKING, Ruling, RulingKind
from ketang.selection.ruling.permissions import may_rule
from ketang.selection.ruling.queries import newest_check


def rule_on(*, actor: Actor, check: Check, fingerprint: str, kind: RulingKind, reason: str) -> Ruling:
    """Confirm a finding, or dismiss it. It holds for this finding in later versions and checks, too.

    Raises:
        Refused: no reason; no such finding; ruled on already; not the newest check, or one that is not done.

    Effects: the row; `ruling.rule`.
    """
    require(may_rule(actor))
    if kind not in OF_FINDINGS:
        raise Refused(_("对一处问题只能确认，或裁定不是问题。"), field="kind")
    reason = _reason(reason)
    with audited():
        held, report = _held(check)
        finding = next((one for one in report.findings if one.fingerprint == fingerprint), None)
        if finding is None:
            raise Refused(_("这次检查的报告里没有这处问题。"))
        if Ruling.objects.filter(submission=held, fingerprint=fingerprint, undone_at=None).exists():
            raise Refused(_("这处问题已有裁定。要改，请先撤回原来的。"))
        made = _signed(actor, check, held, kind, reason, finding.message)
        made.fingerprint = fingerprint
        made.save()
        record(actor=actor, action="ruling.rule", of=made, payload=made.details())
    return made


def waive(*, actor: Actor, check: Check, rulebook: str, clause: str, reason: str) -> Ruling:
    """Waive a clause that the text itself calls 原则上 or 一般, for what was found under it until now.

    Raises:
        Refused: no reason; the clause is strict, or nothing was found under it; ruled on already; as `rule_on`.

    Effects: the row; `ruling.waive`.
    """
    require(may_rule(actor))
    reason = _reason(reason)
    with audited():
        held, report = _held(check)
        found = _clause(report, rulebook, clause)
        if found.binding != PRINCIPLE:
            raise Refused(_("%(clause)s 不是“原则上”或“一般”的条款，不能豁免。") % {"clause": clause})
        if not may_be_waived(found):
            raise Refused(_("%(clause)s 没有发现问题，不用豁免。") % {"clause": clause})
        _not_ruled(held, found)
        made = _signed(actor, check, held, RulingKind.WAIVE, reason, found.text)
        made.rulebook, made.clause = found.rulebook, found.id
        made.covers = sorted({fingerprint for result in found.rules for fingerprint in result.findings})
        made.save()
        record(actor=actor, action="ruling.waive", of=made, payload=made.details())
    return made


def look_over(
    *, actor: Actor, check: Check, clauses: Sequence[tuple[str, str]], kind: RulingKind, reason: str
) -> list[Ruling]:
    """Say of clauses that no rule judges whether this version meets them. All or none.

    Args:
        actor: who looked.
        check: the newest.
        clauses: (rulebook, clause) of each.
        kind: met or unmet.
        reason: what was looked at, or what is missing.

    Raises:
        Refused: no reason, no clause; a rule judges the clause; ruled on already; as `rule_on`.

    Effects: a row and `ruling.look` for each.
    """
    require(may_rule(actor))
    if kind not in OF_LOOKING:
        raise Refused(_("请选择符合或不符合。"), field="kind")
    if not clauses:
        raise Refused(_("请选择核对过的条款。"), field="clauses")
    reason = _reason(reason)
    made = []
    with audited():
        held, report = _held(check)
        for rulebook, clause in dict.fromkeys(clauses):
            found = _clause(report, rulebook, clause)
            if not waits_for_a_look(found):
                raise Refused(_("%(clause)s 不需要由人核对。") % {"clause": clause}, field="clauses")
            _replace_older_look(actor, held, found, check)
            _not_ruled(held, found)
            one = _signed(actor, check, held, kind, reason, found.text)
            one.rulebook, one.clause = found.rulebook, found.id
            one.save()
            record(actor=actor, action="ruling.look", of=one, payload=one.details())
            made.append(one)
    return made


def undo(*, actor: Actor, ruling: Ruling, reason: str) -> None:
    """Take a ruling back; it stays on record.

    Raises:
        Refused: no reason.

    Effects: the row; `ruling.undo`. Nothing when it was taken back before.
    """
    require(may_rule(actor))
    reason = _reason(reason)
    with audited():
        held = Ruling.objects.select_for_update().get(pk=ruling.pk)
        if held.undone_at is None:
            _take_back(actor, held, reason)
    ruling.refresh_from_db()


def _take_back(actor: Actor, held: Ruling, reason: str) -> None:
    held.undone_at, held.undone_as, held.undone_because = timezone.now(), _name(actor), reason
    held.save(update_fields=["undone_at", "undone_as", "undone_because"])
    record(actor=actor, action="ruling.undo", of=held, payload={"reason": reason})


def _reason(words: str) -> str:
    if not words.strip():
        raise Refused(_("请写明理由。"), field="reason")
    if len(words.strip()) > 2000:
        raise Refused(_("理由最多 2000 个字。"), field="reason")
    return words.strip()


def _held(check: Check) -> tuple[Submission, Report]:
    """The submission locked, so that two people never rule at once; and the report of its newest check, which this must be."""
    if check.version is None:
        raise Refused(_("试检不能裁定。"))
    held = Submission.objects.select_for_update().get(pk=check.version.submission_id)
    newest = newest_check(held)
    if newest is None or newest.pk != check.pk:
        raise Refused(_("这不是最新一版的最新检查，请在最新的检查上裁定。"))
    report = report_of(newest) if newest.is_done else None
    if report is None:
        raise Refused(_("检查还没有完成，完成后才能裁定。"))
    return held, report


def _clause(report: Report, rulebook: str, clause: str) -> ClauseResult:
    for found in report.clauses:
        if (found.rulebook, found.id) == (rulebook, clause):
            return found
    raise Refused(_("这次检查的报告里没有条款 %(clause)s。") % {"clause": clause})


def _not_ruled(held: Submission, clause: ClauseResult) -> None:
    known = Ruling.objects.filter(submission=held, rulebook=clause.rulebook, clause=clause.id, undone_at=None)
    if known.exists():
        raise Refused(_("条款 %(clause)s 已有裁定。要改，请先撤回原来的。") % {"clause": clause.id})


def _replace_older_look(actor: Actor, held: Submission, clause: ClauseResult, check: Check) -> None:
    """A look at an earlier version holds no more; it makes room for the one at this version."""
    older = Ruling.objects.filter(
        submission=held, rulebook=clause.rulebook, clause=clause.id, undone_at=None, kind__in=OF_LOOKING
    ).exclude(check_of__version=check.version)
    for one in older:
        _take_back(actor, one, _("已核对新的一版"))


def _signed(actor: Actor, check: Check, held: Submission, kind: RulingKind, reason: str, said: Text) -> Ruling:
    role = Role.CLERK if Role.CLERK in roles_of(actor) else Role.ADMINISTRATOR
    return Ruling(
        submission=held, check_of=check, kind=kind, reason=reason, said={"zh": said.zh, "en": said.en},
        made_by=actor if isinstance(actor, Account) else None, signed_as=_name(actor), role=role,
    )  # fmt: skip


def _name(actor: Actor) -> str:
    return actor.name or actor.login or "" if isinstance(actor, Account) else ""
