"""Packages that the office itself puts in: its own courses, which need no award, and corrected packages of any course."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import Course, CourseState, Edition
from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.classroom.catalogue.preparing import begin_edition
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.checking.actions import check_package


def begin_own(*, actor: Actor, title: str, supplier: str, name: str, digest: str) -> Course:
    """Make a course of a package that the office holds. It is checked and prepared in the background, and not public before somebody says so.

    Args:
        actor: who puts it in.
        title: of the course.
        supplier: whose it is, as learners read it: a right of theirs (P6), the office's own name where it is its own.
        name: of the file.
        digest: SHA-256 of the stored package.

    Raises:
        Refused: without a title or a supplier's name.

    Effects: course and edition; the jobs `catalogue.prepare` and `checking.begin`; `catalogue.begin_own`.
    """
    require(may_publish_courses(actor))
    title, supplier = _named(title, supplier)
    with audited():
        course = Course.objects.create(title=title, supplier=supplier, state=CourseState.PREPARING)
        edition = _begin(course, name, digest, title=title, supplier=supplier)
        payload = {"supplier": supplier, "package": digest, "edition": edition.number}
        record(actor=actor, action="catalogue.begin_own", of=course, payload=payload)
    return course


def correct(*, actor: Actor, course: Course, name: str, digest: str, reason: str, title: str = "") -> Edition:
    """Put in a corrected package. It is prepared while the course stays as it is; what was on its way is dropped.

    Args:
        actor: who puts it in.
        course: whatever its state.
        name, digest: of the stored package.
        reason: what was corrected.
        title: of the course from then on; empty for the same.

    Raises:
        Refused: without a reason; the package that the course shows already.

    Effects: the edition; the jobs `catalogue.prepare` and `checking.begin`; `catalogue.correct`.
    """
    require(may_publish_courses(actor))
    if not reason.strip():
        raise Refused(_("请写明更正了什么。"), field="reason")
    with audited():
        held = Course.objects.select_for_update().select_related("current").get(pk=course.pk)
        if held.current is not None and held.current.digest == digest:
            raise Refused(_("这个课程包和课程现在用的一样，不用更正。"), field="package")
        title, supplier = _named(title or held.title, held.supplier)
        edition = _begin(held, name, digest, title=title, supplier=supplier, reason=reason.strip()[:2000])
        held.save(update_fields=["state"])
        payload = {"edition": edition.number, "package": digest, "reason": edition.reason}
        record(actor=actor, action="catalogue.correct", of=held, payload=payload)
    course.refresh_from_db()
    return edition


def _begin(course: Course, name: str, digest: str, **shown: str) -> Edition:
    check = check_package(owner=f"course:{course.uuid}", name=name, digest=digest, rulebooks=settings.TRIAL_RULEBOOKS)
    return begin_edition(course, check_of=check, name=name, digest=digest, **shown)


def _named(title: str, supplier: str) -> tuple[str, str]:
    title, supplier = " ".join(title.split()), " ".join(supplier.split())
    if not title:
        raise Refused(_("请填写课程名称。"), field="title")
    if not supplier:
        raise Refused(_("请填写提供单位或个人的名称：署名是他们的权利。"), field="supplier")
    if max(len(title), len(supplier)) > 200:
        raise Refused(_("最多 200 个字。"), field="title" if len(title) > 200 else "supplier")
    return title, supplier
