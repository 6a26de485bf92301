"""From a stored source to stored renditions."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from django.conf import settings

from kebao.media.renditions.making import Made, make_renditions
from kebao.media.renditions.recipes import P480
from kebao.media.renditions.sheet import contact_sheet
from kebao.model.errors import KebaoError
from kebao.model.location import clock
from kebao.model.text import Text
from ketang.classroom.renditions.actions import Outcome
from ketang.classroom.renditions.models import Conversion, Purpose, Rendition
from ketang.classroom.renditions.queries import SHEET
from ketang.platform.storage.actions import put_bytes, take_path
from ketang.platform.storage.reading import local, spool

_CUT = Text(
    zh="这个文件到 {reached} 就断了，标明的时长是 {declared}。转换只做到这里。请核对，最好换一个完整的文件。",
    en="This file breaks off at {reached}; it states {declared}. The conversion ends there. Look at it; a whole file is better.",
)
_DAMAGED = Text(
    zh="这个文件有 {count} 处损坏，转换时跳过了。请从头到尾看一遍。",
    en="This file is damaged in {count} places, which were passed over. Watch it from beginning to end.",
)


def made(conversion: Conversion, tell: Callable[[int, int], None], check: Callable[[], None]) -> Outcome:
    """Make everything that the source allows, and store it.

    Args:
        conversion: whose source it is.
        tell: is told seconds done and in all.
        check: raises when the work is not ours any more.

    Raises:
        KebaoError: nothing can be made of it; the words say why.
        Damaged: the store's bytes are not those that came in.

    Effects: stored files.
    """
    for_lesson = conversion.purpose == Purpose.LESSON

    def cancelled() -> bool:
        check()
        return False

    with local(conversion.source_id) as path, tempfile.TemporaryDirectory(prefix="making-", dir=spool()) as folder:
        with path.open("rb") as stream:
            found = make_renditions(
                stream, Path(folder), target_lufs=settings.RENDITION_LUFS if for_lesson else None,
                sizes=() if for_lesson else (P480.name,), with_sound=for_lesson, cancelled=cancelled,
                progress=lambda _stage, done, of, _label: tell(done, of),
            )  # fmt: skip
        rows = [
            Rendition(name=one.name, file=take_path(one.path), content_type=one.content_type, width=one.width,
                      height=one.height)
            for one in found.renditions
        ]  # fmt: skip
        if for_lesson and any(one.width for one in found.renditions) and (sheet := _sheet(path)):
            rows.append(Rendition(name=SHEET, file=put_bytes(sheet), content_type="image/jpeg"))
    loud = found.loudness
    return Outcome(
        rows, Decimal(round(found.seconds * 1000)).scaleb(-3), loud.lufs if loud is not None else None,
        loud.peak if loud is not None else None, found.gain_db, _warning(found),
    )  # fmt: skip


def _warning(found: Made) -> Text | None:
    if found.broken:
        declared = found.declared or Fraction(0)
        return _CUT.format(reached=clock(found.seconds), declared=clock(declared) if declared else "?")
    return _DAMAGED.format(count=str(found.errors)) if found.errors else None


def _sheet(path: Path) -> bytes:
    """Nothing where no keyframe can be had: the renditions are not held up by their picture."""
    try:
        with path.open("rb") as stream:
            return contact_sheet(stream)
    except KebaoError:
        return b""
