"""DNSMOS, heard for real where the optional extra `dnsmos` is installed."""

from __future__ import annotations

import wave
from io import BytesIO

import pytest

from kebao.engine.medium_quality import quality_fact
from kebao.media.quality import WINDOW, is_installed, read_quality
from kebao.model.location import Span
from kebao.subjects.sounding import Sound, draw


def recorded(sound: Sound) -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(48_000)
        made.writeframes((draw(sound)[0] * 32767).astype("<i2").tobytes())
    return out.getvalue()


@pytest.mark.extra
def test_noise_lowers_the_mark_of_the_background() -> None:
    clean, noisy = (
        read_quality(BytesIO(recorded(Sound(seconds=22, noise=below))), (WINDOW * 0, WINDOW)) for below in (60.0, 5.0)
    )
    assert clean is not None
    assert noisy is not None
    assert (clean.windows, noisy.windows) == (2, 2)
    assert clean.background > noisy.background + 0.5
    assert all(1 <= mark <= 5 for made in (clean, noisy) for mark in (made.voice, made.background, made.whole))


@pytest.mark.extra
def test_what_is_shorter_than_a_window_has_no_mark() -> None:
    assert read_quality(BytesIO(recorded(Sound(seconds=5))), (WINDOW * 0,)) is None


def test_without_the_extra_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert not is_installed()
    assert quality_fact(lambda: pytest.fail("opened"), (Span(WINDOW * 0, WINDOW * 3),), WINDOW * 4) is None
