"""The same medium found again, by prints made by chance (synthetic) and changed as copies are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from filming import RATE, Shooting, tune
from kebao.media.fingerprint.matching import Match, Pool
from kebao.media.fingerprint.prints import HASHES, TICK, Print, Scenes
from kebao.media.fingerprint.sound import SEEN, STEP, SoundPrint
from kebao.media.fingerprint.spans import covered, runs

MINUTES = 5


def by_chance(seed: int, seconds: int = MINUTES * 60, scene_ticks: int = 12) -> Print:
    """A picture that changes every six seconds, and sound that always does."""
    rng = np.random.default_rng(seed)
    count = seconds * 2 // scene_ticks
    hashes = rng.integers(0, 256, (count, HASHES, 32), np.uint8)
    ticks = np.arange(count, dtype=np.int32) * scene_ticks
    scenes = Scenes(ticks, hashes, np.full(count, 90, np.uint8), seconds * 2)
    codes = rng.integers(0, 1 << 32, round(seconds / STEP) - 20, np.uint32)
    return Print(seconds, scenes, codes, np.arange(len(codes), dtype=np.int32))


def flipped(hashes: NDArray[np.uint8], share: float, seed: int) -> NDArray[np.uint8]:
    """Bits changed by chance."""
    rng = np.random.default_rng(seed)
    bits = np.unpackbits(hashes, axis=-1)
    return np.packbits(bits ^ (rng.random(bits.shape) < share), axis=-1)


def copied(of: Print, *, bits: float = 0.05, seed: int = 9) -> Print:
    """Encoded anew: some bits of every hash and code differ."""
    assert of.scenes is not None
    noisy = flipped(of.codes.view(np.uint8).reshape(-1, 4), bits, seed + 1)
    codes = np.ascontiguousarray(noisy).view(np.uint32).reshape(-1)
    return replace(of, scenes=replace(of.scenes, hashes=flipped(of.scenes.hashes, bits, seed)), codes=codes)


def part(of: Print, start: int, end: int) -> Print:
    """Cut out, `start` and `end` on scene borders in seconds."""
    assert of.scenes is not None
    scenes = of.scenes
    kept = (scenes.ticks >= start * 2) & (scenes.ticks < end * 2)
    cut = Scenes(scenes.ticks[kept] - start * 2, scenes.hashes[kept], scenes.quality[kept], (end - start) * 2)
    first, last = round(start / STEP), round(end / STEP)
    inside = (of.steps >= first) & (of.steps < last)
    return Print(end - start, cut, of.codes[inside], of.steps[inside] - first)


def joined(one: Print, other: Print) -> Print:
    """One after the other."""
    assert one.scenes is not None
    assert other.scenes is not None
    a, b, ahead = one.scenes, other.scenes, round(one.seconds / STEP)
    scenes = Scenes(
        np.concatenate((a.ticks, b.ticks + a.end)),
        np.concatenate((a.hashes, b.hashes)),
        np.concatenate((a.quality, b.quality)),
        a.end + b.end,
    )
    steps = np.concatenate((one.steps[one.steps < ahead], other.steps + ahead))
    codes = np.concatenate((one.codes[one.steps < ahead], other.codes))
    return Print(one.seconds + other.seconds, scenes, codes, steps)


STRANGERS = [by_chance(seed) for seed in range(100, 108)]
KNOWN = by_chance(1)
POOL = [*STRANGERS[:4], KNOWN, *STRANGERS[4:]]
AT = 4


def named(one: Print, pool: list[Print] = POOL, least_share: float = 0.5) -> list[tuple[int, str]]:
    return [(match.other, match.kind) for match in Pool(pool).matches(one, least_share=least_share)]


def only(one: Print, pool: list[Print] = POOL, least_share: float = 0.5) -> Match:
    (match,) = Pool(pool).matches(one, least_share=least_share)
    return match


def test_a_copy_encoded_anew_is_found_whole_and_nothing_else_is() -> None:
    match = only(copied(KNOWN))
    assert (match.other, match.kind) == (AT, "both")
    assert match.share == pytest.approx(1, abs=0.02)
    assert match.longest.here == pytest.approx(0, abs=TICK)
    assert match.longest.there == pytest.approx(0, abs=TICK)


def test_a_stranger_is_not_found() -> None:
    assert named(by_chance(50)) == []
    assert named(by_chance(50), least_share=0.02) == []


def test_a_trimmed_copy_says_which_part_it_is() -> None:
    match = only(part(copied(KNOWN), 120, 240))
    assert (match.other, match.kind) == (AT, "both")
    assert match.share == pytest.approx(1, abs=0.03)
    assert match.longest.here == pytest.approx(0, abs=TICK)
    assert match.longest.there == pytest.approx(120, abs=TICK)
    assert match.longest.length == pytest.approx(120, abs=SEEN)


def test_a_copy_inside_something_longer_is_found() -> None:
    match = only(joined(part(by_chance(60), 0, 240), copied(KNOWN)))
    assert (match.other, match.kind) == (AT, "both")
    assert match.longest.here == pytest.approx(240, abs=TICK)
    assert match.longest.there == pytest.approx(0, abs=TICK)


def test_parts_in_another_order_add_up() -> None:
    swapped = joined(part(copied(KNOWN), 180, 300), part(copied(KNOWN), 0, 120))
    match = only(swapped)
    assert (match.other, match.kind) == (AT, "both")
    assert match.share == pytest.approx(1, abs=0.06)
    assert [round(stretch.there / 10) for stretch in match.stretches] == [18, 0]


def test_other_sound_under_the_same_picture_and_the_other_way_round() -> None:
    stranger = by_chance(70)
    assert named(replace(copied(KNOWN), codes=stranger.codes, steps=stranger.steps)) == [(AT, "picture")]
    assert named(replace(copied(KNOWN), scenes=stranger.scenes)) == [(AT, "sound")]


def test_a_crop_is_found_in_either_direction() -> None:
    assert KNOWN.scenes is not None
    hashes = by_chance(80).scenes.hashes.copy()  # type: ignore[union-attr]
    hashes[:, 0] = KNOWN.scenes.hashes[:, 7]  # the copy's whole is one of the original's crops
    cut = Print(KNOWN.seconds, replace(KNOWN.scenes, hashes=flipped(hashes, 0.1, 4)), KNOWN.codes[:0], KNOWN.steps[:0])
    assert named(cut) == [(AT, "picture")]
    others = [*STRANGERS, cut]
    assert named(replace(KNOWN, codes=KNOWN.codes[:0], steps=KNOWN.steps[:0]), others) == [(8, "picture")]


def test_a_shared_opening_does_not_make_two_courses_one() -> None:
    opening = part(by_chance(90), 0, 30)
    one, other = joined(opening, by_chance(91)), joined(copied(opening), by_chance(92))
    assert named(one, [other]) == []
    match = only(one, [other], least_share=0.05)
    assert match.share == pytest.approx(30 / 330, abs=0.02)
    assert match.longest.here == pytest.approx(0, abs=TICK)


def test_shared_sound_is_not_stretched_beyond_its_ends() -> None:
    """Really heard: five seconds of one tune before two others; codes at the border look at both."""

    def heard(*shots: Shooting) -> Print:
        notes = np.concatenate([tune(shot.content, shot.start, shot.seconds) for shot in shots])
        listening = SoundPrint(RATE)
        listening.feed(notes)
        codes = listening.finish()
        return Print(len(notes) / RATE, None, codes, np.arange(len(codes), dtype=np.int32))

    opening = Shooting(1, seconds=5)
    one, other = heard(opening, Shooting(2, seconds=9)), heard(opening, Shooting(3, seconds=9))
    match = only(one, [other], least_share=0.05)
    assert (match.longest.here, match.longest.there) == (0, 0)
    assert match.longest.length == pytest.approx(5, abs=1)
    inside = heard(Shooting(4, seconds=9), opening, Shooting(5, seconds=9))
    match = only(one, [inside], least_share=0.05)
    assert match.longest.there == pytest.approx(9, abs=1)
    assert match.longest.length == pytest.approx(5, abs=1)


def test_a_picture_that_never_changes_tells_nothing() -> None:
    still = Scenes(np.zeros(1, np.int32), KNOWN.scenes.hashes[:1], np.array([90], np.uint8), 600)  # type: ignore[union-attr]
    silent = Print(300, still, KNOWN.codes[:0], KNOWN.steps[:0])
    assert named(silent, [silent]) == []


def test_lessons_in_one_room_are_not_one_lesson() -> None:
    """Scenes that differ from each other as little as a lecturer moves: the same room, another day."""
    rng = np.random.default_rng(5)
    room = rng.integers(0, 256, (1, HASHES, 32), np.uint8)

    def lesson(seed: int) -> Print:
        hashes = flipped(np.repeat(room, 50, axis=0), 0.06, seed)
        return replace(by_chance(seed), scenes=replace(KNOWN.scenes, hashes=hashes))  # type: ignore[type-var]

    first, second = lesson(1), lesson(2)
    assert named(first, [second]) == []
    assert named(copied(first, bits=0.01), [second, first]) == [(1, "both")]


def test_slides_on_one_template_are_not_one_lesson() -> None:
    """Three layouts in the same order and rhythm, other words on each slide: closer to each other than to anything else."""
    rng = np.random.default_rng(6)
    layouts = rng.integers(0, 256, (3, 1, HASHES, 32), np.uint8)

    def lesson(seed: int) -> Print:
        slides = np.concatenate([flipped(layouts[place % 3], 0.15, 1000 * seed + place) for place in range(50)])
        return replace(by_chance(seed), scenes=replace(KNOWN.scenes, hashes=slides))  # type: ignore[type-var]

    first, second = lesson(1), lesson(2)
    assert named(first, [second], least_share=0.05) == []
    assert named(copied(first, bits=0.04), [second, first]) == [(1, "both")]


def test_silence_and_held_tones_are_not_the_same_sound() -> None:
    quiet = replace(KNOWN, scenes=None, codes=np.full(len(KNOWN.codes), 627964279, np.uint32))
    assert named(quiet, [quiet]) == []


def test_media_without_prints_and_an_empty_pool_are_answered() -> None:
    nothing = Print(0, None, KNOWN.codes[:0], KNOWN.steps[:0])
    assert named(nothing) == []
    assert named(KNOWN, [nothing]) == []
    assert named(KNOWN, []) == []


def test_runs_bridge_short_holes_only() -> None:
    places = np.array([0, 1, 2, 3, 4, 5, 9, 10])
    hits = np.array([True, False, True, True, False, True, True, True])
    assert runs(places, hits, gap=1) == [(0, 6), (9, 11)]
    assert runs(places, hits & False, gap=1) == []


def test_covered_counts_overlaps_once() -> None:
    assert covered([(0, 10), (5, 10), (30, 1)]) == 16
