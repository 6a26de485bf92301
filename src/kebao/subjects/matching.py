"""Which lesson each question tests (A2(2).4(1)): by the name the paper gives, else by shared terms."""

from __future__ import annotations

from functools import lru_cache

from kebao.subjects.course import Lesson, Package, QuestionSubject
from kebao.text.names import fold
from kebao.text.terms import best_matches

Match = tuple[QuestionSubject, Lesson | None, bool]


def lesson_matches(package: Package) -> tuple[Match, ...]:
    """Every question with the lesson it tests and whether the paper names it; None where neither way finds one.

    A question that names something that is no catalogue item is matched by terms, like one that names nothing.
    """
    return _matches(package)


@lru_cache(maxsize=4)
def _matches(package: Package) -> tuple[Match, ...]:
    by_name: dict[str, Lesson] = {}
    for lesson in package.lessons:
        for name in (lesson.entry.id, lesson.entry.title):
            if name:
                by_name.setdefault(fold(name), lesson)
    found: list[Match] = []
    open_questions: list[tuple[int, QuestionSubject]] = []
    for question in package.questions:
        named = by_name.get(fold(question.entry.lesson)) if question.entry.lesson else None
        if named is None:
            open_questions.append((len(found), question))
        found.append((question, named, named is not None))
    if open_questions and package.leaves:
        texts = [_lesson_words(lesson) for lesson in package.leaves]
        asked = [" ".join((q.entry.topic, q.entry.stem, *q.entry.options)) for _, q in open_questions]
        for (place, question), (index, _) in zip(open_questions, _best(asked, texts), strict=True):
            found[place] = (question, None if index is None else package.leaves[index], False)
    return tuple(found)


def _best(asked: list[str], texts: list[str]) -> list[tuple[int | None, float]]:
    return [(ranked[0][0], float(ranked[0][1])) if ranked else (None, 0.0) for ranked in best_matches(asked, texts)]


def _lesson_words(lesson: Lesson) -> str:
    """A lesson's own words: titles of it and its resources, and their transcripts."""
    words = [*lesson.parents, lesson.entry.title]
    for resource in lesson.resources:
        words.append(resource.entry.title)
        for path in (resource.entry.transcript, resource.entry.captions):
            text = lesson.package.facts.text(path) if path else ""
            if isinstance(text, str):
                words.append(text)
    return " ".join(words)
