"""Reading the print on a photograph of a cover, where the extra `ocr` is installed, and keeping what may be proposed of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from ketang.platform.storage.reading import Damaged, read_whole
from ketang.selection.desk.codes import read
from ketang.selection.desk.models import Cover, Reading
from ketang.selection.desk.picking import Found, Line, Part, pick
from ketang.selection.desk.queries import known_submissions, meant_by
from ketang.selection.intake.models import Submission


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a part of a parcel's form.

    Attributes:
        part: of the form.
        value: as the form takes it.
        seen: the print it was read from.
        to: the submission that is meant; None for other parts.
    """

    part: Part
    value: str
    seen: str
    to: Submission | None = None

    @property
    def key(self) -> str:
        """Part and value as a form sends them."""
        return f"{self.part.value}:{self.value}"


def read_cover(cover: Cover) -> None:
    """Read it and keep what was found, or that this machine has no reader. Effects: the row; nothing for one that is gone."""
    from kebao.media.printed import is_installed, read_print_of

    if not is_installed():
        _keep(cover, Reading.NO_READER, [])
        return
    try:
        lines = read_print_of(read_whole(cover.digest))
    except Damaged:
        _keep(cover, Reading.FAILED, [])
        return
    told = [Line(one.words, one.left, one.right, one.top, one.bottom) for one in lines]
    found = pick(told, timezone.localdate(), known_submissions())
    kept = [one for one in found if one.part is not Part.SUBMISSION or _meant(one.value) is not None]
    _keep(cover, Reading.READ, kept)


def fail(cover: Cover) -> None:
    """Say that it was not read, so that nobody waits. Effects: the row."""
    Cover.objects.filter(pk=cover.pk, reading=Reading.WAITING).update(reading=Reading.FAILED)


def _keep(cover: Cover, reading: Reading, found: list[Found]) -> None:
    rows = [{"part": one.part.value, "value": one.value[:200], "seen": one.seen[:200]} for one in found]
    Cover.objects.filter(pk=cover.pk).update(reading=reading, found=rows)


def proposals(cover: Cover) -> list[Proposal]:
    """What is proposed of a photograph, with the submissions that are meant: each once, whatever it was recognised by."""
    made: list[Proposal] = []
    for row in cover.found:
        part, to = Part(row["part"]), None
        if part is Part.SUBMISSION:
            to = _meant(row["value"])
            if to is None or any(one.to == to for one in made):
                continue
        made.append(Proposal(part, row["value"], row["seen"], to))
    return made


def _meant(code: str) -> Submission | None:
    """The one submission of a label code or number."""
    found = meant_by(read(code)).submissions
    return found[0] if len(found) == 1 else None
