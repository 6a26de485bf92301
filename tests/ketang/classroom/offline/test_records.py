"""Files that are no record, and records that were changed: each is refused in words."""

from __future__ import annotations

import json
import random
import uuid
from contextlib import suppress
from typing import Any

import pytest

from ketang.classroom.offline.records import MARK, NotARecord, Record, Studied, read_record

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)
GOOD: dict[str, Any] = {
    "kind": MARK, "ticket": "t", "record": str(ONE),
    "lessons": [{"lesson": str(TWO), "watched": [[0, 1000, 100]], "read": 5, "done": True}],
}  # fmt: skip
NO_FILE = "这个文件不是学习记录，或者没有保存完整。请在离线课程里再保存一次。"
NO_RECORD = "这个文件不是学习记录。请选择离线课程保存的“学习记录”文件，名字以 .json 结尾。"
CHANGED = "这份学习记录读不懂，可能被改动过。请在离线课程里再保存一次。"


def refused(content: bytes) -> str:
    with pytest.raises(NotARecord) as found:
        read_record(content)
    return str(found.value)


def changed(**changes: Any) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def lesson(**changes: Any) -> bytes:
    return changed(lessons=[{**GOOD["lessons"][0], **changes}])


def test_a_record() -> None:
    assert read_record(json.dumps(GOOD).encode()) == Record("t", ONE, [Studied(TWO, [(0, 1000, 100)], 5, True)])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", NO_FILE), (b"\xff\xfe\0", NO_FILE), (b"[" * 100_000, NO_FILE), (b'{"kind": ', NO_FILE), (b"PK\3\4", NO_FILE),
        (b"[]", NO_RECORD), (b"7", NO_RECORD), (changed(kind="other"), NO_RECORD), (b" " * (5 << 20), "这个文件太大，不是学习记录。"),
        (changed(record="no identity"), CHANGED), (changed(record=7), CHANGED), (changed(ticket=["t"]), CHANGED),
        (changed(ticket="t" * 2000), CHANGED), (changed(lessons={}), CHANGED), (changed(lessons=[7]), CHANGED),
        (changed(lessons=GOOD["lessons"] * 2), CHANGED), (lesson(lesson=None), CHANGED), (lesson(read=-1), CHANGED),
        (lesson(read=1e300), CHANGED), (lesson(read=True), CHANGED), (lesson(read=10**30), CHANGED), (lesson(watched=[[0, 1]]), CHANGED),
        (lesson(watched=[[0, 1, 2, 3]]), CHANGED), (lesson(watched=[["0", 1, 100]]), CHANGED), (lesson(watched=[[-5, 1, 100]]), CHANGED),
        (lesson(watched=[[0, 1, 100]] * 20_001), CHANGED), (b'{"kind": "ketang-offline-record", "lessons": NaN}', CHANGED),
    ],
)  # fmt: skip
def test_what_is_none_is_refused_in_words(content: bytes, words: str) -> None:
    assert refused(content) == words


def test_bytes_changed_anywhere_are_read_or_refused_and_nothing_else() -> None:
    whole, chance = json.dumps(GOOD).encode(), random.Random(3)
    for _again in range(5000):
        content = bytearray(whole)
        for _change in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        with suppress(NotARecord):
            read_record(bytes(content))
