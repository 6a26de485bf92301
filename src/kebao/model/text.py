"""A sentence in Chinese and English, kept together so that neither is forgotten."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["zh", "en"]
_CODE = re.compile(r"(?=.*[0-9])(?!.*[A-Z]{6})[A-Z0-9 ().,;:/§–—-]+")


def is_code(words: str) -> bool:
    """Whether this is no words but an id that reads the same in every language, as `A2(2).3`, `P2(1)–P2(7)` or `EBU R 128`.

    Capital letters (five together at most), digits and marks, with at least one digit.
    """
    return _CODE.fullmatch(words) is not None


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages, possibly with `{placeholders}` (the same ones in both).

    Raises:
        ValueError: one language is empty, or the placeholders differ.
    """

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"a Text needs both languages: zh={self.zh!r} en={self.en!r}")

    def to(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en

    def format(self, **values: Any) -> Text:
        """The same sentence with its placeholders filled. A value that is itself a `Text` is filled per language."""
        return Text(
            zh=_FORMATTER.vformat(self.zh, (), _in_language(values, "zh")),
            en=_FORMATTER.vformat(self.en, (), _in_language(values, "en")),
        )

    @property
    def placeholders(self) -> frozenset[str]:
        """Names that `format` must be given.

        Raises:
            ValueError: the two languages ask for different names.
        """
        zh, en = _names(self.zh), _names(self.en)
        if zh != en:
            raise ValueError(f"placeholders differ: zh {sorted(zh)}, en {sorted(en)}")
        return zh


class _PlainFormatter(string.Formatter):
    """`str.format` without attribute or item access: a value can never be made to reveal more than itself."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:  # noqa: ARG002  the base class fixes the arguments
        if "." in field_name or "[" in field_name:
            raise ValueError(f"placeholder {field_name!r} looks inside its value")
        return kwargs[field_name], field_name


_FORMATTER = _PlainFormatter()


def _names(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def _in_language(values: dict[str, Any], language: Language) -> dict[str, Any]:
    return {name: value.to(language) if isinstance(value, Text) else value for name, value in values.items()}
