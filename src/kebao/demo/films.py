"""Films and sound of the demonstration, drawn and encoded anew; a film that is there already is used again.

A film's file name in the store holds a digest of its script, speech, slides, and of the code that draws and encodes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

import kebao.demo.picture as drawing
import kebao.media.writing as encoding
from kebao.demo.course import LESSONS, MATERIAL, REVIEW, TITLE, seconds
from kebao.demo.described import FILMED
from kebao.demo.picture import FONT, FPS, PHOTO, PHOTO_WHEEL, SIZE, Size, Strip, wheel_file
from kebao.media.writing import write_film, write_sound

SOUND = "A1"

Told = Callable[[str, bool], None]
"""Told of each film that is ready: its title, and whether it was there already."""


def make_films(folder: Path, tell: Told, *, size: Size = SIZE, fps: int = FPS, jobs: int | None = None) -> None:
    """Films `L1.mp4` … `L5.mp4` and the sound `A1.m4a` in `folder`, each appearing only when it is whole.

    Raises:
        UsageFault: the font or the photograph is not installed.
        OSError: the disk is full or must not be written.
    """
    wheel_file(*FONT)
    wheel_file(PHOTO_WHEEL, f"skimage/data/{PHOTO}")
    folder.mkdir(parents=True, exist_ok=True)

    def one(name: str) -> tuple[str, bool]:
        return name, _make(name, folder, size, fps)

    # The longest first, so that no processor waits long at the end.
    names = sorted((*LESSONS, SOUND), key=seconds, reverse=True)
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as workers:
        for name, reused in workers.map(one, names):
            tell(_title(name), reused)


def _title(name: str) -> str:
    return LESSONS[name][0] if name in LESSONS else REVIEW


def _make(name: str, folder: Path, size: Size, fps: int) -> bool:
    """Make one film or sound; True when the one that is there has the same recipe."""
    target = folder / (f"{name}.mp4" if name in LESSONS else f"{name}.m4a")
    recipe, stamp = _recipe(name, size, fps), folder / f"{name}.recipe"
    if target.is_file() and stamp.is_file() and stamp.read_text(encoding="ascii") == recipe:
        return True
    stamp.unlink(missing_ok=True)
    part = folder / f".{target.name}"
    speech = MATERIAL / f"speech/{name}.opus"
    try:
        if name in LESSONS:
            write_film(
                part, _pictures(name, size, fps), size=size, fps=fps, sound=speech, title=f"{_title(name)}（合成）",
                preset="superfast" if name == FILMED else "ultrafast",
            )  # fmt: skip
        else:
            write_sound(part, speech, title=f"{_title(name)}（合成）")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    stamp.write_text(recipe, encoding="ascii")
    return False


def _pictures(name: str, size: Size, fps: int) -> Iterable[Any]:
    slides = yaml.safe_load((MATERIAL / "slides.yaml").read_text(encoding="utf-8"))[name]
    timing = json.loads((MATERIAL / "speech/timing.json").read_text(encoding="utf-8"))[name]
    timed = drawing.timed(
        [(slide["title"], slide.get("bullets", ()), slide["paragraphs"]) for slide in slides],
        [paragraph["start"] for paragraph in timing["paragraphs"]],
        timing["seconds"],
        f"{TITLE}　{_title(name)}",
    )
    if name != FILMED:
        return drawing.slide_frames(timed, seconds=timing["seconds"], size=size, fps=fps)
    strips = [Strip(slide.title, slide.weight) for slide in timed]
    return drawing.pan_frames(PHOTO, seconds=timing["seconds"], caption=strips, size=size, fps=fps)


def _recipe(name: str, size: Size, fps: int) -> str:
    """Digest over everything that a film is made of."""
    whole = hashlib.sha256(repr((name, _title(name), size, fps)).encode())
    for part in ("slides.yaml", "speech/timing.json", f"speech/{name}.opus", "../films.py"):
        whole.update((MATERIAL / part).read_bytes())
    for module in (drawing, encoding):
        whole.update(Path(str(module.__file__)).read_bytes())
    for wheel in ("av", "numpy", "pillow", FONT[0], PHOTO_WHEEL):
        whole.update(f"{wheel} {metadata.version(wheel)}\n".encode())
    return whole.hexdigest()
