"""What a ranking tells besides its rows, with the names that pages show in place of ids. Long parts are read in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from ketang.selection.assigning.queries import left_with_sheets
from ketang.selection.calls.models import in_language
from ketang.selection.experts.models import Expert
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.models import Ranking

M = TypeVar("M")
SHOWN = 5
"""Packages told by number where more crossed the line."""


@dataclass(frozen=True, slots=True)
class Held(Generic[M]):
    """Parts of a ranking's summary, to be read in pages: `named` brings the names of what a page shows."""

    items: Sequence[dict[str, Any]]
    named: Callable[[Sequence[dict[str, Any]]], list[M]]

    @property
    def far(self) -> int:
        """All are counted."""
        return len(self.items)

    def count(self, most: int) -> int:
        """How many there are, `most` at most."""
        return min(most, len(self.items))

    def part(self, start: int, stop: int) -> list[M]:
        """Those from `start` to before `stop`."""
        return self.named(self.items[start:stop])


@dataclass(frozen=True, slots=True)
class OtherWay:
    """Another way to rank and what came of it.

    Attributes:
        kind, of: what it is and of whom, as an address asks for it.
        words: what it is.
        tau: agreement of the two orders as text; empty where it has no meaning.
        moved: the package that moved furthest: number, place before, place after; None when none moved.
        unscored: packages without any value in it.
        into, out: who crosses the award line, in words; empty for nobody.
        crossing: how many cross it into the selection and out of it; None without a line.
    """

    kind: str
    of: str
    words: str
    tau: str
    moved: tuple[str, int, int] | None
    unscored: int
    into: str
    out: str
    crossing: tuple[int, int] | None


def experts_of(ranking: Ranking) -> Held[dict[str, Any]]:
    """Experts, the most severe first, with `name`, `left` (whether they left the panel) and the severity with a true minus; three queries a page."""

    def named(part: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        names = _names_of_experts(one["expert"] for one in part)
        gone = {str(one.seat.expert.uuid) for one in left_with_sheets(ranking.call)}
        return [
            one
            | {
                "name": names.get(one["expert"], "—"), "left": one["expert"] in gone,
                "severity_shown": one["severity"].replace("-", "−"),
            }
            for one in part
        ]  # fmt: skip

    return Held(sorted(ranking.summary["experts"], key=lambda one: (float(one["severity"]), one["expert"])), named)


def reach_of(ranking: Ranking) -> float:
    """The furthest that any severity with its standard error goes from 0, in points."""
    return max(
        (abs(float(one["severity"])) + float(one["error"] or 0) for one in ranking.summary["experts"]), default=0.0
    )


def criteria_of(ranking: Ranking) -> list[tuple[str, str]]:
    """Each criterion with its alpha as text."""
    names = names_of_criteria(ranking)
    told = ranking.summary["agreement"].get("criteria", ())
    return [(names.get(one["criterion"], one["criterion"]), one["alpha"]) for one in told]


def odd_sheets(ranking: Ranking) -> Held[dict[str, Any]]:
    """Sheets far from what was expected of them, the furthest first, with `name` and `number`; two queries a page."""

    def named(part: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        names = _names_of_experts(one["expert"] for one in part)
        numbers = _numbers({one["submission"] for one in part})
        return [
            one
            | {
                "name": names.get(one["expert"], "—"), "number": numbers.get(one["submission"], "—"),
                "off_shown": one["off"].replace("-", "−"),
            }
            for one in part
        ]  # fmt: skip

    return Held(ranking.summary["outliers"], named)


def other_ways(ranking: Ranking) -> Held[OtherWay]:
    """Every other way to rank that was computed: weights and categories first, then without each expert, those by name."""
    criteria = names_of_criteria(ranking)
    ways = ranking.summary["scenarios"]
    # The experts by name: their ids stand in no order that means anything.
    experts = _names_of_experts(one["of"] for one in ways if one["kind"] == "without")
    ways = sorted(ways, key=lambda one: experts.get(one["of"], "") if one["kind"] == "without" else "")

    def named(part: Sequence[dict[str, Any]]) -> list[OtherWay]:
        shown = (one.get(which, ())[:SHOWN] for one in part for which in ("in", "out"))
        wanted = {name for names in shown for name in names} | {one["moved"][0][0] for one in part if one["moved"]}
        numbers = _numbers(wanted)
        return [_way(one, words_of(one, experts, criteria), numbers) for one in part]

    return Held(ways, named)


def way_of(ranking: Ranking, kind: str, of: str) -> OtherWay | None:
    """One other way; None when it was not computed."""
    found = next((one for one in ranking.summary["scenarios"] if (one["kind"], one["of"]) == (kind, of)), None)
    if found is None:
        return None
    experts = _names_of_experts([of]) if kind == "without" else {}
    return _way(found, words_of(found, experts, names_of_criteria(ranking)), {})


def least_tau(ranking: Ranking) -> float:
    """The lowest agreement of any other way."""
    return min((float(one["tau"]) for one in ranking.summary["scenarios"] if one["tau"]), default=1.0)


def words_of(one: dict[str, Any], experts: dict[str, str], criteria: dict[str, str]) -> str:
    """What another way to rank is."""
    return {
        "raw": _("按原始均分"), "equal-voices": _("只校正宽严，不加权"), "preferred": _("优先类别排在前面"),
        "weights": _("按试算的权重"), "equal-weights": _("各项权重相同"),
        "more": _("“%(name)s”的权重增加一半") % {"name": criteria.get(one["of"], one["of"])},
        "less": _("“%(name)s”的权重减少一半") % {"name": criteria.get(one["of"], one["of"])},
        "without": _("去掉专家“%(name)s”") % {"name": experts.get(one["of"], "—")},
    }[one["kind"]]  # fmt: skip


def names_of_criteria(ranking: Ranking) -> dict[str, str]:
    """The rubric's criteria by id, in the reader's language."""
    return {one.id: in_language(one.name.model_dump()) for one in ranking.call.content.rubric.criteria}


def _way(one: dict[str, Any], words: str, numbers: dict[str, str]) -> OtherWay:
    moved = one["moved"][0] if one["moved"] else None
    return OtherWay(
        one["kind"], one["of"], words, one["tau"], moved and (numbers.get(moved[0], "—"), moved[1], moved[2]),
        len(one["unscored"]), _listed(one.get("in", ()), numbers), _listed(one.get("out", ()), numbers),
        (len(one["in"]), len(one["out"])) if "in" in one else None,
    )  # fmt: skip


def _listed(names: Any, numbers: dict[str, str]) -> str:
    shown = "、".join(numbers.get(name, "—") for name in names[:SHOWN])
    return shown + _(" 等 %(count)s 件") % {"count": len(names)} if len(names) > SHOWN else shown


def _names_of_experts(uuids: Iterable[str]) -> dict[str, str]:
    found = Expert.objects.filter(uuid__in=list(uuids)).values_list("uuid", "name")
    return {str(uuid): name for uuid, name in found}


def _numbers(uuids: set[str]) -> dict[str, str]:
    found = Submission.objects.filter(uuid__in=sorted(uuids)).values_list("uuid", "number")
    return {str(uuid): number for uuid, number in found}
