"""From a package's papers, as kebao reads them, to what can be asked and marked here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from pathlib import PurePosixPath

from kebao.model.text import Text
from kebao.questions.fingerprint import question_key
from kebao.questions.model import Question as Read
from kebao.questions.model import QuestionKind as ReadKind
from kebao.subjects.bank import answers_outside
from kebao.subjects.course import Package
from kebao.subjects.course import Paper as PackagePaper
from kebao.subjects.tree_facts import TreeFacts
from ketang.classroom.exams.marking import CENT, PASS_SHARE
from ketang.platform.storage.actions import put_stream
from ketang.platform.storage.models import StoredFile

PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
"""Pictures that every browser shows and that carry no program, by suffix."""
_LONGEST_LIMIT = 24 * 3600
_NOT_MARKED = Text(zh="题型是“{kind}”，不能由程序判分", en="it is “{kind}”, which a program cannot mark")
_NO_ANSWER = Text(
    zh="没有写答案，或者答案读不懂：“{raw}”", en="it has no answer, or one that is not understood: “{raw}”"
)
_OUTSIDE = Text(zh="答案“{raw}”不在选项里", en="the answer “{raw}” is none of its options")
_TOO_MANY = Text(
    zh="是只能选一个的题，答案却有几个：“{raw}”", en="one is to be chosen, but the answer names several: “{raw}”"
)
_FEW = Text(zh="没有可选的选项", en="it has no options to choose from")
_NO_STEM = Text(zh="没有题干，图片也没有文字说明", en="it has no words, and its picture has no description")
_NO_PICTURE = Text(zh="用到的图片“{image}”打不开", en="its picture “{image}” cannot be opened")
_TWICE = Text(zh="和本卷前面的题相同", en="it is the same as one before it in this paper")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a question shows."""

    file: StoredFile
    content_type: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A question that can be asked, its points, and its picture."""

    question: Read
    points: Decimal
    picture: Picture | None = None

    @property
    def same(self) -> tuple[str, ...]:
        """What makes it the same row of the bank in two papers."""
        read = self.question
        return (question_key(read), read.kind, *read.answer, read.explanation, read.image_alt, *read.options)


@dataclass(frozen=True, slots=True)
class TakenPaper:
    """A paper with at least one question. `left_out`: number of the question, and why it cannot be asked."""

    title: str
    item: str
    taken: Sequence[Taken]
    pass_points: Decimal
    limit_seconds: int | None
    left_out: Sequence[tuple[str, Text]] = ()

    @property
    def total(self) -> Decimal:
        """Points of the questions in it."""
        return sum((one.points for one in self.taken), Decimal(0))


@dataclass(frozen=True, slots=True)
class Bank:
    """The papers of a package in its order, and the names of those of which nothing could be taken."""

    papers: Sequence[TakenPaper]
    without: Sequence[str] = ()


def bank_of(package: Package) -> Bank:
    """Every paper of an opened package. Effects: stored pictures."""
    found = [(paper, _paper(paper)) for paper in package.papers]
    return Bank(
        [taken for _, taken in found if taken is not None], [paper.name for paper, taken in found if taken is None]
    )


def _paper(paper: PackagePaper) -> TakenPaper | None:
    """None where it could not be read, or holds nothing that can be asked."""
    read = paper.read
    if read is None or not read.questions:
        return None
    said = paper.entry
    total = said.total if said.total is not None else read.total
    points = points_of([one.score for one in read.questions], total)
    taken: list[Taken] = []
    left_out: list[tuple[str, Text]] = []
    known: set[str] = set()
    for subject, worth in zip(paper.subjects, points, strict=True):
        question = subject.entry
        why, picture = why_not(question), None
        if why is None and question_key(question) in known:
            why = _TWICE
        if why is None and question.image.strip():
            picture = _picture(paper, question.image)
            if picture is None:
                why = _NO_PICTURE.format(image=question.image)
        if why is not None:
            left_out.append((subject.number, why))
            continue
        known.add(question_key(question))
        taken.append(Taken(_plain(question), worth, picture))
    if not taken:
        return None
    mark = said.pass_mark if said.pass_mark is not None else read.pass_mark
    minutes = said.minutes if said.minutes is not None else read.minutes
    there = sum((one.points for one in taken), Decimal(0))
    return TakenPaper(
        paper.name[:200],
        paper.item[:200],
        taken,
        pass_of(there, mark, total or sum(points, Decimal(0))),
        _seconds(minutes),
        left_out,
    )


def _plain(question: Read) -> Read:
    """Without what no answer needs, letters in order and each once."""
    return replace(question, answer=tuple(sorted(set(question.answer))), stem=question.stem.strip())


def why_not(question: Read) -> Text | None:
    """Why a program cannot ask or mark a question; None where it can."""
    raw = question.answer_raw or "".join(question.answer)
    if question.kind is ReadKind.OTHER:
        return _NOT_MARKED.format(kind=question.kind_raw)
    if not question.stem.strip() and not (question.image.strip() and question.image_alt.strip()):
        return _NO_STEM
    if question.kind is not ReadKind.TRUE_FALSE and sum(bool(one.strip()) for one in question.options) < 2:
        return _FEW
    if not question.answer:
        return _NO_ANSWER.format(raw=raw)
    if answers_outside(question) or any(not _written(question, letter) for letter in question.answer):
        return _OUTSIDE.format(raw=raw)
    if question.kind is not ReadKind.MULTIPLE and len(set(question.answer)) > 1:
        return _TOO_MANY.format(raw=raw)
    return None


def _written(question: Read, letter: str) -> bool:
    """Whether the option of an answer has words."""
    if question.kind is ReadKind.TRUE_FALSE:
        return letter in ("对", "错")
    return bool(question.options[ord(letter) - ord("A")].strip())


def points_of(scores: Sequence[Decimal | None], total: Decimal | None) -> list[Decimal]:
    """Points of each question in hundredths: as stated; those without get what is left of the total in equal parts, else 1 each.

    Parts that are not whole hundredths are evened out from the first question on, so that they add up. A score of 0 or less
    counts as not stated.
    """
    stated = [score.quantize(CENT) if score is not None and score >= CENT else None for score in scores]
    missing = [place for place, score in enumerate(stated) if score is None]
    rest = (total or Decimal(0)) - sum((score for score in stated if score is not None), Decimal(0))
    cents = int(rest / CENT)
    if missing and cents < len(missing):
        cents = 100 * len(missing)
    for nth, place in enumerate(missing):
        stated[place] = (cents // len(missing) + (nth < cents % len(missing))) * CENT
    return [score for score in stated if score is not None]


def pass_of(there: Decimal, mark: Decimal | None, whole: Decimal) -> Decimal:
    """The points to pass: the stated share of the whole paper, of what of it can be asked; rounded up to a hundredth.

    Args:
        there: points of the questions that can be asked.
        mark: as stated; what is not above 0 or beyond the whole counts as not stated.
        whole: the paper's total as stated, else the points of all its questions.
    """
    share = mark / whole if mark is not None and 0 < mark <= whole else PASS_SHARE
    return min(there, (there * share).quantize(CENT, ROUND_CEILING))


def _seconds(minutes: Decimal | None) -> int | None:
    """None for no limit, or one that is none."""
    if minutes is None or not minutes.is_finite() or minutes <= 0:
        return None
    seconds = int((minutes * 60).to_integral_value(ROUND_CEILING))
    return seconds if seconds <= _LONGEST_LIMIT else None


def _picture(paper: PackagePaper, named: str) -> Picture | None:
    """The picture that a question names, beside its paper or from the package's root; None where it is none or cannot be read."""
    facts = paper.package.facts
    assert isinstance(facts, TreeFacts)  # noqa: S101 - opened packages have files
    path = named.strip().replace("\\", "/").removeprefix("./")
    beside = str(PurePosixPath(paper.entry.path).parent / path)
    kind = PICTURES.get(PurePosixPath(path).suffix.lower())
    there = next((one for one in (path, beside) if facts.exists(one)), None)
    if kind is None or there is None or facts.fault(there) is not None:
        return None
    with facts.open(there) as stream:
        return Picture(put_stream(stream), kind)
