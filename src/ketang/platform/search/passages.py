"""A table of passages (`id`, `text`) that is searched: SQLite's FTS5 beside it, or a GIN index on it in PostgreSQL.

Both answer newest passage first without reading what does not match: a search costs the same with a hundred rows and with
a hundred thousand. The names of tables come from our own models, never from a request.
"""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(slots=True)
class Found:
    """Owners of the passages in which all words stand, the newest passage first; counted and read in parts.

    Attributes:
        table: of the passages.
        owner: column of what a passage belongs to.
        words: as they were typed; empty when only what is chosen beside them counts.
        marks: words that passages carry for what is chosen beside the words (a state, a door); all of them.
        either: groups of marks; of each group one at least (the days of a week).
        begun: marks of which only the beginning is given; all of them.
    """

    table: str
    owner: str
    words: str
    marks: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    begun: tuple[str, ...] = ()
    _walked: list[int] = field(default_factory=list, init=False, repr=False, compare=False)
    _to_the_end: bool = field(default=False, init=False, repr=False, compare=False)

    def count(self, most: int) -> int:
        """How many there are, counted up to `most`."""
        if _is_fts5():
            # A walk through the matches is what costs: the part that is wanted next is taken from the same one.
            query, values = self._query("f.rowid", "", f"ORDER BY f.rowid DESC LIMIT {int(most)}")
            self._walked = [key for (key,) in _fetched(query, values)]
            self._to_the_end = len(self._walked) < most
            return len(self._walked)
        query, values = self._query("1", "", f"LIMIT {int(most)}")
        return int(_fetched(f"SELECT COUNT(*) FROM ({query}) AS found", values)[0][0])  # noqa: S608 - names of our own tables

    def part(self, start: int, stop: int) -> list[int]:
        """Keys of the owners from `start` to before `stop`."""
        if stop <= len(self._walked) or self._to_the_end:
            return self._owners(self._walked[start:stop])
        # FTS5 walks in the order of its own rows: nothing is sorted, and what is beyond the part is not touched.
        join, order = (f"CROSS JOIN {self.table} p ON p.id = f.rowid", "f.rowid") if _is_fts5() else ("", "p.id")
        end = f"ORDER BY {order} DESC LIMIT {int(stop - start)} OFFSET {int(start)}"
        query, values = self._query(f"p.{self.owner}", join, end)
        return [key for (key,) in _fetched(query, values)]

    def _owners(self, passages: list[int]) -> list[int]:
        """Whose these passages are, in their order."""
        if not passages:
            return []
        places = ", ".join(["%s"] * len(passages))
        query = f"SELECT id, {self.owner} FROM {self.table} WHERE id IN ({places})"  # noqa: S608 - names of our own tables
        found = dict(_fetched(query, passages))
        return [found[passage] for passage in passages if passage in found]

    def _query(self, wanted: str, join: str, end: str) -> tuple[str, list[str]]:
        asked = phrases(self.words)
        groups = [[_Phrase(phrase, begun=may_go_on(phrase))] for phrase in asked]
        if asked or not self.words.strip():  # words of signs alone find nothing, whatever is chosen beside them
            groups += [[_Phrase([mark])] for mark in self.marks]
            groups += [[_Phrase([mark]) for mark in marks] for marks in self.either]
            groups += [[_Phrase([mark], begun=True)] for mark in self.begun]
        if _is_fts5():
            source, test, value = f"{self.table}_fts f", f"{self.table}_fts MATCH %s", _fts5(groups)
        else:
            source, test, value = (
                f"{self.table} p",
                "to_tsvector('simple', p.text) @@ to_tsquery('simple', %s)",
                _tsquery(groups),
            )
        return f"SELECT {wanted} FROM {source} {join} WHERE {test} {end}", [value]  # noqa: S608 - names of our own tables


def _fetched(query: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _is_fts5() -> bool:
    return connection.vendor == "sqlite"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that stand one after the other; the last may be the beginning of a longer one. A mark never is: call 1 is not call 12."""

    words: list[str]
    begun: bool = False


Groups = list[list[_Phrase]]
"""All groups must be met, each by one of its phrases."""


def _fts5(groups: Groups) -> str:
    """The query in FTS5's language; words are letters and digits alone, so nothing in them can be an operator."""
    return " AND ".join(f"({' OR '.join(map(_fts5_phrase, group))})" for group in groups) or '""'


def _fts5_phrase(phrase: _Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{" *" * phrase.begun}'


def _tsquery(groups: Groups) -> str:
    return " & ".join(f"({' | '.join(map(_tsquery_phrase, group))})" for group in groups)


def _tsquery_phrase(phrase: _Phrase) -> str:
    return "(" + " <-> ".join(phrase.words) + ":*" * phrase.begun + ")"
