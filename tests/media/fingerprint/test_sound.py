"""Chromaprint against `fpcalc` (Debian: libchromaprint-tools): the same codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from kebao.media.fingerprint.sound import SEEN, SoundPrint

MOST_SHARE = 0.04
"""Share of bits by which our codes at other rates may differ from `fpcalc`, which resamples first: a fifth of what a copy may
differ by (`MOST_BITS`). Seen: up to 0.013 on real sound, 0.023 on pure tones, which sit on the borders between notes."""


@pytest.fixture(scope="module")
def fpcalc() -> str:
    """The command."""
    found = shutil.which("fpcalc")
    if found is None:
        pytest.skip("no fpcalc: apt install libchromaprint-tools")
    return found


def tune(rate: int, seconds: float = 20, seed: int = 3) -> NDArray[np.int16]:
    """Synthetic: four notes at a time, changed three times a second, and noise."""
    rng = np.random.default_rng(seed)
    clock = np.arange(round(rate * seconds)) / rate
    sound = rng.normal(0, 0.003, len(clock))
    for start in np.arange(0, seconds, 1 / 3):
        inside = (clock >= start) & (clock < start + 1 / 3)
        for note in rng.integers(0, 48, 4):
            sound[inside] += 0.12 * np.sin(2 * np.pi * 110 * 2 ** (note / 12) * clock[inside])
    return np.clip(sound * 32767, -32768, 32767).astype(np.int16)


def theirs(command: str, samples: NDArray[np.int16], rate: int, folder: Path) -> NDArray[np.uint32]:
    """Codes by `fpcalc`. It exits with 3 where its FFmpeg reports the end of the file as an error; the codes are whole."""
    path = folder / "sound.wav"
    with wave.open(str(path), "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(samples.tobytes())
    done = subprocess.run([command, "-raw", "-json", "-length", "0", str(path)], capture_output=True, check=False)
    return np.array(json.loads(done.stdout)["fingerprint"], np.uint32)


def ours(samples: NDArray[np.int16], rate: int, block: int) -> NDArray[np.uint32]:
    """Codes by ours, fed in blocks."""
    listening = SoundPrint(rate)
    for start in range(0, len(samples), block):
        listening.feed(samples[start : start + block].astype(np.float32) / 32767)
    return listening.finish()


def real(path: Path, rate: int, seconds: int = 30) -> NDArray[np.int16]:
    """A real recording."""
    resampler = AudioResampler(format="s16", layout="mono", rate=rate)
    with av.open(str(path)) as container:
        parts = [part.to_ndarray()[0] for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate(parts)[: rate * seconds]


REAL = (
    "music/wesnoth-1.16-music_1b722.ogg", "music/librosa_Kevin_MacLeod_-_Vibe_Ace_08379.ogg",
    "speech/cmn-ChenWang-d09d_03.flac", "speech/azure-katie-af39_01.flac",
)  # fmt: skip


def test_codes_at_11025_hz_are_exactly_those_of_fpcalc(fpcalc: str, tmp_path: Path) -> None:
    samples = tune(11025)
    assert ours(samples, 11025, 1000).tolist() == theirs(fpcalc, samples, 11025, tmp_path).tolist()


def test_codes_of_real_sound_at_11025_hz_are_exactly_those_of_fpcalc(fpcalc: str, shared: Path, tmp_path: Path) -> None:
    for name in REAL:
        samples = real(shared / "media" / name, 11025)
        assert ours(samples, 11025, 11025).tolist() == theirs(fpcalc, samples, 11025, tmp_path).tolist(), name


@pytest.mark.parametrize("rate", [48_000, 44_100, 16_000])
def test_codes_at_other_rates_are_nearly_those_of_fpcalc(fpcalc: str, rate: int, tmp_path: Path) -> None:
    samples = tune(rate)
    mine, given = ours(samples, rate, rate), theirs(fpcalc, samples, rate, tmp_path)
    assert len(mine) == len(given)
    assert np.bitwise_count(mine ^ given).mean() / 32 <= MOST_SHARE


def test_codes_of_real_sound_at_48_khz_are_nearly_those_of_fpcalc(fpcalc: str, shared: Path, tmp_path: Path) -> None:
    for name in REAL:
        samples = real(shared / "media" / name, 48_000)
        mine, given = ours(samples, 48_000, 48_000), theirs(fpcalc, samples, 48_000, tmp_path)
        assert len(mine) == len(given), name
        assert np.bitwise_count(mine ^ given).mean() / 32 <= MOST_SHARE, name


@pytest.mark.parametrize("block", [13, 977, 48_000, 10**9])
def test_the_size_of_blocks_changes_nothing(block: int) -> None:
    samples = tune(48_000, 4)
    assert ours(samples, 48_000, block).tolist() == ours(samples, 48_000, len(samples)).tolist()


def test_sound_too_short_for_one_code_gives_none() -> None:
    enough = round(SEEN * 48_000) + 200
    assert len(ours(tune(48_000)[: enough - 400], 48_000, 48_000)) == 0
    assert len(ours(tune(48_000)[:enough], 48_000, 48_000)) == 1


def test_silence_is_one_code_all_along() -> None:
    codes = ours(np.zeros(48_000 * 6, np.int16), 48_000, 48_000)
    assert len(codes) > 20
    assert len(set(codes.tolist())) == 1


def test_sound_at_8_khz_is_refused() -> None:
    with pytest.raises(ValueError, match="8000 Hz"):
        SoundPrint(8000)
