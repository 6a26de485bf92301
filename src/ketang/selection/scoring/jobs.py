"""Background work of scoring: making blind copies. It may be killed and begun anew: files lie under digests, the parts come at once."""

from __future__ import annotations

from kebao.model.errors import KebaoError
from kebao.model.text import Text
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.checking.models import Check
from ketang.selection.scoring.actions import give_up, keep_copy
from ketang.selection.scoring.models import BlindCopy

OUR_FAULT = Text(
    zh="制作盲评副本的程序出错，没有完成。这不是课程包的问题，请联系系统管理员。",
    en="The program that makes blind copies failed. This is no fault of the package; tell the administrator.",
)


@job("scoring.copy", limit_seconds=14_400, attempts=4, when_failed="scoring.copy_failed")
def copy(running: Running, *, copy: str) -> None:
    """Make the blind copy of a version: its media, its words, and what could not be hidden."""
    from ketang.selection.checking.opening import opened  # with the decoders, which only a worker needs
    from ketang.selection.scoring.blinding import Blinder
    from ketang.selection.scoring.copying import copied
    from ketang.selection.scoring.masks import masks_of

    found = BlindCopy.objects.select_related("version__submission__organisation", "version__submission__call")
    held = found.filter(uuid=copy).first()
    if held is None or held.is_made:
        return
    version = held.version
    try:
        with opened(Check(version=version, name=version.name, digest=version.digest)) as package:
            opened_package = package.package
            masks = masks_of(version, opened_package.manifest, opened_package.facts.paths)
            made = copied(
                opened_package,
                version.digest,
                version.submission.title,
                Blinder(masks),
                lambda done, of: running.tell(done=done, of=of),
            )
    except KebaoError as refusal:
        with running.finish():
            give_up(held, refusal.message)
        return
    with running.finish():
        keep_copy(
            held, made.parts, made.pages, title=made.title, words=made.words, masks=[list(mask) for mask in masks], hidden=made.hidden,
            shown=made.shown,
        )  # fmt: skip


@job("scoring.copy_failed", limit_seconds=600)
def failed(running: Running, *, copy: str) -> None:
    """The copying itself failed for good: say so, instead of letting experts wait."""
    held = BlindCopy.objects.filter(uuid=copy).first()
    with running.finish():
        if held is not None and not held.is_made:
            give_up(held, OUR_FAULT)
