"""Item statistics beside an independent computation; wrong keys that were planted are found, clean papers are quiet; the office's page."""

from __future__ import annotations

import math
import random
import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta
from itertools import combinations
from statistics import mean

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.appealing import correct_key
from ketang.classroom.exams.itemising import (
    KEY_DOUBTS,
    Answer,
    Doubt,
    Item,
    analyse,
    blind_chance,
    correlation,
    tails,
)
from ketang.classroom.exams.measured import measures_of
from ketang.classroom.exams.models import Attempt, Entry, Paper
from ketang.people.account.models import Account
from ketang_accounts import signed_in


def drawn(
    people: int, questions: int, seed: int, wrong: Collection[int] = ()
) -> tuple[list[Item], list[list[Answer]], list[str]]:
    """A paper that people of various ability answer (two-parameter logistic, else an option by its pull). The keys of `wrong` are not the true ones.

    Gives the questions, the answers, and the true letters of each question.
    """
    chance = random.Random(seed)
    ability = [chance.gauss(0, 1) for _ in range(people)]
    items, columns, truths = [], [], []
    for number in range(questions):
        kind = chance.choices(("single", "several", "truth"), (6, 2, 2))[0]
        slope, place = chance.uniform(0.8, 1.7), chance.gauss(-0.7, 0.8)
        letters = "对错" if kind == "truth" else "ABCD"
        true = set(chance.sample(letters, chance.choice((2, 3)) if kind == "several" else 1))
        pulls, column = [chance.uniform(0.3, 1) for _ in letters], []
        for one in ability:
            knows = 1 / (1 + math.exp(-slope * (one - place)))
            if kind == "several":
                chosen = {letter for letter in letters if (chance.random() < 0.5 + 0.5 * knows) == (letter in true)}
            else:
                chosen = true if chance.random() < knows else {chance.choices(letters, pulls)[0]}
            column.append(frozenset(chosen))
        key = set(true)
        if number in wrong:
            kept = chance.sample(sorted(true), len(true) - 1)
            key = {chance.choice([letter for letter in letters if letter not in true]), *kept}
        items.append(Item(letters, frozenset(key), 2.0, kind == "several"))
        columns.append(column)
        truths.append("".join(sorted(true)))
    rows = [
        [
            Answer(column[person], 2.0 * (column[person] == item.right))
            for item, column in zip(items, columns, strict=True)
        ]
        for person in range(people)
    ]
    return items, rows, truths


def named(seed: int, people: int, wrong: Collection[int] = ()) -> set[int]:
    """Which questions of a paper of 50 are named as having a key that may be wrong."""
    items, rows, _truths = drawn(people, 50, seed, wrong)
    return {place for place, one in enumerate(analyse(items, rows)) if KEY_DOUBTS.intersection(one.doubts)}


def borders(values: Sequence[float], worth: Sequence[float], *, best: bool) -> float:
    """The mean of the best or weakest 27 %, over every choice among those who are tied at the border."""
    size = max(1, round(0.27 * len(values)))
    order = sorted(range(len(values)), key=lambda one: values[one], reverse=best)
    edge = values[order[size - 1]]
    sure = [one for one in order[:size] if values[one] != edge]
    tied = [one for one in range(len(values)) if values[one] == edge]
    return mean(
        mean(worth[one] for one in (*sure, *some)) for some in combinations(tied, size - len(sure))
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_measures_are_those_of_an_independent_computation(seed: int) -> None:
    items, rows, _truths = drawn(14 + seed, 8, seed)
    points = np.array([[answer.points for answer in row] for row in rows])
    totals = points.sum(axis=1)
    for place, (item, found) in enumerate(zip(items, analyse(items, rows), strict=True)):
        worth, rest = points[:, place] / item.points, totals - points[:, place]
        assert found.difficulty == pytest.approx(worth.mean())
        wanted = np.corrcoef(worth, rest)[0, 1] if worth.std() and rest.std() else None
        assert found.correlation == (wanted if wanted is None else pytest.approx(wanted))
        upper, lower = (borders(totals, worth, best=best) for best in (True, False))
        assert found.index == pytest.approx(upper - lower)
        assert found.left_out == pytest.approx(mean(not row[place].chosen for row in rows))
        for option in found.options:
            chose = np.array([option.letter in row[place].chosen for row in rows], float)
            assert (option.share, option.upper, option.lower) == pytest.approx(
                (chose.mean(), *(borders(totals, chose, best=best) for best in (True, False)))
            )
            r = np.corrcoef(chose, rest)[0, 1] if chose.std() else None
            assert option.correlation == (r if r is None else pytest.approx(r))


def test_no_order_of_people_decides() -> None:
    items, rows, _truths = drawn(31, 12, 5)
    turned = rows[::-1]
    random.Random(1).shuffle(turned)
    for first, second in zip(analyse(items, rows), analyse(items, turned), strict=True):
        assert (first.index, first.difficulty, first.doubts) == (
            pytest.approx(second.index), pytest.approx(second.difficulty), second.doubts,
        )  # fmt: skip


def test_tails_of_ties_and_of_everybody_alike() -> None:
    upper, lower = tails([5.0] * 10)
    assert (upper, lower) == ([0.3] * 10, [0.3] * 10)
    upper, lower = tails([9, 8, 7, 7, 5, 4, 3, 3, 3, 1])
    assert upper == [1, 1, 0.5, 0.5, 0, 0, 0, 0, 0, 0]
    assert lower == pytest.approx([0, 0, 0, 0, 0, 0, 2 / 3, 2 / 3, 2 / 3, 1])
    assert correlation([1, 1, 1], [1, 2, 3]) is None


def test_never_below_ten_people() -> None:
    items, rows, _truths = drawn(10, 5, 1)
    assert len(analyse(items, rows)) == 5
    with pytest.raises(ValueError, match="9 people"):
        analyse(items, rows[:9])


def test_wrong_keys_that_were_planted_are_found_and_clean_papers_are_quiet() -> None:
    """Two of fifty keys are wrong in each of 30 papers."""
    found, false = {30: 0, 100: 0}, {30: 0, 100: 0}
    for people in found:
        for seed in range(30):
            found[people] += len(named(seed, people, (3, 17)) & {3, 17})
            false[people] += len(named(seed, people))
    # Of 60 planted, and of 1500 clean questions.
    assert (found[30] >= 44, found[100] >= 57, false[30] <= 4, false[100] <= 1) == (True, True, True, True), (
        found,
        false,
    )


def test_the_true_answer_is_named() -> None:
    items, rows, truths = drawn(200, 50, 4, (3, 17))
    found = analyse(items, rows)
    assert [found[place].suspect in truths[place] and found[place].suspect not in items[place].right for place in (3, 17)] == [
        True, True,
    ]  # fmt: skip
    assert all(found[place].doubts[0] == Doubt.OTHER_RIGHT for place in (3, 17))


def test_easy_hard_and_weak_ones() -> None:
    item = Item("ABCD", frozenset("A"), 1.0)
    ramp = Item("ABCD", frozenset("A"), 30.0)

    def rows(letters: str) -> list[list[Answer]]:
        return [
            [Answer({letter}, float(letter == "A")), Answer({"A"} if n < 20 else {"B"}, float(40 - n))]
            for n, letter in enumerate(letters)
        ]

    def doubts(letters: str) -> list[Doubt]:
        return list(analyse([item, ramp], rows(letters))[0].doubts)

    assert doubts("A" * 40) == [Doubt.EASY]
    assert doubts("AB" * 20) == [Doubt.WEAK]
    assert doubts("A" * 20 + "B" * 20) == []
    assert doubts("BCD" * 12 + "ABCD") == [Doubt.HARD]
    assert doubts("B" * 20 + "A" * 20) == [Doubt.OTHER_RIGHT, Doubt.REVERSED]
    assert (blind_chance(item), blind_chance(Item("ABCD", frozenset("AB"), 1.0, several=True))) == (0.25, 0.0)


def sat(paper: Paper, answers: Sequence[str], letters: str, *, times: int = 1) -> None:
    """So many people sit a paper by rows: each answers every question with their own string, or leaves it out by a space."""
    places, now = list(paper.places.order_by("order")), timezone.now()
    for number, chosen in enumerate(answers):
        account = Account.objects.get_or_create(login=f"{letters}{number}", defaults={"name": letters})[0]
        for again in range(times):
            at = now + timedelta(minutes=again)
            attempt = Attempt.objects.create(
                account=account, course=paper.edition.course, paper=paper, seed="s", begun_at=at, submitted_at=at,
                submitted_how="said", used_ms=1,
            )  # fmt: skip
            words = chosen.split("|") if not again else ["C", "C", "错"]
            Entry.objects.bulk_create(
                Entry(attempt=attempt, number=n, place=place, device=uuid.uuid4(), n=n, chosen=list(word))
                for n, (place, word) in enumerate(zip(places, words, strict=True), start=1)
            )


@pytest.mark.django_db
def test_first_attempts_alone_under_the_keys_of_now(
    course: Course, clerk: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paper = course.current.papers.get(number=1)  # type: ignore[union-attr]
    sat(paper, ["A|AB|对"] * 6 + ["B|A|错"] * 3, "a", times=2)
    assert (measures_of(paper).people, measures_of(paper).rows) == (None, ())
    sat(paper, ["||"], "b")
    with django_assert_num_queries(4):
        found = measures_of(paper)
    first = found.rows[0].analysis
    assert (found.people, first.difficulty, first.left_out, [one.share for one in first.options]) == (
        10, 0.6, 0.1, [0.6, 0.3, 0, 0],
    )  # fmt: skip
    assert (first.index, found.suspicious, [words for _one, words in found.rows[0].options]) == (
        1.0, [], ["洗手", "关灯", "看电视", "开窗"],
    )  # fmt: skip
    correct_key(actor=clerk, question=found.rows[0].question, right=["B"], is_void=False, reason="错了")
    wrong = measures_of(paper)
    assert ([one.place.order for one in wrong.suspicious], wrong.rows[0].suspect) == ([1], "A. 洗手")
    correct_key(actor=clerk, question=found.rows[0].question, right=[], is_void=True, reason="作废")
    assert ([one.place.order for one in measures_of(paper).rows], len(measures_of(paper).void)) == ([2, 3], 1)


@pytest.mark.django_db
def test_on_the_offices_page(course: Course, clerk: Account, learner: Account) -> None:
    paper = course.current.papers.get(number=1)  # type: ignore[union-attr]
    office, page = signed_in(clerk), reverse("office-paper-statistics", args=[paper.uuid])
    assert signed_in(learner).get(page).status_code == 403
    sat(paper, ["A|AB|对"] * 9, "a")
    few = office.get(page).content.decode()
    assert ("人数还不够" in few, "得分率" in few) == (True, False)
    sat(paper, ["A|AB|错"] * 9 + ["B|AB|对"] * 12, "b")
    shown = office.get(page).content.decode()
    assert [
        words in shown for words in ("按 30 个人第一次考", "第 1 题：得分率 60%", "几乎人人答对", "几乎没有人选")
    ] == [True] * 4
    assert page in office.get(reverse("office-paper", args=[paper.uuid])).content.decode()
