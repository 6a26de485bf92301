"""Exam papers in .xlsx: the native table, and the layouts that other systems' import templates use.

Read by calamine (one pass, typed cells). Nothing is guessed silently: a kind that had to be inferred lowers the question's
confidence; a cell that Excel turned into a date is told with its place. The bytes are vetted by `archive` before.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from kebao.archive.extent import refuse_far_cells
from kebao.model.errors import Unreadable
from kebao.model.location import Location
from kebao.model.text import Text
from kebao.questions.formats.columns import LETTERS, NATIVE, Columns, header
from kebao.questions.formats.words import kind_of, letters_of, truth_of, truth_of_digit
from kebao.questions.model import NotUnderstood, Question, QuestionKind, QuestionPaper, Source
from kebao.text.measures import parse_decimal

Row = Sequence[object]
HEADER_WITHIN = 20
"""A header is looked for in the first 20 rows of a sheet; what stands above it may be a title and the paper's totals."""

_ASIDE = re.compile("示例|说明|样例|填写|字典")
_FACT = re.compile(r"(总分|满分|及格分|及格线|合格分|限时|时长|考试时间)\s*[:：]?\s*(\d+(?:\.\d+)?)\s*(?:分钟|分)?")
_FACTS = {
    "总分": "total", "满分": "total", "及格分": "pass_mark", "及格线": "pass_mark", "合格分": "pass_mark", "限时": "minutes",
    "时长": "minutes", "考试时间": "minutes",
}  # fmt: skip
_MARKED = re.compile(r"(?:^|[\s|;；\n])\s*([A-H])\s*[.、．:：)）]\s*")
_NO_QUESTIONS = Text(
    zh="“{path}”里没有找到考题：没有一行表头同时写着“题干”和“答案”。请用试卷模板（kebao new 会生成）。",
    en="No question was found in “{path}”: no header row names both 题干 and 答案. Use the paper template (kebao new makes it).",
)
_DAMAGED = Text(
    zh="“{path}”读不出来，可能已损坏。请用 WPS 打开后另存为 .xlsx。",
    en="“{path}” cannot be read; it may be damaged. Open it in WPS and save it as .xlsx.",
)
_DATE = Text(
    zh="Excel 把这里的文字变成了日期，请把单元格设为“文本”后重填。",
    en="Excel turned this into a date; set the cell to text and retype it.",
)


def read_paper(medium: Path | BinaryIO, *, path: str) -> QuestionPaper:
    """Read every question of a workbook.

    Args:
        medium: a path, or a seekable stream.
        path: what the file is called in messages and places.

    Raises:
        Unreadable: damaged, or no question table in it (`no-questions`).
        Unsafe: a sheet that reaches far out.
    """
    if isinstance(medium, Path):
        with medium.open("rb") as stream:
            return read_paper(stream, path=path)
    refuse_far_cells(medium, path)
    reader = _Reader(path)
    headers = 0
    for name, rows in _sheets(medium, path):
        headers += reader.sheet(name, rows)
    if not headers:
        raise Unreadable("no-questions", _NO_QUESTIONS.format(path=path), entry=path)
    return reader.paper()


def _sheets(stream: BinaryIO, path: str) -> list[tuple[str, list[list[object]]]]:
    """Sheets with their rows; sheets called 示例 or 说明 only where there is no other with a header."""
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        sheets = [
            (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in workbook.sheet_names
        ]
    except (CalamineError, OSError, ValueError, KeyError, OverflowError) as error:
        raise Unreadable("damaged", _DAMAGED.format(path=path), entry=path) from error
    proper = [(name, rows) for name, rows in sheets if not _ASIDE.search(name)]
    return proper if any(_find_header(rows) for _, rows in proper) else sheets  # type: ignore[return-value]  # rows of calamine's cells


def _find_header(rows: Sequence[Row]) -> tuple[int, Columns] | None:
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        if (columns := header(row)) is not None:
            return index, columns
    return None


@dataclass
class _Reader:
    path: str
    title: str = ""
    facts: dict[str, Decimal] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    lost: list[NotUnderstood] = field(default_factory=list)

    def sheet(self, name: str, rows: Sequence[Row]) -> int:
        """Read one sheet; 1 when it has a header."""
        found = _find_header(rows)
        if found is None:
            return 0
        start, columns = found
        self._above(rows[:start])
        digits = frozenset(shown(row[columns["answer"]]) for row in rows[start + 1 :] if _is_true_false(row, columns))
        for index, row in enumerate(rows[start + 1 :], start=start + 2):
            if any(shown(cell) for cell in row) and header(row) is None:
                self.questions.append(self._question(row, columns, Source(self.path, name, index, _raw(row)), digits))
        return 1

    def _above(self, rows: Sequence[Row]) -> None:
        """A title, and totals such as 总分 100 · 及格分 60 · 限时 90 分钟, in rows above the header."""
        for row in rows:
            words = " ".join(filter(None, map(shown, row)))
            facts = _FACT.findall(words)
            for word, number in facts:
                self.facts.setdefault(_FACTS[word], Decimal(number))
            if words and not facts and not self.title:
                self.title = words

    def _question(self, row: Row, columns: Columns, source: Source, digits: frozenset[str]) -> Question:
        def cell(name: str) -> str:
            index = columns.get(name)
            return "" if index is None or index >= len(row) else self._cell(row[index], source, name)

        kind_raw, answer_raw = cell("kind"), cell("answer")
        options, sure = self._options(row, columns, source)
        kind, confidence = _kind(kind_raw, answer_raw, options, named="kind" in columns)
        answer = _answer(kind, answer_raw, digits)
        if kind is QuestionKind.TRUE_FALSE and all(truth_of(option) for option in options):
            answer = _by_option(answer_raw, options) or answer
            options = ()
        return Question(
            number=cell("number"),
            kind=kind,
            kind_raw=kind_raw,
            stem=cell("stem"),
            options=options,
            answer=answer,
            answer_raw=answer_raw,
            score=parse_decimal(cell("score"), units=("分",)),
            explanation=cell("explanation"),
            topic=cell("topic"),
            lesson=cell("lesson"),
            difficulty=cell("difficulty"),
            image=cell("image"),
            image_alt=cell("image_alt"),
            confidence=min(confidence, sure),
            source=source,
        )

    def _options(self, row: Row, columns: Columns, source: Source) -> tuple[tuple[str, ...], float]:
        """Options from their own columns, or from one cell (and then how sure its division is)."""
        own = [columns.get(letter) for letter in LETTERS]
        if any(index is not None for index in own):
            texts = [
                "" if index is None or index >= len(row) else self._cell(row[index], source, letter)
                for letter, index in zip(LETTERS, own, strict=True)
            ]
            while texts and not texts[-1]:
                texts.pop()
            return tuple(texts), 1.0
        index = columns.get("options")
        return divided(shown(row[index])) if index is not None and index < len(row) else ((), 1.0)

    def _cell(self, value: object, source: Source, name: str) -> str:
        if isinstance(value, datetime.date | datetime.time | datetime.timedelta) and name not in (
            "number",
            "difficulty",
        ):
            column = f"选项{name}" if name in LETTERS else _WORDS.get(name, name)
            at = Location(path=self.path, sheet=source.sheet, row=source.row, column=column)
            self.lost.append(NotUnderstood(at, shown(value), _DATE))
        return shown(value)

    def paper(self) -> QuestionPaper:
        """What was read."""
        return QuestionPaper(
            path=self.path,
            title=self.title,
            questions=tuple(self.questions),
            not_understood=tuple(self.lost),
            **self.facts,
        )


_WORDS = dict(
    zip(
        (
            "number",
            "kind",
            "stem",
            "answer",
            "score",
            "explanation",
            "topic",
            "lesson",
            "difficulty",
            "image",
            "image_alt",
        ),
        (*NATIVE[:3], *NATIVE[9:]),
        strict=True,
    )
)


def shown(value: object) -> str:
    """A cell as Excel shows it: whole numbers without `.0`, true as 对, dates as ISO."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "对" if value else "错"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    return "" if value is None else str(value)


def divided(words: str) -> tuple[tuple[str, ...], float]:
    """Options that stand in one cell, and how sure the division is: by letters 1.0, by bars or lines 0.9, by commas 0.6."""
    marks = list(_MARKED.finditer(words))
    if len(marks) >= 2 and [mark[1] for mark in marks] == list(LETTERS[: len(marks)]):
        ends = [*(mark.start() for mark in marks[1:]), len(words)]
        return tuple(words[mark.end() : end].strip(" |;；\n") for mark, end in zip(marks, ends, strict=True)), 1.0
    for pattern, sure in ((r"\s*[|\n]\s*", 0.9), (r"\s*[;；]\s*", 0.9), (r"\s*[,，]\s*", 0.6)):
        parts = tuple(filter(None, re.split(pattern, words.strip())))
        if len(parts) >= 2:
            return parts[: len(LETTERS)], sure
    return ((words,), 0.6) if words else ((), 1.0)


def _is_true_false(row: Row, columns: Columns) -> bool:
    kind, answer = columns.get("kind"), columns.get("answer")
    if kind is None or answer is None or max(kind, answer) >= len(row):
        return False
    return kind_of(shown(row[kind])) is QuestionKind.TRUE_FALSE


def _kind(raw: str, answer: str, options: tuple[str, ...], *, named: bool) -> tuple[QuestionKind, float]:
    """The kind as written; where no column names it, from the answer, with less than full confidence."""
    if raw or named:
        return kind_of(raw), 1.0
    letters = letters_of(answer)
    if options and letters:
        return (QuestionKind.SINGLE if len(letters) == 1 else QuestionKind.MULTIPLE), 0.9
    if truth_of(answer) and all(truth_of(option) for option in options):
        return QuestionKind.TRUE_FALSE, 0.9
    return QuestionKind.OTHER, 0.5


def _answer(kind: QuestionKind, raw: str, digits: frozenset[str]) -> tuple[str, ...]:
    if kind is QuestionKind.TRUE_FALSE:
        said = truth_of(raw) or truth_of_digit(raw, digits)
        return (said,) if said else ()
    return letters_of(raw)


def _by_option(raw: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """A or B of a true-false question whose options are the words 对 and 错."""
    letters = letters_of(raw)
    if len(letters) != 1 or LETTERS.index(letters[0]) >= len(options):
        return ()
    return (truth_of(options[LETTERS.index(letters[0])]),)


def _raw(row: Row) -> str:
    return " | ".join(filter(None, map(shown, row)))
