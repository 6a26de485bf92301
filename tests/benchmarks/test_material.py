from __future__ import annotations

from pathlib import Path

import pytest
from defects import material
from defects.material import HALVES, family_of, music, shots, speaker_of, voices


@pytest.mark.parametrize(
    ("name", "listed", "speaker"),
    [
        ("libri_00.flac", "", "libri"),
        ("gc-mr-unnamed-misc-c036_01.flac", "gc_mr_unnamed-misc", "gc_mr_unnamed"),
        ("gc-mr-unnamed-colors-24c5_01.flac", "gc_mr_unnamed-colors", "gc_mr_unnamed"),
        ("fsdd-theo-bf98_01.flac", "fsdd_theo", "fsdd_theo"),
        ("klettres-da-dcdf_01.flac", "klettres_da", "klettres_da"),
    ],
)
def test_unnamed_voices_of_a_language_are_one_speaker(name: str, listed: str, speaker: str) -> None:
    assert speaker_of(Path(name), listed) == speaker


def test_clips_of_one_place_are_one_family() -> None:
    names = ("grid_mixed_bbaf2n.mpg", "intel_asl_yes.mkv", "mdn_pig.mp4", "mdn_elf.mp4", "sam2_cups_02_cups.mp4")
    assert [family_of(Path(name)) for name in names] == ["grid", "intel_asl", "mdn_table", "mdn_table", "sam2_cups"]


@pytest.mark.usefixtures("shared")
def test_no_speaker_family_or_piece_lies_in_both_halves() -> None:
    tuning, held = HALVES
    assert not {v.name for v in voices(tuning)} & {v.name for v in voices(held)}
    assert not {s.family for s in shots(tuning)} & {s.family for s in shots(held)}
    assert not set(music(tuning)) & set(music(held))
    everything = {p for half in HALVES for v in voices(half) for p in v.paths}
    assert everything == set((material.SHARED / "media" / "speech").glob("*.flac"))


@pytest.mark.usefixtures("shared")
def test_the_held_out_half_has_thirty_speakers() -> None:
    assert (len(voices("tuning")), len(voices("held-out"))) == (8, 32)
    assert {shot.fixed for shot in shots("tuning")} == {True, False} == {shot.fixed for shot in shots("held-out")}
