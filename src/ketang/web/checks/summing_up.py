"""The head of a report's page: verdict and counts, what there is to do, what became of it since the version before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kebao.model.report import Report, ReportedFinding
from kebao.model.text import Language
from kebao.report.arranging import by_kind, counts, label_of
from kebao.report.changes import changes
from kebao.report.words import WORDS
from ketang.selection.checking.models import Check
from ketang.web.checks.shown import MEANINGS

TONES = {"failed": "bad", "review": "warn", "passed": "good"}
MARKS = {"failed": "✗", "review": "?", "passed": "✓"}
_MEANINGS = {"failed": "bad", "warning": "warn", "cantTell": "ask", "advice": "tip", "untested": "quiet"}
MOST = 100
"""Lines of one list of changes; counts are whole."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `web/checks/parts/verdict.html` shows; `counts` are (word, number, meaning)."""

    mark: str
    meaning: str
    label: str
    words: str
    counts: tuple[tuple[str, int, str], ...]


def verdict_of(report: Report, language: Language) -> Verdict:
    """The verdict in words."""
    verdict = report.verdict
    return Verdict(
        mark=MARKS[verdict.word],
        meaning=TONES[verdict.word],
        label=verdict.label.to(language),
        words=verdict.counts.to(language),
        counts=tuple((WORDS[name].to(language), number, _MEANINGS[kind]) for name, number, kind in counts(report)),
    )


@dataclass(frozen=True, slots=True)
class Task:
    """What one rule found: a line of the list at the head; the link leads to the first finding."""

    title: str
    count: int
    fingerprint: str


def tasks(report: Report, language: Language) -> list[tuple[str, str, int, list[Task]]]:
    """What there is to do at a glance, the gravest first: kind, meaning of its tag, how many, a line a rule."""
    return [
        (
            label_of(rules[0][0]).to(language),
            MEANINGS[kind],
            sum(map(len, rules)),
            [Task(found[0].title.to(language), len(found), found[0].fingerprint) for found in rules],
        )
        for kind, rules in by_kind(report)
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """What `web/checks/parts/compared.html` shows.

    Attributes:
        earlier: the check compared with.
        rows: (kind, before, now).
        lists: (what became of them, meaning, how many, [(label, title, place, fingerprint)]); what is gone has no fingerprint here.
    """

    earlier: Check
    rows: tuple[tuple[str, int, int], ...]
    lists: tuple[tuple[str | Promise, str, int, tuple[tuple[str, str, str, str], ...]], ...]
    same_rulebooks: bool


def compared(earlier: Check, before: Report, after: Report, language: Language) -> Compared:
    """Two whole reports beside each other."""
    found = changes(before, after)
    then, now = before.verdict, after.verdict
    numbers = {"errors": (then.errors, now.errors), "warnings": (then.warnings, now.warnings),
               "cant_tell": (then.cant_tell, now.cant_tell), "advice": (then.advice, now.advice)}  # fmt: skip
    return Compared(
        earlier=earlier,
        rows=tuple((WORDS[name].to(language), *pair) for name, pair in numbers.items()),
        lists=(
            (_("已经改好"), "good", len(found.gone), _lines(found.gone, language, here=False)),
            (_("还在"), "warn", len(found.remaining), _lines(found.remaining, language)),
            (_("新出现"), "bad", len(found.new), _lines(found.new, language)),
        ),
        same_rulebooks=found.same_rulebooks,
    )


def _lines(
    findings: Sequence[ReportedFinding], language: Language, *, here: bool = True
) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (label_of(f).to(language), f.title.to(language), f.at.words.to(language), f.fingerprint if here else "")
        for f in findings[:MOST]
    )
