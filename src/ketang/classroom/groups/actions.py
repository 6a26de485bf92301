"""What a centre does with its classes, and what learners do with theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course, CourseState
from ketang.classroom.groups.models import Announcement, CentreLearner, Enrolment, Group
from ketang.classroom.groups.permissions import may_give_new_password, may_keep_groups
from ketang.people.account.actions import LEGIBLE, Opened, new_one_time_password, open_with_number
from ketang.people.account.models import Account
from ketang.people.consent.actions import give_consent
from ketang.people.consent.models import Purpose
from ketang.people.organisation.models import Organisation
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused

MOST_NAMES = 100
"""Learners enrolled at once; each password takes a twentieth of a second to hash."""
MOST_WORDS = 2000
NAME_SIGNS = 100


def make_group(*, actor: Actor, centre: Organisation, title: str, courses: Sequence[Course] = ()) -> Group:
    """Begin a class. Effects: the row; `groups.make`. Refused: no title, a course that is not public."""
    require(may_keep_groups(actor, centre))
    with audited():
        made = Group.objects.create(
            centre=centre, title=_title(title), join_code=get_random_string(8, LEGIBLE), made_by=_account(actor)
        )
        made.courses.set(_public(courses))
        record(actor=actor, action="groups.make", of=made, payload={"title": made.title, "courses": _uuids(courses)})
    return made


def change_group(*, actor: Actor, group: Group, title: str, courses: Sequence[Course]) -> None:
    """Another title, other courses. A course that the class has already may stay when it is no longer public.

    Effects: the row; `groups.change`. Refused: as `make_group`.
    """
    require(may_keep_groups(actor, group.centre))
    with audited():
        held = Group.objects.select_for_update().get(pk=group.pk)
        standing = set(held.courses.values_list("pk", flat=True))
        _public([course for course in courses if course.pk not in standing])
        held.title = _title(title)
        held.save(update_fields=["title"])
        held.courses.set(courses)
        record(actor=actor, action="groups.change", of=held, payload={"title": held.title, "courses": _uuids(courses)})
    group.refresh_from_db()


def close_group(*, actor: Actor, group: Group, closed: bool) -> None:
    """End a class, or go on with it. Effects: `closed_at`; `groups.close` or `groups.reopen`."""
    require(may_keep_groups(actor, group.centre))
    with audited():
        if Group.objects.filter(pk=group.pk, closed_at__isnull=closed).update(
            closed_at=timezone.now() if closed else None
        ):
            record(actor=actor, action="groups.close" if closed else "groups.reopen", of=group)
    group.refresh_from_db()


@dataclass(frozen=True, slots=True)
class Issued:
    """A learner's name, number and one-time password: shown once, kept nowhere."""

    name: str
    login: str
    password: str


def enrol_names(*, actor: Actor, group: Group, names: Sequence[str]) -> list[Issued]:
    """Open an account for each name, and put it into the class.

    Effects: accounts with one-time passwords, enrolments; `people.open_account` and `groups.enrol` for each.
    Refused: a class that has ended; no names, too many, one too long.
    """
    require(may_keep_groups(actor, group.centre))
    wanted = [" ".join(name.split()) for name in names if name.strip()]
    if not wanted:
        raise Refused(_("请写下学员的姓名，每行一个。"), field="names")
    if len(wanted) > MOST_NAMES:
        raise Refused(_("一次最多 100 人，请分几次。"), field="names")
    if any(len(name) > NAME_SIGNS for name in wanted):
        raise Refused(_("有一行超过 100 个字，像是没有分行。请每行写一个姓名。"), field="names")
    with audited():
        _open(group)
        return [_enrolled(actor, group, name) for name in wanted]


def _enrolled(actor: Actor, group: Group, name: str) -> Issued:
    opened = open_with_number(actor=actor, name=name)
    CentreLearner.objects.create(account=opened.account, centre=group.centre, issued_by=_account(actor))
    _enrol(actor, group, opened.account)
    return Issued(name, opened.account.login, opened.password)


def _enrol(actor: Actor, group: Group, account: Account, *, by_code: bool = False) -> None:
    _made, is_new = Enrolment.objects.get_or_create(
        group=group, account=account, left_at=None, defaults={"by_code": by_code}
    )
    if is_new:
        payload = {"account": str(account.uuid), "by_code": by_code}
        record(actor=actor, action="groups.enrol", of=group, payload=payload)


def _open(group: Group) -> None:
    """Refused for a class that has ended."""
    if Group.objects.select_for_update().get(pk=group.pk).closed_at is not None:
        raise Refused(_("这个班已经结束。"))


def join(*, account: Account, code: str, language: str, text: str) -> Group:
    """Come into a class by its code, agreeing to the text that was shown: that its centre sees one's progress in its courses.

    Effects: the enrolment; consent with that text; `groups.enrol`. Refused: no such code, a class that has ended.
    """
    found = group_by_code(code)
    with audited():
        _open(found)
        give_consent(account=account, purpose=Purpose.CLASS, language=language, text=text)
        _enrol(account, found, account, by_code=True)
    return found


def group_by_code(code: str) -> Group:
    """The class of a code, however it was typed. Refused: there is none."""
    typed = "".join(sign for sign in code.lower() if sign.isalnum())
    found = Group.objects.select_related("centre").filter(join_code=typed).first() if typed else None
    if found is None:
        raise Refused(_("没有这个加入码。请再看一遍，或者问一下培训中心。"), field="code")
    return found


def leave(*, actor: Actor, enrolment: Enrolment) -> None:
    """Go, or be taken out by the centre: what was learnt stays the learner's, and is seen no more. Effects: `left_at`; `groups.leave`."""
    require(actor == enrolment.account or may_keep_groups(actor, enrolment.group.centre))
    with audited():
        if Enrolment.objects.filter(pk=enrolment.pk, left_at=None).update(left_at=timezone.now()):
            payload = {"account": str(enrolment.account.uuid)}
            record(actor=actor, action="groups.leave", of=enrolment.group, payload=payload)


def give_new_password(*, actor: Actor, account: Account) -> Opened:
    """A new one-time password for a learner who lost theirs; every session of theirs ends.

    Effects: the password; `people.set_password`. Refused: the account has a role or an address by now, so it is no longer the centre's.
    """
    require(may_give_new_password(actor, account))
    return new_one_time_password(actor=actor, account=account)


def announce(*, actor: Actor, group: Group, words: str) -> Announcement:
    """Tell a class something. Effects: the row; `groups.announce`. Refused: no words, too many."""
    require(may_keep_groups(actor, group.centre))
    told = words.strip()
    if not told:
        raise Refused(_("请写下通知的内容。"), field="words")
    if len(told) > MOST_WORDS:
        raise Refused(_("通知最多 2000 个字。"), field="words")
    with audited():
        made = Announcement.objects.create(group=group, words=told, posted_by=_account(actor))
        record(actor=actor, action="groups.announce", of=made)
    return made


def withdraw_announcement(*, actor: Actor, announcement: Announcement) -> None:
    """Take it back. Effects: it is shown no more; `groups.withdraw_announcement`."""
    require(may_keep_groups(actor, announcement.group.centre))
    with audited():
        if Announcement.objects.filter(pk=announcement.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
            record(actor=actor, action="groups.withdraw_announcement", of=announcement)


def _title(title: str) -> str:
    words = " ".join(title.split())
    if not words:
        raise Refused(_("请填写班级名称。"), field="title")
    return words[:100]


def _public(courses: Sequence[Course]) -> Sequence[Course]:
    if any(course.state != CourseState.PUBLISHED for course in courses):
        raise Refused(_("只能选已经发布的课程。"), field="courses")
    return courses


def _uuids(courses: Sequence[Course]) -> list[str]:
    return [str(course.uuid) for course in courses]


def _account(actor: Actor) -> Account | None:
    return actor if isinstance(actor, Account) else None
