"""Reports on SQLite and on PostgreSQL: the same counts, and posts that come at once."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from ketang.classroom.learning.actions import report
from ketang.classroom.learning.crediting import Entry, Read, Watched, read_entries
from ketang.classroom.learning.models import Progress, Sitting, Study
from ketang.classroom.learning.tickets import Ticket, now_ms, read_ticket, ticket_for
from ketang.people.account.actions import open_by_command
from ketang_columns import Column
from learning_rows import published_course
from learning_world import Browser, World

T = 1_900_000_000_000


def at_once(*reports: tuple[Ticket, int, list[Entry]]) -> None:
    def one(told: tuple[Ticket, int, list[Entry]]) -> None:
        ticket, sitting, entries = told
        try:
            report(ticket=ticket, sitting=uuid.UUID(int=sitting), entries=entries, now=T + 60_000)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(one, reports))


def test_posts_that_come_at_once_count_once(column: Column) -> None:
    learner, other = (open_by_command(login=name, name=name).account for name in ("learner", "other"))
    course = published_course()
    first, second = course.lessons.get(order=1), course.lessons.get(order=2)
    mine = Ticket(learner.pk, second.pk, second.thread, T)
    same = (mine, 1, [Watched(1, T, 0, 30_000, 100)])
    third = (Ticket(learner.pk, first.pk, first.thread, T), 2, [Read(1, T, 50_000)])
    at_once(
        same, same, same, third, (Ticket(other.pk, second.pk, second.thread, T), 3, [Watched(1, T, 0, 10_000, 100)])
    )
    counts = dict(Progress.objects.values_list("account__login", "counted_ms").exclude(thread=first.thread))
    assert counts["other"] == 10_000
    # One person has had a minute, whatever two pages claim of it; which of the two comes first is chance.
    assert sum(Progress.objects.filter(account=learner).values_list("counted_ms", flat=True)) == 60_000
    assert (Study.objects.count(), Sitting.objects.count()) == (2, 3)


class Rows:
    """The server of the simulated world, with rows behind it."""

    def __init__(self, account: Any, lessons: dict[str, Any]) -> None:
        self.account, self.lessons = account, lessons

    def ticket(self, lesson: str, now: int) -> str:
        return ticket_for(self.account, self.lessons[lesson], now=now)

    def post(self, ticket: str, sitting: int, entries: Any, now: int) -> int:
        read = read_ticket(ticket, now=now)
        return report(ticket=read, sitting=uuid.UUID(int=sitting), entries=read_entries(list(entries)), now=now).last


def test_a_session_of_the_simulated_world(column: Column) -> None:
    lessons = {str(one.order): one for one in published_course().lessons}
    lengths = {name: one.counts_ms for name, one in lessons.items()}
    world = World(Rows(open_by_command(login="learner", name="甲").account, lessons), 7, lengths, now_ms())
    here, there = Browser(world), Browser(world)
    first, second = here.open("2"), there.open("1")
    here.play(first)
    world.run(25_000)
    here.online = False
    here.seek(first, 100_000)
    world.run(30_000)
    here.kill()
    there.play(second)
    world.run(20_000)
    here.online = True
    again = here.open("2")
    there.pause(second)
    here.play(again)
    world.run(40_000)
    here.close(again)
    here.open("2")
    world.run(30_000)
    counted = sum(Progress.objects.values_list("counted_ms", flat=True))
    assert abs(counted - world.total) < 2000
    assert world.total == 25_000 + 30_000 + 20_000 + 15_000
