"""Exam papers in .xlsx and .xls: the native table, and the layouts that other systems' import templates use.

Read by calamine (one pass, typed cells). Nothing is guessed silently: a kind that had to be inferred lowers the question's
confidence; a cell that Excel turned into a date is told with its place. `archive.office.vet_office` judges the bytes before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from kebao.model.location import Location
from kebao.model.text import Text
from kebao.questions.formats.above import Facts, facts_of, is_for_the_sitter
from kebao.questions.formats.columns import LETTERS, WORD_OF, Columns, header
from kebao.questions.formats.one_cell import divided
from kebao.questions.formats.opening import OpenSheet, Row, is_date, open_sheets, shown
from kebao.questions.formats.words import RIGHT, WRONG, digit_of, kind_of, letters_of, section_kind, truth_of
from kebao.questions.model import NotUnderstood, Question, QuestionKind, QuestionPaper, Source
from kebao.text.measures import parse_decimal

HEADER_WITHIN = 20
"""A header is looked for in the first 20 rows of a sheet; what stands above it may be a title and the paper's totals."""

INFERRED, UNKNOWN, EATEN = 0.9, 0.5, 0.5
"""Confidence of a kind inferred from the answer, of one that no column names, and of a text that Excel made a date of."""

_ASIDE = re.compile(r"(?:填写|填表|使用|导入|模板)?(?:示例|样例|例题|说明|须知|帮助|数据字典|字典|下拉选项)[0-9]*")
_NO_TABLE = Text(
    zh="没有找到考题：没有一行表头同时写着“题干”和“答案”。请用试卷模板（kebao new 会生成）。",
    en="no question was found: no header row names both 题干 and 答案. Use the paper template (kebao new makes it).",
)
_DATE = Text(
    zh="Excel 把这里的文字变成了日期，请把单元格设为“文本”后重填。",
    en="Excel turned this into a date; set the cell to text and retype it.",
)
_PICTURE = Text(
    zh="图片嵌在单元格里，读不出来。请把图片存成文件放进包里，在“图片”列写文件位置。",
    en="a picture is embedded in the cell and cannot be read. Save it as a file in the package and write its path in 图片.",
)
_DIGITS = Text(
    zh="判断题的答案写成了数字，看不出哪个是“对”。请改写成“对”或“错”。",
    en="true-false answers are digits, and nothing tells which of them is right. Write 对 or 错.",
)
_SCORE = Text(zh="分值不是数字。", en="the score is not a number.")
_STRAY = Text(
    zh="这一行没有选项和答案，也没有题干，或只有一句话。",
    en="this row has no options and no answer, and no stem or nothing but one sentence.",
)
_ABOVE = Text(
    zh="这一行在表头上面，没有读成考题。", en="this row stands above the header and was not read as a question."
)


def read_paper(medium: Path | BinaryIO, *, path: str) -> QuestionPaper:
    """Read every question of a workbook, sheet after sheet.

    A workbook in which no header names a stem gives a paper without questions and one `NotUnderstood` that says so; a table
    that is there and empty, as in the template, gives a paper without questions and nothing else.

    Args:
        medium: a path, or a seekable stream; vetted by `archive.office.vet_office`.
        path: what the file is called in messages and places.

    Raises:
        Unreadable: it is damaged, or no workbook.
        Unsafe: a sheet reaches so far out that laying it out would eat the memory.
    """
    if isinstance(medium, Path):
        with medium.open("rb") as stream:
            return read_paper(stream, path=path)
    tables = [_Table(sheet, path) for sheet in open_sheets(medium, path)]
    with_header = [table for table in tables if table.columns]
    proper = [table for table in with_header if not _ASIDE.fullmatch(table.sheet.name.strip())] or with_header
    paper = _Paper(path)
    for table in proper:
        paper.take(table)
    if not proper:
        first = next((table for table in tables if any(map(_raw, table.head))), None)
        raw = next(filter(None, map(_raw, first.head)), "") if first else ""
        paper.lost.append(NotUnderstood(Location(path=path), raw, _NO_TABLE))
    return paper.finished()


class _Table:
    """One sheet: its first rows, and where its header stands."""

    def __init__(self, sheet: OpenSheet, path: str) -> None:
        self.sheet = sheet
        self.path = path
        self._rows = sheet.rows()
        self.head = list(islice(self._rows, HEADER_WITHIN))
        self.start, self.columns = next(
            ((index, columns) for index, row in enumerate(self.head) if (columns := header(row))), (0, Columns())
        )

    def above(self) -> Iterable[tuple[int, Row]]:
        """Rows above the header, each with Excel's number."""
        return enumerate(self.head[: self.start], start=1)

    def below(self) -> Iterable[tuple[int, Row]]:
        """Rows below the header, each with Excel's number."""
        return enumerate(chain(self.head[self.start + 1 :], self._rows), start=self.start + 2)


@dataclass
class _Paper:
    """What is gathered while the sheets are read."""

    path: str
    title: str = ""
    facts: Facts = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    lost: list[NotUnderstood] = field(default_factory=list)
    digits: set[str] = field(default_factory=set)
    undecided: list[int] = field(default_factory=list)  # true-false questions whose answer is a digit
    section: str = ""  # the kind that a line over the rows, or the sheet's name, names

    def take(self, table: _Table) -> None:
        """Read one sheet."""
        self._above(table)
        columns, name = table.columns, table.sheet.name
        self.section = name if section_kind(name) is not QuestionKind.OTHER else ""
        for number, row in table.below():
            raw = _raw(row)
            if not raw:
                continue
            stem = row[columns["stem"]]
            if isinstance(stem, str) and len(stem) <= 12 and (again := header(row)):
                columns = again  # a second table in the sheet, or the header repeated on every printed page
                continue
            self._row(row, columns, Source(self.path, name, number, raw))

    def finished(self) -> QuestionPaper:
        """What was read. Digits as true-false answers are 1 对 and 0 错 where the file has no others; else nobody knows."""
        if self.digits <= {"0", "1"}:
            for index in self.undecided:
                answer = RIGHT if digit_of(self.questions[index].answer_raw) == "1" else WRONG
                self.questions[index] = replace(self.questions[index], answer=(answer,))
        else:
            at = self.questions[self.undecided[0]].source
            self._lose(at, "answer", "、".join(sorted(self.digits)), _DIGITS)
        return QuestionPaper(
            path=self.path,
            title=self.title,
            questions=tuple(self.questions),
            not_understood=tuple(self.lost),
            **self.facts,
        )

    def _above(self, table: _Table) -> None:
        """A title, and totals such as 总分 100 · 及格分 60 · 限时 90 分钟, in rows above the header."""
        titled = False
        for number, row in table.above():
            words = " ".join(filter(None, map(shown, row)))
            if not words:
                continue
            facts, says_more = facts_of(words)
            for name, value in facts.items():
                self.facts.setdefault(name, value)
            if says_more and not titled:
                titled = True
                self.title = self.title or words
            elif says_more and not facts and not is_for_the_sitter(words):
                at = Location(path=self.path, sheet=table.sheet.name, row=number)
                self.lost.append(NotUnderstood(at, words, _ABOVE))

    def _row(self, row: Row, columns: Columns, source: Source) -> None:
        """A question; or a line over the questions that follow; or something that is neither."""
        cells = {name: shown(row[index]) for name, index in columns.items()}
        if not cells["stem"] or cells["stem"] == source.raw:
            if section_kind(source.raw) is not QuestionKind.OTHER:
                self.section = source.raw
                return
            asked = any(text for name, text in cells.items() if name in ("answer", "options") or name in LETTERS)
            is_remark = cells["stem"] and not self.section and len(columns) > 1
            if (not cells["stem"] or is_remark) and not asked:
                if source.raw != cells.get("number"):  # rows numbered beforehand and left empty are no matter
                    self.lost.append(NotUnderstood(self._at(source), source.raw, _STRAY))
                return
        self.questions.append(self._question(row, cells, columns, source))

    def _question(self, row: Row, cells: dict[str, str], columns: Columns, source: Source) -> Question:
        sure = self._lose_eaten(row, columns, source)
        kind_raw, answer_raw = cells.get("kind", ""), cells.get("answer", "")
        options, divided_surely = _options(cells)
        kind, kind_surely = _kind(kind_raw, self.section, answer_raw, options, named="kind" in columns)
        answer = _answer(kind, answer_raw, options)
        if kind is QuestionKind.TRUE_FALSE and all(map(truth_of, options)):
            answer = _by_option(answer_raw, options) or answer
            options = ()
        if kind is QuestionKind.TRUE_FALSE and not answer and digit_of(answer_raw):
            self.digits.add(digit_of(answer_raw))
            self.undecided.append(len(self.questions))
        score = parse_decimal(cells.get("score", ""), units=("分",))
        if score is None and cells.get("score"):
            self._lose(source, "score", cells["score"], _SCORE)
        return Question(
            number=cells.get("number", ""),
            kind=kind,
            kind_raw=kind_raw or self.section,
            stem=cells["stem"],
            options=options,
            answer=answer,
            answer_raw=answer_raw,
            score=score,
            explanation=cells.get("explanation", ""),
            topic=cells.get("topic", ""),
            lesson=cells.get("lesson", ""),
            difficulty=cells.get("difficulty", ""),
            image=cells.get("image", ""),
            image_alt=cells.get("image_alt", ""),
            confidence=min(sure, divided_surely, kind_surely),
            source=source,
        )

    def _lose_eaten(self, row: Row, columns: Columns, source: Source) -> float:
        """Tell of cells whose text Excel ate, or that hold a picture; how sure the rest is."""
        sure = 1.0
        for name, index in columns.items():
            value = row[index]
            if isinstance(value, str):
                if value.startswith("=DISPIMG("):
                    self._lose(source, name, value, _PICTURE)
            elif is_date(value):
                self._lose(source, name, shown(value), _DATE)
                sure = EATEN
        return sure

    def _lose(self, source: Source, name: str, raw: str, because: Text) -> None:
        self.lost.append(NotUnderstood(self._at(source, WORD_OF[name]), raw, because))

    def _at(self, source: Source, column: str = "") -> Location:
        return Location(path=self.path, sheet=source.sheet, row=source.row, column=column)


def _options(cells: dict[str, str]) -> tuple[tuple[str, ...], float]:
    """Options from their own columns, or from one cell, and how sure it is where one ends."""
    if not cells.keys() & set(LETTERS):
        return divided(cells.get("options", ""))
    texts = [cells.get(letter, "") for letter in LETTERS]
    last = max((place for place, text in enumerate(texts, start=1) if text), default=0)
    return tuple(texts[:last]), 1.0


def _kind(raw: str, section: str, answer: str, options: tuple[str, ...], *, named: bool) -> tuple[QuestionKind, float]:
    """The kind as written in its row, else over it; where nothing names it, from the answer, with less than full confidence."""
    if raw or (named and not section):
        return kind_of(raw), 1.0
    if section:
        return section_kind(section), 1.0
    if {truth_of(option) for option in options} == {RIGHT, WRONG} or (not options and truth_of(answer)):
        return QuestionKind.TRUE_FALSE, INFERRED
    letters = letters_of(answer, len(options))
    if options and letters:
        return (QuestionKind.SINGLE if len(letters) == 1 else QuestionKind.MULTIPLE), INFERRED
    return QuestionKind.OTHER, UNKNOWN


def _answer(kind: QuestionKind, raw: str, options: Sequence[str]) -> tuple[str, ...]:
    """Letters, 对 or 错; empty where none is understood. A kind without options (简答题) is answered in words, not letters."""
    if kind is QuestionKind.TRUE_FALSE:
        said = truth_of(raw)
        return (said,) if said else ()
    return letters_of(raw, len(options)) if options or kind is not QuestionKind.OTHER else ()


def _by_option(raw: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """What A or B says in a true-false question whose options are the words 对 and 错."""
    letters = letters_of(raw)
    if len(letters) != 1 or LETTERS.index(letters[0]) >= len(options):
        return ()
    return (truth_of(options[LETTERS.index(letters[0])]),)


def _raw(row: Row) -> str:
    return " | ".join(filter(None, map(shown, row)))
