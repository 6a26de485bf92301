"""What a mail says, as a database keeps it: strangers write characters and years that some databases refuse."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

Value = TypeVar("Value")
FIRST, LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)
"""Moments outside are no time of a mail."""


def storable(value: Value) -> Value:
    """The same value, in every word of it NUL left out and half a character replaced; tuples and dataclasses are gone through."""
    return _storable(value)  # type: ignore[no-any-return]  # the same type comes back


def moment(said: datetime | None) -> datetime | None:
    """A moment with its zone, UTC where it names none (RFC 5322 §3.3, RFC 4155); None for one that cannot be meant."""
    if said is None:
        return None
    aware = said if said.tzinfo is not None else said.replace(tzinfo=UTC)
    return aware if FIRST <= aware <= LAST else None


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if isinstance(value, tuple):
        return tuple(_storable(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _storable(getattr(value, field.name)) for field in fields(value)})
    return value
