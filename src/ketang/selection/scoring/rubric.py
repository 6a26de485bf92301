"""Reading what was filled in against the call's rubric: half points, within the scale, the weighted mean exactly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from ketang.platform.refusal import Refused
from ketang.selection.calls.callfile import Rubric

NOTE_SIGNS = 2000
MOMENTS = 200
PLACES = Decimal("0.0001")
"""Of a weighted mean: enough that no two different sheets of half points are taken for one."""


def score_of(rubric: Rubric, words: str, name: str) -> Decimal | None:
    """A score as it was typed; None for nothing.

    Raises:
        Refused: no number, outside the scale, or not a whole number of steps.
    """
    words = words.strip().replace("．", ".").translate(_WIDE)
    if not words:
        return None
    lowest, highest, step = rubric.lowest, rubric.highest, rubric.step
    told = {"name": name, "lowest": plain(lowest), "highest": plain(highest), "step": plain(step)}
    try:
        score = Decimal(words)
    except InvalidOperation:
        raise Refused(_("“%(name)s”的分数应当是数字。") % told) from None
    if not score.is_finite() or not lowest <= score <= highest:
        raise Refused(_("“%(name)s”的分数应当在 %(lowest)s 到 %(highest)s 之间。") % told)
    if (score - lowest) % step:
        raise Refused(_("“%(name)s”的分数以 %(step)s 分为一档。") % told)
    return score


def plain(number: Decimal) -> str:
    """A number without noughts at its end: `7.5`, `10`."""
    words = f"{number:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def read_filled(rubric: Rubric, filled: Mapping[str, Any], language: str = "zh") -> dict[str, Any]:
    """What was filled in, in the form in which a sheet keeps it: unknown things left out, scores checked.

    Raises:
        Refused: a score that the rubric does not know (`field` is `score-<criterion>`); words that are too long; too many notes.
    """
    scores, notes = {}, {}
    for criterion in rubric.criteria:
        name = (criterion.name.en if language == "en" else "") or criterion.name.zh
        try:
            score = score_of(rubric, str(_of(filled, "scores").get(criterion.id, "")), name)
        except Refused as refused:
            raise Refused(str(refused), field=f"score-{criterion.id}") from None
        if score is not None:
            scores[criterion.id] = plain(score)
        if note := _words(_of(filled, "notes").get(criterion.id, ""), f"note-{criterion.id}"):
            notes[criterion.id] = note
    moments = [_moment(one) for one in list(filled.get("moments") or ())]
    if len(moments) > MOMENTS:
        raise Refused(_("时间点评语最多 %(most)s 条。") % {"most": MOMENTS}, field="moments")
    moments.sort(key=lambda one: (one["part"], one["second"], one["words"]))
    return {
        "scores": scores,
        "notes": notes,
        "moments": moments,
        "overall": _words(filled.get("overall", ""), "overall"),
    }


def lacking(rubric: Rubric, scores: Mapping[str, str]) -> list[str]:
    """Criteria without a score."""
    return [criterion.id for criterion in rubric.criteria if criterion.id not in scores]


def weighted(rubric: Rubric, scores: Mapping[str, str]) -> Decimal:
    """The weighted mean of all criteria on the rubric's own scale, four decimals, halves to even."""
    whole = sum((criterion.weight for criterion in rubric.criteria), Decimal(0))
    found = sum((Decimal(scores[criterion.id]) * criterion.weight for criterion in rubric.criteria), Decimal(0))
    return (found / whole).quantize(PLACES)


def digest_of(said: Mapping[str, Any]) -> str:
    """SHA-256 of a sheet's content, the same on every machine."""
    return hashlib.sha256(
        json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


_WIDE = {ord("０") + digit: str(digit) for digit in range(10)}


def _of(filled: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = filled.get(name)
    return found if isinstance(found, Mapping) else {}


def _words(words: object, name: str) -> str:
    said = str(words or "").replace("\r\n", "\n").strip()
    if len(said) > NOTE_SIGNS:
        raise Refused(_("评语最多 %(most)s 个字。") % {"most": NOTE_SIGNS}, field=name)
    return said


def _moment(one: object) -> dict[str, Any]:
    if not isinstance(one, Mapping):
        raise Refused(_("时间点评语不完整。"), field="moments")
    try:
        part, second = int(one.get("part", 0)), int(float(one.get("second", -1)))
    except (TypeError, ValueError, OverflowError):
        raise Refused(_("时间点评语不完整。"), field="moments") from None
    words = _words(one.get("words", ""), "moments")
    if part < 1 or not 0 <= second < 10**6 or not words:
        raise Refused(_("时间点评语要有资源、时间和内容。"), field="moments")
    return {"part": part, "second": second, "words": words}
