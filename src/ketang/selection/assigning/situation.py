"""A call as it stands for assigning: its panel, its packages, conflicts, what is assigned; and what a pair would cost.

Read in a fixed number of queries, however many packages and experts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.selection.assigning.fitting import BALANCE, COSTS, Fit, fit_of, load_step
from ketang.selection.assigning.models import Assignment
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import PanelSeat
from ketang.selection.experts.queries import conflicts_of_call, seats_of
from ketang.selection.experts.sayings import reviewed
from ketang.selection.intake.models import Submission


class Bar(StrEnum):
    """Why a pair cannot be."""

    ASSIGNED = "assigned"
    CONFLICT = "conflict"
    AWAY = "away"
    FULL = "full"


BARS: dict[Bar, str | Promise] = {
    Bar.ASSIGNED: _("已分配"),
    Bar.CONFLICT: _("应当回避"),
    Bar.AWAY: _("现在不能评审"),
    Bar.FULL: _("件数已满"),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything by keys of rows; pairs are (submission, expert).

    Attributes:
        loads: standing assignments of each expert in this call.
        pairs: standing assignments, those of experts without a seat too.
    """

    call: Call
    seats: dict[int, PanelSeat]
    submissions: dict[int, Submission]
    conflicts: frozenset[tuple[int, int]]
    pairs: frozenset[tuple[int, int]]
    loads: Counter[int]
    today: date

    def bar(self, submission: int, expert: int) -> Bar | None:
        """What stands against a pair; None when it may be assigned."""
        seat = self.seats[expert]
        if (submission, expert) in self.pairs:
            return Bar.ASSIGNED
        if (submission, expert) in self.conflicts:
            return Bar.CONFLICT
        if not seat.expert.is_available(self.today):
            return Bar.AWAY
        return Bar.FULL if self.loads[expert] >= seat.load_limit else None

    def fit(self, submission: int, expert: int) -> Fit:
        """How the fields fit."""
        one, known = self.submissions[submission], self.seats[expert].expert
        return fit_of(known.categories, known.occupations, category=one.category, about=about(one))

    def price(self, submission: int, expert: int, balance: int = BALANCE) -> int:
        """What the pair would add to the cost now, in thousandths; of a standing one, what ending it would save."""
        load = self.loads[expert] + (0 if (submission, expert) in self.pairs else 1)
        return COSTS[self.fit(submission, expert)] + load_step(load, self.seats[expert].load_limit, balance)

    def experts_of(self, submission: int) -> list[int]:
        """Who is assigned to it."""
        return [expert for one, expert in self.pairs if one == submission]


def situation_of(call: Call, *, only: Submission | None = None) -> Situation:
    """How a call stands now.

    Args:
        only: leave the other packages out; loads are whole all the same.
    """
    packages = reviewed(call)
    standing = Assignment.objects.filter(call=call, ended_at=None).values_list("submission", "expert")
    conflicts = conflicts_of_call(call)
    if only is not None:
        packages, conflicts = packages.filter(pk=only.pk), conflicts.filter(submission=only)
    pairs = frozenset(standing)
    return Situation(
        call, {seat.expert_id: seat for seat in seats_of(call)}, {one.pk: one for one in packages},
        frozenset(conflicts.values_list("submission", "expert")), pairs, Counter(expert for _one, expert in pairs),
        timezone.localdate(),
    )  # fmt: skip


def about(submission: Submission) -> str:
    """What a course says of its occupation, with its title."""
    form = submission.draft.get("form") if isinstance(submission.draft, dict) else None
    part = form.get("introduction") if isinstance(form, dict) else None
    said = part.get("occupation") if isinstance(part, dict) else None
    return f"{submission.title} {said if isinstance(said, str) else ''}"
