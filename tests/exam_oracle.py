"""Marking worked out a second time, by another way: what each option would have had to be, counted in hundredths. It imports nothing of ours.

A paper is a list of dicts: `kind` (`single`, `multiple`, `truefalse`), `options` (letters), `right` (letters), `cents`, `void`.
"""

from __future__ import annotations

from typing import Any


def cents_of(question: dict[str, Any], chosen: list[str], part: bool) -> int:
    """What an answer is worth, in hundredths of a point."""
    if question["void"]:
        return int(question["cents"])
    ticked = {option: option in chosen for option in question["options"]}
    strange = [one for one in chosen if one not in ticked]
    if strange or not any(ticked.values()):
        return 0
    wrong = sum(1 for option, is_ticked in ticked.items() if is_ticked and option not in question["right"])
    hits = sum(1 for option, is_ticked in ticked.items() if is_ticked and option in question["right"])
    missed = sum(1 for option in question["right"] if not ticked[option])
    if question["kind"] in ("single", "truefalse"):
        return int(question["cents"]) if hits == 1 and wrong == 0 else 0
    if wrong:
        return 0
    if missed == 0:
        return int(question["cents"])
    return int(question["cents"]) * hits // (hits + missed) if part else 0


def sheet_of(paper: list[dict[str, Any]], chosen: list[list[str]], part: bool) -> list[int]:
    """The whole sheet, question by question."""
    return [cents_of(question, picked, part) for question, picked in zip(paper, chosen, strict=True)]


def random_paper(random: Any) -> tuple[list[dict[str, Any]], list[list[str]], bool]:
    """A paper as it may be, keys that were corrected and void questions among it, and somebody's answers to it."""
    paper, chosen = [], []
    for _ in range(random.randint(1, 12)):
        kind = random.choice(("single", "multiple", "truefalse"))
        options = ["对", "错"] if kind == "truefalse" else list("ABCDEFGH"[: random.randint(2, 8)])
        most = len(options) if kind == "multiple" or random.random() < 0.1 else 1
        right = sorted(random.sample(options, random.randint(1, most)))
        paper.append(
            {"kind": kind, "options": options, "right": right, "cents": random.choice((100, 200, 250, 333, 1)), "void": random.random() < 0.03}
        )  # fmt: skip
        how = random.random()
        if how < 0.15:
            picked: list[str] = []
        elif how < 0.45:
            picked = list(right)
        elif how < 0.6:
            picked = random.sample(right, random.randint(1, len(right)))
        else:
            picked = random.sample(options, random.randint(1, len(options)))
        if random.random() < 0.01:
            picked = [*picked, "Z"]
        chosen.append(picked)
    return paper, chosen, random.random() < 0.5
