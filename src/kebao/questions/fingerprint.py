"""What makes two questions the same: a form to compare, and a digest of it that stays the same from version to version."""

from __future__ import annotations

import hashlib

from kebao.questions.model import Question
from kebao.text.terms import normal_stem

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_END_MARKS = "。.;,、"
_UNIT, _RECORD = "\x1f", "\x1e"


def option_form(option: str) -> str:
    """An option in a form to compare: half width, no spaces, no stop at its end. Case stays (mA, MA) and so do powers (10²)."""
    plain = "".join(option.translate(_HALF_WIDTH).split())
    return plain.rstrip(_END_MARKS) or plain


def option_forms(question: Question) -> frozenset[str]:
    """The set of a question's written options in that form; their order does not count."""
    return frozenset(form for option in question.options if (form := option_form(option)))


def question_key(question: Question) -> str:
    """A digest (32 hex digits of SHA-256) of stem, options and picture.

    Width, spaces, punctuation and the order of options do not count; every word does, 不 above all. Number, kind, answer, score
    and the place in the file are no part of it, so a question keeps its key when they are mended. Questions without words in
    their stem have the key of their options alone.
    """
    parts = (normal_stem(question.stem), question.image, *sorted(option_forms(question)))
    return hashlib.sha256(
        _UNIT.join(("kebao.question/1", _RECORD.join(parts))).encode("utf-8", "surrogatepass")
    ).hexdigest()[:32]
