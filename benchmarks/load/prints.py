"""Fills an instance with prints of media as checks keep them, and looks three up, in a process of its own: `python prints.py COUNT`.

The stored prints are made by chance and stand for lectures of 25 minutes (a scene every 6 s); those of one submission share an
opening of 15 s, and a tune of 20 s is in as many of them as keys may be shared by. Looked up are: a real clip, stored once and
encoded anew by another supplier; a stored lecture cut to 60 %, of which one code in five differs in a bit, with the tune before
it; and a lecture that nobody sent. Prints JSON: seconds of filling, and of each look-up its seconds, CPU seconds, and what was found.
"""

from __future__ import annotations

import json
import os
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]
SHARED = Path(os.environ.get("KEBAO_SHARED", ROOT.parent / "shared"))
MEDIA_EACH = 5
MINUTES, OPENING_S, TUNE_S = 25, 15, 20
A_SECOND = 8
"""Codes of the sound in a second, about."""


def main() -> None:
    """Fill, look up, and tell."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketang.settings")
    import django

    django.setup()
    import numpy as np
    from django.db import connection

    from ketang.selection.intake.models import Version
    from ketang.selection.likeness.actions import COMMON

    synced, os.fsync = os.fsync, lambda _file: None  # filling alone need not survive a power cut
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    chance, began = np.random.default_rng(20261125), time.perf_counter()
    tune, count = chance.integers(0, 1 << 32, TUNE_S * A_SECOND, np.uint32), int(sys.argv[1])
    kept = None
    for number, version in enumerate(islice(Version.objects.order_by("pk").iterator(), count // MEDIA_EACH)):
        opening = chance.integers(0, 1 << 32, OPENING_S * A_SECOND, np.uint32)
        made = [lecture(chance, opening) for _ in range(MEDIA_EACH)]
        if number < COMMON - 2:
            made[0].codes[2000 : 2000 + len(tune)] = tune
        keep_all(version, made, chance)
        kept = made[-1] if number == count // MEDIA_EACH // 2 else kept
    filled, os.fsync = time.perf_counter() - began, synced
    connection.close()
    real, again = real_clip()
    keep_all(_version("示例片源单位"), [real], chance)
    copy = cut(kept, 0.6, chance)
    copy.codes[: len(tune)] = tune
    told = {
        "a real clip, encoded anew": looked_up([again], chance),
        f"{MINUTES * 0.6:.0f} minutes of a stored lecture, one code in five differs": looked_up([copy], chance),
        f"a lecture of {MINUTES} minutes that nobody sent": looked_up([lecture(chance, tune)], chance),
    }
    print(json.dumps({"filled_s": filled, "looked_up": told}))


def lecture(chance: Any, opening: Any) -> Any:
    """A print of nothing."""
    import numpy as np

    from kebao.media.fingerprint.prints import HASHES, Print, Scenes

    seconds = MINUTES * 60
    scenes = seconds // 6
    hashes = chance.integers(0, 256, (scenes, HASHES, 32), np.uint8)
    picture = Scenes(np.arange(scenes, dtype=np.int32) * 12, hashes, np.full(scenes, 90, np.uint8), scenes * 12)
    codes = chance.integers(0, 1 << 32, seconds * A_SECOND, np.uint32)
    codes[: len(opening)] = opening
    return Print(seconds, picture, codes, np.arange(len(codes), dtype=np.int32))


def cut(whole: Any, share: float, chance: Any) -> Any:
    """The sound of the last part of a print, with noise in it, and no picture."""
    from dataclasses import replace

    import numpy as np

    codes = whole.codes[-round(len(whole.codes) * share) :].copy()
    noisy = chance.random(len(codes)) < 0.2
    codes[noisy] ^= np.uint32(1) << chance.integers(0, 32, int(noisy.sum()), np.uint32)
    return replace(
        whole, seconds=whole.seconds * share, scenes=None, codes=codes, steps=np.arange(len(codes), dtype=np.int32)
    )


def real_clip() -> tuple[Any, Any]:
    """A real clip with a real recording as its sound: as it was, and encoded anew at 250 kbit/s."""
    from fingerprints import ORIGINAL, WAYS, decoded, made, material

    video, sound = max(material(SHARED / "media"), key=lambda pair: pair[0].name.startswith("bbb"))
    film = decoded(video, sound)
    return made(film, ORIGINAL), made(film, WAYS[1])


def _version(unit: str) -> Any:
    """An empty version of a supplier of its own."""
    from django.utils import timezone

    from ketang.people.organisation.models import Organisation, OrganisationKind
    from ketang.selection.calls.models import Call
    from ketang.selection.intake.models import Door, Submission, Version

    number = Organisation.objects.count()
    by = Organisation.objects.create(kind=OrganisationKind.UNIT, name=unit, credit_code=f"LOOK{number:014d}")
    sent = Submission.objects.create(call=Call.objects.get(), organisation=by, title="示例", category="P2(3)")
    return Version.objects.create(
        submission=sent, index=1, door=Door.WEB, name="课程包.zip", digest=f"{number:064x}", size=1,
        received_at=timezone.now(),
    )  # fmt: skip


def keep_all(version: Any, prints: list[Any], chance: Any) -> None:
    """As a check keeps them; their bytes would have digests of their own."""
    from ketang.selection.likeness.actions import keep

    keep(version, {f"视频/{n}.mp4": (chance.bytes(32).hex(), f"第{n}段", one) for n, one in enumerate(prints, 1)})


def looked_up(prints: list[Any], chance: Any) -> dict[str, Any]:
    """What the job `likeness.compare` does for a version with these media."""
    from ketang.selection.likeness.actions import candidates, compare
    from ketang.selection.likeness.models import Likeness

    version = _version("示例查询单位")
    began = time.perf_counter()
    keep_all(version, prints, chance)
    keeping, began, cpu = time.perf_counter() - began, time.perf_counter(), time.process_time()
    found = compare(version)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    compared = sum(len(candidates(version, use.of)) for use in version.media_used.select_related("of"))
    shares = [round(row.share, 2) for row in Likeness.objects.order_by("-pk")[:found]]
    return {"kept_s": keeping, "s": seconds, "cpu_s": cpu, "compared": compared, "found": shares}


if __name__ == "__main__":
    main()
