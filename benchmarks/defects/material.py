"""Clips and speakers of the shared material, split into two halves by speaker and by family of clips, never by file.

Everything of one speaker, of one family of clips (same place, same camera, same author) or of one piece of music lies in
one half. The split has a seed of its own, so that another seed of the trials never moves a speaker across. `tuning` is
small on purpose: the figures need speakers.
"""

from __future__ import annotations

import csv
import os
import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KEBAO_SHARED", ROOT.parent / "shared"))
SPLIT_SEED = 4
CACHE = Path(os.environ.get("KEBAO_DEFECTS_CACHE", ROOT / "build" / "media-defects"))
"""Encoded trials, measurements and synthetic readings; may be deleted at any time."""
Half = Literal["tuning", "held-out"]
HALVES: tuple[Half, ...] = ("tuning", "held-out")
TUNING_SPEAKERS, TUNING_SYNTHETIC, TUNING_MUSIC, TUNING_SHARE_OF_SHOTS = 8, 4, 3, 1 / 3

_LOOKS_FIXED = frozenset(
    {"intel_bottle", "intel_car", "intel_person", "intel_asl", "grid", "sam2_cups", "sam2_coffee", "sam2_blocks", "mdn_flower"}
)  # fmt: skip
"""Families whose camera seemed to stand still on their stills: the stratum of the split, never changed since."""
FIXED_CAMERA = (_LOOKS_FIXED | {"sam2_juggle", "sam2_dog"}) - {"mdn_flower"}
"""Families whose camera stands still. By phase correlation of three corners over the whole shot, where they have texture:
less than 0.01 % of the width for juggle, dog, asl, person, cups, coffee, blocks, bottle; by eye for grid (a plain wall) and
car (plain asphalt). The flower is a time lapse whose leaves move throughout."""
EDITED = frozenset({"bbb", "nasa"})
"""Families with cuts, fades or drawn pictures of their own: no clean shot, so nothing is planted in them."""


@dataclass(frozen=True)
class Voice:
    """One speaker and their recordings, in order of name."""

    name: str
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Shot:
    """One real clip. `family` is what must not be split."""

    path: Path
    family: str

    @property
    def fixed(self) -> bool:
        """Whether its camera stands still."""
        return self.family in FIXED_CAMERA


def speaker_of(path: Path, listed: str) -> str:
    """The speaker: as the list has it, but unnamed speakers of one language are taken for one person."""
    if path.name.startswith("libri_"):
        return "libri"
    unnamed = re.match(r"gc_(.+?)_unnamed-", listed)
    return f"gc_{unnamed[1]}_unnamed" if unnamed else listed or path.stem


def family_of(path: Path) -> str:
    """Family of a clip, by its name: one place, one camera, one author."""
    name = path.stem
    for start, family in (
        ("grid_", "grid"), ("intel_asl", "intel_asl"), ("intel_bottle", "intel_bottle"), ("intel_car", "intel_car"),
        ("intel_one-by-one", "intel_person"), ("mdn_crystal", "mdn_table"), ("mdn_elf", "mdn_table"), ("mdn_pig", "mdn_table"),
        ("flutter_", "flutter"), ("bbb", "bbb"), ("nasa", "nasa"),
    ):  # fmt: skip
        if name.startswith(start):
            return family
    return "_".join(name.split("_")[:2])


@cache
def _listed() -> dict[str, str]:
    with (SHARED / "media" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: row["speaker"] for row in csv.DictReader(file)}


def _split(names: set[str], tuning: int, seed: int) -> dict[str, Half]:
    ordered = sorted(names)
    random.Random(seed).shuffle(ordered)
    return {name: "tuning" if index < tuning else "held-out" for index, name in enumerate(ordered)}


@cache
def _speech() -> dict[str, tuple[Path, ...]]:
    found: dict[str, list[Path]] = {}
    for path in sorted((SHARED / "media" / "speech").glob("*.flac")):
        found.setdefault(speaker_of(path, _listed().get(f"speech/{path.name}", "")), []).append(path)
    return {name: tuple(paths) for name, paths in found.items()}


def voices(half: Half) -> tuple[Voice, ...]:
    """Speakers of a half, in order of name."""
    sides = _split(set(_speech()), TUNING_SPEAKERS, SPLIT_SEED)
    return tuple(Voice(name, paths) for name, paths in sorted(_speech().items()) if sides[name] == half)


def synthetic_voices(half: Half) -> tuple[Voice, ...]:
    """Synthetic speakers of a half, where `voices.py` has made them; none otherwise."""
    found = {path.stem: path for path in (CACHE / "voices").glob("*.wav")}
    sides = _split(set(found), TUNING_SYNTHETIC, SPLIT_SEED)
    return tuple(Voice(name, (path,)) for name, path in sorted(found.items()) if sides[name] == half)


def shots(half: Half) -> tuple[Shot, ...]:
    """Clips of a half, in order of path. Fixed cameras and moving ones are split separately, so each half has both."""
    found = [Shot(path, family_of(path)) for path in sorted((SHARED / "media" / "video").iterdir()) if path.is_file()]
    families = {shot.family for shot in found}
    fixed, moving = families & _LOOKS_FIXED, families - _LOOKS_FIXED
    sides = {
        **_split(fixed, round(len(fixed) * TUNING_SHARE_OF_SHOTS), SPLIT_SEED),
        **_split(moving, round(len(moving) * TUNING_SHARE_OF_SHOTS), SPLIT_SEED),
    }
    return tuple(shot for shot in found if sides[shot.family] == half)


def music(half: Half) -> tuple[Path, ...]:
    """Pieces of a half, in order of path."""
    found = {path.name: path for path in (SHARED / "media" / "music").iterdir() if path.suffix == ".ogg"}
    sides = _split(set(found), TUNING_MUSIC, SPLIT_SEED)
    return tuple(path for name, path in sorted(found.items()) if sides[name] == half)
