"""Evidence beside a finding in words: what was measured, against which limit."""

from __future__ import annotations

from fractions import Fraction

from kebao.model.finding import Curve, Evidence, Listed, Measured, Quoted, Still
from kebao.model.report import ReportedFinding
from kebao.model.text import Language
from kebao.report.words import WORDS, evidence_name, number
from kebao.text.measures import percent_shown


def seen(finding: ReportedFinding, language: Language) -> str:
    """Evidence that says more than the message: what has a name of its own, or a limit."""
    told = (
        _evidence(item, language)
        for item in finding.evidence
        if not isinstance(item, Curve | Still)
        and (evidence_name(item.name, language) or (isinstance(item, Measured) and item.limit is not None))
    )
    return ("；" if language == "zh" else "; ").join(told)


def _evidence(item: Evidence, language: Language) -> str:
    match item:
        case Measured("share", value, limit):
            held = "" if limit is None else f"（{WORDS['limit'].to(language)} {percent_shown(Fraction(limit))}）"
            return f"{evidence_name('share', language)}{percent_shown(Fraction(value))}{held}"
        case Measured(name, value, limit, unit):
            held = (
                ""
                if limit is None
                else f"（{WORDS['limit'].to(language)} {number(limit)} {unit}）".replace(" ）", "）")
            )
            return f"{evidence_name(name, language)}{number(value)} {unit}".rstrip() + held
        case Quoted(name, text):
            return f"{evidence_name(name, language)}“{text}”"
        case Listed(name, items):
            return evidence_name(name, language) + "、".join(items)
        case Curve() | Still():
            return ""
