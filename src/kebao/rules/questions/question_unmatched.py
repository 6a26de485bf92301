"""Every question belongs to a lesson (A2(2).4(1))."""

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
    id="question-unmatched",
    clauses=("A2(2).4(1)",),
    severity=Severity.WARNING,
    title=Text(
        zh="看不出考题考的是哪一课",
        en="No lesson found for questions",
    ),
    rationale=Text(
        zh="考点应与学习内容匹配；没学过的内容不该考。",
        en="What is tested should be what is taught.",
    ),
    message=Text(
        zh="“{title}”有 {count} 题没写对应目录，从文字也看不出考的是哪一课：第 {numbers} 题。",
        en="{count} questions of “{title}” name no lesson, and their words fit none: {numbers}.",
    ),
    mend=Text(
        zh="在“对应目录”一列从下拉框里选这道题考的课；课程没教的题请换掉。",
        en="Choose in the column 对应目录 the lesson that each tests; replace what the course does not teach.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "每题都写了对应目录"),
        Example(
            lambda: (
                paper_of(question(lesson="", topic="", stem="钢筋的抗拉强度怎样检验", options=("拉伸", "弯曲"))).package
            ),
            Outcome.CANT_TELL,
            "课程没有讲钢筋",
        ),
        Example(lambda: course(catalogue=[]), Outcome.INAPPLICABLE, "没有课程目录，由别的规则指出"),
    ),
    cant_tell=Text(
        zh="没写对应目录，题里的用词和各课的名称、字幕、文本也对不上：可能是没教过，也可能只是用词不同，要人看。",
        en="No lesson is named and the words fit no lesson's titles, captions or texts: it may be untaught, or only worded otherwise; a person must look.",
    ),
)
def question_unmatched(package: Package) -> Iterator[Yielded]:
    """One finding for each paper with questions that neither way finds a lesson for."""
    if not package.leaves or not package.questions:
        yield inapplicable(
            "没有课程目录或考题可对照。", "There is no catalogue, or there are no questions, to compare."
        )
        return
    open_questions: dict[int, list[QuestionSubject]] = {}
    for subject, lesson, _ in lesson_matches(package):
        if not subject.entry.lesson and lesson is None:
            open_questions.setdefault(subject.paper.index, []).append(subject)
    for index, questions in open_questions.items():
        yield Finding(
            at=gathered(package.papers[index], questions, "对应目录"),
            evidence=(Measured("count", len(questions)), Listed("numbers", number_ranges(questions))),
            outcome=Outcome.CANT_TELL,
        )
