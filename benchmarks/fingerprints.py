"""Prints of picture and sound: is the same video found again, and is a different one left alone?

Real clips of at least five seconds; each is given a real recording of speech or music as its sound, so picture and sound are
real and their combination is not. Every clip is encoded once as the known original. A trial is a copy of it, encoded anew
and changed in one of the ways below, searched among all the originals: found when the right original is named. Every other
original named, for a copy or for a clip against the rest, is a false match. Prints, for each way: trials, found, the lower
95 % bound (Wilson), and what was the same; the shared-opening case; false matches with their upper bound (rule of three
where there are none); the cost beside decoding, A B A B; and the cost of searching a large store (prints made by chance,
said so).

    python benchmarks/fingerprints.py [--quick] [--shared FOLDER] [--jobs N]
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from kebao.media.fingerprint.matching import Pool  # noqa: E402
from kebao.media.fingerprint.prints import HASHES, Print, Scenes, print_of  # noqa: E402
from kebao.media.meter import Arrays  # noqa: E402
from kebao.media.meters.print_picture import PicturePrintMeter  # noqa: E402
from kebao.media.meters.print_sound import SoundPrintMeter  # noqa: E402
from kebao.media.passage import measure_stream  # noqa: E402

RATE, SEED = 48_000, 20261125
LEAST_SHARE = 0.5
GOAL_RECALL = 0.99
CHOSEN_ON = 8
"""The first clips are those on which the limits of matching were chosen."""


@dataclass(frozen=True)
class Film:
    """Decoded pictures at 25 a second (RGB, at most 480 wide) and mono sound at 48 kHz."""

    name: str
    pictures: tuple[NDArray[np.uint8], ...]
    sound: NDArray[np.float32]

    @property
    def seconds(self) -> float:
        return len(self.pictures) / 25


@dataclass(frozen=True)
class Way:
    """How a copy differs from its original."""

    name: str
    change: Callable[[Film, np.random.Generator], Film] = lambda film, _: film
    height: int = 0
    picture_rate: int = 1_500_000
    sound_rate: int = 96_000
    container: str = "mp4"
    title: str = ""


def trimmed(film: Film, start: float, end: float) -> Film:
    """Seconds cut from both ends, the sound to the sample."""
    first, last = round(start * 25), len(film.pictures) - round(end * 25)
    return replace(film, pictures=film.pictures[first:last], sound=film.sound[first * RATE // 25 : last * RATE // 25])


def cropped(film: Film, left: float, top: float, right: float, bottom: float) -> Film:
    """Shares of width and height cut away."""
    height, width = film.pictures[0].shape[:2]
    rows = slice(round(top * height), height - round(bottom * height))
    columns = slice(round(left * width), width - round(right * width))
    return replace(film, pictures=tuple(picture[rows, columns] for picture in film.pictures))


def opened_with(film: Film, opening: Film) -> Film:
    """Another film put before it, at its size."""
    height, width = film.pictures[0].shape[:2]
    before = tuple(_scaled(picture, width, height) for picture in opening.pictures)
    return replace(film, pictures=before + film.pictures, sound=np.concatenate((opening.sound, film.sound)))


def card(seconds: float, rng: np.random.Generator) -> Film:
    """A synthetic title card: blocks of grey that do not move, and noise at -60 dB."""
    blocks = rng.integers(0, 255, (6, 8), np.uint8)
    picture = np.repeat(np.repeat(blocks, 30, 0), 40, 1)[:, :, None].repeat(3, 2)
    frames = round(seconds * 25)
    noise = (rng.standard_normal(frames * RATE // 25) * 0.001).astype(np.float32)
    return Film("card", (picture,) * frames, noise)


def any_trim(film: Film, rng: np.random.Generator) -> Film:
    """Up to a third cut away, at any picture; five seconds are left."""
    most = max(0.0, min(film.seconds / 6, (film.seconds - 5) / 2))
    start, end = rng.uniform(0, most, 2)
    return trimmed(film, start, end)


def any_crop(film: Film, rng: np.random.Generator) -> Film:
    """Up to a tenth of width and height cut away, on any side."""
    width, height = rng.uniform(0, 0.1, 2)
    across, down = rng.uniform(0, 1, 2)
    return cropped(film, width * across, height * down, width * (1 - across), height * (1 - down))


def later(film: Film, rng: np.random.Generator) -> Film:
    """A card of one to four seconds before it."""
    return opened_with(film, card(rng.uniform(1, 4), rng))


def louder(film: Film, _: np.random.Generator) -> Film:
    """By 6 dB, with what goes over full scale cut off."""
    return replace(film, sound=np.clip(film.sound * 2, -1, 1).astype(np.float32))


def quieter(film: Film, rng: np.random.Generator) -> Film:
    """By 12 dB, with noise 50 dB under full scale."""
    noise = rng.standard_normal(len(film.sound)) * 0.003
    return replace(film, sound=(film.sound / 4 + noise).astype(np.float32))


def fewer_pictures(film: Film, _: np.random.Generator) -> Film:
    """Every second picture shown twice: 12.5 a second."""
    return replace(film, pictures=tuple(film.pictures[place - place % 2] for place in range(len(film.pictures))))


def brighter(film: Film, _: np.random.Generator) -> Film:
    """By a tenth, with less contrast."""
    return replace(film, pictures=tuple((picture * 0.8 + 45).astype(np.uint8) for picture in film.pictures))


def all_of_it(film: Film, rng: np.random.Generator) -> Film:
    """Cut anywhere, trimmed, and a card before it."""
    return later(any_trim(any_crop(film, rng), rng), rng)


WAYS = (
    Way("encoded at 1.5 Mbit/s, AAC 96 kbit/s"),
    Way("encoded at 250 kbit/s, AAC 48 kbit/s", picture_rate=250_000, sound_rate=48_000),
    Way("360 rows", height=360, picture_rate=600_000),
    Way("180 rows, 150 kbit/s", height=180, picture_rate=150_000, sound_rate=48_000),
    Way("another title, Matroska", container="matroska", title="第九讲 另一个名称"),
    Way("trimmed at both ends", any_trim),
    Way("begins later (card before it)", later),
    Way("5 % cut on every side", lambda film, _: cropped(film, 0.05, 0.05, 0.05, 0.05)),
    Way("10 % cut on the left", lambda film, _: cropped(film, 0.1, 0, 0, 0)),
    Way("10 % cut below", lambda film, _: cropped(film, 0, 0, 0, 0.1)),
    Way("cut by up to 10 %, anywhere", any_crop),
    Way("cut anywhere, trimmed, 270 rows, 250 kbit/s", lambda film, rng: any_trim(any_crop(film, rng), rng), 270, 250_000, 48_000),
    Way("6 dB louder, cut off at full scale", louder),
    Way("12 dB quieter, with noise", quieter),
    Way("12.5 pictures a second", fewer_pictures),
    Way("brighter, less contrast", brighter),
    Way("trimmed at both ends, another draw", any_trim),
    Way("begins later, another draw", later),
    Way("cut by up to 10 %, another draw", any_crop),
    Way("cut anywhere, trimmed, card before it", all_of_it, 270, 400_000, 64_000),
    Way("the same, another draw", all_of_it, 180, 250_000, 48_000),
)  # fmt: skip


ORIGINAL = Way("original", picture_rate=4_000_000, sound_rate=160_000)


def main() -> int:
    """Print every figure; 1 when recall misses its goal or a false match was seen."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--quick", action="store_true", help="five clips, half of the ways")
    asked.add_argument("--shared", type=Path, default=Path(os.environ.get("KEBAO_SHARED", ROOT.parent / "shared")))
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = asked.parse_args()
    media = options.shared / "media"
    ways = WAYS[::2] if options.quick else WAYS
    pairs = material(media)[: 5 if options.quick else None]
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as processes:
        clips = list(
            processes.map(
                copies, [(number, pair, pairs[0], len(WAYS) // len(ways)) for number, pair in enumerate(pairs)]
            )
        )
    seconds = sum(clip.original.seconds for clip in clips)
    print(f"{len(clips)} real clips, {seconds:.0f} s, each with a real recording as its sound", flush=True)
    good = recall(clips, ways)
    known = [clip.original for clip in clips]
    good &= strangers(known)
    good &= shared_opening([clip.opened for clip in clips[1:] if clip.original.seconds > 6])
    cost(media / "video")
    large_store(np.random.default_rng(SEED))
    return 0 if good else 1


@dataclass(frozen=True)
class Clip:
    """Prints of a clip: of its original, of its copies by way, and of it with the opening of the first clip before it."""

    name: str
    original: Print
    copies: dict[str, Print]
    opened: Print


def copies(task: tuple[int, tuple[Path, Path], tuple[Path, Path], int]) -> Clip:
    """Everything that must be encoded of one clip; runs in a process of its own."""
    number, pair, first, every = task
    film, opening = decoded(*pair), decoded(*first)
    made_copies = {}
    for way in WAYS[::every]:
        rng = np.random.default_rng((SEED, number, WAYS.index(way)))
        made_copies[way.name] = made(way.change(film, rng), way)
    opened = made(opened_with(film, trimmed(opening, 0, opening.seconds - 5)), Way("opening"))
    return Clip(film.name, made(film, ORIGINAL), made_copies, opened)


def recall(clips: Sequence[Clip], ways: Sequence[Way]) -> bool:
    """Copies found: by both, by the picture alone and by the sound alone; and strangers named on the way."""
    known = [clip.original for clip in clips]
    pools = (
        Pool(known),
        Pool([replace(one, codes=one.codes[:0], steps=one.steps[:0]) for one in known]),
        Pool([replace(one, scenes=None) for one in known]),
    )
    hit = np.zeros((len(ways), len(pools), len(clips)), bool)
    false = 0
    for number, clip in enumerate(clips):
        for row, way in enumerate(ways):
            for column, pool in enumerate(pools):
                named = {match.other for match in pool.matches(clip.copies[way.name], least_share=LEAST_SHARE)}
                hit[row, column, number] = number in named
                false += len(named - {number})
            if not hit[row, 0, number]:
                print(f"    missed: {clip.name}, {way.name}")
    print(f"\n{'copy':48} trials  found  at least  by picture alone  by sound alone")
    rows = [(way.name, hit[row]) for row, way in enumerate(ways)]
    together = hit.transpose(1, 0, 2)
    rows.append(("all", together))
    rows.append((f"of these, clips on which no limit was chosen ({CHOSEN_ON}…)", together[:, :, CHOSEN_ON:]))
    for name, hits in rows:
        tried = hits[0].size
        if tried:
            both, seen, heard = (int(hits[column].sum()) for column in range(3))
            print(f"{name:48} {tried:6} {both:6}   {wilson(both, tried):6.1%}  {seen:16} {heard:15}")
    searched = len(pools) * len(ways) * len(clips) * (len(clips) - 1)
    print(f"false matches in these searches: {false} of {searched} pairs of different clips ({upper(false, searched)})")
    share = float(hit[:, 0].mean())
    good = share >= GOAL_RECALL and not false
    print(
        f"  {'ok ' if good else 'MISSED'} recall {share:.2%} (goal ≥ {GOAL_RECALL:.0%}), false matches {false} (goal 0)"
    )
    return good


def strangers(originals: Sequence[Print]) -> bool:
    """Every original against every other, at a share that asks for nearly nothing."""
    pairs = len(originals) * (len(originals) - 1) // 2
    for share in (LEAST_SHARE, 0.05):
        false = [
            (number, match) for number, known in enumerate(originals)
            for match in Pool(originals[number + 1 :]).matches(known, least_share=share)
        ]  # fmt: skip
        print(
            f"different originals, share ≥ {share:.0%}: {len(false)} false matches in {pairs} pairs ({upper(len(false), pairs)})"
        )
        if share == LEAST_SHARE:
            good = not false
    return good


def shared_opening(opened: Sequence[Print]) -> bool:
    """The same real opening of 5 s before every clip that is longer than 6 s: no pair may be called the same."""
    pairs, called, seen = 0, 0, 0
    for number, one in enumerate(opened):
        others = Pool(opened[number + 1 :])
        pairs += len(opened) - number - 1
        called += len(others.matches(one, least_share=LEAST_SHARE))
        seen += len(others.matches(one, least_share=0.05))
    print(
        f"same opening of 5 s before {len(opened)} clips: {called} of {pairs} pairs called the same at share ≥ {LEAST_SHARE:.0%}; "
        f"{seen} named at share ≥ 5 %"
    )
    return not called


def cost(folder: Path) -> None:
    """CPU inside both meters beside decoding alone, on the real 1080p clip looped, A B A B, one thread."""
    clip = looped(folder / "mapillary_s5_sample-5s.mp4", 12)
    alone, inside = [], []
    for _ in range(2):
        start = time.process_time()
        measure_stream(io.BytesIO(clip), threads=1)
        alone.append(time.process_time() - start)
        watched = Watched(PicturePrintMeter()), Watched(SoundPrintMeter())
        measured = measure_stream(io.BytesIO(clip), [watched[0]], [watched[1]], threads=1)
        inside.append([meter.taken for meter in watched])
    assert measured.passed.picture is not None
    seconds = float(measured.passed.picture.end)
    decoding, (picture, sound) = min(alone), (min(column) for column in zip(*inside, strict=True))
    print(
        f"\ncost a second of real 1080p (looped to {seconds:.0f} s): decoding {1000 * decoding / seconds:.1f} ms of CPU; "
        f"picture meter {1000 * picture / seconds:.2f} ms ({picture / decoding:.2%}), "
        f"sound meter {1000 * sound / seconds:.2f} ms ({sound / decoding:.2%})"
    )


class Watched:
    """A meter with the CPU that it takes."""

    def __init__(self, meter: PicturePrintMeter | SoundPrintMeter) -> None:
        self._meter, self.name, self.version, self.taken = meter, meter.name, meter.version, 0.0
        self.tinted = False

    def feed(self, lent: Any) -> None:
        start = time.thread_time()
        self._meter.feed(lent)
        self.taken += time.thread_time() - start

    def arrays(self) -> Arrays:
        start = time.thread_time()
        made_arrays = self._meter.arrays()
        self.taken += time.thread_time() - start
        return made_arrays


def large_store(rng: np.random.Generator) -> None:
    """Search among prints made by chance: 600 media of 10 minutes (100 hours), a scene every 6 s."""
    known = [by_chance(600, rng) for _ in range(600)]
    start = time.perf_counter()
    pool = Pool(known)
    laid_out = time.perf_counter() - start
    lecture = by_chance(2700, rng)
    start = time.perf_counter()
    named = pool.matches(lecture, least_share=LEAST_SHARE)
    taken = time.perf_counter() - start
    size = sum(p.scenes.hashes.nbytes + p.codes.nbytes + p.steps.nbytes for p in known if p.scenes is not None)
    print(
        f"100 h of known media (prints by chance, a scene every 6 s, {size / 1e6:.0f} MB): laid out in {laid_out:.1f} s; "
        f"one lecture of 45 min searched in {taken:.2f} s, {len(named)} named"
    )


def by_chance(seconds: int, rng: np.random.Generator) -> Print:
    """A print of nothing: synthetic."""
    scenes = seconds // 6
    hashes = rng.integers(0, 256, (scenes, HASHES, 32), np.uint8)
    picture = Scenes(np.arange(scenes, dtype=np.int32) * 12, hashes, np.full(scenes, 90, np.uint8), scenes * 12)
    codes = rng.integers(0, 1 << 32, seconds * 8, np.uint32)
    return Print(seconds, picture, codes, np.arange(len(codes), dtype=np.int32))


def material(folder: Path) -> list[tuple[Path, Path]]:
    """Real clips of at least five seconds with a real recording each, speech and music in turn."""
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if (folder / row["path"]).is_file()]
    listed = {row["path"] for row in rows}
    videos = [row["path"] for row in rows if row["kind"] == "video" and float(row["seconds"]) >= 5]
    videos += sorted(
        f"video/{path.name}" for path in (folder / "video").iterdir() if f"video/{path.name}" not in listed
    )
    sounds = [
        [row["path"] for row in rows if row["kind"] == kind and float(row["seconds"]) >= 16]
        for kind in ("speech", "music")
    ]
    chosen = [path for pair in zip(sounds[0], sounds[1] + sounds[0][len(sounds[1]) :], strict=False) for path in pair]
    return [(folder / video, folder / sound) for video, sound in zip(videos, dict.fromkeys(chosen), strict=False)]


def decoded(video: Path, sound: Path) -> Film:
    """Pictures at 25 a second and the recording's sound, as long as the picture (at most 16 s)."""
    pictures: list[NDArray[np.uint8]] = []
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        origin = None
        for frame in container.decode(stream):
            time_now = float(frame.pts * stream.time_base)
            origin = time_now if origin is None else origin
            width = min(480, frame.width) // 2 * 2
            if len(pictures) == 16 * 25:
                break
            while len(pictures) / 25 <= time_now - origin and len(pictures) < 16 * 25:
                height = round(frame.height * width / frame.width / 2) * 2
                pictures.append(frame.reformat(width=width, height=height, format="rgb24").to_ndarray())
    resampler = AudioResampler(format="fltp", layout="mono", rate=RATE)
    with av.open(str(sound)) as container:
        parts = [part.to_ndarray()[0] for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    samples = np.concatenate(parts)[: len(pictures) * RATE // 25]
    pictures = pictures[: len(samples) * 25 // RATE]
    return Film(f"{video.stem} + {sound.stem}", tuple(pictures), samples)


def made(film: Film, way: Way) -> Print:
    """The print of a film encoded that way."""
    measured = measure_stream(io.BytesIO(encoded(film, way)), [PicturePrintMeter()], [SoundPrintMeter()], threads=1)
    made_print = print_of(film.seconds, measured.meters)
    assert made_print is not None
    return made_print


def encoded(film: Film, way: Way) -> bytes:
    """H.264 and AAC."""
    out = io.BytesIO()
    height, width = film.pictures[0].shape[:2]
    if way.height:
        width, height = round(width * way.height / height), way.height
    width, height = width // 2 * 2, height // 2 * 2
    with av.open(out, "w", format=way.container) as container:
        container.metadata["title"] = way.title or film.name
        video = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt, video.bit_rate = width, height, "yuv420p", way.picture_rate
        video.codec_context.thread_count = 1
        audio = container.add_stream("aac", rate=RATE, layout="mono")
        audio.bit_rate = way.sound_rate
        for number, picture in enumerate(film.pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame = frame.reformat(width=width, height=height, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        for start in range(0, len(film.sound) - 1023, 1024):
            block = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(film.sound[None, start : start + 1024]), format="fltp", layout="mono"
            )
            block.sample_rate, block.pts = RATE, start
            container.mux(audio.encode(block))
        container.mux(audio.encode(None))
    return out.getvalue()


def looped(path: Path, turns: int) -> bytes:
    """A clip's packets muxed again and again."""
    out = io.BytesIO()
    with av.open(str(path)) as source, av.open(out, "w", format="matroska") as made_file:
        streams = {
            stream.index: made_file.add_stream_from_template(stream)
            for stream in source.streams
            if stream.type in ("video", "audio")
        }
        packets = [p for p in source.demux(*(source.streams[i] for i in streams)) if p.dts is not None]
        kept = [(p.stream.index, p.time_base, p.pts, p.dts, p.is_keyframe, bytes(p)) for p in packets]
        length = max(Fraction(pts) * base for _, base, pts, *_ in kept) + Fraction(1, 25)
        for turn in range(turns):
            for index, base, pts, dts, key, content in kept:
                shift = int(turn * length / base)
                packet = av.Packet(content)
                packet.time_base, packet.pts, packet.dts = base, pts + shift, dts + shift
                packet.is_keyframe, packet.stream = key, streams[index]
                made_file.mux(packet)
    return out.getvalue()


def _scaled(picture: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    rows = np.arange(height) * picture.shape[0] // height
    columns = np.arange(width) * picture.shape[1] // width
    return picture[rows][:, columns]


def wilson(hits: int, trials: int) -> float:
    """Lower end of the 95 % interval."""
    z, share = 1.96, hits / trials
    middle, half = (
        share + z * z / (2 * trials),
        z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)),
    )
    return (middle - half) / (1 + z * z / trials)


def upper(hits: int, trials: int) -> str:
    """Upper 95 % bound in words."""
    return f"at most {3 / trials:.2%}, rule of three" if not hits else f"{hits / trials:.2%}"


if __name__ == "__main__":
    sys.exit(main())
