"""Words of a question table: kinds and answers as people write them."""

from __future__ import annotations

import re
import unicodedata

from kebao.questions.model import QuestionKind

_KINDS: dict[str, QuestionKind] = {
    **dict.fromkeys(("单选", "单项", "单项选择", "单选选择", "单项单选", "SINGLE"), QuestionKind.SINGLE),
    **dict.fromkeys(("多选", "多项", "多项选择", "MULTIPLE"), QuestionKind.MULTIPLE),
    **dict.fromkeys(("判断", "是非", "是非判断", "对错", "判断对错", "TRUEFALSE"), QuestionKind.TRUE_FALSE),
}
RIGHT, WRONG = "对", "错"
_TRUTHS = {
    **dict.fromkeys(("对", "√", "✓", "✔", "☑", "正确", "是", "T", "TRUE", "Y", "YES", "V"), RIGHT),
    **dict.fromkeys(("错", "×", "✗", "✘", "X", "错误", "否", "F", "FALSE", "N", "NO", "不对", "不正确"), WRONG),
}
_SEPARATORS = re.compile(r"[\s,，、;；/|和与及]+")


def kind_of(raw: str) -> QuestionKind:
    """The kind that a word names; OTHER when it is none of the three."""
    word = re.sub(r"[\s\[\]【】()（）]|题$", "", unicodedata.normalize("NFKC", raw).strip()).upper()
    return _KINDS.get(word.removesuffix("题"), QuestionKind.OTHER)


def truth_of(raw: str) -> str:
    """对 or 错 for a true-false answer in words; empty when it is neither. Digits are not judged here."""
    return _TRUTHS.get(unicodedata.normalize("NFKC", raw).strip().upper().removesuffix("。"), "")


def letters_of(raw: str) -> tuple[str, ...]:
    """Letters of an answer such as `AC`, `a、c`, `A,C`, in order and each once; empty when anything else stands there."""
    joined = _SEPARATORS.sub("", unicodedata.normalize("NFKC", raw)).upper().rstrip(".。")
    if not joined or not re.fullmatch("[A-H]+", joined):
        return ()
    return tuple(sorted(set(joined)))


def truth_of_digit(raw: str, all_raw: frozenset[str]) -> str:
    """对 or 错 for `1` or `0`, where the file's true-false answers hold no other digit; with a `2` among them nobody knows."""
    if raw not in ("0", "1") or "2" in all_raw:
        return ""
    return RIGHT if raw == "1" else WRONG
