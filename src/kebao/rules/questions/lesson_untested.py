"""Every lesson is tested (A2(2).4(1))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kebao.model.finding import Finding, Measured, inapplicable, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.questions.model import QuestionPaper
from kebao.subjects.bank import is_read_whole
from kebao.subjects.course import Package
from kebao.subjects.matching import are_names_clear, lesson_matches, questions_by_lesson
from kebao.subjects.sketch import course


def _without(lesson: str, instead: str = "协助饮水") -> Package:
    """A course whose questions on one lesson name another, or none and have no words that help."""
    papers = {}
    for made in course().papers:
        asked = tuple(
            replace(q, lesson=instead, topic="", stem=q.stem if instead else "甲乙丙") if q.lesson == lesson else q
            for q in made.questions
        )
        papers[made.entry.path] = QuestionPaper(questions=asked)
    return course(papers=papers)


@rule(
    id="lesson-untested",
    clauses=("A2(2).4(1)",),
    severity=Severity.WARNING,
    title=Text(
        zh="有的课一道题也没有",
        en="Lesson without a question",
    ),
    rationale=Text(
        zh="学了不考，就不知道学会了没有。",
        en="What is taught but never tested may never have been learned.",
    ),
    message=Text(
        zh="“{title}”在整个题库里一道题也没有。",
        en="No question of the whole bank tests “{title}”.",
    ),
    mend=Text(
        zh="给“{title}”补题；已经有题的，在“对应目录”一列写明是这一课。",
        en="Add questions on “{title}”; if there are some, name this lesson in their column 对应目录.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "每课都有题"),
        Example(lambda: _without("试温与防烫"), Outcome.FAILED, "试温与防烫没有题"),
        Example(lambda: _without("试温与防烫", ""), Outcome.CANT_TELL, "有题没写对应目录"),
        Example(lambda: course(listed=[]), Outcome.INAPPLICABLE, "没有试卷，由别的规则指出"),
        Example(lambda: _without("试温与防烫", "喂饭"), Outcome.UNTESTED, "有题写的课不在目录里，由别的规则指出"),
    ),
    cant_tell=Text(
        zh="没有题写明考这一课，用词也对不上，但还有题没写对应目录：其中可能有考这一课的。",
        en="No question names the lesson and no words fit it, but some questions name no lesson: one of them may test it.",
    ),
)
def lesson_untested(package: Package) -> Iterator[Yielded]:
    """Failed for each lesson with weight that no question names; cantTell while some questions name no lesson."""
    if not package.leaves or not package.questions:
        yield inapplicable(
            "没有课程目录或考题可对照。", "There is no catalogue, or there are no questions, to compare."
        )
        return
    matches = lesson_matches(package)
    if (
        not is_read_whole(package)
        or not are_names_clear(package)
        or any(question.entry.lesson and not named for question, _, named in matches)
    ):
        yield untested(
            "有试卷没有读全，或课程目录、对应目录有误，先改好那里。",
            "Some paper was not read whole or names unknown lessons, or the catalogue repeats a name; mend that first.",
        )
        return
    all_named = all(named for *_, named in matches)
    counts = questions_by_lesson(package)
    for leaf in package.leaves:
        if not counts[leaf.item] and leaf.entry.weight != 0:
            yield Finding(
                at=leaf.at(),
                evidence=(Measured("questions", 0),),
                outcome=Outcome.FAILED if all_named else Outcome.CANT_TELL,
            )
