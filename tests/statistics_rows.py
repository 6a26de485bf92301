"""Two calls with twelve packages whose statistics are counted by hand in `test_statistics`; all are invented."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ketang.classroom.catalogue.models import Course, Edition
from ketang.people.organisation.models import Organisation
from ketang.selection.awarding.models import Decision
from ketang.selection.calls.actions import create
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.models import Call, CallState
from ketang.selection.calls.shipped import shipped_call
from ketang.selection.intake.models import Submission, Version
from ketang.selection.tallying.actions import keep_tallies
from ketang.selection.tallying.models import Tally

if TYPE_CHECKING:
    from ketang.people.account.models import Account

AT = datetime(2024, 9, 1, 1, 0, tzinfo=UTC)
BY_ONE_PERSON = "S-12"
"""The package that one person selected and nobody confirmed."""
SUPPLIERS = {
    "school": ("unit", "示例职业培训学校", "52120103MA00000011"),
    "firm": ("unit", "示例科技有限公司", "91120116MA00000011"),
    "person": ("person", "示例教师", ""),
    "far": ("unit", "示例文化有限公司", "91110105MA00000011"),
}  # fmt: skip
# Number, call, supplier, category, state, decision, yuan, hours, published.
ROWS: tuple[tuple[Any, ...], ...] = (
    ("S-01", "one", "school", "P2(3)", "accepted", "selected", "9000.00", "9.0", True),
    ("S-02", "one", "school", "P2(3)", "accepted", "selected", "10000.00", "8.0", False),
    ("S-03", "one", "firm", "P2(4)", "accepted", "not-selected", None, "6.0", False),
    ("S-04", "one", "firm", "自拟", "refused", None, None, None, False),
    ("S-05", "one", "person", "P2(3)", "withdrawn", None, None, None, False),
    ("S-06", "two", "school", "P2(3)", "accepted", "selected", "20000.00", "7.0", False),
    ("S-07", "two", "firm", "P2(4)", "accepted", "selected", "5000.00", "0.0", False),
    ("S-08", "two", "far", "P2(4)", "complete", None, None, "5.0", False),
    ("S-09", "two", "person", "P2(1)", "submitted", None, None, None, False),
    ("S-10", "two", "person", "P2(1)", "incomplete", None, None, None, False),
    ("S-11", "two", "person", "P2(3)", "accepted", "reserve", None, "3.0", False),
    ("S-12", "two", "firm", "P2(4)", "accepted", "selected", "7777.00", "7.0", False),
)  # fmt: skip
ADDRESSES = {"S-09": "天津市河西区示例路 1 号"}


def planted(actor: Account) -> list[Call]:
    """The two calls, closed in 2023 and 2025, with their packages and tallies; beside them a draft of a package and one of a call."""
    shipped = read_call(shipped_call("tianjin-2023"))
    calls = {}
    for name, slug, year in (("one", "counted-one", 2023), ("two", "counted-two", 2025)):
        closes = datetime(year, 12, 31, 23, 59, 59)
        file = shipped.model_copy(update={"id": slug, "closes": closes, "region": shipped.region})
        calls[name] = create(file=file, actor=actor)
    Call.objects.update(state=CallState.ARCHIVED)
    create(file=shipped.model_copy(update={"id": "counted-never"}), actor=actor)
    units = {
        name: Organisation.objects.get_or_create(kind=kind, name=words, credit_code=code)[0]
        for name, (kind, words, code) in SUPPLIERS.items()
    }
    for row in ROWS:
        package(calls[row[1]], units[row[2]], row, actor)
    Submission.objects.create(call=calls["two"], organisation=units["firm"], title="草稿", category="P2(3)")
    keep_tallies()
    for number, *_more, hours, _published in ROWS:
        Tally.objects.filter(submission__number=number).update(hours=None if hours is None else Decimal(hours))
    return list(calls.values())


def package(call: Call, unit: Organisation, row: tuple[Any, ...], actor: Account) -> Submission:
    """One package with its decision, and the course where it was published."""
    number, _call, _supplier, category, state, outcome, amount, _hours, published = row
    address = ADDRESSES.get(number)
    one = Submission.objects.create(
        call=call, organisation=unit, title=f"课程 {number}", category=category, state=state, number=number,
        draft={"form": {"address": address}} if address else {}, reason="不是培训课程" if state == "refused" else "",
    )  # fmt: skip
    one.latest = Version.objects.create(
        submission=one, index=1, door="web", name="课.zip", digest="0" * 64, size=1, received_at=AT
    )
    one.save(update_fields=["latest"])
    if outcome is not None:
        made = Decision.objects.create(
            submission=one, version=one.latest, outcome=outcome, amount=amount, decided_by=actor,
            reason="" if outcome == "selected" else "名次在后", confirmed_at=None if number == BY_ONE_PERSON else AT,
        )  # fmt: skip
        if published:
            course = Course.objects.create(decision=made, title=one.title, supplier=unit.name)
            course.current = Edition.objects.create(
                course=course, number=1, version=one.latest, title=one.title, supplier=unit.name, state="current",
                name="课.zip", digest="0" * 64, shown_at=AT,
            )  # fmt: skip
            course.state, course.published_at = "published", AT
            course.save()
    return one
