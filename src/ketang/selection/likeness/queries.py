"""Reading likenesses, for the office alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q
from django.utils.translation import gettext as _

from kebao.model.location import clock
from ketang.people.role.queries import Actor
from ketang.selection.intake.models import Submission
from ketang.selection.likeness.models import Likeness, MediumUse
from ketang.selection.likeness.permissions import may_see_likeness


@dataclass(frozen=True, slots=True)
class Alike:
    """A medium of a submission that is also another supplier's.

    Attributes:
        use: ours, in the newest version.
        other: the other's newest use.
        identical: the same bytes.
        kind: `picture`, `sound` or `both`.
        percent: of the shorter one.
        times: (from, to) here and (from, to) there of each stretch, as a person reads them.
    """

    use: MediumUse
    other: MediumUse
    identical: bool
    kind: str
    percent: int
    times: tuple[tuple[str, str, str, str], ...]
    seconds: float

    @property
    def what(self) -> str:
        """What is the same, in a word."""
        return {"picture": _("画面"), "sound": _("声音")}.get(self.kind, _("画面和声音"))


def alike(actor: Actor, submission: Submission) -> list[Alike]:
    """What the newest version of a submission has in common with other suppliers' submissions; three queries, however many there are.

    Earlier versions of the other are told by its newest use of the same bytes. Nothing for who may not see it.
    """
    if not may_see_likeness(actor) or submission.latest_id is None:
        return []
    mine = list(MediumUse.objects.filter(version=submission.latest_id).select_related("of").order_by("path"))
    own = {use.of_id for use in mine}
    pairs: dict[int, dict[int, Likeness | None]] = {of: {of: None} for of in own}
    for found in Likeness.objects.filter(Q(one__in=own) | Q(other__in=own)):
        for here, there in ((found.one_id, found.other_id), (found.other_id, found.one_id)):
            if here in own:
                pairs[here][there] = found
    others = _newest_uses({there for known in pairs.values() for there in known}, submission)
    return [
        _alike(use, other, pairs[use.of_id][of])
        for use in mine
        for of in pairs[use.of_id]
        for other in others.get(of, ())
    ]


def _newest_uses(of: set[int], submission: Submission) -> dict[int, list[MediumUse]]:
    uses = MediumUse.objects.filter(of__in=of).exclude(version__submission__organisation=submission.organisation_id)
    newest: dict[tuple[int, int], MediumUse] = {}
    for use in uses.select_related("of", "version__submission__organisation").order_by("version__index", "path"):
        newest[use.of_id, use.version.submission_id] = use
    found: dict[int, list[MediumUse]] = {}
    for (print_id, _submission), use in sorted(newest.items()):
        found.setdefault(print_id, []).append(use)
    return found


def _alike(use: MediumUse, other: MediumUse, likeness: Likeness | None) -> Alike:
    if likeness is None:
        whole = (clock(Fraction(0)), _clock(use.of.seconds))
        return Alike(use, other, True, "both", 100, ((*whole, *whole),), use.of.seconds)
    swapped = likeness.one_id != use.of_id
    times = []
    for one, second, length in likeness.stretches:
        here, there = (second, one) if swapped else (one, second)
        times.append((_clock(here), _clock(here + length), _clock(there), _clock(there + length)))
    seconds = sum(length for _one, _other, length in likeness.stretches)
    return Alike(use, other, False, likeness.kind, round(100 * likeness.share), tuple(times), seconds)


def _clock(seconds: float) -> str:
    return clock(Fraction(round(seconds * 100), 100))
