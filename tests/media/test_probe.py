"""Container facts, exact; and what must never be opened is not."""

from __future__ import annotations

import socket
import threading
from fractions import Fraction
from pathlib import Path

import pytest

from kebao.media.facts import AudioFacts, MediaFacts, VideoFacts
from kebao.media.probe import probe
from kebao.model.errors import Unreadable, Unsafe
from making import make_clip


def test_facts_of_a_clip_are_exact(tmp_path: Path) -> None:
    facts = probe(make_clip(tmp_path / "a.mp4", 13, size=(160, 90), fps=25, rate=48000, channels=2))
    assert facts == MediaFacts(
        container="mov",
        seconds=Fraction(13),
        video=VideoFacts("h264", 160, 90, Fraction(25)),
        audio=(AudioFacts("aac", 48000, 2),),
    )


def test_a_clip_without_sound_has_none(tmp_path: Path) -> None:
    assert probe(make_clip(tmp_path / "a.mp4", 9, channels=0)).audio == ()


@pytest.mark.parametrize(
    "content, refusal, code",
    [
        (b"", Unreadable, "empty"),
        (b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n", Unsafe, "playlist"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", Unsafe, "playlist"),
        (b"<html><body>login</body></html>", Unreadable, "mislabel"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), Unreadable, "mislabel"),
        (b"\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom", Unreadable, "truncated"),
        (bytes(4096), Unreadable, "mislabel"),
    ],
)
def test_what_is_no_medium_is_refused(tmp_path: Path, content: bytes, refusal: type[Unreadable], code: str) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        probe(path)
    assert (type(refused.value), refused.value.code) == (refusal, code)


def test_a_cut_file_is_refused_in_words(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "a.mp4", 8).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unreadable, match="不完整或已损坏"):
        probe(cut)


def test_a_playlist_inside_reaches_no_server(tmp_path: Path) -> None:
    """A server on this machine counts who knocks; an mp4 whose data reference names it must not make us knock."""
    knocks: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]

        def listen() -> None:
            try:
                while True:
                    connection, _ = server.accept()
                    knocks.append(b"x")
                    connection.close()
            except OSError:
                return

        thread = threading.Thread(target=listen)
        thread.start()
        for number, text in enumerate(
            (
                f"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n",
                f"ffconcat version 1.0\nfile http://127.0.0.1:{port}/a\n",
                f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video {port} RTP/AVP 96\n",
            )
        ):
            path = tmp_path / f"{number}.mp4"
            path.write_text(text)
            with pytest.raises(Unreadable):
                probe(path)
        thread.join()
    assert knocks == []


def test_real_files_of_the_corpus_are_answered(shared: Path) -> None:
    answers: dict[str, str] = {}
    for path in sorted((shared / "corpus/media").glob("*/*")):
        try:
            answers[path.name] = str(probe(path).video is not None)
        except Unreadable as refusal:
            answers[path.name] = refusal.code
    assert answers == {
        "bbb_sunflower_QCIF_30fps_mp4v_noaudio_1f.mp4": "True", "invalid_userdata.mp4": "True", "minimal.mp4": "True",
        "chunk_out_of_range.mp4": "truncated", "white.mp4": "True",
    }  # fmt: skip


def test_every_real_clip_has_a_length_and_a_picture(shared: Path) -> None:
    clips = sorted((shared / "media/video").iterdir())
    assert clips
    assert [clip.name for clip in clips if not (probe(clip).seconds > 0 and probe(clip).video)] == []
