"""The bank of questions as a whole: which questions are the same, which kinds of question it holds, whether all was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kebao.model.location import Location
from kebao.questions.model import Question, QuestionKind
from kebao.subjects.course import Package, Paper, QuestionSubject
from kebao.text.names import fold
from kebao.text.terms import normal_stem

ASKED_KINDS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)
"""The three kinds that A2(2).4(2) names."""

FURTHER_KINDS = frozenset(
    [
        "填空",
        "简答",
        "问答",
        "论述",
        "名词解释",
        "案例",
        "案例分析",
        "材料分析",
        "综合",
        "计算",
        "实操",
        "操作",
        "技能操作",
        "匹配",
        "连线",
        "排序",
        "不定项选择",
        "写作",
        "作图",
        "识图",
        "essay",
        "shortanswer",
        "numerical",
        "matching",
        "cloze",
        "ordering",
    ]
)
"""Kinds that the clause allows beside the three (包括但不限于), as people write them, without 题."""

Key = tuple[str, frozenset[str]]
"""What makes two questions the same: the stem in its normal form, and the set of options."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_END_MARKS = "。.;,、"


def option_form(option: str) -> str:
    """An option in a form to compare: half width, no spaces, no stop at its end. Case stays (mA, MA) and so do powers (10²)."""
    plain = "".join(option.translate(_HALF_WIDTH).split())
    return plain.rstrip(_END_MARKS) or plain


@lru_cache(maxsize=4)
def question_keys(package: Package) -> tuple[tuple[Key | None, ...], ...]:
    """For each paper, for each question, its key; None for a question without words in its stem. Linear, kept once found."""
    return tuple(tuple(_key(question) for question in paper.questions) for paper in package.papers)


def _key(question: Question) -> Key | None:
    stem = normal_stem(question.stem)
    if not stem:
        return None
    options = (option_form(option) for option in question.options)
    return f"{stem}\x1f{question.image}", frozenset(option for option in options if option)


def is_kind_known(question: Question) -> bool:
    """Whether its kind is one of the three, or another that has a name (简答题)."""
    if question.kind is not QuestionKind.OTHER:
        return True
    return fold(question.kind_raw).replace(" ", "").removesuffix("题") in FURTHER_KINDS


def is_read_whole(package: Package) -> bool:
    """Whether every listed paper was read, holds questions, and left nothing that was not understood.

    Where it was not, another rule tells of it, and rules that count over the whole bank do not judge.
    """
    return all(paper.questions and paper.read and not paper.read.not_understood for paper in package.papers)


def are_kinds_known(questions: Iterable[Question]) -> bool:
    """Whether the kind of every question is known."""
    return all(is_kind_known(question) for question in questions)


def places(paper: Paper, faulty: list[QuestionSubject], column: str) -> Iterator[Location]:
    """Where to say that cells of a column are at fault: each row; or the paper once, when every row of several is.

    Args:
        paper: the paper.
        faulty: those of its questions that are at fault.
        column: the header's word.
    """
    if 1 < len(faulty) == len(paper.subjects):
        yield gathered(paper, faulty, column)
        return
    for question in faulty:
        yield question.at(column)


def number_ranges(questions: Iterable[QuestionSubject]) -> tuple[str, ...]:
    """Numbers of questions for the eye, runs drawn together: 1–3, 7; a number that is no number stands as it is."""
    runs: list[tuple[int, int] | str] = []
    for question in questions:
        number = question.number
        if not (number.isascii() and number.isdigit()):
            runs.append(number)
            continue
        value, last = int(number), runs[-1] if runs else ""
        if isinstance(last, tuple) and last[1] + 1 == value:
            runs[-1] = (last[0], value)
        else:
            runs.append((value, value))
    return tuple(run if isinstance(run, str) else _range(*run) for run in runs)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def answers_outside(question: Question) -> tuple[str, ...]:
    """Answers that stand for none of the question's options; for true-false 对 and 错 are always options."""
    inside = {chr(ord("A") + place) for place in range(len(question.options))}
    if question.kind is QuestionKind.TRUE_FALSE:
        inside |= {"对", "错"}
    return tuple(answer for answer in question.answer if answer not in inside)


def gathered(paper: Paper, questions: list[QuestionSubject], column: str) -> Location:
    """One place for several questions of a paper: the cell when it is one, else the column of the paper."""
    if len(questions) == 1:
        return questions[0].at(column)
    whole = paper.at()
    return Location(path=whole.path, item=whole.item, title=whole.title, column=column)


@lru_cache(maxsize=4)
def kinds_of_bank(package: Package) -> frozenset[QuestionKind]:
    """Kinds that stand in any paper."""
    return frozenset(question.kind for paper in package.papers for question in paper.questions)


def has_few_options(question: Question, least: int) -> bool:
    """Whether a choice has fewer written options than the least; never so for other kinds."""
    if question.kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        return False
    return sum(bool(option.strip()) for option in question.options) < least
