"""Small transactions that wait for each other on SQLite are done together, and each is told its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections, transaction

from ketang.classroom.learning import writing
from ketang.people.account.models import Account
from ketang_columns import Column


def test_many_in_one_transaction_and_one_that_fails(small_column: Column, monkeypatch: pytest.MonkeyPatch) -> None:
    held, go, commits = Event(), Event(), []
    monkeypatch.setattr(writing, "_all", _counting(writing._all, commits))

    def opens(login: str) -> str:
        if login == "first":
            held.set()
            go.wait(20)
        if login == "wrong":
            raise ValueError(login)
        return str(Account.objects.create(login=login))

    def ask(login: str) -> str:
        try:
            return writing.written(lambda: opens(login))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(ask, "first")
        assert held.wait(20)
        names = ["a", "b", "wrong", "c"]
        others = [threads.submit(ask, name) for name in names]
        while len(writing._waiting) < len(names):
            pass
        go.set()
        found = [one.exception() or one.result() for one in (first, *others)]
    assert [str(one) for one in found] == ["first", "a", "b", "wrong", "c"]
    assert (type(found[3]), commits) == (ValueError, [1, 4])
    assert set(Account.objects.values_list("login", flat=True)) == {"first", "a", "b", "c"}


def _counting(act: object, commits: list[int]) -> object:
    def counted(batch: list[object]) -> None:
        commits.append(len(batch))
        act(batch)  # type: ignore[operator]

    return counted


@pytest.mark.django_db
def test_within_a_transaction_nobody_waits() -> None:
    with writing._turn, transaction.atomic():
        assert writing.written(lambda: 5) == 5
