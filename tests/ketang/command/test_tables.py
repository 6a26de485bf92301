"""A new instance's tables, made at once, are those that the steps of before leave; and who took the steps has nothing more to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import pytest_django
from django.db import connection

import ketang_columns
from ketang_columns import Column
from ketang_servers import Servers, make_bucket
from ketang_steps import step_by_step

LAST = (
    ("common", "0005_signing"), ("people", "0006_centres"), ("selection", "0040_role_of_centres"),
    ("classroom", "0017_bags_by_index"),
)  # fmt: skip
"""What the squashed migrations replace ends here."""


def empty(kind: str, home: Path, number: int, request: pytest.FixtureRequest) -> Column:
    """An instance without tables."""
    home.mkdir()
    if kind == "small":
        return Column("small", home, ketang_columns._environment(home))
    import psycopg

    servers: Servers = request.getfixturevalue("large_servers")
    name = f"trial_tables_{number}"
    with psycopg.connect(f"{servers.postgres}/postgres", autocommit=True) as administration:
        administration.execute(f"CREATE DATABASE {name}")
    make_bucket(servers.s3, name.replace("_", "-"))
    return Column("large", home, ketang_columns._environment(home, servers, name, number))


def tables() -> set[tuple[str, ...]]:
    """Everything that stands in the database, but for the order of columns and the registers of Django."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
            return {(kind, name, table, *sorted(_parts(sql))) for kind, name, table, sql in cursor.fetchall()}
        found: set[tuple[str, ...]] = set()
        for question in _POSTGRES:
            cursor.execute(question)
            found |= {tuple(map(str, row)) for row in cursor.fetchall()}
        return found


_POSTGRES = (
    "SELECT 'column', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, "
    "is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",  # those are told with the columns
    "SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'trigger', tgrelid::regclass, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)


def _parts(sql: str) -> list[str]:
    """The definition of a table, cut at the commas between its columns; any other definition whole."""
    if not sql.startswith("CREATE TABLE"):
        return [sql]
    head, _, inner = sql.partition("(")
    parts, depth, begun = [re.sub(r'"', "", head).strip()], 0, 0
    inner = inner[: inner.rindex(")")]
    for at, letter in enumerate(inner):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append(inner[begun:at].strip())
            begun = at + 1
    return [*parts, inner[begun:].strip()]


@pytest.mark.sweep
@pytest.mark.parametrize("kind", ["small", "large"])
def test_made_at_once_or_step_by_step(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, django_db_blocker: pytest_django.DjangoDbBlocker
) -> None:
    new, old = (empty(kind, tmp_path / name, number, request) for number, name in enumerate(("new", "old")))
    for app, name in LAST:
        new.run("django", "migrate", app, f"0001_squashed_{name[:4]}")
    step_by_step(old, LAST)
    with django_db_blocker.unblock():
        with ketang_columns.used_here(new):
            at_once = tables()
        with ketang_columns.used_here(old):
            steps = tables()
    assert len(at_once) > 500
    assert (steps - at_once, at_once - steps) == (set(), set())
    said = old.run("django", "migrate", "--plan").stdout
    assert [name for app, name in LAST if f"{app}.0001" in said] == []


def test_a_difference_would_be_seen() -> None:
    one, other = (
        _parts(f'CREATE TABLE "t" ("id" int, "a" varchar(3){more}, CHECK (a IN (1, 2)))') for more in ("", " NOT NULL")
    )
    assert one == ["CREATE TABLE t", '"id" int', '"a" varchar(3)', "CHECK (a IN (1, 2))"]
    assert set(one) ^ set(other) == {'"a" varchar(3)', '"a" varchar(3) NOT NULL'}
