"""Words of a question table: kinds and answers as people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kebao.questions.formats.columns import LETTERS
from kebao.questions.model import QuestionKind

_KINDS: dict[str, QuestionKind] = {
    **dict.fromkeys(("单选", "单项", "单项选择", "单选选择", "单选择", "SINGLE"), QuestionKind.SINGLE),
    **dict.fromkeys(("多选", "多项", "多项选择", "多选选择", "多选择", "MULTIPLE"), QuestionKind.MULTIPLE),
    **dict.fromkeys(
        ("判断", "是非", "是非判断", "对错", "判断对错", "判断正误", "正误判断", "TRUEFALSE", "TRUE/FALSE"),
        QuestionKind.TRUE_FALSE,
    ),
}
RIGHT, WRONG = "对", "错"
_TRUTHS = {
    **dict.fromkeys(("对", "√", "✓", "✔", "☑", "正确", "是", "T", "TRUE", "Y", "YES", "V"), RIGHT),
    **dict.fromkeys(
        ("错", "×", "✗", "✘", "✕", "╳", "X", "错误", "否", "F", "FALSE", "N", "NO", "不对", "不正确"), WRONG
    ),
}
_SEPARATORS = re.compile(r"[\s,，、;；/|和与及]+")
_BRACKETS = str.maketrans("", "", "()[]【】")
_PLAIN_LETTERS = 8
_SECTION = re.compile(
    r"(?:第?[0-9一二三四五六七八九十]{1,3}(?:部分|大题)?[、.,:\s]*)?([^\s(:,。0-9]{2,7}?)题?(?:[(:,。\s].*)?", re.DOTALL
)


@lru_cache(maxsize=1024)
def kind_of(raw: str) -> QuestionKind:
    """The kind that a word names (单选, 单选题, 【单项选择题】 …); OTHER when it is none of the three."""
    word = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw)).translate(_BRACKETS).upper()
    return _KINDS.get(word.removesuffix("题"), QuestionKind.OTHER)


def section_kind(line: str) -> QuestionKind:
    """The kind that a line over a group of questions names (`一、单项选择题（每题2分）`); OTHER when it names none of the three."""
    match = _SECTION.fullmatch(unicodedata.normalize("NFKC", line).strip())
    return kind_of(match[1]) if match else QuestionKind.OTHER


@lru_cache(maxsize=1024)
def truth_of(raw: str) -> str:
    """对 or 错 for a true-false answer in words or signs; empty when it is neither. Digits are not judged here."""
    return _TRUTHS.get(unicodedata.normalize("NFKC", raw).translate(_BRACKETS).strip().upper().removesuffix("。"), "")


@lru_cache(maxsize=4096)
def letters_of(raw: str, options: int = 0) -> tuple[str, ...]:
    """Letters of an answer such as `AC`, `a、c`, `A C`, in order and each once; empty when anything else stands there.

    Letters from A to H are taken, further ones only as far as there are `options`; whether there is such an option is not
    judged here.
    """
    joined = _SEPARATORS.sub("", unicodedata.normalize("NFKC", raw)).translate(_BRACKETS).upper().rstrip(".。")
    allowed = set(LETTERS[: max(options, _PLAIN_LETTERS)])
    return tuple(sorted(set(joined))) if joined and allowed.issuperset(joined) else ()


@lru_cache(maxsize=1024)
def digit_of(raw: str) -> str:
    """The digits of an answer that is a whole number (`1`, `０`, `2.`); empty for any other."""
    digits = unicodedata.normalize("NFKC", raw).strip().rstrip(".。")
    return digits if digits.isascii() and digits.isdigit() else ""
