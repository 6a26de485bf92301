"""How often mouths tell the delay of the sound, and how often they are wrong: real talking faces, sound displaced by known delays.

Clips of talking faces are joined in drawn orders to films, encoded with H.264 at a low bit rate, and read through the product. Their
sound is displaced by −300 … +300 ms; then it is given to the faces of other clips, replaced by other people's speech, or laid
under films without a face. Needs the extra `face`; without it nothing is counted.

    python benchmarks/media_mouths.py [--orders 3] [--clips 4,6,8,11] [--more FOLDER]

`--more` names a folder of further clips with a talking face and its sound, which are joined to a film of their own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

import av  # noqa: E402  the path is set just above
import numpy as np  # noqa: E402
from av.audio.resampler import AudioResampler  # noqa: E402
from defects.bounds import wilson_lower  # noqa: E402
from defects.encoding import LOW, encode  # noqa: E402
from defects.material import SHARED  # noqa: E402
from PIL import Image  # noqa: E402

from kebao.media.mouth_step import MouthStep, mouth_step, spoken_spans  # noqa: E402
from kebao.media.mouths import Mouth, is_installed, read_mouths  # noqa: E402
from kebao.media.sampled import measure_samples  # noqa: E402
from kebao.model.location import Span  # noqa: E402

RATE, FPS, SIZE = 48_000, 25, (360, 288)
DELAYS = (-300, -200, -100, -50, 0, 50, 100, 200, 300)
NEAR_MS = 60
WINDOW = 5


@dataclass
class Clip:
    """Pictures (n, height, width, 3) at 25 a second and sound (samples,) of the same length."""

    pictures: np.ndarray
    sound: np.ndarray


@dataclass
class Count:
    """What trials of one kind said."""

    trials: int = 0
    near: int = 0
    silent: int = 0
    errors: list[float] = field(default_factory=list)

    def add(self, said: MouthStep | None, delay_ms: float | None) -> None:
        self.trials += 1
        if said is None:
            self.silent += 1
            return
        error = abs(said.early * 1000 - delay_ms) if delay_ms is not None else float("inf")
        self.errors.append(error)
        self.near += error <= NEAR_MS

    def row(self, name: str) -> str:
        wrong = self.trials - self.near - self.silent
        known = sorted(error for error in self.errors if error < float("inf"))
        spread = f"{np.median(known):.0f} ms, P90 {np.percentile(known, 90):.0f} ms" if known else "—"
        right = f"{self.near}/{self.near + wrong} (≥{wilson_lower(self.near, self.near + wrong):.0%})" if known else "—"
        return f"| {name} | {self.trials} | {self.near} | {self.silent} | {wrong} | {right} | {spread} |"


def sound_of(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        slow, kept = AudioResampler("flt", "mono", RATE), []
        for frame in container.decode(audio=0):
            kept.extend(part.to_ndarray()[0] for part in slow.resample(frame))
    return np.concatenate(kept).astype(np.float32)


def clip_of(path: Path, *, heard: bool = True) -> Clip:
    """A clip at 25 pictures a second of one size; the picture nearest in time."""
    times, pictures = [], []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        for frame in container.decode(stream):
            shape = (SIZE[0], SIZE[1]) if frame.width >= frame.height else (SIZE[1] // 2 * 2, SIZE[1])
            picture = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
            picture[:, : shape[0]] = np.asarray(frame.to_image().resize(shape, Image.Resampling.BILINEAR))
            times.append(float((frame.pts - (stream.start_time or 0)) * stream.time_base))
            pictures.append(picture)
    sound = sound_of(path) if heard else np.zeros(round(times[-1] * RATE), np.float32)
    length = min(times[-1] + 1 / FPS, len(sound) / RATE) if heard else times[-1]
    grid = np.arange(int(length * FPS)) / FPS
    places = np.abs(grid[:, None] - np.array(times)[None, :]).argmin(axis=1)
    return Clip(np.array(pictures)[places], np.resize(np.pad(sound, (0, RATE)), len(grid) * RATE // FPS))


def mouths_of(clips: Iterable[Clip], folder: Path) -> tuple[tuple[Mouth, ...], float]:
    """The mouths of the joined film as the product reads them, and the length in seconds."""
    pictures = np.concatenate([clip.pictures for clip in clips])
    path = encode(folder / "film.mp4", LOW, pictures=pictures, rate=Fraction(FPS))
    seconds = len(pictures) / FPS
    spans = [Span(Fraction(first), Fraction(first + WINDOW)) for first in range(0, int(seconds), WINDOW)]
    with path.open("rb") as stream:
        return read_mouths(stream, spans), seconds


def displaced(sound: np.ndarray, early_ms: float) -> np.ndarray:
    """The sound so many milliseconds early; what is missing is silence."""
    shift = round(early_ms * RATE / 1000)
    moved = np.zeros_like(sound)
    if shift >= 0:
        moved[: len(sound) - shift] = sound[shift:]
    else:
        moved[-shift:] = sound[:shift]
    return moved


def step_of(mouths: tuple[Mouth, ...], sound: np.ndarray) -> MouthStep | None:
    """What the product says: of the mouths read, those where somebody speaks."""
    heard = measure_samples(sound[None].astype(np.float32))
    spans = spoken_spans(heard)
    return mouth_step(heard, [m for m in mouths if any(s.start <= float(m.times.mean()) < s.end for s in spans)])


def films(clips: list[Clip], sizes: list[int], orders: int) -> Iterator[tuple[int, list[Clip]]]:
    rng = np.random.default_rng(1)
    for size in sizes:
        for _ in range(orders):
            yield size, [clips[index] for index in rng.permutation(len(clips))[:size]]


def others() -> list[np.ndarray]:
    """Speech that belongs to none of the faces, a minute and more each."""
    folder = SHARED / "media" / "speech"
    pools = [sorted(folder.glob(pattern)) for pattern in ("libri_*.flac", "cmn-*.flac", "gc-zh-*.flac")]
    return [np.concatenate([sound_of(path) for path in pool]) for pool in pools if pool]


def joined(clips: list[Clip]) -> np.ndarray:
    return np.concatenate([clip.sound for clip in clips])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=3)
    parser.add_argument("--clips", default="4,6,8,11")
    parser.add_argument("--more", type=Path)
    given = parser.parse_args()
    if not is_installed():
        print("the extra `face` is not installed: nothing to count")
        return 0
    sizes = [int(size) for size in given.clips.split(",")]
    folder = SHARED / "media" / "video"
    faces = [clip_of(path) for path in sorted(folder.glob("grid_*.mpg"))]
    speech = others()
    rng = np.random.default_rng(2)
    counts: dict[str, Count] = {}
    began = time.process_time()

    def tell(name: str, said: MouthStep | None, delay: float | None) -> None:
        counts.setdefault(name, Count()).add(said, delay)

    with tempfile.TemporaryDirectory() as made:
        for size, film in films(faces, sizes, given.orders):
            mouths, seconds = mouths_of(film, Path(made))
            sound = joined(film)
            for delay in DELAYS:
                tell(f"{size} clips, displaced", step_of(mouths, displaced(sound, delay)), delay)
            for turn in range(1, min(size, 5)):
                tell("words of the other faces", step_of(mouths, joined(film[turn:] + film[:turn])), None)
            for other in speech:
                for _ in range(4):
                    first = int(rng.integers(0, len(other) - seconds * RATE))
                    tell("speech of others", step_of(mouths, other[first : first + int(seconds * RATE)]), None)
            print(f"· {size} clips, {seconds:.0f} s: {len(mouths)} stretches", file=sys.stderr)
        bare = [clip_of(path, heard=False) for path in sorted(folder.glob("*.mp4"))[::4]]
        for first in range(0, len(bare) - 4, 5):
            mouths, seconds = mouths_of(bare[first : first + 5], Path(made))
            print(f"· no talking face, {seconds:.0f} s: {len(mouths)} stretches", file=sys.stderr)
            for other in speech:
                tell("films without a talking face", step_of(mouths, other[: int(seconds * RATE)]), None)
        if given.more:
            further = [clip_of(path) for path in sorted(given.more.iterdir())]
            mouths, seconds = mouths_of(further, Path(made))
            print(f"· further clips, {seconds:.0f} s: {len(mouths)} stretches", file=sys.stderr)
            for delay in DELAYS:
                tell("further clips, displaced", step_of(mouths, displaced(joined(further), delay)), delay)
    print("| trials | number | found, within 60 ms | no evidence | wrong | of what was said | error |")
    print("|---|---|---|---|---|---|---|")
    for name, count in counts.items():
        print(count.row(name))
    print(f"\n{time.process_time() - began:.0f} s of CPU in this process, beside the reader's own")
    return 0


if __name__ == "__main__":
    sys.exit(main())
