"""Each fault planted on disk gives exactly its findings at their places, and nothing else; every rule catches one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from kebao.kit.pack import SUMS, YAML
from kebao.media.store import Store
from kebao.rules.registry import all_rules
from mutations.checking import checked
from mutations.every import EVERY, GROUPS, NOT_FROM_DISK, caught
from mutations.in_sound import FILMS, RECORDING
from mutations.mutation import Mutation, findings
from mutations.workshop import BOOK, Copy, copy_of, discard, make_fullest

OFTEN = 6
"""Every sixth fault in every run, of each group alike; the others in the sweep."""
ZIPPED = EVERY[::12]
ONE_FACE = tuple(m for name in ("forms", "rights", "occupation") for m in GROUPS[name][::4])
LEFT = ("forms", "rights", "occupation", "names", "materials")
RIGHT = ("questions", "picture", "access")
PAIRS = 60
SEED = 20230831
"""The call's last day: the pairs of the sweep are the same each time."""


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fullest conforming package, made once a worker."""
    return make_fullest(tmp_path_factory.mktemp("conforming"))


@pytest.fixture
def copy(base: Path, tmp_path: Path) -> Iterator[Copy]:
    """A copy of it to plant a fault in."""
    made = copy_of(base, tmp_path / "copy")
    yield made
    discard(made)


def planted(copy: Copy, *mutations: Mutation) -> Copy:
    for mutation in mutations:
        mutation.plant(copy)
    copy.issue()
    return copy


def ids(mutation: Mutation) -> str:
    return mutation.name


def test_the_conforming_package_has_no_finding(copy: Copy) -> None:
    for path in (copy.root, copy.zipped()):
        report = checked(path)
        assert (findings(report), report.crashes, report.verdict.errors) == ([], (), 0)


def test_the_conforming_package_sounds_right(
    copy: Copy, measurements: Path, one_at_a_time: Callable[[str], AbstractContextManager[None]]
) -> None:
    with one_at_a_time("films"):
        report = checked(copy.root, (RECORDING, *FILMS), Store(measurements / "measurements"))
    assert (findings(report), report.crashes) == ([], ())


@pytest.mark.parametrize("mutation", EVERY[::OFTEN], ids=ids)
def test_a_planted_fault_is_found_and_nothing_else(mutation: Mutation, copy: Copy) -> None:
    is_found(mutation, copy)


@pytest.mark.sweep
@pytest.mark.parametrize("mutation", [one for n, one in enumerate(EVERY) if n % OFTEN], ids=ids)
def test_a_planted_fault_is_found_and_nothing_else_of_the_others(mutation: Mutation, copy: Copy) -> None:
    is_found(mutation, copy)


def is_found(mutation: Mutation, copy: Copy) -> None:
    report = checked(planted(copy, mutation).root, mutation.measured)
    assert findings(report) == sorted(mutation.said)
    assert report.crashes == ()


@pytest.mark.parametrize("mutation", ZIPPED, ids=ids)
def test_a_zip_says_the_same_as_its_folder(mutation: Mutation, copy: Copy) -> None:
    assert findings(checked(planted(copy, mutation).zipped(), mutation.measured)) == sorted(mutation.said)


@pytest.mark.parametrize("mutation", ONE_FACE, ids=ids)
def test_each_face_alone_says_the_same(mutation: Mutation, copy: Copy) -> None:
    planted(copy, mutation)
    copy.remove(SUMS)
    written = copy.path(YAML).read_bytes()
    copy.remove(YAML)
    assert findings(checked(copy.root)) == sorted(mutation.said)
    copy.write(YAML, written)
    copy.remove(BOOK)
    said = findings(checked(copy.root))
    assert [line.split(" @ ")[0] for line in said] == sorted(line.split(" @ ")[0] for line in mutation.said)
    assert not any(BOOK in line for line in said)


def test_names_of_mutations_are_their_own() -> None:
    assert len({mutation.name for mutation in EVERY}) == len(EVERY)


def test_every_mutation_says_what_it_plants() -> None:
    assert [mutation.name for mutation in EVERY if not mutation.said] == []
    assert {rule for mutation in EVERY for rule in mutation.rules} <= set(all_rules())


def test_every_rule_catches_a_mutation() -> None:
    assert sorted(rule for rule, count in caught().items() if not count) == sorted(NOT_FROM_DISK)


def pairs() -> list[tuple[Mutation, Mutation]]:
    """Pairs of one fault in words and one in papers or media: they change different files, so neither hides the other."""
    left = [m for name in LEFT for m in GROUPS[name]]
    right = [m for name in RIGHT for m in GROUPS[name]]
    crossed = [(a, b) for a in left for b in right]
    return random.Random(SEED).sample(crossed, PAIRS)


@pytest.mark.sweep
@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair[0].name} + {pair[1].name}")
def test_two_faults_are_both_found_in_folder_and_zip(pair: tuple[Mutation, Mutation], copy: Copy) -> None:
    planted(copy, *pair)
    expected = sorted({*pair[0].said, *pair[1].said})
    assert findings(checked(copy.root)) == expected
    assert findings(checked(copy.zipped())) == expected


@pytest.mark.sweep
@pytest.mark.parametrize("mutation", EVERY, ids=ids)
def test_every_mutation_says_the_same_in_a_zip(mutation: Mutation, copy: Copy) -> None:
    assert findings(checked(planted(copy, mutation).zipped(), mutation.measured)) == sorted(mutation.said)
