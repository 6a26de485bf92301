"""What is brought back counts as what is studied on line: once, within the lesson, and no more than the time that went by."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from ketang.classroom.catalogue.models import Course, Lesson
from ketang.classroom.learning.actions import report
from ketang.classroom.learning.crediting import Entry, Read, Watched
from ketang.classroom.learning.models import Progress
from ketang.classroom.learning.tickets import Ticket as PageTicket
from ketang.classroom.offline.bringing import bring_back, forget_brought
from ketang.classroom.offline.models import BroughtBack
from ketang.classroom.offline.privacy import SHARE
from ketang.classroom.offline.records import Record, Studied
from ketang.classroom.offline.tickets import GOOD_MS, ticket_for
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.naming import actor_key
from ketang.platform.refusal import Refused
from learning_rows import published_course

pytestmark = pytest.mark.django_db
T = 1_899_999_900_000
"""At the beginning of five minutes: pages' claims are kept by these, and what counts is exact."""
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
FILM: dict[str, Any] = {
    "kind": "text",
    "title": "片",
    "text": "字",
    "counts_ms": HOUR,
    "stretches": [[0, HOUR, "实操"]],
}


def learner(login: str = "learner") -> Account:
    return open_by_command(login=login, name=login).account


def films(count: int = 2) -> Course:
    return published_course(lessons=(FILM,) * count)


def lesson(course: Course, order: int = 1) -> Lesson:
    return course.lessons.get(order=order)


def record(
    course: Course, account: Account | None, *studied: Studied, begun: int = T, number: int = 1, ticket: str = ""
) -> Record:
    assert course.current is not None
    return Record(ticket or ticket_for(account, course.current, now=begun), uuid.UUID(int=number), studied)


def watched(
    course: Course, *stretches: tuple[int, int, int], order: int = 1, read: int = 0, done: bool = False
) -> Studied:
    return Studied(lesson(course, order).thread, stretches, read, done)


def online(
    account: Account, course: Course, *entries: Entry, begun: int, now: int, order: int = 1, sitting: int = 1
) -> None:
    one = lesson(course, order)
    report(
        ticket=PageTicket(account.pk, one.pk, one.thread, begun),
        sitting=uuid.UUID(int=900 + sitting),
        entries=entries,
        now=now,
    )


def counted() -> list[int]:
    return list(Progress.objects.order_by("lesson__order").values_list("counted_ms", flat=True))


def told(row: BroughtBack) -> list[list[int]]:
    return [one[1:] for one in row.told]


class TestWhatCounts:
    """Honest records."""

    def test_it_is_what_the_same_stretches_are_on_line(self) -> None:
        here, there, course = learner(), learner("other"), films()
        stretches = ((0, 10 * MINUTE, 100), (20 * MINUTE, 30 * MINUTE, 150), (5 * MINUTE, 12 * MINUTE, 100))
        bring_back(account=here, brought=record(course, here, watched(course, *stretches, read=MINUTE)), now=T + HOUR)
        entries = [Watched(number, T, *one) for number, one in enumerate(stretches, 1)]
        online(there, course, *entries, Read(9, T, MINUTE), begun=T, now=T + HOUR)
        wanted = ("counted_ms", "by_class", "watched", "read_ms", "place_ms")
        mine, theirs = (Progress.objects.values(*wanted).get(account=one) for one in (here, there))
        assert mine == theirs
        assert (mine["counted_ms"], mine["by_class"]) == (23 * MINUTE, {"practice": 23 * MINUTE})

    def test_brought_twice_it_counts_once_and_says_so(self) -> None:
        account, course = learner(), films()
        one = record(course, account, watched(course, (0, 10 * MINUTE, 100), read=MINUTE))
        first = told(bring_back(account=account, brought=one, now=T + HOUR))
        again = told(bring_back(account=account, brought=one, now=T + 2 * HOUR))
        assert (first, again, counted()) == ([[11 * MINUTE, 0, 0]], [[0, 11 * MINUTE, 0]], [11 * MINUTE])
        assert BroughtBack.objects.get().work_ms == 11 * MINUTE

    def test_a_record_that_grew_brings_what_is_new(self) -> None:
        account, course = learner(), films()
        ticket = record(course, account).ticket
        first = record(course, account, watched(course, (0, 5 * MINUTE, 100), read=MINUTE), ticket=ticket)
        later = record(
            course,
            account,
            watched(course, (0, 9 * MINUTE, 100), read=3 * MINUTE),
            watched(course, (0, MINUTE, 100), order=2),
            ticket=ticket,
        )
        bring_back(account=account, brought=first, now=T + HOUR)
        assert told(bring_back(account=account, brought=later, now=T + 2 * HOUR)) == [
            [6 * MINUTE, 6 * MINUTE, 0],
            [MINUTE, 0, 0],
        ]
        assert counted() == [12 * MINUTE, MINUTE]

    def test_what_was_studied_on_line_before_does_not_count_again(self) -> None:
        account, course = learner(), films()
        online(account, course, Watched(1, T, 0, 10 * MINUTE, 100), begun=T, now=T + 10 * MINUTE)
        one = record(course, account, watched(course, (5 * MINUTE, 15 * MINUTE, 100)), begun=T + 10 * MINUTE)
        assert told(bring_back(account=account, brought=one, now=T + 25 * MINUTE)) == [[5 * MINUTE, 5 * MINUTE, 0]]

    def test_an_honest_learner_with_two_packages_loses_nothing(self) -> None:
        account, course = learner(), films(8)
        monday, friday = T, T + 4 * DAY
        first = record(
            course, account, *(watched(course, (0, HOUR, 100), order=order) for order in range(1, 6)), begun=monday
        )
        second = record(course, account, watched(course, (0, HOUR // 2, 100), order=6), begun=friday, number=2)
        # A lesson that was studied on line long ago, and a little more of it today.
        online(account, course, Watched(1, T - DAY, 0, 50 * MINUTE, 100), begun=T - DAY, now=T - DAY + HOUR, order=8)
        online(
            account,
            course,
            Watched(1, friday, 50 * MINUTE, 55 * MINUTE, 100),
            begun=friday,
            now=friday + 5 * MINUTE,
            order=8,
            sitting=2,
        )
        assert [one[2] for one in told(bring_back(account=account, brought=first, now=friday + 6 * MINUTE))] == [0] * 5
        assert told(bring_back(account=account, brought=second, now=friday + 40 * MINUTE)) == [[30 * MINUTE, 0, 0]]
        # What pages report afterwards fits too.
        online(
            account,
            course,
            Watched(1, friday + 40 * MINUTE, 0, 10 * MINUTE, 100),
            begun=friday + 40 * MINUTE,
            now=friday + 50 * MINUTE,
            order=7,
            sitting=3,
        )
        assert counted() == [HOUR] * 5 + [30 * MINUTE, 10 * MINUTE, 55 * MINUTE]

    def test_a_lesson_is_finished_as_on_line(self) -> None:
        account, course = learner(), films()
        one = record(
            course,
            account,
            watched(course, (0, 55 * MINUTE, 100)),
            watched(course, order=2, read=5 * MINUTE, done=True),
        )
        bring_back(account=account, brought=one, now=T + 2 * HOUR)
        found = list(Progress.objects.order_by("lesson__order").values_list("finished_how", "counted_ms"))
        assert found == [("counted", 55 * MINUTE), ("said", 5 * MINUTE)]

    def test_a_package_for_anybody_counts_for_who_brings_it(self) -> None:
        course = films()
        one, two = learner(), learner("two")
        ticket = record(course, None).ticket
        bring_back(
            account=one, brought=record(course, None, watched(course, (0, MINUTE, 100)), ticket=ticket), now=T + HOUR
        )
        bring_back(
            account=two,
            brought=record(course, None, watched(course, (0, 2 * MINUTE, 100)), ticket=ticket, number=2),
            now=T + HOUR,
        )
        assert list(Progress.objects.order_by("account").values_list("counted_ms", flat=True)) == [MINUTE, 2 * MINUTE]

    def test_a_helper_who_brings_it_is_written_down(self) -> None:
        account, helper, course = learner(), learner("helper"), films()
        bring_back(
            account=account, brought=record(course, account, watched(course, (0, MINUTE, 100))), by=helper, now=T + HOUR
        )
        entry = AuditEntry.objects.get(action="learning.bring_back")
        assert (entry.actor, entry.details["seconds"]) == (actor_key(helper), 60)


class TestWhatDoesNot:
    """Forged, foreign, doubled, stretched."""

    def test_no_more_than_the_time_since_it_was_given_out(self) -> None:
        account, course = learner(), films(3)
        one = record(course, account, *(watched(course, (0, HOUR, 100), order=order) for order in (1, 2, 3)))
        assert told(bring_back(account=account, brought=one, now=T + 90 * MINUTE)) == [
            [HOUR, 0, 0],
            [30 * MINUTE, 0, 30 * MINUTE],
            [0, 0, HOUR],
        ]

    def test_nothing_beyond_the_lesson_nor_faster_than_a_player(self) -> None:
        account, course = learner(), films()
        one = record(course, account, watched(course, (0, 40 * HOUR, 9999), read=40 * HOUR))
        assert told(bring_back(account=account, brought=one, now=T + 10 * MINUTE))[0][0] == 20 * MINUTE
        assert counted() == [20 * MINUTE]

    def test_two_packages_do_not_give_the_same_hour_twice(self) -> None:
        account, course = learner(), films(3)
        for number in (1, 2, 3):
            one = record(
                course, account, watched(course, (0, HOUR, 100), order=number), begun=T + number, number=number
            )
            bring_back(account=account, brought=one, now=T + HOUR + 10)
        assert sum(counted()) <= HOUR + 10

    def test_the_hour_that_was_studied_on_line_is_not_given_again(self) -> None:
        account, course = learner(), films()
        online(account, course, Watched(1, T, 0, 50 * MINUTE, 100), begun=T, now=T + 50 * MINUTE)
        one = record(course, account, watched(course, (0, HOUR, 100), order=2))
        assert told(bring_back(account=account, brought=one, now=T + HOUR)) == [[10 * MINUTE, 0, 50 * MINUTE]]

    def test_days_that_were_studied_on_line_are_not_given_again(self) -> None:
        account, course = learner(), films(20)
        for order in range(1, 11):
            since = T + order * HOUR
            online(
                account,
                course,
                Watched(1, since, 0, HOUR, 100),
                begun=since,
                now=since + HOUR,
                order=order,
                sitting=order,
            )
        one = record(course, account, *(watched(course, (0, HOUR, 100), order=order) for order in range(11, 21)))
        bring_back(account=account, brought=one, now=T + 15 * HOUR)
        assert sum(counted()) == 15 * HOUR

    def test_the_hour_that_was_brought_back_is_not_given_to_a_page_again(self) -> None:
        account, course = learner(), films()
        bring_back(account=account, brought=record(course, account, watched(course, (0, HOUR, 100))), now=T + HOUR)
        online(account, course, Watched(1, T, 0, HOUR, 100), begun=T, now=T + HOUR + MINUTE, order=2)
        assert counted() == [HOUR, MINUTE]

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda ticket: ticket[:-1] + ("A" if ticket[-1] != "A" else "B"), "不是本站的离线课程保存的"),
            (lambda ticket: "", "不是本站的离线课程保存的"),
            (lambda ticket: "x" * 900, "不是本站的离线课程保存的"),
        ],
    )  # fmt: skip
    def test_a_ticket_that_is_none_of_ours(self, change: Any, words: str) -> None:
        account, course = learner(), films()
        good = record(course, account, watched(course, (0, MINUTE, 100)))
        with pytest.raises(Refused, match=words):
            bring_back(account=account, brought=Record(change(good.ticket), good.record, good.lessons), now=T + HOUR)
        assert (counted(), BroughtBack.objects.count()) == ([], 0)

    def test_what_is_another_s_is_refused_and_stays_theirs(self) -> None:
        one, two, course = learner(), learner("two"), films()
        theirs = record(course, one, watched(course, (0, MINUTE, 100)))
        with pytest.raises(Refused, match="用另一个账号下载的"):
            bring_back(account=two, brought=theirs, now=T + HOUR)
        anybody_s = record(course, None, watched(course, (0, MINUTE, 100)))
        bring_back(account=one, brought=anybody_s, now=T + HOUR)
        with pytest.raises(Refused, match="已经计入另一个账号"):
            bring_back(account=two, brought=anybody_s, now=T + HOUR)
        assert counted() == [MINUTE]

    def test_a_record_under_another_ticket_is_refused(self) -> None:
        account, course = learner(), films()
        bring_back(account=account, brought=record(course, account, watched(course, (0, MINUTE, 100))), now=T + HOUR)
        with pytest.raises(Refused, match="被改动过"):
            bring_back(account=account, brought=record(course, account, begun=T - DAY), now=T + HOUR)

    def test_too_old_and_from_the_time_to_come(self) -> None:
        account, course = learner(), films()
        with pytest.raises(Refused, match="一年多以前"):
            bring_back(account=account, brought=record(course, account), now=T + GOOD_MS + 1)
        with pytest.raises(Refused, match="比现在还晚"):
            bring_back(account=account, brought=record(course, account), now=T - 1)

    def test_a_lesson_that_is_not_of_the_course_is_passed_over(self) -> None:
        account, course, other = learner(), films(), published_course("别的课")
        foreign = Studied(lesson(other).thread, [(0, MINUTE, 100)], 0, True)
        row = bring_back(
            account=account, brought=record(course, account, foreign, watched(course, (0, MINUTE, 100))), now=T + HOUR
        )
        assert (row.told, counted()) == ([["", 0, 0, 0], ["片", MINUTE, 0, 0]], [MINUTE])

    def test_a_closed_account_counts_nothing(self) -> None:
        account, course = learner(), films()
        Account.objects.filter(pk=account.pk).update(is_active=False)
        with pytest.raises(Refused, match="已经注销"):
            bring_back(
                account=account, brought=record(course, account, watched(course, (0, MINUTE, 100))), now=T + HOUR
            )


def test_it_is_in_a_person_s_data_and_goes_with_it() -> None:
    account, course = learner(), films()
    bring_back(account=account, brought=record(course, account, watched(course, (0, MINUTE, 100))), now=T + HOUR)
    exported = SHARE.export(account)["brought_back"]
    assert [(one["course__title"], one["counted_ms"]) for one in exported] == [(course.title, MINUTE)]
    SHARE.erase(account)
    assert BroughtBack.objects.count() == 0


def test_what_can_bring_no_more_is_forgotten() -> None:
    account, course = learner(), films()
    bring_back(account=account, brought=record(course, account, begun=1000), now=HOUR)
    bring_back(account=account, brought=record(course, account, number=2), now=T + HOUR)
    assert (forget_brought(), BroughtBack.objects.get().record) == (1, uuid.UUID(int=2))
