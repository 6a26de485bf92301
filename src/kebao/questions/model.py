"""A question and a paper as read, with the place each came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kebao.model.location import Location
from kebao.model.text import Text


class QuestionKind(StrEnum):
    """Kinds of question (A2(2).4(2)); what is none of the three stays readable as `other`."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "truefalse"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """The word that stands on screen."""
        return _LABELS[self]


_LABELS = {
    QuestionKind.SINGLE: Text(zh="单项选择题", en="single choice"),
    QuestionKind.MULTIPLE: Text(zh="多项选择题", en="multiple choice"),
    QuestionKind.TRUE_FALSE: Text(zh="是非判断题", en="true or false"),
    QuestionKind.OTHER: Text(zh="其他题型", en="another kind"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question stands in its file: row counts from 1; `raw` is the row as it was read."""

    path: str = ""
    sheet: str = ""
    row: int | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        number: as printed (`12`); empty when none is given.
        kind: see `QuestionKind`; `kind_raw` keeps what was written.
        options: texts of A, B, C …, trailing empty ones left off; empty for true-false.
        answer: letters of the right options in order (`("A", "C")`), or `("对",)` / `("错",)`; empty when missing or not
            understood, and then `answer_raw` tells which.
        score: points; None when missing.
        lesson: title or id of the catalogue item it tests (对应目录); `topic`: 知识点.
        confidence: 1.0 when nothing was guessed.
    """

    number: str = ""
    kind: QuestionKind = QuestionKind.OTHER
    kind_raw: str = ""
    stem: str = ""
    options: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    answer_raw: str = ""
    score: Decimal | None = None
    explanation: str = ""
    topic: str = ""
    lesson: str = ""
    difficulty: str = ""
    image: str = ""
    image_alt: str = ""
    confidence: float = 1.0
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something in a file that no reader understood: its place and its raw text. Nothing is dropped silently."""

    at: Location
    raw: str
    because: Text


@dataclass(frozen=True, slots=True)
class QuestionPaper:
    """One paper as read from one file.

    Attributes:
        total, pass_mark: points as stated in the file, None when not stated.
        minutes: time allowed, None when there is no limit.
    """

    path: str = ""
    title: str = ""
    questions: tuple[Question, ...] = ()
    total: Decimal | None = None
    pass_mark: Decimal | None = None
    minutes: Decimal | None = None
    not_understood: tuple[NotUnderstood, ...] = ()
