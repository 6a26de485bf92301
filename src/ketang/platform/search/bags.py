"""Bags of words beside the rows of a table: which rows have all of these words, the newest first; on both columns.

For long texts: a bag has no positions, so it stays small and is searched by walking along the rarest word. On SQLite it is
an FTS5 index without content, on PostgreSQL a table of `tsvector` with a GIN index. Nothing follows the table by itself: who
adds or takes a row adds or takes its bag in the same transaction. Words hold letters and digits alone (`pairs.py`).
The names of tables come from our own models, never from a request.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def index(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Make the bags of a table, for a migration."""
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement.format(t=table))


_SQLITE = ("CREATE VIRTUAL TABLE {t}_bag USING fts5(words, content='', detail='none', columnsize=0, tokenize='ascii')",)
_POSTGRESQL = (
    "CREATE TABLE {t}_bag (id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX {t}_bag_words ON {t}_bag USING gin (words)",
)
_BY_INDEX = (
    "CREATE OR REPLACE FUNCTION {t}_bag_with(wanted tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE "
    "SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off "
    "AS 'SELECT id FROM {t}_bag WHERE words @@ wanted'"
)
"""Keys of the bags with these words, by the GIN index. PostgreSQL does not count what it costs to unpack a bag: left to itself it reads
each of them, one after the other, where it should ask the index (424 ms for 3000 bags and words that are nowhere)."""


def ask_the_index(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Make the function by which bags are asked on PostgreSQL, for a migration."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_BY_INDEX.format(t=table))


def put(table: str, bags: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Give rows, by their keys, their bags."""
    with connection.cursor() as cursor:
        if _is_sqlite():
            query = f"INSERT INTO {table}_bag (rowid, words) VALUES (%s, %s)"  # noqa: S608 - names of our own tables
            cursor.executemany(query, [(key, _line(words)) for key, words in bags])
        else:
            query = f"INSERT INTO {table}_bag (id, words) VALUES (%s, array_to_tsvector(%s))"  # noqa: S608 - as above
            cursor.executemany(query, [(key, sorted(set(words))) for key, words in bags])


def take(table: str, key: int, words: Iterable[str]) -> None:
    """Take a row's bag away; the words are those that were put in: FTS5 keeps no text of its own that would tell them."""
    if _is_sqlite():
        _run(f"INSERT INTO {table}_bag ({table}_bag, rowid, words) VALUES ('delete', %s, %s)", [key, _line(words)])  # noqa: S608
    else:
        _run(f"DELETE FROM {table}_bag WHERE id = %s", [key])  # noqa: S608 - names of our own tables


def clear(table: str) -> None:
    """Take all bags away."""
    if _is_sqlite():
        _run(f"INSERT INTO {table}_bag ({table}_bag) VALUES ('delete-all')", [])  # noqa: S608 - names of our own tables
    else:
        _run(f"TRUNCATE {table}_bag", [])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a bag must have.

    Attributes:
        words: all of these.
        begun: a word that begins so, for each of these.
        some: one word at least of each of these groups.
        held: further conditions on the row `e` of the table, as SQL with its values; all of them.
    """

    words: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    held: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    some: tuple[tuple[str, ...], ...] = ()

    def __and__(self, other: Asked) -> Asked:
        return Asked(
            self.words + other.words, self.begun + other.begun, self.held + other.held, self.some + other.some
        )  # fmt: skip


def walk(table: str, asked: Asked, most: int) -> list[int]:
    """Keys of rows of the table whose bags have all that is asked for, the newest first, `most` of them at most.

    Something must be asked for. A bag whose row is gone is passed over.
    """
    held = "".join(f" AND {condition}" for condition, _values in asked.held)
    values = [value for _condition, some in asked.held for value in some]
    if _is_sqlite():
        # FTS5 walks in the order of its own rows: nothing is sorted, and what is beyond `most` is not touched.
        query = (
            f"SELECT b.rowid FROM {table}_bag b CROSS JOIN {table} e ON e.id = b.rowid "  # noqa: S608 - as above
            f"WHERE {table}_bag MATCH %s{held} ORDER BY b.rowid DESC LIMIT {int(most)}"
        )
        parts = [f'"{word}"' for word in asked.words] + [f'"{word}" *' for word in asked.begun]
        parts += ["(" + " OR ".join(f'"{word}"' for word in group) + ")" for group in asked.some]
        return _keys(query, [" AND ".join(parts), *values])
    query = (
        # In order before anything is asked of a row: what is beyond `most` is not looked at.
        f"SELECT b.id FROM (SELECT f.id FROM {table}_bag_with(%s::tsquery) AS f(id) ORDER BY f.id DESC OFFSET 0) b "  # noqa: S608 - as above
        f"JOIN {table} e ON e.id = b.id WHERE true{held} ORDER BY b.id DESC LIMIT {int(most)}"
    )
    parts = [f"'{word}'" for word in asked.words] + [f"'{word}':*" for word in asked.begun]
    parts += ["(" + " | ".join(f"'{word}'" for word in group) + ")" for group in asked.some]
    return _keys(query, [" & ".join(parts), *values])


def holds(column: str) -> str:
    """The condition that a text column holds a text, which is its value: told in SQL, for `Asked.held`."""
    return f"instr({column}, %s) > 0" if _is_sqlite() else f"strpos({column}, %s) > 0"


def _line(words: Iterable[str]) -> str:
    return " ".join(sorted(set(words)))


def _run(query: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)


def _keys(query: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [key for (key,) in cursor.fetchall()]


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"
