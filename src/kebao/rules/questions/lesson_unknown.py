"""The lesson a question names is in the catalogue (A2(2).4(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Measured, Quoted, inapplicable, untested
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package, QuestionSubject
from kebao.subjects.matching import are_names_clear, lesson_matches
from kebao.subjects.sketch import course, paper_of, question


@rule(
    id="lesson-unknown",
    clauses=("A2(2).4(1)",),
    severity=Severity.WARNING,
    title=Text(
        zh="对应目录写的课不在课程目录里",
        en="Lesson named is not in the catalogue",
    ),
    rationale=Text(
        zh="对不上目录，就看不出这些题考的是哪一课。",
        en="If the name fits nothing in the catalogue, nobody sees which lesson is tested.",
    ),
    message=Text(
        zh="对应目录“{name}”不在课程目录里，用在 {count} 题，第一处是{title}。",
        en="The lesson “{name}” is not in the catalogue; {count} questions name it, the first being {title}.",
    ),
    mend=Text(
        zh="把“对应目录”改成课程目录里的名称，一字不差；或在课程目录里补上这一课。",
        en="Write in 对应目录 a title just as the catalogue has it, or add the lesson to the catalogue.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "都在目录里"),
        Example(lambda: paper_of(question(lesson="喂饭")).package, Outcome.FAILED, "目录里没有“喂饭”"),
        Example(
            lambda: course(catalogue=[{"title": "试温"}, {"title": "试温"}]),
            Outcome.UNTESTED,
            "目录有重名，由别的规则指出",
        ),
        Example(lambda: course(catalogue=[]), Outcome.INAPPLICABLE, "没有课程目录，由别的规则指出"),
    ),
)
def lesson_unknown(package: Package) -> Iterator[Yielded]:
    """One finding for each name that no catalogue item bears, at the first question that uses it."""
    if not package.lessons or not package.questions:
        yield inapplicable(
            "没有课程目录或考题可对照。", "There is no catalogue, or there are no questions, to compare."
        )
        return
    if package.kind == "bare":
        yield inapplicable(
            "没有清单，目录是按文件夹推出来的，不与考题对照。",
            "There is no manifest; a catalogue made from folders is not held against the questions.",
        )
        return
    if not are_names_clear(package):
        yield untested(
            "课程目录有重名或空着的名称，先改好那里。", "Names repeat or are lacking in the catalogue; mend that first."
        )
        return
    unknown: dict[str, list[QuestionSubject]] = {}
    for subject, _, named in lesson_matches(package):
        if subject.entry.lesson and not named:
            unknown.setdefault(subject.entry.lesson, []).append(subject)
    for name, questions in unknown.items():
        yield Finding(
            at=questions[0].at("对应目录"), evidence=(Quoted("name", name), Measured("count", len(questions)))
        )
