"""The file that a package's pages save: what was played and read, by lesson. It comes from anywhere and is believed nothing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ketang.classroom.catalogue.lengths import LONGEST_MS

MARK = "ketang-offline-record"
MOST_BYTES = 4 << 20
MOST_LESSONS = 2000
MOST_STRETCHES = 20_000
"""In one file."""


class NotARecord(ValueError):
    """What came is no record; the words say why."""


@dataclass(frozen=True, slots=True)
class Studied:
    """Of one lesson: stretches `(start, end, rate)` in milliseconds and hundredths, milliseconds with the text, whether it was called finished."""

    thread: uuid.UUID
    watched: Sequence[tuple[int, int, int]]
    read: int
    done: bool


@dataclass(frozen=True, slots=True)
class Record:
    """The ticket of the package (not verified here), the identity that the browser gave the record, and each lesson."""

    ticket: str
    record: uuid.UUID
    lessons: Sequence[Studied]


def read_record(content: bytes) -> Record:
    """A record from a file's bytes. Raises NotARecord."""
    if len(content) > MOST_BYTES:
        raise NotARecord(_("这个文件太大，不是学习记录。"))
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise NotARecord(_("这个文件不是学习记录，或者没有保存完整。请在离线课程里再保存一次。")) from None
    if not isinstance(told, dict) or told.get("kind") != MARK:
        raise NotARecord(_("这个文件不是学习记录。请选择离线课程保存的“学习记录”文件，名字以 .json 结尾。"))
    try:
        return _record(told)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NotARecord(_("这份学习记录读不懂，可能被改动过。请在离线课程里再保存一次。")) from None


def _record(told: dict[str, Any]) -> Record:
    lessons = [_studied(one) for one in _list(told["lessons"], MOST_LESSONS)]
    if len({one.thread for one in lessons}) != len(lessons):
        raise ValueError("a lesson twice")
    if sum(len(one.watched) for one in lessons) > MOST_STRETCHES:
        raise ValueError("too many stretches")
    return Record(_text(told["ticket"]), uuid.UUID(_text(told["record"])), lessons)


def _studied(told: Any) -> Studied:
    watched = [_stretch(one) for one in _list(told["watched"], MOST_STRETCHES)]
    return Studied(uuid.UUID(_text(told["lesson"])), watched, _whole(told["read"], LONGEST_MS), told["done"] is True)


def _stretch(told: Any) -> tuple[int, int, int]:
    start, end, rate = _list(told, 3)
    return _whole(start, LONGEST_MS), _whole(end, LONGEST_MS), max(1, _whole(rate, 10_000))


def _list(told: Any, most: int) -> list[Any]:
    if not isinstance(told, list) or len(told) > most:
        raise ValueError("not a list, or too long")
    return told


def _text(told: Any) -> str:
    if not isinstance(told, str) or len(told) > 1000:
        raise ValueError("not a text, or too long")
    return told


def _whole(told: Any, most: int) -> int:
    if type(told) is not int or not 0 <= told <= most:
        raise ValueError("not a whole number in its bounds")
    return told
