"""A table of passages (`id`, `text`) that is searched: SQLite's FTS5 beside it, or a GIN index on it in PostgreSQL.

Both answer newest passage first without reading what does not match: a search costs the same with a hundred rows and with
a hundred thousand. The names of tables come from our own models, never from a request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ketang.platform.search.words import may_go_on, phrases


def index(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Make what searches the table, for a migration; it follows the table by itself."""
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement.format(t=table))


_SQLITE = (
    "CREATE VIRTUAL TABLE {t}_fts USING fts5(text, content='{t}', content_rowid='id', tokenize='unicode61')",
    "CREATE TRIGGER {t}_made AFTER INSERT ON {t} BEGIN INSERT INTO {t}_fts(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER {t}_gone AFTER DELETE ON {t} BEGIN "
    "INSERT INTO {t}_fts({t}_fts, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER {t}_changed AFTER UPDATE OF text ON {t} BEGIN "
    "INSERT INTO {t}_fts({t}_fts, rowid, text) VALUES ('delete', old.id, old.text); "
    "INSERT INTO {t}_fts(rowid, text) VALUES (new.id, new.text); END",
)
_POSTGRESQL = ("CREATE INDEX {t}_words ON {t} USING gin (to_tsvector('simple', text))",)


@dataclass(frozen=True, slots=True)
class Found:
    """Owners of the passages in which all words stand, the newest passage first; counted and read in parts.

    Attributes:
        table: of the passages.
        owner: column of what a passage belongs to.
        words: as they were typed.
        joined: table of the owners, where some column of theirs is asked for.
        columns: of the owners, with the values they must have.
    """

    table: str
    owner: str
    words: str
    joined: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)

    def count(self, most: int) -> int:
        """How many there are, counted up to `most`."""
        query, values = self._query("1", f"LIMIT {int(most)}")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({query}) AS found", values)  # noqa: S608 - names of our own tables
            return int(cursor.fetchone()[0])

    def part(self, start: int, stop: int) -> list[int]:
        """Keys of the owners from `start` to before `stop`."""
        order = f"ORDER BY p.id DESC LIMIT {int(stop - start)} OFFSET {int(start)}"
        if connection.vendor == "sqlite":
            order = order.replace("p.id", "f.rowid")  # the order in which FTS5 walks: nothing is sorted
        query, values = self._query(f"p.{self.owner}", order)
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return [key for (key,) in cursor.fetchall()]

    def _query(self, wanted: str, end: str) -> tuple[str, list[Any]]:
        if connection.vendor == "sqlite":
            source = f"{self.table}_fts f JOIN {self.table} p ON p.id = f.rowid"
            tests, values = [f"{self.table}_fts MATCH %s"], [_fts5(self.words)]
        else:
            source = f"{self.table} p"
            tests, values = ["to_tsvector('simple', p.text) @@ to_tsquery('simple', %s)"], [_tsquery(self.words)]
        if self.columns:
            source += f" JOIN {self.joined} o ON o.id = p.{self.owner}"
            tests += [f"o.{column} = %s" for column in self.columns]
        query = f"SELECT {wanted} FROM {source} WHERE {' AND '.join(tests)} {end}"  # noqa: S608 - names of our own tables
        return query, [*values, *self.columns.values()]


def _fts5(words: str) -> str:
    """The query in FTS5's language; words are letters and digits alone, so nothing in them can be an operator."""
    return " AND ".join(f'"{" ".join(phrase)}"{" *" * may_go_on(phrase)}' for phrase in phrases(words)) or '""'


def _tsquery(words: str) -> str:
    found = (" <-> ".join(phrase) + ":*" * may_go_on(phrase) for phrase in phrases(words))
    return " & ".join(f"({phrase})" for phrase in found)
