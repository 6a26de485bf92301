"""Options that stand in one cell, and how sure it is where one ends and the next begins."""

from __future__ import annotations

import re

from kebao.questions.formats.columns import LETTERS

_APART = re.compile(r"(?:^|[\s|;；])\s*([A-Za-zＡ-Ｚ])\s*[.、．:：)）]\s*")
_ANYWHERE = re.compile(r"([A-ZＡ-Ｚ])\s*[.、．:：)）]\s*")
_SEPARATORS = ((r"\s*[|\n]\s*", 0.9), (r"\s*[;；]\s*", 0.9), (r"\s*[,，]\s*", 0.6))
_FULL_WIDTH = {ord("Ａ") + place: letter for place, letter in enumerate(LETTERS)}


def divided(words: str) -> tuple[tuple[str, ...], float]:
    """The options of a cell, and a confidence from 0 to 1.

    By letters that stand apart (`A. 洗手 | B. 喂奶`) 1.0; by letters that follow the text directly, by bars, lines or
    semicolons 0.9; by commas 0.6, since an option may hold one; undivided 0.6.
    """
    words = words.strip()
    if not words:
        return (), 1.0
    for pattern, sure in ((_APART, 1.0), (_ANYWHERE, 0.9)):
        marks = list(pattern.finditer(words))
        letters = [mark[1].translate(_FULL_WIDTH).upper() for mark in marks]
        if len(marks) >= 2 and letters == list(LETTERS[: len(marks)]) and not words[: marks[0].start()].strip():
            ends = [*(mark.start() for mark in marks[1:]), len(words)]
            return tuple(
                words[mark.end() : end].strip(" \t\n|;；") for mark, end in zip(marks, ends, strict=True)
            ), sure
    for separator, sure in _SEPARATORS:
        parts = tuple(filter(None, re.split(separator, words)))
        if 2 <= len(parts) <= len(LETTERS):
            return parts, sure
    return (words,), 0.6
