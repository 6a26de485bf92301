"""Media made to break a reader, through the command and the engine: refused in words, and nothing else is opened."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from kebao.cli.main import main
from kebao.media.passage import measure_stream
from kebao.model.errors import Unreadable, Unsafe

HOSTILE = {
    "concat_named.mp4": (Unsafe, 3),
    "mp4_only_ftyp.mp4": (Unreadable, 3),
    "mp4_zero.mp4": (Unreadable, 3),
    "png_named.mp4": (Unreadable, 3),
}
CORPUS: dict[str, tuple[int, Fraction] | str] = {
    "media-001/bbb_sunflower_QCIF_30fps_mp4v_noaudio_1f.mp4": (1, Fraction(1, 30)),
    "media-004/invalid_userdata.mp4": "解不开",
    "media-005/minimal.mp4": (1, Fraction(1, 25)),
    "media-007/chunk_out_of_range.mp4": "已损坏",
    "media-009/white.mp4": (300, Fraction(10)),
}
"""Pictures and the end of the last; a word of what is said where nothing can be played."""
Check = Callable[[Path], tuple[int, str]]
LONG_AGO = 1_000_000_000


@pytest.fixture
def kebao_check(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Check:
    """`kebao check PATH`: its exit code and all that it says."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(path: Path) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main(["check", str(path)])
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, said.out + said.err

    return run


@pytest.fixture
def callers() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and who called it."""
    called: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    caller, place = server.accept()
                except TimeoutError:
                    continue
                called.append(str(place))
                caller.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], called
        done.set()
        thread.join()


def playlists(port: int, canary: Path) -> dict[str, str]:
    """Ways to make FFmpeg open something else, each in the words of its format."""
    address = f"http://127.0.0.1:{port}/a.ts"
    return {
        "hls": f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n",
        "hls of a file": f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{canary.as_uri()}\n#EXT-X-ENDLIST\n",
        "hls behind a mark": f"\ufeff#EXTM3U\n#EXTINF:10,\n{address}\n",
        "concat": f"ffconcat version 1.0\nfile '{canary}'\nfile '{address}'\n",
        "dash": f'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{address}</BaseURL></MPD>',
        "sdp": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\n",
        "asx": f'<asx version="3.0"><entry><ref href="{address}"/></entry></asx>',
        "list of addresses": f"{address}\n",
    }


def opened_since(path: Path) -> bool:
    """Whether somebody read a file whose last reading was set long ago."""
    return path.stat().st_atime > LONG_AGO


def canary(path: Path) -> Path:
    path.write_bytes(b"G" * 1880)
    os.utime(path, (LONG_AGO, path.stat().st_mtime))
    return path


@pytest.mark.parametrize("name", list(playlists(1, Path("/x"))))
def test_a_playlist_named_mp4_opens_nothing(
    name: str, callers: tuple[int, list[str]], tmp_path: Path, kebao_check: Check
) -> None:
    port, called = callers
    bait = canary(tmp_path / "canary.ts")
    film = tmp_path / "课.mp4"
    film.write_text(playlists(port, bait)[name], encoding="utf-8")
    with film.open("rb") as stream, pytest.raises((Unreadable, Unsafe)):
        measure_stream(stream)
    code, said = kebao_check(film)
    assert (code, "课.mp4" in said) == (3, True)
    assert (called, opened_since(bait)) == ([], False)


def test_the_port_and_the_canary_would_tell(callers: tuple[int, list[str]], tmp_path: Path) -> None:
    port, called = callers
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.recv(1)
    assert len(called) == 1
    bait = canary(tmp_path / "canary.ts")
    bait.read_bytes()
    if not opened_since(bait):
        pytest.skip("this disk does not keep when a file was read")


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_media_are_refused_in_words(name: str, shared: Path, kebao_check: Check) -> None:
    kind, wanted = HOSTILE[name]
    path = shared / "hostile" / name
    with path.open("rb") as stream, pytest.raises(kind):
        measure_stream(stream)
    code, said = kebao_check(path)
    assert (code, name in said) == (wanted, True)


@pytest.mark.parametrize("name", list(CORPUS))
def test_every_medium_of_the_corpus_is_answered(name: str, shared: Path, kebao_check: Check) -> None:
    path, wanted = shared / "corpus" / "media" / name, CORPUS[name]
    code, said = kebao_check(path)
    if isinstance(wanted, str):
        with path.open("rb") as stream, pytest.raises(Unreadable):
            measure_stream(stream)
        assert code in (1, 3)
        assert wanted in said
        return
    with path.open("rb") as stream:
        passed = measure_stream(stream).passed
    assert passed.picture is not None
    assert (passed.picture.frames, passed.picture.end, passed.ended) == (*wanted, "whole")
    assert (code, "解不开" in said) == (0, False)
