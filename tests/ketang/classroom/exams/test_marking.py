"""Marking, beside an oracle that imports nothing from it."""

from __future__ import annotations

import ast
import random
from decimal import Decimal
from pathlib import Path

import pytest

import exam_oracle
from ketang.classroom.exams.marking import Asked, Kind, Multiple, mark, points_for

TWO = Decimal("2.00")


@pytest.mark.parametrize(
    ("kind", "right", "chosen", "whole", "part"),
    [
        ("single", "A", "A", "2.00", "2.00"),
        ("single", "A", "B", "0.00", "0.00"),
        ("single", "A", "AB", "0.00", "0.00"),  # a form that was tampered with
        ("single", "AC", "C", "2.00", "2.00"),  # a corrected key: either is right
        ("single", "AC", "AC", "0.00", "0.00"),
        ("multiple", "AC", "AC", "2.00", "2.00"),
        ("multiple", "AC", "CA", "2.00", "2.00"),
        ("multiple", "AC", "A", "0.00", "1.00"),
        ("multiple", "ABC", "A", "0.00", "0.66"),  # cut off, never rounded up
        ("multiple", "AC", "ABC", "0.00", "0.00"),
        ("multiple", "AC", "AB", "0.00", "0.00"),
        ("multiple", "AC", "", "0.00", "0.00"),
        ("truefalse", "对", "对", "2.00", "2.00"),
        ("truefalse", "对", "错", "0.00", "0.00"),
    ],
)
def test_what_an_answer_is_worth(kind: str, right: str, chosen: str, whole: str, part: str) -> None:
    asked = Asked(Kind(kind), frozenset(right), TWO)
    assert (points_for(asked, chosen, Multiple.WHOLE), points_for(asked, chosen, Multiple.PART)) == (
        Decimal(whole),
        Decimal(part),
    )


def test_a_void_question_gives_everybody_its_points() -> None:
    void = Asked(Kind.SINGLE, frozenset("A"), TWO, void=True)
    assert [points_for(void, chosen, Multiple.WHOLE) for chosen in ("", "A", "B")] == [TWO, TWO, TWO]


def test_a_paper_is_the_sum_of_its_questions_and_what_was_left_out_is_nothing() -> None:
    paper = {1: Asked(Kind.SINGLE, frozenset("A"), TWO), 2: Asked(Kind.TRUE_FALSE, frozenset("错"), TWO)}
    marked = mark(paper, {2: ["错"], 99: ["A"]}, Multiple.WHOLE)
    assert (dict(marked.points), marked.total) == ({1: Decimal("0.00"), 2: TWO}, TWO)


def check(papers: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(papers):
        paper, chosen, part = exam_oracle.random_paper(chance)
        asked = {
            place: Asked(Kind(one["kind"]), frozenset(one["right"]), Decimal(one["cents"]).scaleb(-2), one["void"])
            for place, one in enumerate(paper)
        }
        marked = mark(asked, dict(enumerate(chosen)), Multiple.PART if part else Multiple.WHOLE)
        sheet = exam_oracle.sheet_of(paper, chosen, part)
        assert [int(one * 100) for one in marked.points.values()] == sheet, (paper, chosen, part)
        assert marked.total * 100 == sum(sheet)


def test_random_papers() -> None:
    check(3000, 1)


@pytest.mark.sweep
def test_a_hundred_thousand_random_papers() -> None:
    check(100_000, 2)


def test_the_oracle_imports_nothing_of_ours() -> None:
    tree = ast.parse(Path(exam_oracle.__file__).read_text(encoding="utf-8"))
    found = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names} | {
        str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }
    assert found == {"__future__", "typing"}
