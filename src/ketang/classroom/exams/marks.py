"""The marks of attempts, worked out from their logs and the keys; each time they change a row is added."""

from __future__ import annotations

from ketang.classroom.exams.answers import chosen_of, latest
from ketang.classroom.exams.marking import Marked, Multiple, mark
from ketang.classroom.exams.models import Attempt, Cause, Marking


def worked_out(attempt: Attempt) -> tuple[Marked, dict[str, int]]:
    """Its marks by place under the keys of now, and the numbers of these keys by question."""
    places = attempt.paper.places.select_related("question").prefetch_related("question__keys").order_by("order")
    keys = {place.pk: place.question.key for place in places}
    asked = {place.pk: keys[place.pk].asked(place.points) for place in places}
    chosen = chosen_of(latest(attempt.entries.order_by("number")))
    numbers = {str(place.question_id): keys[place.pk].number for place in places}
    return mark(asked, chosen, Multiple(attempt.paper.multiple)), numbers


def mark_anew(attempt: Attempt, cause: Cause) -> Marking:
    """Mark a locked attempt that is over. The same marks under the same keys add no row. Gives the marking that counts.

    Effects: the row.
    """
    marked, keys = worked_out(attempt)
    points = {str(place): str(worth) for place, worth in marked.points.items()}
    last = attempt.markings.order_by("-number").first()
    if last is not None and (last.points, last.keys) == (points, keys):
        return last
    return Marking.objects.create(
        attempt=attempt, number=last.number + 1 if last else 1, cause=cause, total=marked.total,
        passed=marked.total >= attempt.paper.pass_points, points=points, keys=keys,
    )  # fmt: skip
