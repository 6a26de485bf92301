"""Columns of a question table: the native header, and what others call the same columns."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Sequence

LETTERS = string.ascii_uppercase
"""Names of options, in order."""

NATIVE_OPTIONS = 6
_BEFORE = ("题号", "题型", "题干")
_AFTER = ("答案", "分值", "解析", "知识点", "对应目录", "难度", "图片", "图片说明")
_FIELDS = (
    "number", "kind", "stem", "answer", "score", "explanation", "topic", "lesson", "difficulty", "image", "image_alt",
)  # fmt: skip
WORD_OF: dict[str, str] = {
    **dict(zip(_FIELDS, (*_BEFORE, *_AFTER), strict=True)),
    **{letter: f"选项{letter}" for letter in LETTERS},
    "options": "选项",
}
"""The native word of a column, by field (`stem`, `answer` …, `A` … for options)."""

_ALIASES: dict[str, tuple[str, ...]] = {
    "number": ("题号", "序号", "编号", "NO", "NO.", "试题编号", "题目编号"),
    "kind": ("题型", "类型", "题目类型", "试题类型", "考题类型", "题类", "题目题型", "试题题型"),
    "stem": ("题干", "题目", "试题", "考题", "问题", "题目内容", "问题内容", "试题内容", "考题内容", "题干内容", "题目名称", "试题题干", "题目题干"),
    "options": ("选项", "备选项", "备选答案", "选项内容", "题目所有答案", "所有选项", "答案选项", "候选项", "题目选项", "试题选项"),
    "answer": ("答案", "正确答案", "参考答案", "标准答案", "正确选项", "试题答案", "题目答案"),
    "score": ("分值", "分数", "得分", "题分", "本题分值", "题目分值", "试题分值"),
    "explanation": ("解析", "答案解析", "试题解析", "题目解析", "解答", "试题分析"),
    "topic": ("知识点", "考点", "考核点", "考核知识点"),
    "lesson": ("对应目录", "对应课程", "所属目录", "所属章节", "章节", "对应课", "对应章节"),
    "difficulty": ("难度", "难易度", "难易程度", "难度等级", "难度系数", "试题难度", "题目难度"),
    "image": ("图片", "题目图片", "题干图片", "图片文件", "试题图片"),
    "image_alt": ("图片说明", "图片描述", "替代文字", "图片替代文字"),
}  # fmt: skip
_BY_ALIAS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
_OPTION = re.compile(
    r"(?:选项|备选项|备选答案|答案|候选项)([A-Z]|[0-9]{1,2}|[一二三四五六七八九十])|([A-H])(?:选项|项|答案)?"
)
_HANZI_NUMBERS = "一二三四五六七八九十"
_LONGEST_WORD = 24

Columns = dict[str, int]
"""Field name (`stem`, `answer` …, `A` … for options) → column index from 0."""


def native_header(options: int = NATIVE_OPTIONS) -> tuple[str, ...]:
    """Words of the native header with that many columns of options, at least 选项A to 选项F."""
    return (*_BEFORE, *(WORD_OF[letter] for letter in LETTERS[: max(options, NATIVE_OPTIONS)]), *_AFTER)


def header(row: Sequence[object]) -> Columns | None:
    """Columns of a header row: it names the stem, and the answer, options or kind; None for any other row.

    Of two columns of one name the first counts.
    """
    found: Columns = {}
    for index, cell in enumerate(row):
        name = _field(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_WORD else None
        if name is not None and name not in found:
            found[name] = index
    return found if "stem" in found and found.keys() & {"answer", "options", "kind", "A"} else None


def _field(cell: str) -> str | None:
    word = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)).upper()
    word = re.sub(r"[*:※★]|\(.*?\)|\[.*?\]|【.*?】", "", word)
    if name := _BY_ALIAS.get(word):
        return name
    match = _OPTION.fullmatch(word)
    if match is None:
        return None
    which = match[1] or match[2]
    if which in _HANZI_NUMBERS:
        return LETTERS[_HANZI_NUMBERS.index(which)]
    if which.isdigit():
        return LETTERS[int(which) - 1] if 1 <= int(which) <= len(LETTERS) else None
    return which
