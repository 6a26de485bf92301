"""Make a film's renditions: one decoding, every size encoded beside it, the sound encoded once and put into each file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

import av
from av.audio.frame import AudioFrame
from av.container import InputContainer, OutputContainer
from av.video.frame import VideoFrame

from kebao.media.clock import Clock
from kebao.media.opened import DAMAGED, FAULTS, opened, packets_of, pictures_of, sound_of, time_zero
from kebao.media.passage import Cancelled
from kebao.media.renditions.faults import Strange
from kebao.media.renditions.loudness import CEILING_DBTP, MARGIN_DB, Loudness, loudness_of
from kebao.media.renditions.picture import TICKS, PictureTrack, Plan, plan_of, prepare
from kebao.media.renditions.recipes import (
    AUDIO,
    FILM_TYPE,
    KEYFRAME_SECONDS,
    PRESET,
    SAMPLE_RATE,
    SOUND_BITS,
    SOUND_TYPE,
    Size,
)  # fmt: skip
from kebao.media.renditions.sound import SoundTrack
from kebao.model.errors import Unreadable
from kebao.model.progress import Progress, silent
from kebao.model.text import Text

MAKING = Text(zh="转换音视频", en="Making renditions")
SHORT = Fraction(1)
"""Seconds by which the result may end before the declared end and still count as whole."""
_STUDIO_RANGE = 1
_TOLD_EVERY = 100
_GIVEN_UP = 5000
"""Packets that fail one after another before the rest is left alone."""
_WAITED = 4000
"""Packets read until the first picture: some thirty seconds of film."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file that was made: `name` is a size's or `AUDIO`; width and height are 0 without a picture."""

    name: str
    path: Path
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Made:
    """All that was made of one medium.

    Attributes:
        renditions: the largest picture first, the sound alone last.
        seconds: how long they are.
        declared: how long the medium says it is; None where it does not say.
        broken: whether reading broke off, or the result is shorter than declared.
        errors: damaged packets and pictures that were passed over.
        loudness: of the original, where it was asked for.
        gain_db: by which the sound was lifted.
    """

    renditions: tuple[Rendition, ...]
    seconds: Fraction
    declared: Fraction | None
    broken: bool
    errors: int
    loudness: Loudness | None = None
    gain_db: float = 0.0


def make_renditions(
    source: BinaryIO,
    folder: Path,
    *,
    target_lufs: float | None = None,
    sizes: Sequence[str] = (),
    with_sound: bool = True,
    threads: int = 0,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> Made:
    """Make every rendition that a medium allows; memory does not grow with its length.

    Args:
        source: the medium, seekable; not closed.
        folder: where the files are written: `720p.mp4`, `480p.mp4`, `audio.m4a`.
        target_lufs: loudness to which the sound is brought; None leaves it as it is.
        sizes: names of sizes that are wanted; every one when empty.
        with_sound: False for a film that is played without, as a signer's is.
        threads: of decoder and encoders; 0 for as many as there are cores.
        progress: told of seconds done and in all.
        cancelled: asked every few packets.

    Raises:
        Unsafe, Unreadable: as `probe`; where nothing can be decoded; where its times run wild.
        Cancelled: `cancelled` said so. What was written until then stays in the folder.
    """
    loudness = loudness_of(source, cancelled) if target_lufs is not None and with_sound else None
    gain = loudness.gain_to(target_lufs) if loudness is not None and target_lufs is not None else 0.0
    limit = CEILING_DBTP - MARGIN_DB if loudness is not None and loudness.is_limited(gain) and gain else None
    try:
        with opened(source) as container, ExitStack() as files:
            work = _Work(container, folder, files, threads, tuple(sizes), with_sound, gain, limit)
            work.run(progress, cancelled)
            made = work.made(loudness, gain)
    except FAULTS as error:
        raise Unreadable("truncated", DAMAGED) from error
    return made


@dataclass
class _File:
    """A file that is being written."""

    rendition: Rendition
    out: OutputContainer
    picture: Any = None
    sound: Any = None


class _Work:
    """One run over a medium."""

    def __init__(
        self,
        container: InputContainer,
        folder: Path,
        files: ExitStack,
        threads: int,
        sizes: tuple[str, ...],
        with_sound: bool,
        gain: float,
        limit: float | None,
    ) -> None:
        self._container, self._folder, self._files, self._threads = container, folder, files, threads
        self._sizes = sizes
        self._seen = next(iter(pictures_of(container)), None)
        self._heard = sound_of(container) if with_sound else None
        self._streams = [stream for stream in (self._seen, self._heard) if stream is not None]
        if not self._streams:
            raise Strange.nothing()
        if self._seen is not None:
            prepare(self._seen, threads)
        self._zero = time_zero(container, self._streams)
        self._declared = _declared(container, self._streams)
        self._clock = Clock(container.format.name.split(",")[0])
        self._written: list[_File] = []
        self._picture: PictureTrack | None = None
        self._sound: SoundTrack | None = None
        self._gain, self._limit = gain, limit
        self._aac: Any = None
        self._broken = False
        self._early_errors = 0

    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Decode, encode, write."""
        total, failures = int(self._declared or 0), 0
        packets = self._packets()
        for packet in self._begin(packets):
            self._take(packet)
        for count, packet in enumerate(packets, 1):
            before = self._errors
            self._take(packet)
            failures = failures + 1 if self._errors > before else 0
            if failures > _GIVEN_UP:
                self._broken = True
                break
            if count % _TOLD_EVERY == 0:
                if cancelled():
                    raise Cancelled
                if total:
                    progress(MAKING, min(total, int(self._reached)), total, "")
        for track in self._tracks:
            track.finish()
        self._close()
        if total:
            progress(MAKING, total, total, "")

    def made(self, loudness: Loudness | None, gain: float) -> Made:
        """What came of it."""
        short = self._declared is not None and self._reached + SHORT < self._declared
        renditions = tuple(one.rendition for one in self._written)
        broken = self._broken or short
        return Made(renditions, self._reached, self._declared, broken, self._errors, loudness, gain)

    @property
    def _tracks(self) -> list[PictureTrack | SoundTrack]:
        return [track for track in (self._picture, self._sound) if track is not None]

    @property
    def _reached(self) -> Fraction:
        return max((track.seconds for track in self._tracks), default=Fraction(0))

    @property
    def _errors(self) -> int:
        return self._early_errors + sum(track.errors for track in self._tracks)

    def _packets(self) -> Iterator[av.Packet[Any]]:
        """Every packet on one forward clock; where reading breaks off, the end."""
        packets = packets_of(self._container, self._streams)
        while True:
            try:
                packet = next(packets, None)
            except FAULTS:
                self._broken = True
                yield from self._ends()
                return
            if packet is None:
                return
            self._clock.shift(packet)
            yield packet

    def _ends(self) -> Iterator[av.Packet[Any]]:
        """After reading broke off: what the decoders still hold is good."""
        for stream in self._streams:
            end: av.Packet[Any] = av.Packet()
            end.stream = stream
            yield end

    def _begin(self, packets: Iterator[av.Packet[Any]]) -> Sequence[av.Packet[Any]]:
        """Read up to the first picture, which says what is made; gives the packets of sound that came before it."""
        held: list[av.Packet[Any]] = []
        seen = self._seen
        for packet in packets if seen is not None else ():
            assert seen is not None  # noqa: S101 - else nothing is read
            if packet.stream.index != seen.index:
                held.append(packet)
                if len(held) > _WAITED:
                    break
                continue
            try:
                frames: Sequence[VideoFrame] = packet.decode()
            except FAULTS:
                self._early_errors += 1
                frames = ()
            if self._early_errors > _GIVEN_UP:
                break
            if frames:
                self._open(plan_of(seen, frames[0]))
                assert self._picture is not None  # noqa: S101 - opened with a plan
                for frame in frames:
                    self._picture.take(frame)
                return held
        if self._heard is None:
            raise Strange.nothing()
        self._broken = self._broken or seen is not None
        self._open(None)
        return held

    def _take(self, packet: av.Packet[Any]) -> None:
        if self._sound is not None and packet.stream is self._heard:
            self._sound.take_packet(packet)
        elif self._picture is not None and packet.stream is self._seen:
            self._picture.take_packet(packet)

    def _open(self, plan: Plan | None) -> None:
        """Begin the files: one a size, and one with the sound alone."""
        if plan is not None:
            sizes = tuple(one for one in plan.sizes if not self._sizes or one[0].name in self._sizes)
            plan = replace(plan, sizes=sizes or plan.sizes[-1:])
            for size, width, height in plan.sizes:
                path = self._folder / f"{size.name}.mp4"
                one = _File(Rendition(size.name, path, FILM_TYPE, width, height), self._out(path, "mp4"))
                one.picture = _h264(one.out, size, (width, height), plan, self._threads)
                self._written.append(one)
        if self._heard is not None:
            path = self._folder / f"{AUDIO}.m4a"
            self._written.append(_File(Rendition(AUDIO, path, SOUND_TYPE, 0, 0), self._out(path, "ipod")))
            self._aac = self._written[-1].out.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
            self._aac.bit_rate = SOUND_BITS
            self._aac.codec_context.open()  # so that what decoders must know is there for the other files
            for one in self._written:
                alone = one.picture is None
                one.sound = self._aac if alone else one.out.add_stream_from_template(self._aac)
            self._sound = SoundTrack(self._heard, self._zero, self._hear, gain_db=self._gain, limit_db=self._limit)
        if plan is not None and self._seen is not None:
            taking = [_taker(one) for one in self._written if one.picture is not None]
            self._picture = PictureTrack(self._seen, self._zero, plan, taking)

    def _out(self, path: Path, format_name: str) -> OutputContainer:
        out = av.open(str(path), "w", format=format_name, options={"movflags": "faststart"})
        return self._files.enter_context(out)

    def _hear(self, frame: AudioFrame | None) -> None:
        """Encode the sound once, and put it into every file."""
        for packet in self._aac.encode(frame):
            content = bytes(packet)
            for one in self._written:
                copy: av.Packet[Any] = av.Packet(content)
                copy.pts, copy.dts, copy.duration = packet.pts, packet.dts, packet.duration
                copy.time_base, copy.is_keyframe, copy.stream = packet.time_base, True, one.sound
                one.out.mux(copy)

    def _close(self) -> None:
        """End every stream and file; the index is then written in front."""
        if not self._reached:
            raise Strange.nothing()
        for one in self._written:
            if one.picture is not None:
                one.out.mux(one.picture.encode(None))
        if self._sound is not None:
            self._hear(None)
        self._files.close()


def _taker(file: _File) -> Callable[[VideoFrame], None]:
    return lambda frame: file.out.mux(file.picture.encode(frame))


def _h264(out: OutputContainer, size: Size, sides: tuple[int, int], plan: Plan, threads: int) -> Any:
    options = {
        "preset": PRESET, "crf": str(size.crf), "maxrate": f"{size.most_kbps}k", "bufsize": f"{2 * size.most_kbps}k",
        "g": str(round(KEYFRAME_SECONDS * plan.fps)), "profile": "high",
    }  # fmt: skip
    stream = out.add_stream("libx264", rate=plan.fps, options=options)
    stream.width, stream.height, stream.pix_fmt = *sides, "yuv420p"
    context = stream.codec_context
    context.time_base, context.thread_count = Fraction(1, TICKS), threads
    context.color_primaries, context.color_trc, context.colorspace = plan.colours
    context.color_range = _STUDIO_RANGE
    return stream


def _declared(container: InputContainer, streams: Sequence[av.VideoStream | av.AudioStream]) -> Fraction | None:
    lengths = [Fraction(s.duration) * s.time_base for s in streams if s.duration and s.time_base and s.duration > 0]
    if lengths:
        return Fraction(max(lengths))
    return Fraction(container.duration, 1_000_000) if container.duration and container.duration > 0 else None
