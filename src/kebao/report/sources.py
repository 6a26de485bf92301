"""Where the limits come from against which a finding was held, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from kebao.model.finding import Measured
from kebao.model.report import Report, ReportedFinding, RuleResult
from kebao.model.text import Language, is_code

_HANZI = re.compile(r"[\u3400-\u9fff]")

Told = tuple[tuple[str, str], ...]
"""Words, and the language they are in (`zh-Hans`, `en`); empty where that is the reader's own."""


def sources(finding: ReportedFinding, result: RuleResult, language: Language) -> Told:
    """The sources of one finding, each once. `result` is what its rule said under the clause that tells the finding.

    Reports of version 1 told a source in one language; which that was, only the words themselves tell.
    """
    held = {Fraction(item.limit) for item in finding.evidence if isinstance(item, Measured) and item.limit is not None}
    found = (source for _name, value, source in result.limits if _number(value) in held)
    told = [(source.to(language), source.zh == source.en and not is_code(source.zh)) for source in found]
    return tuple((words, _language_of(words) if is_in_one else "") for words, is_in_one in dict.fromkeys(told))


def sources_of(report: Report, language: Language) -> dict[str, Told]:
    """The sources of each finding, by fingerprint, as the first clause that tells it has them."""
    results: dict[str, RuleResult] = {}
    for clause in report.clauses:
        for result in clause.rules:
            for fingerprint in result.findings:
                results.setdefault(fingerprint, result)
    return {
        one.fingerprint: sources(one, results[one.fingerprint], language)
        for one in report.findings
        if one.fingerprint in results
    }


def joined(told: Iterable[Told]) -> Told:
    """The sources of several findings, each once, in their order."""
    return tuple(dict.fromkeys(one for each in told for one in each))


def _language_of(words: str) -> str:
    return "zh-Hans" if _HANZI.search(words) else "en"


def _number(value: float | int | str | tuple[str, ...]) -> Fraction | None:
    try:
        return None if isinstance(value, tuple) else Fraction(value)
    except ValueError:
        return None
