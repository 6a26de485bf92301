"""A decoded frame as a small upright picture in the colours of a screen (sRGB).

YUV is converted by the matrix and range that the stream states. Where it states none, pictures of 720 lines or more, or
1280 columns or more, count as BT.709 and smaller ones as BT.601, as players do. PQ and HLG (BT.2100) are brought to
linear light, held against the reference white of 203 cd/m² (BT.2408), and what is brighter is rolled off.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, ColorTrc, Interpolation
from numpy.typing import NDArray

_WEIGHTS = {
    1: (0.2126, 0.0722), 4: (0.30, 0.11), 5: (0.299, 0.114), 6: (0.299, 0.114), 7: (0.212, 0.087),
    9: (0.2627, 0.0593), 10: (0.2627, 0.0593),
}  # fmt: skip
"""Kr and Kb of each matrix by its code point (ITU-T H.273, table 4)."""
_TO_709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])
"""BT.2020 to BT.709 primaries in linear light (BT.2087)."""
_WHITE = 203.0
_KNEE = 0.6
_SCALING = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
"""The same bytes on every machine."""
_HDR = (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)


def upright(frame: av.VideoFrame, pixel_aspect: Fraction, most: int) -> NDArray[np.uint8]:
    """The frame as RGB, shape (height, width, 3), square pixels, turned upright, at most `most` pixels in each direction.

    Args:
        frame: as decoded; turned by its own display matrix.
        pixel_aspect: width of a sample by its height; one that no camera has counts as 1.
        most: pictures are made smaller, never larger.
    """
    turns = round(frame.rotation / 90) % 4  # counter-clockwise, as numpy turns
    ratio = float(pixel_aspect) if 0.1 < pixel_aspect < 10 else 1.0
    width, height = frame.width * max(ratio, 1.0), frame.height / min(ratio, 1.0)
    scale = min(1.0, most / max(width, height))
    rgb = _rgb(frame, max(1, round(width * scale)), max(1, round(height * scale)))
    return np.ascontiguousarray(np.rot90(rgb, turns))


def _rgb(frame: av.VideoFrame, width: int, height: int) -> NDArray[np.uint8]:
    if not frame.format.name.startswith(("yuv", "nv1", "nv2", "p01", "p21")):
        return frame.reformat(width, height, "rgb24", interpolation=_SCALING).to_ndarray().astype(np.uint8, copy=False)
    full = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
    held = ColorRange.JPEG if full else ColorRange.MPEG
    hdr = frame.color_trc in _HDR
    planes = frame.reformat(
        width, height, "yuv444p16le" if hdr else "yuv444p", src_color_range=held, dst_color_range=held,
        interpolation=_SCALING,
    ).to_ndarray()  # fmt: skip
    yuv = planes.astype(np.float64)
    if yuv.shape[0] == 3:
        yuv = np.moveaxis(yuv, 0, -1)
    gamma = _matrixed(yuv / (256.0 if hdr else 1.0), full, _weights(frame))
    if hdr:
        gamma = _to_screen(gamma, frame.color_trc, frame.color_primaries)
    return np.asarray(np.clip(np.rint(gamma * 255), 0, 255).astype(np.uint8))


def _weights(frame: av.VideoFrame) -> tuple[float, float]:
    known = _WEIGHTS.get(frame.colorspace)
    if known is not None:
        return known
    large = frame.height >= 720 or frame.width >= 1280
    return _WEIGHTS[1 if large else 5]


def _matrixed(yuv: NDArray[Any], full: bool, weights: tuple[float, float]) -> NDArray[Any]:
    """R'G'B' from 0 to 1 out of Y'CbCr in units of eight bits."""
    red_weight, blue_weight = weights
    luma = yuv[..., 0] / 255 if full else (yuv[..., 0] - 16) / 219
    blue, red = ((yuv[..., part] - 128) / (255 if full else 224) for part in (1, 2))
    r = luma + 2 * (1 - red_weight) * red
    b = luma + 2 * (1 - blue_weight) * blue
    g = (luma - red_weight * r - blue_weight * b) / (1 - red_weight - blue_weight)
    return np.stack((r, g, b), axis=-1)


def _to_screen(gamma: NDArray[Any], transfer: int, primaries: int) -> NDArray[Any]:
    coded = np.clip(gamma, 0, 1)
    linear = _pq(coded) if transfer == ColorTrc.SMPTE2084 else _hlg(coded)
    if primaries in (ColorPrimaries.BT2020, ColorPrimaries.UNSPECIFIED):
        linear = np.maximum(linear @ _TO_709.T, 0)
    peak = linear.max(axis=-1, keepdims=True)
    rolled = np.where(peak > _KNEE, _KNEE + (1 - _KNEE) * (1 - np.exp((_KNEE - peak) / (1 - _KNEE))), peak)
    linear = linear * np.divide(rolled, peak, out=np.ones_like(peak), where=peak > 0)
    bent = 1.055 * np.maximum(linear, 0) ** (1 / 2.4) - 0.055
    return np.asarray(np.where(linear <= 0.0031308, 12.92 * linear, bent))


def _pq(coded: NDArray[Any]) -> NDArray[Any]:
    """Light relative to the reference white (SMPTE ST 2084)."""
    root = coded ** (32 / 2523)
    nits = 10_000 * (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (16384 / 2610)
    return np.asarray(nits / _WHITE)


def _hlg(coded: NDArray[Any]) -> NDArray[Any]:
    """Light relative to the reference white, on a screen of 1000 cd/m² (BT.2100: system gamma 1.2)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - c) / a) + b) / 12)
    light = scene @ np.array([0.2627, 0.6780, 0.0593])
    return np.asarray(1000 * scene * np.maximum(light, 1e-9)[..., None] ** 0.2 / _WHITE)
