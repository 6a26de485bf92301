"""Columns of a question table: the native header, and what others call the same columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

NATIVE = (
    "题号", "题型", "题干", "选项A", "选项B", "选项C", "选项D", "选项E", "选项F", "答案", "分值", "解析", "知识点", "对应目录", "难度",
    "图片", "图片说明",
)  # fmt: skip
LETTERS = "ABCDEFGH"

_ALIASES: dict[str, tuple[str, ...]] = {
    "number": ("题号", "序号", "编号", "NO", "NO."),
    "kind": ("题型", "类型", "题目类型", "试题类型", "考题类型", "题类", "题目题型"),
    "stem": ("题干", "题目", "试题", "考题", "问题", "题目内容", "问题内容", "试题内容", "考题内容", "题干内容", "题目名称", "试题题干"),
    "options": ("选项", "备选项", "备选答案", "选项内容", "题目所有答案", "所有选项", "答案选项", "候选项"),
    "answer": ("答案", "正确答案", "参考答案", "标准答案", "正确选项", "试题答案"),
    "score": ("分值", "分数", "得分", "题分", "本题分值"),
    "explanation": ("解析", "答案解析", "试题解析", "题目解析", "解答", "试题分析"),
    "topic": ("知识点", "考点", "考核点", "考核知识点"),
    "lesson": ("对应目录", "对应课程", "所属目录", "所属章节", "章节", "对应课", "对应章节"),
    "difficulty": ("难度", "难易度", "难易程度", "难度等级", "难度系数"),
    "image": ("图片", "题目图片", "题干图片", "图片文件"),
    "image_alt": ("图片说明", "图片描述", "替代文字", "图片替代文字"),
}  # fmt: skip
_BY_ALIAS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
_OPTION = re.compile(r"(?:选项|备选项|答案)?([A-H])(?:选项|项|答案)?")

Columns = dict[str, int]
"""Field name (`stem`, `answer` …, `A` … `H` for options) → column index from 0."""


def header(row: Sequence[object]) -> Columns | None:
    """Columns of a header row: it names the stem, and the answer, options or kind; None for any other row."""
    found: Columns = {}
    for index, cell in enumerate(row):
        word = _folded(cell)
        name = _BY_ALIAS.get(word)
        if name is None and (match := _OPTION.fullmatch(word)):
            name = match[1]
        if name is not None and name not in found:
            found[name] = index
    return found if "stem" in found and found.keys() & {"answer", "options", "kind", "A"} else None


def _folded(cell: object) -> str:
    if not isinstance(cell, str):
        return ""
    word = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)).upper()
    return re.sub(r"[*:]|\(.*?\)|\[.*?\]|【.*?】", "", word)
