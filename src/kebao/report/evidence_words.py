"""Evidence beside a finding in words: what was measured, against which limit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kebao.model.finding import Curve, Evidence, Listed, Measured, Quoted, Still
from kebao.model.report import ReportedFinding
from kebao.model.text import Language, Text
from kebao.report.words import COLON, evidence_name, number, unit_spoken
from kebao.text.measures import percent_shown

_HELD = Text(zh="（限值 {limit}）", en=" (limit {limit})")


@dataclass(frozen=True, slots=True)
class Seen:
    """One piece of evidence in words. `name` is empty where it has none of its own, `limit` where it was held against none."""

    name: str
    value: str
    limit: str


def seen_of(finding: ReportedFinding, language: Language) -> list[Seen]:
    """Evidence that says more than the message: what has a name of its own, or a limit."""
    return [
        _seen(item, language)
        for item in finding.evidence
        if not isinstance(item, Curve | Still)
        and (evidence_name(item.name, language) or (isinstance(item, Measured) and item.limit is not None))
    ]


def seen(finding: ReportedFinding, language: Language) -> str:
    """The same in one sentence."""
    told = (
        (COLON.format(name=one.name, value=one.value).to(language) if one.name else one.value)
        + (_HELD.format(limit=one.limit).to(language) if one.limit else "")
        for one in seen_of(finding, language)
    )
    return ("；" if language == "zh" else "; ").join(told)


def _seen(item: Evidence, language: Language) -> Seen:
    name = evidence_name(item.name, language)
    match item:
        case Measured("share", value, limit):
            return Seen(name, percent_shown(Fraction(value)), "" if limit is None else percent_shown(Fraction(limit)))
        case Measured(_, value, limit, unit):
            spoken = unit_spoken(item.name, unit, language)
            held = "" if limit is None else f"{number(limit)} {spoken}".rstrip()
            return Seen(name, f"{number(value)} {spoken}".rstrip(), held)
        case Quoted(_, text):
            return Seen(name, f"“{text}”", "")
        case Listed(_, items):
            return Seen(name, "、".join(items), "")
        case Curve() | Still():
            return Seen(name, "", "")
