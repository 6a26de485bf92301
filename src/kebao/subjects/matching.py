"""Which lesson each question tests (A2(2).4(1)): by the name the paper gives, else by shared terms."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from kebao.subjects.course import Lesson, Package, QuestionSubject
from kebao.text.names import fold, numbered_form
from kebao.text.terms import LessonIndex

Match = tuple[QuestionSubject, Lesson | None, bool]

LEAST_OVERLAP = Fraction(1, 10)
"""Least share of a question's terms that its lesson must hold; below, it is no match. Ours: one chance word is no match."""

LEAST_OVERLAP_OF_TOPIC = Fraction(1, 2)
"""The same for a topic (知识点) alone, which is short and to the point. Ours."""

_MOST_CHARACTERS = 50_000  # of one transcript: about three hours of speech
_CUE_TIMES = re.compile(r"^.*-->.*$", re.MULTILINE)
_STEPS = re.compile(r"\s*[/／>＞→]\s*")


def lesson_matches(package: Package) -> tuple[Match, ...]:
    """Every question with the lesson it tests and whether the paper names it; None where neither way finds one.

    A paper names a lesson by its id, its title, or chapter and title (`第一章/试温`); a name may number in digits or in
    hanzi. A question that names something that is no catalogue item is matched by terms, like one that names nothing.
    Linear in the number of questions; kept for the last few packages.
    """
    return _matches(package)


def are_names_clear(package: Package) -> bool:
    """Whether every item of the catalogue has a title, no two of one level the same, so that a name means one lesson."""
    if not all(lesson.entry.title for lesson in package.lessons):
        return False
    names = [(lesson.parents, fold(lesson.entry.title)) for lesson in package.lessons]
    return len(set(names)) == len(names)


@lru_cache(maxsize=4)
def questions_by_lesson(package: Package) -> dict[str, int]:
    """How many questions test each leaf of the catalogue, by the lesson's `item`.

    A question that names a chapter counts for every lesson below it; one that a machine matched counts like a named one.
    """
    below: dict[tuple[str, ...], list[str]] = {}
    for leaf in package.leaves:
        for depth in range(len(leaf.parents)):
            below.setdefault(leaf.parents[: depth + 1], []).append(leaf.item)
    counts = {leaf.item: 0 for leaf in package.leaves}
    for _, lesson, _ in lesson_matches(package):
        if lesson is None:
            continue
        tested = [lesson.item] if lesson.is_leaf else below.get((*lesson.parents, lesson.entry.title), [])
        for item in tested:
            counts[item] += 1
    return counts


@lru_cache(maxsize=4)
def _matches(package: Package) -> tuple[Match, ...]:
    names = _Names(package)
    found: list[Match] = []
    open_questions: list[tuple[int, QuestionSubject]] = []
    for question in package.questions:
        named = names.find(question.entry.lesson) if question.entry.lesson else None
        if named is None:
            open_questions.append((len(found), question))
        found.append((question, named, named is not None))
    if open_questions and package.leaves:
        index = LessonIndex([_lesson_words(lesson) for lesson in package.leaves])
        for place, question in open_questions:
            best = _best(index, question)
            found[place] = (question, None if best is None else package.leaves[best], False)
    return tuple(found)


class _Names:
    """Names of the catalogue; each written name is looked up once, however many questions bear it."""

    def __init__(self, package: Package) -> None:
        self._known: dict[str, Lesson] = {}
        self._numbered: dict[str, Lesson] = {}
        self._asked: dict[str, Lesson | None] = {}
        for lesson in package.lessons:
            whole = "/".join((*lesson.parents, lesson.entry.title))
            for name in (lesson.entry.id, lesson.entry.title, whole):
                if name:
                    self._known.setdefault(fold(name), lesson)
                    self._numbered.setdefault(numbered_form(name), lesson)

    def find(self, name: str) -> Lesson | None:
        if name not in self._asked:
            self._asked[name] = self._look(name)
        return self._asked[name]

    def _look(self, name: str) -> Lesson | None:
        steps = _STEPS.split(name.strip())
        for form in (name, "/".join(steps), steps[-1]):
            found = self._known.get(fold(form)) or self._numbered.get(numbered_form(form))
            if form and found:
                return found
        return None


def _best(index: LessonIndex, question: QuestionSubject) -> int | None:
    """The lesson that holds most of the topic's words; failing that, of the topic, the stem and the right options."""
    entry = question.entry
    topic = f"{entry.lesson} {entry.topic}".strip()
    right = [option for place, option in enumerate(entry.options) if chr(ord("A") + place) in entry.answer]
    for words, least in ((topic, LEAST_OVERLAP_OF_TOPIC), (" ".join((topic, entry.stem, *right)), LEAST_OVERLAP)):
        best = index.best_matches(words, limit=1) if words else []
        if best and best[0][1] >= least:
            return best[0][0]
    return None


def _lesson_words(lesson: Lesson) -> str:
    """A lesson's own words: titles of it, its chapters and its resources, and what is written or said in those."""
    words = [*lesson.parents, lesson.entry.title]
    for resource in lesson.resources:
        entry = resource.entry
        words.append(entry.title)
        written = entry.path if entry.kind == "text" else ""
        for path in (entry.transcript, entry.captions, entry.text_alternative, entry.task_sheet, written):
            text = lesson.package.facts.text(path) if path else ""
            if isinstance(text, str):
                words.append(_CUE_TIMES.sub("", text[:_MOST_CHARACTERS]))
    return " ".join(words)
