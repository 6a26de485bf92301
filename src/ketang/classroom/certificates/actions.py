"""Issuing certificates, taking them back, and what a course asks for one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates.models import Certificate, CertificateCounter, Terms, Upheld
from ketang.classroom.certificates.permissions import may_keep_certificates, may_take_certificate
from ketang.classroom.certificates.queries import candidate, candidates, doubtful
from ketang.classroom.learning.queries import hours
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.outbox.actions import post
from ketang.platform.refusal import Refused
from ketang.selection.answering.words import in_both

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of a code: none that is read as another, in print or aloud."""


def set_terms(
    *,
    actor: Actor,
    course: Course,
    is_offered: bool,
    every_lesson: bool,
    exam: bool,
    least: Decimal,
    tasks: bool = False,
) -> Terms:
    """Say what a course asks from now on; certificates that were issued stand.

    Args:
        exam: whether a paper must be passed, of a course that has any to sit.
        least: 学时, 0 for no least number.
        tasks: whether every task sheet must be marked as passed, of a course that has any.

    Raises:
        Refused: nothing is asked; more 学时 than the course has.

    Effects: the row; `certificates.set_terms`.
    """
    require(may_keep_certificates(actor))
    if is_offered and not (every_lesson or exam or tasks) and least <= 0:
        raise Refused(_("颁发证书至少要有一个条件。"), field="every_lesson")
    of_course = hours(sum(course.lessons.values_list("counts_ms", flat=True)))
    if least > of_course:
        words = _("整门课只有 %(hours)s 学时，不能要求更多。") % {"hours": of_course}
        raise Refused(words, field="hours")
    with audited():
        held, _made = Terms.objects.select_for_update().get_or_create(course=course)
        held.is_offered, held.every_lesson, held.hours = is_offered, every_lesson, max(least, Decimal(0))
        held.exam, held.tasks = exam, tasks
        held.set_by, held.set_at = actor if isinstance(actor, Account) else None, timezone.now()
        held.save()
        payload = {
            "offered": is_offered, "every_lesson": every_lesson, "exam": exam, "tasks": tasks, "hours": str(held.hours),
        }  # fmt: skip
        record(actor=actor, action="certificates.set_terms", of=course, payload=payload)
    return held


def issue(*, actor: Actor, account: Account, course: Course, name: str = "") -> Certificate:
    """Issue a learner's certificate; the one that stands when there is one already.

    Args:
        name: stands on it where the account has no name.

    Raises:
        Refused: no certificate is offered; a condition is not met; no name.

    Effects: the row; `certificates.issue`.
    """
    require(may_take_certificate(actor, account))
    with audited():
        # Who asks twice at once waits for the first, and gets the same one.
        Account.objects.select_for_update().get(pk=account.pk)
        found = candidate(course, account)
        if found.certificate is not None:
            return found.certificate
        if not found.conditions:
            raise Refused(_("这门课不颁发证书。"))
        if found.lacking:
            told = "；".join(f"{one.words}（{one.state}）" for one in found.lacking)
            raise Refused(_("还没有达到条件：%(told)s。") % {"told": told})
        holder = " ".join((account.name or name).split())[:100]
        if not holder:
            raise Refused(_("请填写证书上的姓名。"), field="name")
        made = Certificate.objects.create(
            number=_number(), code=_code(), course=course, account=account, holder=holder, title=course.title,
            supplier=course.supplier, issuer=settings.SITE["host_unit"], hours=found.hours, has_passed=bool(found.has_passed),
            has_done=found.has_done,
            by_class={name: str(hours(amount)) for name, amount in found.by_class.items()},
            issued_by=actor if isinstance(actor, Account) else None,
        )  # fmt: skip
        record(actor=actor, action="certificates.issue", of=made, payload={"course": str(course.uuid)})
    return made


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of issuing to many: certificates that are new, and learners who could get none for want of a name."""

    made: Sequence[Certificate]
    nameless: Sequence[Account]


def issue_to_all(*, actor: Actor, course: Course, accounts: Sequence[Account]) -> Issued:
    """Issue to everyone of these who has met everything and has no certificate that stands."""
    made, nameless = [], []
    with audited():
        for one in candidates(course, accounts):
            if not one.is_met or one.certificate is not None:
                continue
            if one.account.name.strip():
                made.append(issue(actor=actor, account=one.account, course=course))
            else:
                nameless.append(one.account)
    return Issued(made, nameless)


def revoke(*, actor: Actor, certificate: Certificate, reason: str) -> None:
    """Take a certificate back; it stays on record, and whoever checks it is told. Its holder gets a letter where there is an address.

    Raises:
        Refused: no reason.

    Effects: the row; a letter; `certificates.revoke`. Nothing when it was revoked before.
    """
    require(may_keep_certificates(actor))
    words = reason.strip()
    if not words or len(words) > 500:
        raise Refused(_("请写明撤销的理由，最多 500 个字。"), field="reason")
    with audited():
        held = Certificate.objects.select_for_update(of=("self",)).select_related("account").get(pk=certificate.pk)
        if held.revoked_at is None:
            held.revoked_at, held.revoked_because = timezone.now(), words
            held.revoked_by = actor if isinstance(actor, Account) else None
            held.save(update_fields=["revoked_at", "revoked_because", "revoked_by"])
            record(actor=actor, action="certificates.revoke", of=held, payload={"reason": words})
            if held.account is not None and held.account.email:
                _tell(held, held.account.email)
    certificate.refresh_from_db()


def uphold(*, actor: Actor, certificate: Certificate, reason: str) -> None:
    """Let a certificate stand though by the keys of now its holder has passed no paper.

    Raises:
        Refused: no reason; nothing is doubtful about it (any more), or it was decided.

    Effects: the row; `certificates.uphold`.
    """
    require(may_keep_certificates(actor))
    words = reason.strip()
    if not words or len(words) > 500:
        raise Refused(_("请写明保留的理由，最多 500 个字。"), field="reason")
    with audited():
        Certificate.objects.select_for_update().get(pk=certificate.pk)
        if not doubtful().filter(pk=certificate.pk).exists():
            raise Refused(_("这张证书已经决定过，或者不用决定。"))
        by = actor if isinstance(actor, Account) else None
        Upheld.objects.create(certificate=certificate, reason=words, by=by)
        record(actor=actor, action="certificates.uphold", of=certificate, payload={"reason": words})
    certificate.refresh_from_db()


def _tell(held: Certificate, address: str) -> None:
    told = {"number": held.number, "title": held.title, "reason": held.revoked_because}
    text = in_both(
        lambda: (
            _(
                "您的结业证书 %(number)s（%(title)s）已被撤销。\n理由：%(reason)s\n如有疑问，请在网站上写“意见和投诉”，或打电话给我们。"
            )
            % told
        )
    )
    with override("zh-hans"):
        subject = _("结业证书 %(number)s 已被撤销") % told
    post(actor=SYSTEM, key=f"certificate:{held.uuid}", recipient=address, subject=subject, text=text)


def _number() -> str:
    """The next number of the year, by the clock on the office's wall."""
    year = timezone.localtime().year
    CertificateCounter.objects.get_or_create(year=year)
    counter = CertificateCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"ZS{year}{counter.last:06d}"


def _code() -> str:
    """Two groups of four: 39 bits, and wrong ones are counted."""
    signs = "".join(secrets.choice(SIGNS) for _sign in range(8))
    return f"{signs[:4]}-{signs[4:]}"
