"""A machine's match of question and lesson is confirmed by a person (A2(2).4(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Listed, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import gathered, number_ranges
from kebao.subjects.course import Package, QuestionSubject
from kebao.subjects.matching import lesson_matches
from kebao.subjects.sketch import course, paper_of, question


@rule(
    id="match-unconfirmed",
    clauses=("A2(2).4(1)",),
    severity=Severity.WARNING,
    title=Text(
        zh="考题与课的对应待确认",
        en="Matches to lessons to be confirmed",
    ),
    rationale=Text(
        zh="程序只按用词对应，看不懂意思；对错要由人确认。",
        en="The program matches by words and does not understand them; a person must confirm.",
    ),
    message=Text(
        zh="“{title}”有 {count} 题没写对应目录，已按用词自动对应，请确认：第 {numbers} 题。",
        en="{count} questions of “{title}” name no lesson and were matched by their words; please confirm: {numbers}.",
    ),
    mend=Text(
        zh="照报告里的对应表，在“对应目录”一列填上课名。",
        en="Following the table in the report, write the lessons' titles in the column 对应目录.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "每题都写了对应目录"),
        Example(
            lambda: paper_of(question(lesson="", stem="怎样试水温", topic="试温")).package,
            Outcome.CANT_TELL,
            "按“试温”对应",
        ),
        Example(lambda: course(catalogue=[]), Outcome.INAPPLICABLE, "没有课程目录，由别的规则指出"),
    ),
    cant_tell=Text(
        zh="没写对应目录，只靠共同的用词找到一课：用词相同不等于考点相同，要人确认。",
        en="No lesson is named and one was found by shared words only: shared words are not shared meaning; a person must confirm.",
    ),
)
def match_unconfirmed(package: Package) -> Iterator[Yielded]:
    """One finding for each paper with questions that only a machine matched."""
    if not package.leaves or not package.questions:
        yield inapplicable(
            "没有课程目录或考题可对照。", "There is no catalogue, or there are no questions, to compare."
        )
        return
    open_questions: dict[int, list[QuestionSubject]] = {}
    for subject, lesson, _ in lesson_matches(package):
        if not subject.entry.lesson and lesson is not None:
            open_questions.setdefault(subject.paper.index, []).append(subject)
    for index, questions in open_questions.items():
        yield Finding(
            at=gathered(package.papers[index], questions, "对应目录"),
            evidence=(Measured("count", len(questions)), Listed("numbers", number_ranges(questions))),
            outcome=Outcome.CANT_TELL,
        )
