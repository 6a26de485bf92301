"""Handing work in, taking it back, marking it. Everything is in the audit log, without the words and the files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from django.conf import settings
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.classroom.catalogue.models import Lesson, LessonKind
from ketang.classroom.tasks.models import Mark, Work, WorkFile
from ketang.classroom.tasks.permissions import may_mark
from ketang.classroom.tasks.recordings import recording_type
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.outbox.actions import post
from ketang.platform.photographs import read_photograph
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.releasing import release

MOST_FILES = 6
MOST_SIGNS = 5000


def hand_in(
    *, learner: Account, lesson: Lesson, words: str = "", files: Sequence[bytes] = (), by: Account | None = None
) -> Work:
    """Hand work in for a task sheet.

    Args:
        learner: whose work it is.
        lesson: the task sheet, of a public course.
        words: what they did, in words.
        files: contents of photographs and recordings, in order; one byte more than the most of each kind is enough.
        by: who acts for the learner, if somebody does.

    Raises:
        Refused: nothing at all, too much; a file that is neither photograph nor recording; work that waits for a mark.

    Effects: stored files; the rows; `tasks.hand_in`.
    """
    told = words.replace("\r\n", "\n").strip()
    if lesson.kind != LessonKind.TASK:
        raise Refused(_("这一课不用交作业。"))
    if not told and not files:
        raise Refused(_("请写几句，或者选一张照片、一段录音。"), field="words")
    if len(told) > MOST_SIGNS:
        raise Refused(
            _("最多写 %(most)s 个字，现在有 %(now)s 个。") % {"most": MOST_SIGNS, "now": len(told)}, field="words"
        )
    if len(files) > MOST_FILES:
        raise Refused(_("一次最多 %(most)s 个文件。") % {"most": MOST_FILES}, field="evidence")
    made = [_file(number, content) for number, content in enumerate(files, start=1)]
    place = {"account": learner, "course_id": lesson.edition.course_id, "thread": lesson.thread}
    try:
        with audited():
            last = Work.objects.filter(**place).order_by("-number").first()
            if last is not None and last.is_waiting:
                raise Refused(_("上一次交的还在等老师看。要改，请先收回。"))
            if last is not None and last.mark == Mark.PASSED:
                raise Refused(_("这个任务已经通过，不用再交。"))
            work = Work.objects.create(**place, lesson=lesson, number=last.number + 1 if last else 1, words=told)
            for one in made:
                one.work = work
            WorkFile.objects.bulk_create(made)
            payload = {"lesson": str(lesson.thread), "number": work.number, "files": len(made)}
            record(actor=by or learner, action="tasks.hand_in", of=work, payload=payload)
    except IntegrityError:  # the form came twice at the same moment
        raise Refused(_("上一次交的还在等老师看。要改，请先收回。")) from None
    return work


def _file(number: int, content: bytes) -> WorkFile:
    """A file with its bytes stored. A photograph is drawn anew, so that neither its place nor anything hidden in it is kept."""
    kind = recording_type(content, field="evidence")
    if kind:
        return WorkFile(number=number, file=put_bytes(content), content_type=kind)
    try:
        photograph = read_photograph(content, field="evidence")
    except Refused as refused:
        raise Refused(
            _("第 %(number)s 个文件：%(why)s") % {"number": number, "why": refused}, field="evidence"
        ) from None
    large, small = put_bytes(photograph.large), put_bytes(photograph.small)
    return WorkFile(number=number, file=large, small=small, content_type="image/jpeg")


def take_back(*, learner: Account, work: Work, by: Account | None = None) -> None:
    """Take work back that nobody has marked. Effects: rows and bytes are gone; `tasks.take_back`. Refused: it was marked."""
    with audited():
        held = Work.objects.select_for_update().filter(pk=work.pk, account=learner).first()
        if held is None or not held.is_waiting:
            raise Refused(_("老师已经看过，不能收回。"))
        record(actor=by or learner, action="tasks.take_back", of=held, payload={"lesson": str(held.thread)})
        forget(held)


def forget(work: Work) -> None:
    """Effects: rows and, where nobody else holds them, bytes are gone. Inside a transaction."""
    stored = [one for file in work.files.select_related("file", "small") for one in (file.file, file.small) if one]
    work.delete()
    for one in stored:
        release(one.digest)


def mark(*, actor: Actor, work: Work, passed: bool, comment: str = "") -> None:
    """Say whether it is good or to be done again. The learner is told on their pages, and by letter where they have an address.

    Raises:
        Refused: to be done again without a word why; marked meanwhile.

    Effects: the row; `tasks.mark`; perhaps a letter.
    """
    require(may_mark(actor, work))
    assert isinstance(actor, Account)  # noqa: S101 - only an account has the permission
    told = comment.replace("\r\n", "\n").strip()
    if not passed and not told:
        raise Refused(_("请写一句：哪里要改，怎样再做一次。"), field="comment")
    if len(told) > MOST_SIGNS:
        raise Refused(
            _("最多写 %(most)s 个字，现在有 %(now)s 个。") % {"most": MOST_SIGNS, "now": len(told)}, field="comment"
        )
    with audited():
        held = Work.objects.select_for_update().filter(pk=work.pk).first()
        if held is None or not held.is_waiting:
            raise Refused(_("这份作业刚刚有人看过，或者已经收回。"))
        held.mark, held.comment = Mark.PASSED if passed else Mark.AGAIN, told
        held.marked_by, held.marked_at = actor, timezone.now()
        held.save(update_fields=["mark", "comment", "marked_by", "marked_at"])
        record(actor=actor, action="tasks.mark", of=held, payload={"mark": held.mark})
        _write(actor, held)
    work.refresh_from_db()


def _write(actor: Account, work: Work) -> None:
    """A letter to the learner; none where they have no address. The comment stands on the page alone."""
    if not work.account.email:
        return
    with override("zh-hans"):
        said = {
            "task": work.lesson.title if work.lesson else "",
            "page": f"{settings.LETTER_ORIGIN}{reverse('learn-works')}",
        }
        subject = _("老师看过了您交的作业：%(task)s") % said
        text = "\n\n".join((_("您好！老师看过了您交的作业“%(task)s”。") % said, _("在网页上看评语：%(page)s") % said))
    with suppress(Refused):  # no address after all
        post(actor=actor, key=f"tasks:{work.uuid}", recipient=work.account.email, subject=subject, text=text)


def saw(*, learner: Account, works: Sequence[Work]) -> None:
    """The learner has these marks before their eyes. Effects: the rows."""
    if works:
        Work.objects.filter(account=learner, pk__in=[one.pk for one in works]).update(seen_at=timezone.now())
