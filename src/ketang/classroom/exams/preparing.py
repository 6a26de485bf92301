"""Papers and bank of an edition, put in as it is prepared; and for editions prepared before there were exams, later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ketang.classroom.catalogue.models import Edition
from ketang.classroom.exams.models import AnswerKey, Paper, Place, Question

if TYPE_CHECKING:
    from kebao.subjects.course import Package
    from ketang.classroom.exams.reading import Bank, Taken


def take(package: Package) -> Callable[[Edition], None]:
    """Read the papers of an opened package; gives what puts them into an edition, inside its transaction. Effects: stored pictures."""
    from ketang.classroom.exams.reading import bank_of  # with kebao's readers, which only a worker needs

    bank = bank_of(package)
    return lambda edition: put_in(edition, bank)


def put_in(edition: Edition, bank: Bank) -> None:
    """Papers, questions and keys become rows of an edition that has none. Papers without a question are named in `left_out`.

    A key that the office has corrected in an earlier edition of the course stays corrected, as long as the new package asks
    the same question and still says what was wrong.

    Effects: rows; `left_out` of the edition, which is not saved.
    """
    edition.left_out = [*edition.left_out, *bank.without]
    if edition.papers.exists():
        return
    rows: dict[tuple[str, ...], Question] = {}
    for number, paper in enumerate(bank.papers, start=1):
        made = Paper.objects.create(
            edition=edition, number=number, title=paper.title, item=paper.item, total=paper.total,
            pass_points=paper.pass_points, limit_seconds=paper.limit_seconds,
            left_out=[{"number": asked, "zh": why.zh, "en": why.en} for asked, why in paper.left_out],
        )  # fmt: skip
        for one in paper.taken:
            if one.same not in rows:
                rows[one.same] = _question(edition, one)
        Place.objects.bulk_create(
            Place(paper=made, question=rows[one.same], order=order, points=one.points)
            for order, one in enumerate(paper.taken, start=1)
        )
    _keep_corrected(edition, list(rows.values()))


def _question(edition: Edition, taken: Taken) -> Question:
    read, picture = taken.question, taken.picture
    made = Question.objects.create(
        edition=edition, same=taken.same[0], kind=read.kind.value, stem=read.stem, options=list(read.options),
        explanation=read.explanation, topic=read.topic.strip()[:200], lesson=read.lesson.strip()[:400],
        image=picture.file if picture else None, image_type=picture.content_type if picture else "",
        image_alt=read.image_alt.strip(),
    )  # fmt: skip
    AnswerKey.objects.create(question=made, number=1, right=list(read.answer))
    return made


def _keep_corrected(edition: Edition, questions: list[Question]) -> None:
    """Corrections of the same questions in the edition before, unless the package has mended them."""
    earlier = Question.objects.filter(edition__course=edition.course_id, keys__number__gt=1).exclude(edition=edition)
    found = earlier.filter(same__in={one.same for one in questions}).distinct().order_by("edition__number", "pk")
    corrected = {(one.same, one.kind, tuple(one.options)): one for one in found.prefetch_related("keys")}
    for question in questions:
        before = corrected.get((question.same, question.kind, tuple(question.options)))
        if before is None or question.key.right != min(before.keys.all(), key=lambda key: key.number).right:
            continue
        last = before.key
        AnswerKey.objects.create(
            question=question,
            number=2,
            right=last.right,
            is_void=last.is_void,
            reason=last.reason,
            made_by=last.made_by,
        )
