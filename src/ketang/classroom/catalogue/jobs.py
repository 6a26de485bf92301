"""Background work of the catalogue. It may be killed and begun anew: files lie under digests, the lessons come at once."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from kebao.model.errors import KebaoError
from ketang.classroom.catalogue.models import Edition, EditionState
from ketang.classroom.catalogue.preparing import give_up, put_in, taken_by_others
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.platform.refusal import Refused
from ketang.selection.checking.models import Check

OUR_FAULT = Refused(_("准备课程的程序出错，没有完成。这不是课程包的问题，请联系系统管理员。"))


@job("catalogue.prepare", limit_seconds=14_400, attempts=4, when_failed="catalogue.fail")
def prepare(running: Running, *, edition: str) -> None:
    """Take an edition's media out of its package."""
    from ketang.classroom.catalogue.unpacking import lessons_in  # with the decoders, which only a worker needs
    from ketang.selection.checking.opening import opened

    found = Edition.objects.select_related("version__submission__call", "check_of").filter(uuid=edition).first()
    if found is None or found.state != EditionState.PREPARING or found.lessons.exists():
        return  # it waits for its films, if for anything
    check = found.check_of or Check(version=found.version, name=found.name, digest=found.digest)
    try:
        with opened(check) as package:
            prepared = lessons_in(package.package, lambda done, of: running.tell(done=done, of=of))
            prepared = replace(prepared, others=taken_by_others(package.package))
    except KebaoError as refusal:
        give_up(found, refusal.message)
    except Refused as refused:
        give_up(found, refused.text)
    else:
        with running.finish():
            put_in(found, prepared)


@job("catalogue.fail", limit_seconds=600)
def fail(running: Running, *, edition: str) -> None:
    """The preparation itself failed for good: say so, instead of letting the office wait."""
    del running
    found = Edition.objects.filter(uuid=edition).first()
    if found is not None:
        give_up(found, OUR_FAULT.text)
