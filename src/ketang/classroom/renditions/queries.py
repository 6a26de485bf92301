"""Reading what was made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from kebao.media.renditions.recipes import AUDIO, VERSION
from ketang.classroom.renditions.models import Conversion, ConversionState, Purpose, Rendition
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.platform.storage.models import StoredFile

SHEET = "sheet"


def recipe_of(purpose: Purpose) -> str:
    """The recipe of today: another version, or another loudness, makes everything anew."""
    loud = settings.RENDITION_LUFS
    return f"{VERSION}" if purpose == Purpose.SIGN or loud is None else f"{VERSION} {loud:g} LUFS"


def lane_key(lane: int) -> str:
    """The key under which a lane works on one source at a time."""
    return f"renditions.make:{lane}"


def renditions_of(source: StoredFile | str, purpose: Purpose = Purpose.LESSON) -> dict[str, Rendition]:
    """By name, what was made of a source by the newest recipe that made something; empty before."""
    digest = source if isinstance(source, str) else source.pk
    found = Rendition.objects.filter(of__source=digest, of__purpose=purpose, of__state=ConversionState.DONE)
    rows = list(found.select_related("file").order_by("-of_id", "id"))
    return {row.name: row for row in rows if row.of_id == rows[0].of_id}


def renditions_by_source(sources: Iterable[str], purpose: Purpose) -> dict[str, dict[str, Rendition]]:
    """For each source of which something was made, what `renditions_of` says. One query."""
    found = Rendition.objects.filter(of__source__in=list(sources), of__purpose=purpose, of__state=ConversionState.DONE)
    made: dict[str, dict[str, Rendition]] = {}
    newest: dict[str, int] = {}
    for row in found.select_related("file", "of").order_by("-of_id", "id"):
        if newest.setdefault(row.of.source_id, row.of_id) == row.of_id:
            made.setdefault(row.of.source_id, {})[row.name] = row
    return made


def heard_of(sources: Iterable[str]) -> set[str]:
    """Of these sources the digests of those whose sound alone was made."""
    made = Rendition.objects.filter(name=AUDIO, of__state=ConversionState.DONE, of__purpose=Purpose.LESSON)
    return set(made.filter(of__source__in=list(sources)).values_list("of__source", flat=True))


def conversions_of(sources: Iterable[str], purpose: Purpose = Purpose.LESSON) -> dict[str, Conversion]:
    """By the source's digest, the newest conversion of each, with what it made."""
    rows = Conversion.objects.filter(source__in=list(sources), purpose=purpose).prefetch_related("renditions__file")
    return {row.source_id: row for row in rows.order_by("id")}


def progress_of(conversion: Conversion) -> dict[str, Any]:
    """Seconds `done` and `of` all; empty while nobody works on it."""
    if conversion.state != ConversionState.MAKING or conversion.lane is None:
        return {}
    job = Job.objects.filter(key=lane_key(conversion.lane), state__in=UNFINISHED).first()
    return dict(job.progress) if job is not None else {}
