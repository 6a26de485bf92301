"""Printing a paper for a class; entering, checking and undoing what stands on its sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.classroom.certificates.models import Certificate
from ketang.classroom.exams.marks import mark_anew
from ketang.classroom.exams.models import Attempt, Cause, Entry, How, Paper
from ketang.classroom.groups.models import Group
from ketang.classroom.groups.queries import enrolments_of
from ketang.classroom.papers.models import Keyed, Printing, Sheet
from ketang.classroom.papers.permissions import may_check_sheet, may_keep_sheets, may_read_sheets
from ketang.classroom.papers.queries import boxes_of, papers_for
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused

MOST_SPARE, MOST_SHEETS, MOST_REASON = 50, 300, 500


def make_printing(*, actor: Actor, group: Group, paper: Paper, spare: int) -> Printing:
    """Number the answer sheets of a paper for a class: one with the name of each learner, and `spare` without.

    Raises:
        Refused: the class has ended or may not sit this paper; too many sheets, or none.

    Effects: rows; `papers.print`.
    """
    require(may_keep_sheets(actor, group))
    if not 0 <= spare <= MOST_SPARE:
        raise Refused(_("备用答题纸请填 0 到 %(most)s。") % {"most": MOST_SPARE}, field="spare")
    if group.closed_at is not None:
        raise Refused(_("这个班已经结束。"))
    if paper.pk not in {one.pk for one in papers_for(group)}:
        raise Refused(_("这套试卷现在不能考。请选一套开放的试卷。"), field="paper")
    with audited():
        learners = [one.account for one in enrolments_of(group)]
        if not 1 <= len(learners) + spare <= MOST_SHEETS:
            raise Refused(_("一次印 1 到 %(most)s 张答题纸。") % {"most": MOST_SHEETS}, field="spare")
        made = Printing.objects.create(group=group, paper=paper, made_by=_account(actor))
        names: list[Account | None] = [*learners, *[None] * spare]
        Sheet.objects.bulk_create(
            Sheet(printing=made, number=number, account=account) for number, account in enumerate(names, start=1)
        )
        record(actor=actor, action="papers.print", of=made, payload={"paper": str(paper.uuid), "sheets": len(names)})
    return made


@dataclass(frozen=True, slots=True)
class Read:
    """What stands on a learner's sheet: its number, and letters by the question's order."""

    account: Account
    sheet: int
    chosen: Mapping[int, Sequence[str]]


def enter(*, actor: Actor, printing: Printing, sat_on: date, rows: Sequence[Read]) -> list[Keyed]:
    """Store what was read from sheets; all of it or nothing.

    Raises:
        Refused: nothing was entered; a day to come; a learner who is not of the class, or was entered before; a sheet that is
            not of this printing, was entered before, or bears another learner's name; a question or letter that the paper has not.

    Effects: rows; `papers.enter` for each.
    """
    require(may_keep_sheets(actor, printing.group))
    if not rows:
        raise Refused(_("还没有填任何人的答案。"))
    if sat_on > timezone.localdate():
        raise Refused(_("考试日期不能晚于今天。"), field="sat_on")
    with audited():
        held = Printing.objects.select_for_update().get(pk=printing.pk)
        learners = set(enrolments_of(printing.group).values_list("account", flat=True))
        sheets = {one.number: one for one in held.sheets.select_related("account")}
        kept = Keyed.objects.filter(printing=held, undone_at=None).select_related("account")
        by_account, by_sheet = {one.account_id: one for one in kept}, {one.sheet_id: one for one in kept}
        letters, made = {box.order: set(box.letters) for box in boxes_of(held.paper)}, []
        for row in rows:
            sheet = _fitting(row, learners, sheets, by_account, by_sheet)
            if any(not set(picked) <= letters.get(order, set()) for order, picked in row.chosen.items()):
                raise Refused(_("%(name)s：答案里有这套试卷没有的题或选项。") % {"name": _name(row.account)})
            chosen = {str(order): sorted(picked) for order, picked in sorted(row.chosen.items()) if picked}
            keyed = Keyed.objects.create(
                printing=held,
                sheet=sheet,
                account=row.account,
                chosen=chosen,
                sat_on=sat_on,
                entered_by=_account(actor),
            )
            by_account[row.account.pk], by_sheet[sheet.pk] = keyed, keyed
            made.append(keyed)
            payload = {"account": str(row.account.uuid), "sheet": row.sheet, "answered": len(chosen)}
            record(actor=actor, action="papers.enter", of=keyed, payload=payload)
    return made


def _fitting(
    row: Read,
    learners: set[int],
    sheets: Mapping[int, Sheet],
    by_account: Mapping[int, Keyed],
    by_sheet: Mapping[int, Keyed],
) -> Sheet:
    """The sheet of a row. Refused: as `enter`."""
    told = {"name": _name(row.account), "number": row.sheet}
    if row.account.pk not in learners:
        raise Refused(_("%(name)s 不在这个班里，不能录入。") % told)
    if row.account.pk in by_account:
        told["number"] = by_account[row.account.pk].sheet.number
        raise Refused(_("%(name)s 的答案已经录入过（答题纸 %(number)s）。要改，请先撤销原来的录入。") % told)
    sheet = sheets.get(row.sheet)
    if sheet is None:
        raise Refused(_("%(name)s：这次考试没有 %(number)s 号答题纸。") % told)
    if sheet.pk in by_sheet:
        told["other"] = _name(by_sheet[sheet.pk].account)
        raise Refused(_("%(name)s：%(number)s 号答题纸已经录入，录在 %(other)s 名下。") % told)
    if sheet.account is not None and sheet.account_id != row.account.pk:
        told["other"] = _name(sheet.account)
        raise Refused(_("%(name)s：%(number)s 号答题纸印的是 %(other)s 的姓名。请核对号码。") % told)
    return sheet


def check(*, actor: Actor, printing: Printing, entries: Sequence[Keyed]) -> list[Attempt]:
    """A second person has compared entries with the sheets: each becomes an attempt and is marked. Those checked before are passed over.

    Raises:
        PermissionDenied: by who entered one of them.

    Effects: attempts with their log and marks; `papers.check` for each.
    """
    require(may_read_sheets(actor, printing.group))
    made = []
    with audited():
        held = Keyed.objects.select_for_update(of=("self",)).select_related(
            "account", "entered_by", "printing__group__centre"
        )
        wanted = {one.pk for one in entries}
        for one in held.filter(printing=printing, pk__in=wanted, checked_at=None, undone_at=None).order_by("pk"):
            require(may_check_sheet(actor, one))
            one.attempt = _sat(one)
            one.checked_by, one.checked_at = _account(actor), timezone.now()
            one.save(update_fields=["attempt", "checked_by", "checked_at"])
            marking = mark_anew(one.attempt, Cause.SUBMITTED)
            payload = {"attempt": str(one.attempt.uuid), "total": str(marking.total)}
            record(actor=actor, action="papers.check", of=one, payload=payload)
            made.append(one.attempt)
    return made


def _sat(keyed: Keyed) -> Attempt:
    """The attempt with its log: at noon of the day, for nobody wrote down when exactly."""
    paper, noon = keyed.printing.paper, timezone.make_aware(datetime.combine(keyed.sat_on, time(12)))
    moment = min(noon, keyed.entered_at)
    places = {str(place.order): place for place in paper.places.all()}
    made = Attempt.objects.create(
        account=keyed.account, course=paper.edition.course, paper=paper, seed="", one_at_a_time=False, last=len(keyed.chosen),
        begun_at=moment, heard_at=moment, submitted_at=moment, submitted_how=How.PEN, used_ms=0,
    )  # fmt: skip
    lines = sorted(keyed.chosen.items(), key=lambda pair: int(pair[0]))
    Entry.objects.bulk_create(
        Entry(
            attempt=made, number=n, place=places[order], device=keyed.uuid, n=n, chosen=letters, by=keyed.entered_by,
            at=keyed.entered_at,
        )
        for n, (order, letters) in enumerate(lines, start=1)
    )  # fmt: skip
    return made


def undo(*, actor: Actor, keyed: Keyed, reason: str) -> None:
    """Take an entry back; its attempt and marks go, and what was entered stays on record with the reason.

    Raises:
        Refused: no reason; a certificate of the course stands that was issued since.

    Effects: the row; the attempt with its log, marks and appeals is deleted; `papers.undo`. Nothing when it was undone before.
    """
    require(may_keep_sheets(actor, keyed.printing.group))
    words = " ".join(reason.split())
    if not words or len(words) > MOST_REASON:
        raise Refused(_("请写明撤销的理由，最多 %(most)s 个字。") % {"most": MOST_REASON}, field="reason")
    with audited():
        held = Keyed.objects.select_for_update(of=("self",)).select_related("attempt").get(pk=keyed.pk)
        if held.undone_at is not None:
            return
        attempt = held.attempt
        if attempt is not None:
            since = Certificate.objects.filter(
                account=held.account_id, course=attempt.course_id, revoked_at=None, issued_at__gte=held.checked_at
            )
            if since.exists():
                raise Refused(_("复核以后已经颁发了证书。请先请主办单位撤销证书，再撤销录入。"))
        held.attempt, held.undone_at, held.undone_because = None, timezone.now(), words
        held.undone_by = _account(actor)
        held.save(update_fields=["attempt", "undone_at", "undone_because", "undone_by"])
        payload = {"reason": words, "attempt": str(attempt.uuid) if attempt is not None else ""}
        record(actor=actor, action="papers.undo", of=held, payload=payload)
        if attempt is not None:
            attempt.delete()
    keyed.refresh_from_db()


def _name(account: Account) -> str:
    return account.name or account.login


def _account(actor: Actor) -> Account | None:
    return actor if isinstance(actor, Account) else None
