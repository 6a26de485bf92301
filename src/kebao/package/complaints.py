"""Why a value of the manifest was not understood, in words a teacher can act on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from kebao.model.text import Text
from kebao.package.manifest import KIND_WORDS

_NEAR_ENOUGH = 0.6
_WORDS_QUOTED = re.compile(r"'([^']*)'")

_NUMBER = Text(zh="这里应填数字，例如 1.5。", en="A number belongs here, for example 1.5.")
_YES_NO = Text(zh="这里应填“是”或“否”。", en="Yes or no belongs here.")
_TEXT = Text(zh="这里应填文字。", en="Text belongs here.")
_LIST = Text(zh="这里应填若干项（每项一行，前面加“- ”）。", en="A list belongs here, each item on a line after “- ”.")
_FIELDS = Text(
    zh="这里应填下一级的各个栏目（每栏一行，写成“栏目: 内容”）。",
    en="Named fields belong here, each on a line as “name: value”.",
)
_MISSING = Text(
    zh="这一段缺少{name}，应写成“开始-结束 角色”，例如 00:00-05:30 讲授。",
    en="This stretch lacks its {name_en}; write “start-end role”, for example 00:00-05:30 讲授.",
)
_UNKNOWN = Text(zh="没有名为“{name}”的栏目。", en="There is no field named “{name}”.")
_UNKNOWN_NEAR = Text(
    zh="没有名为“{name}”的栏目，是不是“{near}”？", en="There is no field named “{name}”; is “{near}” meant?"
)
_ONE_OF = Text(zh="这里只能填：{words}。", en="Only these words belong here: {words}.")
_CLOCK = Text(
    zh="时间应写成“分:秒”或“时:分:秒”，例如 05:30。",
    en="A time is written as minutes:seconds or hours:minutes:seconds, for example 05:30.",
)
_TOO_LOW = Text(zh="数字不能小于 {limit}。", en="The number must not be below {limit}.")
_TOO_HIGH = Text(zh="数字太大，不能超过 {limit}。", en="The number must not be above {limit}.")
_OTHERWISE = Text(zh="这里的内容没有读懂。", en="What stands here was not understood.")

_PLAIN: Mapping[str, Text] = {
    **dict.fromkeys(
        ("decimal_parsing", "decimal_type", "finite_number", "decimal_max_digits", "decimal_whole_digits", "int_parsing"), _NUMBER
    ),
    **dict.fromkeys(("bool_parsing", "bool_type"), _YES_NO),
    **dict.fromkeys(("string_type", "string_unicode"), _TEXT),
    **dict.fromkeys(("tuple_type", "list_type"), _LIST),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), _FIELDS),
    "string_pattern_mismatch": _CLOCK,
}  # fmt: skip
_SHOWN = {str(kind): word for kind, word in KIND_WORDS.items()}
_PARTS = {"start": "开始时间", "end": "结束时间", "role": "角色"}


def because(kind: str, name: str, context: Mapping[str, Any], owner: type[BaseModel] | None) -> Text:
    """The sentence for one error of pydantic.

    Args:
        kind: pydantic's error type (`decimal_parsing` …); one that is not listed gets a general sentence.
        name: last part of the error's place.
        context: pydantic's `ctx`.
        owner: the model that the field belongs to, to find the name that was meant.
    """
    if kind == "extra_forbidden":
        near = nearest_field(name, owner) if owner else None
        return _UNKNOWN_NEAR.format(name=name, near=near) if near else _UNKNOWN.format(name=name)
    if kind == "literal_error":
        return one_of(_literal_words(owner, name) or _WORDS_QUOTED.findall(str(context.get("expected", ""))))
    if kind == "missing":
        return _MISSING.format(name=_PARTS.get(name, name), name_en=name)
    if kind in ("greater_than_equal", "greater_than"):
        return _TOO_LOW.format(limit=context.get("ge", context.get("gt", "")))
    if kind in ("less_than_equal", "less_than"):
        return _TOO_HIGH.format(limit=context.get("le", context.get("lt", "")))
    return _PLAIN.get(kind, _OTHERWISE)


def one_of(words: Iterable[str]) -> Text:
    """Only these words belong here."""
    shown = [_SHOWN.get(word, word) for word in words if word]
    return _ONE_OF.format(words=Text(zh="、".join(shown), en=", ".join(shown)))


def nearest_field(name: str, owner: type[BaseModel]) -> str | None:
    """The field that was probably meant: by its name's letters, or by its Chinese name."""
    meant = name.strip()
    called = {
        known: re.split(r"[：，:, （(]", field.description or "")[0] for known, field in owner.model_fields.items()
    }
    for known, words in called.items():
        if meant and meant == words:
            return known
    for known, words in called.items():
        if len(meant) > 1 and meant in words:
            return known
    close = difflib.get_close_matches(name.strip().casefold().replace("-", "_"), list(called), 1, _NEAR_ENOUGH)
    return close[0] if close else None


def _literal_words(owner: type[BaseModel] | None, name: str) -> list[str]:
    field = owner.model_fields.get(name) if owner else None
    words: list[str] = []
    waiting = [field.annotation] if field else []
    while waiting:
        annotation: Any = waiting.pop()
        if isinstance(annotation, (str, int)):
            words.append(str(annotation))
        waiting += reversed(get_args(annotation))
    return words
