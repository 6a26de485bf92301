"""Asking for renditions, and keeping what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kebao.model.text import Text
from ketang.classroom.renditions.models import Conversion, ConversionState, Purpose, Rendition
from ketang.classroom.renditions.queries import lane_key, recipe_of
from ketang.platform.queue.actions import enqueue
from ketang.platform.storage.models import StoredFile

_ended: list[Callable[[Conversion], None]] = []


def on_ended(act: Callable[[Conversion], None]) -> None:
    """Have `act` called when a conversion is over, inside its transaction. So this room need not know who waits for it."""
    if act not in _ended:
        _ended.append(act)


def ask(source: StoredFile, purpose: Purpose) -> Conversion:
    """Have the renditions of a source made, unless they are made, or being made, by the recipe of today.

    Effects: the row; a job in each lane that is free.
    """
    with transaction.atomic():
        found, made = Conversion.objects.get_or_create(source=source, purpose=purpose, recipe=recipe_of(purpose))
        if made:
            wake()
    return found


def ask_again(conversion: Conversion) -> bool:
    """Have one that did not succeed tried once more; False for any other.

    Effects: as `ask`.
    """
    with transaction.atomic():
        failed = Conversion.objects.filter(pk=conversion.pk, state=ConversionState.FAILED)
        if not failed.update(state=ConversionState.WAITING, message={}, ended_at=None):
            return False
        wake()
    return True


def wake() -> None:
    """A job in each lane that is free, where something waits. Few lanes: films take long, and other work is to have its turn."""
    if Conversion.objects.filter(state=ConversionState.WAITING).exists():
        for lane in range(settings.RENDITION_LANES):
            enqueue("renditions.make", key=lane_key(lane), lane=lane)


def take(lane: int) -> Conversion | None:
    """The conversion on which the lane works: the one it was killed at, else the oldest that waits.

    Effects: its row is the lane's.
    """
    held = Conversion.objects.filter(state=ConversionState.MAKING, lane=lane).select_related("source").first()
    while held is None:
        oldest = Conversion.objects.filter(state=ConversionState.WAITING).order_by("id").first()
        if oldest is None:
            return None
        waiting = Conversion.objects.filter(pk=oldest.pk, state=ConversionState.WAITING)
        if waiting.update(state=ConversionState.MAKING, lane=lane):
            held = Conversion.objects.select_related("source").get(pk=oldest.pk)
    return held


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a conversion: files that are stored, not saved as rows yet."""

    renditions: Sequence[Rendition]
    seconds: Decimal
    lufs: float | None = None
    peak: float | None = None
    gain_db: float = 0.0
    warning: Text | None = None


def keep(conversion: Conversion, outcome: Outcome) -> None:
    """Keep what was made. Call it inside the transaction that ends the job.

    Effects: rows of renditions in place of earlier ones; the row is done; whoever asked by `on_ended` is called.
    """
    conversion.renditions.all().delete()
    for one in outcome.renditions:
        one.of = conversion
    Rendition.objects.bulk_create(outcome.renditions)
    conversion.seconds, conversion.gain_db = outcome.seconds, outcome.gain_db
    conversion.lufs, conversion.peak = outcome.lufs, outcome.peak
    _end(conversion, ConversionState.DONE, outcome.warning)


def give_up(conversion: Conversion, words: Text) -> None:
    """Nothing can be made of it; the words say why.

    Effects: as `keep`, the row has failed.
    """
    with transaction.atomic():
        _end(conversion, ConversionState.FAILED, words)


def _end(conversion: Conversion, state: ConversionState, words: Text | None) -> None:
    conversion.state, conversion.lane, conversion.ended_at = state, None, timezone.now()
    conversion.message = {"zh": words.zh, "en": words.en} if words is not None else {}
    conversion.save()
    for act in _ended:
        act(conversion)
