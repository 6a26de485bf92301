"""Recipes of samples: short media of any stated length, and a conforming package on disk. No binary lies in the repository."""

from __future__ import annotations

import functools
import io
import shutil
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer

from kebao.documents.form import write_form
from kebao.documents.templates import write_undertaking
from kebao.kit.pack import form_fields
from kebao.package.manifest import Manifest
from kebao.package.workbook.writer import write_workbook
from kebao.questions.formats.xlsx_writer import write_paper
from kebao.subjects.sketch import BASE_FILES, course

LOOP_SECONDS = 8
CLAPS = (1.2, 3.4, 6.1)
"""Seconds of the loop at which something is struck."""
SUBTITLE_HEADER = (
    b"[Script Info]\r\nScriptType: v4.00+\r\n\r\n[V4+ Styles]\r\nFormat: Name\r\nStyle: Default\r\n\r\n"
    b"[Events]\r\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\n"
)
"""What an encoder of subtitles wants to be told before it opens."""
NAME = "网络课程+天津市晴禾职业培训学校+老年人饮水照护入门"


@functools.cache
def _loop(size: tuple[int, int], fps: int, rate: int, channels: int, late: Fraction) -> bytes:
    """Eight encoded seconds: a moving square, and a tone where there are channels; claps that are seen and heard."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        video = container.add_stream(
            "libx264", rate=fps, options={"preset": "ultrafast", "crf": "26", "g": str(fps), "bf": "0"}
        )
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        audio = (
            container.add_stream("aac", rate=rate, layout="stereo" if channels == 2 else "mono") if channels else None
        )
        for number in range(fps * LOOP_SECONDS):
            picture = np.full((size[1], size[0], 3), 40, np.uint8)
            left = number * 2 % (size[0] - 10)
            picture[5:15, left : left + 10] = 200
            for away in (number - round(clap * fps) for clap in CLAPS if channels):
                if abs(away) <= 2:  # a hand that comes, strikes and goes
                    place = size[0] // 3 + abs(away) * size[0] // 20
                    picture[size[1] // 2 : size[1] * 3 // 4, place : place + size[0] // 8] = 180
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(video.encode(None))
        if audio is not None:
            wave = np.sin(np.arange(rate * LOOP_SECONDS) * 2 * np.pi * 440 / rate).astype(np.float32) * 0.1
            clap = np.random.default_rng(1).standard_normal(rate // 20) * np.exp(-np.arange(rate // 20) / (0.01 * rate))
            for time in CLAPS:
                first = round((round(time * fps) / fps + float(late)) * rate)
                wave[first : first + len(clap)] += 0.2 * clap.astype(np.float32)
            for start in range(0, len(wave) - 1024, 1024):
                block = np.tile(wave[start : start + 1024], (channels, 1))
                frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo" if channels == 2 else "mono")
                frame.sample_rate, frame.pts = rate, start
                container.mux(audio.encode(frame))
            container.mux(audio.encode(None))
    return out.getvalue()


def make_clip(
    path: Path,
    seconds: int,
    *,
    size: tuple[int, int] = (320, 180),
    fps: int = 25,
    rate: int = 48000,
    channels: int = 1,
    captions: tuple[str, ...] = (),
    late: Fraction = Fraction(0),
) -> Path:
    """An MP4 of exactly `seconds` seconds of picture: one encoded loop, muxed again and again.

    `captions` names the language (empty for none) of each track of captions inside; `late` is the time by which each clap
    is heard after it is seen.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        av.open(io.BytesIO(_loop(size, fps, rate, channels, late))) as loop,
        av.open(str(path), "w", format="mp4") as out,
    ):
        streams = {stream.index: out.add_stream_from_template(stream) for stream in loop.streams}
        add_captions(out, captions)
        packets = [packet for packet in loop.demux() if packet.dts is not None]
        kept = [(p.stream.index, p.time_base, p.pts, p.dts, p.duration, p.is_keyframe, bytes(p)) for p in packets]
        for turn in range(-(-seconds // LOOP_SECONDS)):
            for index, base, pts, dts, duration, key, content in kept:
                shift = int(Fraction(turn * LOOP_SECONDS) / base)
                if (pts + shift) * base >= seconds:
                    continue
                packet = av.Packet(content)
                packet.time_base, packet.pts, packet.dts, packet.duration = base, pts + shift, dts + shift, duration
                packet.is_keyframe, packet.stream = key, streams[index]
                out.mux(packet)
    return path


def add_captions(film: OutputContainer, languages: tuple[str, ...]) -> None:
    """A track of one cue for each language, in front of the pictures."""
    streams = [film.add_stream("mov_text") for _ in languages]
    for stream, language in zip(streams, languages, strict=True):
        stream.codec_context.subtitle_header = SUBTITLE_HEADER
        stream.time_base = Fraction(1, 1000)
        if language:
            stream.metadata["language"] = language
    for stream in streams:
        words = "尊重老人".encode()
        packet = av.Packet(len(words).to_bytes(2, "big") + words)
        packet.stream, packet.time_base = stream, Fraction(1, 1000)
        packet.pts = packet.dts = 1000
        packet.duration = 2000
        film.mux(packet)


def manifest() -> Manifest:
    """The conforming course of the sketches, as it stands on disk."""
    return course().manifest


def make_package(folder: Path, film_seconds: int | None = None) -> Path:
    """Lay the conforming package out: workbook, papers, videos (as long as the sketch says, unless told), texts, materials. Returns its folder."""
    root = folder / NAME
    root.mkdir(parents=True)
    for path, sketched in BASE_FILES.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if sketched.seconds is not None:
            make_clip(target, film_seconds or int(sketched.seconds))
        elif path.endswith((".md", ".vtt")):
            target.write_text(sketched.text, encoding="utf-8")
    described = manifest()
    write_workbook(described, root / "培训包.xlsx")
    for path, paper in course().question_papers.items():
        write_paper(paper, root / path)  # type: ignore[arg-type]  # the sketch's papers are all readable
    write_form(form_fields(described), root / described.materials.form)
    write_undertaking(root / described.materials.undertaking, unit=described.supplier.name, title=described.title)
    return root


def copy_package(made: Path, folder: Path) -> Path:
    """A copy to plant a fault in; media are hard links, so never write into one."""
    target = folder / made.name

    def link(source: str, destination: str) -> str:
        path = Path(destination)
        if path.suffix == ".mp4":
            path.hardlink_to(source)
            return destination
        return str(shutil.copy2(source, destination))

    shutil.copytree(made, target, copy_function=link)
    return target
