"""What became of findings between two versions: the fingerprint decides, each list in its own order."""

from __future__ import annotations

from dataclasses import replace

from kebao.engine.check import check
from kebao.model.report import Report
from kebao.report.changes import Changes, changes
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.sketch import course


def reported(**differing: object) -> Report:
    return check(course(**differing), (load("tianjin/2023", all_rules()),))


def rules(changed: Changes) -> tuple[list[str], list[str], list[str]]:
    return tuple(sorted(f.rule for f in group) for group in (changed.gone, changed.remaining, changed.new))  # type: ignore[return-value]


def test_mended_faults_are_gone_and_nothing_else() -> None:
    faulty, mended = reported(audience="", rights=[]), reported(audience="")
    assert rules(changes(faulty, mended)) == (
        sorted({f.rule for f in faulty.findings} - {f.rule for f in mended.findings}),
        sorted(f.rule for f in mended.findings),
        [],
    )
    assert changes(faulty, mended).gone


def test_the_other_way_round_they_are_new() -> None:
    faulty, mended = reported(audience="", rights=[]), reported(audience="")
    there, back = changes(faulty, mended), changes(mended, faulty)
    assert (back.gone, back.new) == (there.new, there.gone)


def test_the_same_report_has_changed_in_nothing() -> None:
    report = reported(audience="")
    assert changes(report, report) == Changes((), report.findings, (), same_rulebooks=True)


def test_other_rules_are_told() -> None:
    report = reported()
    other = replace(report, rulebooks=(replace(report.rulebooks[0], digest="0" * 64),))
    assert changes(report, other).same_rulebooks is False
