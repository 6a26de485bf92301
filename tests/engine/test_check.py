"""The engine: order, sharing, crashes, fingerprints, verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kebao.engine.check import check
from kebao.model.finding import Finding, Measured, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.report import Verdict
from kebao.model.rule import Example, Rule, Yielded, rule
from kebao.model.text import Text
from kebao.report.json import report_json
from kebao.rulebook.loading import load, parse, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.course import Package, Video
from kebao.subjects.sketch import SketchedFile, course

PLAIN = Text(zh="话", en="words")


def made_rule(name: str, judge: Any, looks_at: type = Package, severity: Severity = Severity.ERROR) -> Rule:
    examples = (Example(course, Outcome.PASSED), Example(course, Outcome.FAILED))
    return rule(
        id=name, clauses=("C1",), severity=severity, title=PLAIN, rationale=PLAIN,
        message=Text(zh="“{title}”{count}", en="“{title}” {count}"), mend=PLAIN, looks_at=looks_at, examples=examples,
    )(judge)  # fmt: skip


def always(subject: Any) -> Iterator[Yielded]:
    yield Finding(at=subject.at(), evidence=(Measured("count", 1),))


def crash(subject: Any) -> Iterator[Yielded]:
    yield Finding(at=subject.at(), evidence=(Measured("count", 1),))
    raise RuntimeError("our own bug")


def forgets(subject: Any) -> Iterator[Yielded]:
    yield Finding(at=subject.at())


def not_loaded(subject: Any) -> Iterator[Yielded]:
    yield untested("目录未装入", "not loaded")


def book(*bindings: str, name: str = "x/1", looker: str = "office") -> Any:
    clauses = "".join(
        f'[[clause]]\nid = "C{n}"\nbinding = "strict"\nlooker = "{looker}"\nzh = "文"\nen = "t"\n{bound}\n'
        for n, bound in enumerate(bindings, start=1)
    )
    head = f'id = "{name}"\nedition = "1"\nsource = "S1"\ntitle = {{ zh = "书", en = "book" }}\n'
    return parse((head + clauses).encode(), RULES)


RULES = {
    "always": made_rule("always", always),
    "each-video": made_rule("each-video", always, Video, Severity.WARNING),
    "crash": made_rule("crash", crash),
    "forgets": made_rule("forgets", forgets),
    "not-loaded": made_rule("not-loaded", not_loaded),
    "advice": made_rule("advice", always, Package, Severity.ADVICE),
}


def run(*books: Any, package: Package | None = None, **options: Any) -> Any:
    return check(package or course(), books, rules=RULES, digests=False, **options)


def test_a_crash_leaves_the_clause_untested_keeps_its_trace_and_no_half_finding() -> None:
    report = run(book("[clause.rules.crash]", "[clause.rules.always]"))
    assert [clause.outcome for clause in report.clauses] == [Outcome.UNTESTED, Outcome.FAILED]
    assert [finding.rule for finding in report.findings] == ["always"]
    (crash_kept,) = report.crashes
    assert crash_kept.rule == "crash"
    assert "our own bug" in crash_kept.trace
    assert report.clauses[0].rules[0].because == Text(
        zh="检查程序出错，未能判断。", en="The checker itself failed here."
    )


def test_a_message_that_cannot_be_said_is_a_crash_not_a_pass() -> None:
    report = run(book("[clause.rules.forgets]"))
    assert (report.clauses[0].outcome, report.findings) == (Outcome.UNTESTED, ())
    assert report.crashes[0].rule == "forgets"


def test_a_rule_bound_twice_runs_once_and_its_finding_names_both_clauses() -> None:
    report = run(book("[clause.rules.always]", '[clause.rules.always]\nseverity = "warning"'))
    (finding,) = report.findings
    assert finding.clauses == (("x/1", "C1"), ("x/1", "C2"))
    assert finding.severity is Severity.ERROR
    assert [clause.rules[0].findings for clause in report.clauses] == [(finding.fingerprint,)] * 2


def test_two_books_combine_and_keep_their_own_clauses() -> None:
    report = run(book("[clause.rules.always]"), book("[clause.rules.each-video]", name="y/1"))
    assert [(clause.rulebook, clause.id) for clause in report.clauses] == [("x/1", "C1"), ("y/1", "C1")]
    assert [finding.rule for finding in report.findings] == ["always", "each-video", "each-video", "each-video"]


@pytest.mark.parametrize(
    "bindings, expected",
    [
        (("[clause.rules.always]",), ("failed", 1, 0, 0, 0, 0)),
        (("[clause.rules.each-video]",), ("review", 0, 3, 0, 0, 0)),
        (("[clause.rules.advice]",), ("passed", 0, 0, 1, 0, 0)),
        (("[clause.rules.not-loaded]",), ("review", 0, 0, 0, 0, 1)),
        (("",), ("review", 0, 0, 0, 0, 1)),
    ],
)
def test_the_verdict_counts_and_says_its_word(bindings: tuple[str, ...], expected: tuple[Any, ...]) -> None:
    assert run(book(*bindings)).verdict == Verdict(*expected)


def test_a_clause_without_rule_is_untested_and_one_that_asks_nothing_does_not_keep_a_package_open() -> None:
    report = run(book("", looker="nobody"))
    assert (report.clauses[0].outcome, report.verdict.word) == (Outcome.UNTESTED, "passed")


def test_the_same_package_gives_the_same_bytes_whatever_the_threads() -> None:
    books = tuple(load(name, all_rules()) for name in shipped_ids())
    texts = {report_json(check(course(), books, jobs=jobs)) for jobs in (1, 2, 8)}
    assert len(texts) == 1


def test_a_fingerprint_survives_rows_and_values_but_not_another_place() -> None:
    one = run(book("[clause.rules.each-video]")).findings
    longer = course(files={"视频/试水温.mp4": SketchedFile(seconds=601)})
    two = run(book("[clause.rules.each-video]"), package=longer).findings
    assert [finding.fingerprint for finding in one] == [finding.fingerprint for finding in two]
    assert len({finding.fingerprint for finding in one}) == 3


def test_repeats_of_one_rule_at_one_place_have_fingerprints_of_their_own() -> None:
    def twice(subject: Any) -> Iterator[Yielded]:
        yield Finding(evidence=(Measured("count", 1),))
        yield Finding(evidence=(Measured("count", 2),))

    rules = {**RULES, "always": made_rule("always", twice)}
    report = check(course(), (book("[clause.rules.always]"),), rules=rules, digests=False)
    assert len({finding.fingerprint for finding in report.findings}) == 2


def test_hours_are_exact_and_by_class() -> None:
    rows = {row.role: (row.seconds, str(row.hours)) for row in run(book("")).hours}
    assert rows == {
        "讲授": (Fraction(60), "0.0"), "演示": (Fraction(600), "0.2"), "实操": (Fraction(1800), "0.6"), "素养": (Fraction(300), "0.1"),
    }  # fmt: skip


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    run(book("[clause.rules.always]"), progress=lambda stage, done, total, label: told.append((stage.en, done, total)))
    files = len(course().facts.paths)
    assert told[-1] == ("Judging clause by clause", 1, 1)
    assert ("Reading files", files, files) in told


def test_a_report_is_immutable() -> None:
    report = run(book("[clause.rules.always]"))
    with pytest.raises(AttributeError):
        report.version = "2"
    assert replace(report, version="2") != report


def test_the_report_holds_no_time_and_no_path_of_this_machine() -> None:
    text = report_json(run(book("[clause.rules.always]")))
    assert str(Path.cwd()) not in text
    assert set(json.loads(text)) == {
        "schema", "version", "summary", "verdict", "rulebooks", "clauses", "findings", "files", "hours", "coverage",
        "losses", "notes", "crashes",
    }  # fmt: skip


def test_an_interruption_does_not_wait_for_the_files_still_in_line() -> None:
    asked: list[str] = []

    def interrupted(stage: Text, done: int, total: int, label: str) -> None:
        asked.append(label)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(book("[clause.rules.always]"), jobs=1, progress=interrupted)
    assert len(asked) == 1
