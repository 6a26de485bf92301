"""Writing, changing and dropping notes. Nothing goes into the audit log: they are private, and it would say for ever when somebody studied."""

from __future__ import annotations

from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kebao.text.measures import parse_clock
from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.notes.models import Note
from ketang.people.account.models import Account
from ketang.platform.refusal import Refused

MOST_SIGNS = 5000
MOST_NOTES = 5000
"""Of one account: more than anybody writes, less than fills a disk."""


def write_note(*, account: Account, lesson: Lesson, words: str, at: str = "") -> Note:
    """Write a note on a lesson.

    Args:
        account: whose it is.
        lesson: on which.
        words: of the note.
        at: the moment as somebody writes it (`04:12`, `3分20秒`); empty for none.

    Raises:
        Refused: no words, too many, a moment that is none or beyond the lesson's end.

    Effects: the row.
    """
    told, moment = _words(words), _moment(at, lesson)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        if Note.objects.filter(account=account).count() >= MOST_NOTES:
            raise Refused(_("笔记已经有 %(most)s 条。请先导出，删掉一些再写。") % {"most": MOST_NOTES}, field="words")
        return Note.objects.create(
            account=account,
            course_id=lesson.edition.course_id,
            thread=lesson.thread,
            lesson=lesson,
            at_ms=moment,
            words=told,
        )


def change_note(*, note: Note, words: str) -> None:
    """Other words. Refused: as `write_note`. Effects: the row."""
    note.words, note.changed_at = _words(words), timezone.now()
    note.save(update_fields=["words", "changed_at"])


def drop_note(*, note: Note) -> None:
    """Effects: the row is gone."""
    note.delete()


def _words(words: str) -> str:
    told = words.replace("\r\n", "\n").strip()
    if not told:
        raise Refused(_("请写下笔记的内容。"), field="words")
    if len(told) > MOST_SIGNS:
        raise Refused(
            _("一条笔记最多 %(most)s 个字，现在有 %(now)s 个。") % {"most": MOST_SIGNS, "now": len(told)}, field="words"
        )
    return told


def _moment(at: str, lesson: Lesson) -> int | None:
    if not at.strip():
        return None
    found = parse_clock(at)
    if found is None:
        raise Refused(_("看不懂这个时间。请写成 04:12（4 分 12 秒），或者空着。"), field="at")
    if found > Fraction(lesson.seconds):
        raise Refused(_("这一课没有这么长，全长 %(length)s。") % {"length": lesson.length or "00:00"}, field="at")
    return int(found * 1000)
