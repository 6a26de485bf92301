"""Which questions are the same, within a paper and across papers; and which only look alike.

Two questions are the same when stem, kind, set of options and picture agree, whatever the width of their letters, their
punctuation, or the order of options. Nothing here weighs meaning: stems that differ by 不 or 错误 are told apart, never merged.
Every function looks each question up once (a hash table), so time grows with the number of questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from kebao.questions.fingerprint import option_forms
from kebao.questions.model import Question, QuestionKind, QuestionPaper
from kebao.text.terms import normal_stem


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A question among papers: index of its paper and its index there, both from 0."""

    paper: int
    question: int


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """Stems of one kind and one set of options that agree but for empty words.

    Attributes:
        places: where they stand, in order.
        opposed: some of them differ by a negation (不, 错误 …), so they ask different things.
    """

    places: tuple[Place, ...]
    opposed: bool


@dataclass(frozen=True, slots=True)
class SharedQuestions:
    """What two papers have in common.

    Attributes:
        first, second: indexes of the papers.
        places: pairs of the same question, its first place in either paper.
        share: how much of the smaller paper that is, of its distinct questions, 0 to 1.
    """

    first: int
    second: int
    places: tuple[tuple[Place, Place], ...]
    share: Fraction


_Sameness = tuple[str, QuestionKind, frozenset[str], str]

_Key = TypeVar("_Key", bound=Hashable)

_EMPTY_WORDS = re.compile(
    r"下列|以下|下面|上述|关于|对于|有关|哪一项|哪一个|哪一种|哪项|哪个|哪些|哪种|几项|什么|哪|的是|的有|的|了|呢|吗|是|为|有|应当|应该|应|请问|请|选项|选择"
)
_DENIALS = re.compile(
    r"不正确|不属于|不包括|不得|不能|不要|不可|不应|不是|不|非|未|无|没有|没|勿|禁止|严禁|错误|正确|错|对|除外|除"
)


def sameness(question: Question) -> _Sameness | None:
    """What must agree for two questions to be the same; None for a question without words in its stem."""
    stem = normal_stem(question.stem)
    return (stem, question.kind, option_forms(question), question.image) if stem else None


def repeated_questions(papers: Sequence[QuestionPaper]) -> tuple[tuple[Place, ...], ...]:
    """Places of every question that stands more than once, in one paper or in several, in order of their first places."""
    return _repeated(papers, sameness)


def repeated_stems(papers: Sequence[QuestionPaper]) -> tuple[tuple[Place, ...], ...]:
    """Places of every stem that stands more than once, whatever its kind and options.

    That may be a general stem (下列说法正确的是) and no fault: a person must look where the options differ.
    """
    return _repeated(papers, lambda question: normal_stem(question.stem) or None)


def shared_questions(papers: Sequence[QuestionPaper]) -> tuple[SharedQuestions, ...]:
    """For every two papers that have a question in common, which ones, in order of the papers."""
    firsts = [_first_places(index, paper) for index, paper in enumerate(papers)]
    holders: dict[_Sameness, list[int]] = {}
    for index, places in enumerate(firsts):
        for key in places:
            holders.setdefault(key, []).append(index)
    shared: dict[tuple[int, int], list[_Sameness]] = {}
    for key, indexes in holders.items():
        for pair in combinations(indexes, 2):
            shared.setdefault(pair, []).append(key)
    return tuple(
        SharedQuestions(
            first,
            second,
            tuple(sorted((firsts[first][key], firsts[second][key]) for key in keys)),
            Fraction(len(keys), min(len(firsts[first]), len(firsts[second]))),
        )
        for (first, second), keys in sorted(shared.items())
    )


def lookalikes(papers: Sequence[QuestionPaper]) -> tuple[Lookalikes, ...]:
    """Questions that are not the same but nearly so: their stems agree once empty words (下列, 哪项, 的, 是 …) are left out.

    Those that agree only once denials are left out too come back with `opposed`: 应先洗手 and 不应先洗手 are two questions.
    Machines see words here, not meaning, so either is for a person to look at.
    """
    bare: dict[Hashable, list[tuple[Place, str, str]]] = {}
    for place, key in _keyed(papers, sameness):
        stem, *rest = key
        spoken = _EMPTY_WORDS.sub("", stem)
        core = _DENIALS.sub("", spoken)
        if core:
            bare.setdefault((core, *rest), []).append((place, stem, spoken))
    return tuple(
        Lookalikes(tuple(place for place, _, _ in group), len({spoken for _, _, spoken in group}) > 1)
        for group in bare.values()
        if len({stem for _, stem, _ in group}) > 1
    )


def _first_places(index: int, paper: QuestionPaper) -> dict[_Sameness, Place]:
    """The distinct questions of a paper, each with its first place."""
    first: dict[_Sameness, Place] = {}
    for place, question in enumerate(paper.questions):
        if (key := sameness(question)) is not None:
            first.setdefault(key, Place(index, place))
    return first


def _keyed(papers: Sequence[QuestionPaper], key: Callable[[Question], _Key | None]) -> Iterator[tuple[Place, _Key]]:
    """Every question that has a key, with it, in order."""
    for index, paper in enumerate(papers):
        for place, question in enumerate(paper.questions):
            if (found := key(question)) is not None:
                yield Place(index, place), found


def _repeated(
    papers: Sequence[QuestionPaper], key: Callable[[Question], Hashable | None]
) -> tuple[tuple[Place, ...], ...]:
    groups: dict[Hashable, list[Place]] = {}
    for place, found in _keyed(papers, key):
        groups.setdefault(found, []).append(place)
    return tuple(tuple(places) for places in groups.values() if len(places) > 1)
