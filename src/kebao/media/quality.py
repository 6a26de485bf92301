"""How speech would please listeners, guessed by Microsoft's DNSMOS where it is installed (extra `dnsmos`): a hint, no measurement.

The models lie in the wheel of `speechmos`; its own code wants librosa, pandas and requests, so the few lines that feed them are
here. Published as P.835: the voice, the background and the whole, each from 1 to 5 (Reddy, Gopal & Cutler, ICASSP 2022).
"""

from __future__ import annotations

import importlib.resources
import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, BinaryIO

import numpy as np
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from numpy.typing import NDArray

from kebao.media.opened import DAMAGED, FAULTS, opened, sound_of
from kebao.model.errors import Unreadable

MODULE = "speechmos"
RATE = 16_000
WINDOW = Fraction(901, 100)
"""Seconds that the model hears at a time."""
_SAMPLES = int(WINDOW * RATE)
_MODEL = ("dnsmos_models", "sig_bak_ovr.onnx")
_VOICE, _BACKGROUND, _WHOLE = (
    (-0.08397278, 1.22083953, 0.0052439),
    (-0.13166888, 1.60915514, -0.39604546),
    (-0.06766283, 1.11546468, 0.04602535),
)
"""Curves by which the published code turns what the model says into marks."""


@dataclass(frozen=True)
class Quality:
    """Mean marks from 1 to 5: of the voice, of the background, of the whole; and how many windows were heard."""

    voice: float
    background: float
    whole: float
    windows: int


def is_installed() -> bool:
    """Whether quality can be guessed on this machine."""
    return all(importlib.util.find_spec(name) is not None for name in (MODULE, "onnxruntime"))


def read_quality(stream: BinaryIO, moments: Iterable[Fraction]) -> Quality | None:
    """Marks of the windows that begin at these moments; None where no whole window could be heard.

    Args:
        stream: the medium, seekable; not closed.
        moments: presentation times in exact seconds.

    Raises:
        Unsafe, Unreadable: as `probe`.
        ModuleNotFoundError: the extra `dnsmos` is not installed; ask `is_installed` first.
    """
    with opened(stream) as container:
        try:
            windows = [window for moment in moments if (window := _window(container, moment)) is not None]
        except FAULTS as error:
            raise Unreadable("truncated", DAMAGED) from error
    return marks(windows)


def marks(windows: Iterable[NDArray[np.float32]]) -> Quality | None:
    """Mean marks of windows of 9.01 s at 16 kHz, one channel; None for none."""
    said = [_model().run(None, {"input_1": window[None]})[0][0] for window in windows]
    if not said:
        return None
    voice, background, whole = np.mean(
        [
            [np.polyval(curve, one) for curve, one in zip((_VOICE, _BACKGROUND, _WHOLE), row, strict=True)]
            for row in said
        ],
        axis=0,
    )
    return Quality(float(voice), float(background), float(whole), len(said))


@cache
def _model() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    kept = importlib.resources.files(MODULE).joinpath(*_MODEL).read_bytes()
    return onnxruntime.InferenceSession(kept, options, providers=["CPUExecutionProvider"])


def _window(container: InputContainer, moment: Fraction) -> NDArray[np.float32] | None:
    """The sound from a moment on; None where it ends too early."""
    stream = sound_of(container)
    if stream is None or stream.time_base is None:
        return None
    base = Fraction(stream.time_base)
    container.seek(int(moment / base), stream=stream)
    slow, kept, count = AudioResampler("flt", "mono", RATE), [], 0
    for frame in container.decode(stream):
        if frame.pts is None or (frame.pts + frame.samples) * base < moment:
            continue
        for part in slow.resample(frame):
            kept.append(part.to_ndarray()[0])
            count += part.samples
        if count >= _SAMPLES:
            return np.asarray(np.clip(np.concatenate(kept)[:_SAMPLES], -1, 1), np.float32)
    return None
