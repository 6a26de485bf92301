"""Why packages did not pass: clauses that count against them, what notices asked for, and what decisions say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _

from ketang.selection.awarding.models import Decision, Outcome
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.notices.models import ItemKind, NoticeItem, NoticeState
from ketang.selection.tallying.models import Gravity, TalliedFault
from ketang.selection.tallying.queries import clause_words

SHORT = 60
"""Half-width signs of a clause that are shown."""
RULES = 3
"""Faults named under a clause: the commonest."""
_END = re.compile(r"[。：；，]|[.:;,](?=\s|$)")
_COPIES = (ItemKind.PAPER, ItemKind.ELECTRONIC)


@dataclass(slots=True)
class Reason:
    """A clause, and how many packages it counts against: each once, at its gravest.

    `asked` are packages of which a notice asked to mend it, whatever came of that. `faults` are the commonest, as (words, packages).
    """

    clause: str
    words: str
    book: str
    place: tuple[str, int]
    errors: int = 0
    unmet: int = 0
    warnings: int = 0
    asked: int = 0
    faults: list[tuple[str, int]] = field(default_factory=list)

    @property
    def counts(self) -> int:
        """Packages against which it counts now."""
        return self.errors + self.unmet + self.warnings


@dataclass(frozen=True, slots=True)
class Said:
    """A reason that somebody wrote, word for word, and how many decisions have it."""

    decision: str
    words: str
    count: int


def by_clause(calls: Sequence[Call]) -> list[Reason]:
    """Clauses by how many packages do not meet them, the most first; three queries."""
    words = clause_words()
    first = {call.file["rulebooks"][0] for call in calls}
    made: dict[tuple[str, str], Reason] = {}
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def reason(rulebook: str, clause: str, kind: str = "") -> Reason:
        key = (rulebook, clause) if kind not in _COPIES else ("", kind)
        if key not in made:
            if kind in _COPIES:
                made[key] = Reason(clause, str(ItemKind(kind).label), "", ("", 0))
            else:
                told, book = words.get((rulebook, clause, "")), words.get((rulebook, "", ""))
                title = "" if rulebook in first else book.said if book is not None else rulebook
                place = told.place if told is not None else 0
                made[key] = Reason(clause, short(told.said) if told is not None else "", title, (rulebook, place))
        return made[key]

    faults = TalliedFault.objects.filter(call__in=calls).order_by()
    each = faults.values_list("rulebook", "clause", "rule", "gravity").annotate(count=Count("pk"))
    for rulebook, clause, rule, gravity, count in each:
        one = reason(rulebook, clause)
        if rule:
            title = words.get((rulebook, clause, rule))
            found[rulebook, clause][title.said if title is not None else rule] += count
        elif gravity == Gravity.ERROR:
            one.errors += count
        elif gravity == Gravity.UNMET:
            one.unmet += count
        else:
            one.warnings += count
    sent = NoticeItem.objects.filter(
        notice__submission__call__in=calls, notice__state__in=(NoticeState.SENT, NoticeState.ANSWERED), left_out=""
    ).order_by()
    asked = sent.values_list("rulebook", "clause", "kind").annotate(count=Count("notice__submission", distinct=True))
    for rulebook, clause, kind, count in asked:
        reason(rulebook, clause, kind).asked += count
    for key, one in made.items():
        one.faults = sorted(found[key].items(), key=lambda told: (-told[1], told[0]))[:RULES]
    return sorted(made.values(), key=lambda one: (-one.errors - one.unmet, -one.warnings, -one.asked, one.place))


def short(words: str) -> str:
    """A clause's first words, up to its first mark or as many as are read at a glance."""
    begun = _END.split(words, maxsplit=1)[0]
    kept, wide = "", 0
    for sign in begun:
        wide += 1 if sign.isascii() else 2
        if wide > SHORT:
            return kept.rstrip() + "…"
        kept += sign
    return kept


def of_decisions(calls: Sequence[Call], most: int) -> list[Said]:
    """The commonest reasons written with decisions that did not select, and with refusals; two queries."""
    not_selected = (
        Decision.objects.filter(submission__call__in=calls, undone_at=None, confirmed_at__isnull=False)
        .exclude(outcome=Outcome.SELECTED)
        .order_by()
        .values_list("outcome", "reason")
        .annotate(count=Count("pk"))
        .order_by("-count", "outcome", "reason")[:most]
    )
    refused = (
        Submission.objects.filter(call__in=calls, state=SubmissionState.REFUSED)
        .exclude(number="")
        .order_by()
        .values_list("reason")
        .annotate(count=Count("pk"))
        .order_by("-count", "reason")[:most]
    )
    found = [
        Said(str(Outcome(outcome).label), words or _("没有写理由"), count) for outcome, words, count in not_selected
    ]
    found += [Said(str(SubmissionState.REFUSED.label), words or _("没有写理由"), count) for words, count in refused]
    return sorted(found, key=lambda one: (-one.count, one.decision, one.words))[:most]
