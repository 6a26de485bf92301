"""The same statistics on SQLite and on PostgreSQL, of the same packages."""

from __future__ import annotations

from decimal import Decimal

from ketang.insight.statistics.choosing import choose
from ketang.insight.statistics.figures import statistics
from ketang.people.account.actions import open_by_command
from ketang.people.role.actions import appoint_first_administrator
from ketang.selection.checking.models import CheckState
from ketang.selection.intake.models import Submission
from ketang.selection.ruling.models import Ruling, RulingKind
from ketang.selection.tallying.actions import keep_tallies
from ketang.selection.tallying.models import Tally
from ketang_columns import Column
from statistics_rows import planted


def test_statistics(column: Column) -> None:
    chief = open_by_command(login="chief", name="chief").account
    appoint_first_administrator(account=chief)
    calls = planted(chief)
    assert choose().calls == calls
    found = statistics(choose().calls)
    whole = found.whole
    assert (whole.received, whole.complete, whole.accepted, whole.awarded, whole.published, whole.gone) == (
        12, 8, 7, 4, 1, 2,
    )  # fmt: skip
    assert (whole.amount, found.unconfirmed, found.known.percent) == (Decimal("44000.00"), 1, "25.0%")
    assert [(row.words, row.counts.received, row.counts.amount) for row in found.kinds] == [
        ("学校和培训机构", 3, Decimal(39000)), ("企业", 5, Decimal(5000)), ("个人", 4, Decimal(0)),
    ]  # fmt: skip
    assert [(one.count, one.lower, one.median, one.upper) for one in found.hourly] == [
        (3, Decimal("1125.00"), Decimal("1250.00"), Decimal("2053.57"))
    ] * 2
    assert [(one.decision, one.words, one.count) for one in found.said] == [
        ("不予受理", "不是培训课程", 1), ("候补", "名次在后", 1), ("未入选", "名次在后", 1),
    ]  # fmt: skip

    assert keep_tallies() == 0, "nothing has changed"
    one = Submission.objects.get(number="S-01")
    check = one.latest.checks.create(name="课.zip", state=CheckState.DONE)  # type: ignore[union-attr]
    assert keep_tallies() == 1
    made = Ruling.objects.create(
        submission=one, check_of=check, kind=RulingKind.CONFIRM, fingerprint="f" * 16, reason="是", signed_as="chief"
    )
    assert keep_tallies() == 1
    made.undone_at = made.made_at
    made.save()
    assert [keep_tallies(), keep_tallies()] == [1, 0]
    assert (Tally.objects.get(submission=one).check_of, statistics(calls).checked) == (check, 1)
