"""Papers in .xls: read in a process of its own, so that no file of this kind can harm the one that checks."""

from __future__ import annotations

import io
import struct
from decimal import Decimal

import pytest

from kebao.archive.limits import Limits
from kebao.archive.office import vet_office
from kebao.model.errors import Unreadable, Unsafe
from kebao.questions.formats.xlsx import read_paper
from kebao.questions.model import QuestionKind
from questions.oldmaking import SECTOR, book, old_workbook, record

ROWS = (
    ("题型", "题干", "选项A", "选项B", "答案", "分值"),
    ("单选", "合成题：先做什么？", "洗手", "喂水", "A", 2.0),
    ("判断", "合成题：水温四十度。", "", "", "对", 1.5),
)
GOOD = old_workbook(book(ROWS))
WORKBOOK_STREAM = 2
"""Its first sector."""


def test_a_paper_in_xls_is_read() -> None:
    vet_office(io.BytesIO(GOOD), Limits(), "试卷.xls")
    paper = read_paper(io.BytesIO(GOOD), path="试卷.xls")
    assert [(q.kind, q.stem, q.options, q.answer, q.score, q.source.sheet, q.source.row) for q in paper.questions] == [
        (QuestionKind.SINGLE, "合成题：先做什么？", ("洗手", "喂水"), ("A",), Decimal(2), "试题", 2),
        (QuestionKind.TRUE_FALSE, "合成题：水温四十度。", (), ("对",), Decimal("1.5"), "试题", 3),
    ]
    assert paper.not_understood == ()


FAR = record(0x203, struct.pack("<HHHd", 65_535, 255, 0, 1.0))
SAYS_FAR = record(0x200, struct.pack("<LLHHH", 0, 60_000, 0, 255, 0))
SAYS_ALL = record(0x200, struct.pack("<LLHHH", 0, 0xFFFF_FFFF, 0, 0xFFFF, 0))
HARMFUL = {
    "a ring of two sectors": (old_workbook(book(ROWS), chain={3: WORKBOOK_STREAM}), Unreadable, "damaged"),
    "a ring of one sector": (old_workbook(book(ROWS), chain={WORKBOOK_STREAM: WORKBOOK_STREAM}), Unreadable, "damaged"),
    "a ring in the directory": (old_workbook(book(ROWS), chain={1: 1}), Unreadable, "damaged"),
    "a chain that leaves the file": (old_workbook(book(ROWS), chain={3: 100_000}), Unreadable, "damaged"),
    "a cell far outside": (old_workbook(book(ROWS, beside=FAR)), Unsafe, "far-cells"),
    "a sheet that says it is huge": (old_workbook(book(ROWS, beside=SAYS_FAR)), Unsafe, "far-cells"),
    "a sheet whose size wraps": (old_workbook(book(ROWS, beside=SAYS_ALL)), Unreadable, "damaged"),
    "cut in its stream": (GOOD[: 4 * SECTOR], Unreadable, "damaged"),
    "cut in its header": (GOOD[:300], Unreadable, "damaged"),
}


@pytest.mark.parametrize("case", HARMFUL)
def test_a_harmful_xls_is_refused_quietly(case: str, capfd: pytest.CaptureFixture[str]) -> None:
    content, kind, code = HARMFUL[case]
    with pytest.raises(Unreadable) as refusal:
        read_paper(io.BytesIO(content), path="试卷.xls")
    assert (type(refusal.value), refusal.value.code, refusal.value.entry) == (kind, code, "试卷.xls")
    assert "“试卷.xls”" in refusal.value.message.zh
    assert capfd.readouterr() == ("", "")
