"""Films with a number burnt into each picture, and reading it off a screenshot: what a learner sees, not what a player says of itself."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

RATE, BITS = 25, 10
WIDTH, HEIGHT = 320, 64


def counted_film(path: Path, seconds: int, *, sound: bool) -> Path:
    """A film whose picture n shows n as ten bars, the greatest left, white for one; with a tone, or without."""
    with av.open(str(path), "w", options={"movflags": "faststart"}) as film:
        pictures = film.add_stream("libx264", rate=RATE, options={"preset": "ultrafast", "crf": "20", "g": "25"})
        pictures.width, pictures.height, pictures.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        tone = film.add_stream("aac", rate=48_000) if sound else None
        for number in range(seconds * RATE):
            for packet in pictures.encode(
                av.VideoFrame.from_ndarray(_picture(number), format="gray").reformat(format="yuv420p")
            ):
                film.mux(packet)
        film.mux(pictures.encode())
        if tone is not None:
            waves = (0.05 * np.sin(np.arange(seconds * 48_000) * 440 * 2 * np.pi / 48_000)).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(waves[None], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48_000, 0
            for packet in [*tone.encode(frame), *tone.encode(None)]:
                film.mux(packet)
    return path


def _picture(number: int) -> NDArray[np.uint8]:
    bits = [(number >> place) & 1 for place in reversed(range(BITS))]
    return np.ascontiguousarray(
        np.broadcast_to(np.repeat(np.array(bits, dtype=np.uint8) * 255, WIDTH // BITS), (HEIGHT, WIDTH))
    )


def read_number(picture: Image.Image) -> int:
    """The number of the picture that is shown."""
    grey = np.asarray(picture.convert("L"), dtype=np.float64)
    middle = grey[grey.shape[0] // 4 : grey.shape[0] * 3 // 4]
    number = 0
    for bar in np.array_split(middle, BITS, axis=1):
        core = bar[:, bar.shape[1] // 4 : bar.shape[1] * 3 // 4]
        number = number * 2 + int(core.mean() > 127)
    return number


def shown(page: Any) -> tuple[int, int]:
    """The numbers of main and sign film in one screenshot: both come from one composed picture."""
    boxes = [page.locator(f"video[{which}]").bounding_box() for which in ("data-main", "data-sign")]
    whole = Image.open(io.BytesIO(page.screenshot(type="png")))
    main, sign = (
        read_number(
            whole.crop(
                tuple(round(side) for side in (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]))
            )
        )
        for box in boxes
    )
    return main, sign
