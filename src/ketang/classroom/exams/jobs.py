"""Background work of exams."""

from __future__ import annotations

import logging

from kebao.model.errors import KebaoError
from ketang.classroom.catalogue.models import Edition
from ketang.classroom.exams.appealing import mark_piece
from ketang.classroom.exams.models import Question
from ketang.classroom.exams.preparing import take
from ketang.classroom.exams.sitting import close_overdue
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.platform.refusal import Refused
from ketang.selection.checking.models import Check

log = logging.getLogger(__name__)


@job("exams.read", limit_seconds=3600, attempts=4)
def read(running: Running, *, edition: str) -> None:
    """Read the papers of an edition that has none yet."""
    from ketang.selection.checking.opening import opened

    found = Edition.objects.select_related("version__submission__call", "check_of").filter(uuid=edition).first()
    if found is None or found.papers.exists():
        return
    check = found.check_of or Check(version=found.version, name=found.name, digest=found.digest)
    try:
        with opened(check) as package:
            put = take(package.package)
    except (KebaoError, Refused) as refused:
        # It was opened when it was prepared and cannot be now: the office's page goes on saying that there are no papers.
        log.warning("papers of edition %s cannot be read: %s", edition, refused)
        return
    with running.finish():
        held = Edition.objects.select_for_update().get(pk=found.pk)
        put(held)
        held.save(update_fields=["left_out"])


@job("exams.close", limit_seconds=600)
def close(running: Running) -> None:
    """Each minute: hand in what nobody came back to though its time is over."""
    close_overdue()
    with running.finish():
        pass


@job("exams.mark", limit_seconds=3600, attempts=8)
def mark(running: Running, *, question: str) -> None:
    """Mark everybody anew whom a corrected key concerns, some at a time. Begun anew, it goes on with those who still wait."""
    found = Question.objects.filter(uuid=question).first()
    done = 0
    while found is not None and (marked := mark_piece(found)[0]):
        done += marked
        running.tell(done=done)
    with running.finish():
        pass
