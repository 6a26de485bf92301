"""Reports become rows: once, whatever comes twice; to the account of the ticket, and to no other."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.utils import timezone

from ketang.classroom.catalogue.models import Course, Edition, Lesson
from ketang.classroom.learning.actions import Kept, Reported, finish, forget_sittings, report, take_over
from ketang.classroom.learning.crediting import read_entries
from ketang.classroom.learning.models import HowFinished, Progress, Sitting, Study
from ketang.classroom.learning.tickets import NotATicket, Ticket, read_ticket, ticket_for
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.privacy.actions import erase_account, export_personal_data
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from learning_rows import published_course

pytestmark = pytest.mark.django_db
T = 1_900_000_000_000
ONE = uuid.UUID(int=1)


@pytest.fixture
def learner() -> Account:
    return open_by_command(login="learner", name="示例学员").account


@pytest.fixture
def course() -> Course:
    return published_course()


def lesson(course: Course, order: int = 2) -> Lesson:
    return course.lessons.get(order=order)


def tell(
    account: Account, of: Lesson, entries: Sequence[object], *, sitting: uuid.UUID = ONE, now: int = T + 60_000
) -> Reported:
    return report(
        ticket=Ticket(account.pk, of.pk, of.thread, T), sitting=sitting, entries=read_entries(list(entries)), now=now
    )


def test_a_report_and_its_repetition(learner: Account, course: Course) -> None:
    entries = [[1, T, "w", 0, 30_000, 100], [2, T, "w", 100_000, 120_000, 100]]
    assert [tell(learner, lesson(course), entries) for _again in range(2)] == [Reported(2, 50_000)] * 2
    assert tell(learner, lesson(course), [*entries, [3, T, "r", 5000]], now=T + 70_000) == Reported(3, 55_000)
    kept = Progress.objects.get()
    assert (kept.watched, kept.read_ms, kept.counted_ms, kept.place_ms, kept.by_class, kept.finished_how) == (
        [[0, 30_000], [100_000, 120_000]], 5000, 55_000, 120_000, {"theory": 35_000, "practice": 20_000}, "",
    )  # fmt: skip
    assert (Study.objects.get().claims, Sitting.objects.get().last) == ([[T, 55_000]], 3)


def test_a_lesson_is_finished_when_most_of_it_counts(learner: Account, course: Course) -> None:
    tell(learner, lesson(course, 1), [[1, T, "r", 89_999]], now=T + 100_000)
    assert Progress.objects.get().finished_at is None
    tell(learner, lesson(course, 1), [[2, T, "r", 1]], now=T + 100_000)
    assert Progress.objects.get().finished_how == HowFinished.COUNTED


def test_progress_is_kept_over_editions(learner: Account, course: Course) -> None:
    old = lesson(course)
    tell(learner, old, [[1, T, "w", 0, 30_000, 100]])
    second = Edition.objects.create(
        course=course, number=2, title="二", supplier="示例培训学校", name="二.zip", digest="1" * 64
    )
    new = Lesson.objects.create(
        edition=second, order=1, thread=old.thread, kind="text", title="一", text="字", counts_ms=90_000
    )
    assert tell(learner, new, [[1, T, "w", 20_000, 50_000, 100]], sitting=uuid.UUID(int=2)) == Reported(1, 50_000)
    kept = Progress.objects.get()
    assert (kept.lesson, kept.by_class) == (new, {"other": 50_000})


def test_somebody_says_that_they_are_done(learner: Account, course: Course) -> None:
    text = lesson(course, 1)
    ticket = Ticket(learner.pk, text.pk, text.thread, T)
    for _twice in range(2):
        finish(ticket=ticket, now=T + 40_000)
    assert (kept := Progress.objects.get()).finished_how == HowFinished.SAID
    assert (kept.counted_ms, kept.read_ms, list(history(learner))[1:]) == (40_000, 40_000, [])
    finish(ticket=Ticket(learner.pk, text.pk, text.thread, T + 40_000), now=T + 10**7)
    assert Progress.objects.get().counted_ms == 100_000


def test_two_tabs_that_say_so_count_once(learner: Account, course: Course) -> None:
    for order in (1, 2):
        finish(
            ticket=Ticket(learner.pk, lesson(course, order).pk, lesson(course, order).thread, T + order), now=T + 60_000
        )
    assert sum(Progress.objects.values_list("counted_ms", flat=True)) == 59_999


def test_a_helper_is_named(learner: Account, course: Course, administrator: Account) -> None:
    finish(ticket=Ticket(learner.pk, lesson(course).pk, lesson(course).thread, T), by=administrator, now=T + 1000)
    assert [(entry.action, entry.actor) for entry in history(learner)][1:] == [
        ("learning.finish", f"account:{administrator.uuid}")
    ]


def test_what_was_kept_before_sign_in_counts_for_one_account(learner: Account, course: Course) -> None:
    entries = read_entries([[1, T, "w", 0, 30_000, 100]])
    kept = [
        Kept(Ticket(0, lesson(course).pk, lesson(course).thread, T), ONE, entries),
        Kept(Ticket(0, 10**9, ONE, T), uuid.UUID(int=5), entries),
    ]
    other = open_by_command(login="other", name="另一人").account
    assert [take_over(account=one, kept=kept, now=T + 60_000) for one in (learner, learner, other)] == [30_000, 0, 0]
    assert [row.account for row in Progress.objects.all()] == [learner]
    assert [(entry.action, entry.details) for entry in history(learner)][1:] == [
        ("learning.take_over", {"pages": 1})
    ] * 2


def test_nothing_for_a_closed_account_a_lesson_gone_or_another_s_sitting(learner: Account, course: Course) -> None:
    found = lesson(course)
    tell(learner, found, [[1, T, "r", 1000]])
    other = open_by_command(login="other", name="另一人").account
    with pytest.raises(Refused, match="另一个账号"):
        tell(other, found, [[2, T, "r", 1000]])
    assert export_personal_data(actor=learner, account=learner)[:2] == b"PK"
    erase_account(actor=learner, account=learner, reason="本人要求")
    assert (Study.objects.count(), Sitting.objects.count(), Progress.objects.count()) == (0, 0, 0)
    with pytest.raises(Refused, match="已经注销"):
        tell(learner, found, [[3, T, "r", 1000]])
    with pytest.raises(Refused, match="不在了"):
        report(ticket=Ticket(other.pk, 10**9, ONE, T), sitting=ONE, entries=[], now=T)


def test_tickets(learner: Account, course: Course) -> None:
    found = lesson(course)
    text = ticket_for(learner, found, now=T)
    assert read_ticket(text, now=T + 1) == Ticket(learner.pk, found.pk, found.thread, T)
    assert read_ticket(ticket_for(None, found, now=T), now=T).account == 0
    for wrong in (text + "x", "x" + text, "", None, 5, [text]):
        with pytest.raises(NotATicket):
            read_ticket(wrong, now=T)
    with pytest.raises(NotATicket):
        read_ticket(text, now=T + 15 * 24 * 3_600_000)


def test_old_sittings_are_forgotten(learner: Account) -> None:
    for number, days in ((1, 14), (2, 16)):
        begun = timezone.now() - timedelta(days=days)
        Sitting.objects.create(uuid=uuid.UUID(int=number), account=learner, begun_at=begun)
    assert (forget_sittings(), [one.uuid.int for one in Sitting.objects.all()]) == (1, [1])
