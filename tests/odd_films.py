"""Short films for conversions: some that browsers play, some that they do not, some that nobody can read."""

from __future__ import annotations

import io

import av
import numpy as np

FPS = 25


def film(
    seconds: float = 1.0, *, container: str = "mp4", codec: str = "libx264", size: tuple[int, int] = (320, 180),
    sound: str = "aac", seed: int = 0,
) -> bytes:  # fmt: skip
    """A bar that moves over a grey of `seed`, and a tone; `sound` is a codec, or empty for none."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as made:
        picture = made.add_stream(codec, rate=FPS, options={"preset": "ultrafast"} if codec == "libx264" else {})
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        track = made.add_stream(sound, rate=48_000, layout="mono") if sound else None
        for number in range(round(seconds * FPS)):
            shown = np.full((size[1], size[0], 3), 40 + seed, np.uint8)
            left = number * 5 % (size[0] - 20)
            shown[:, left : left + 20] = 200
            made.mux(picture.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
        made.mux(picture.encode(None))
        if track is not None:
            tone = (np.sin(np.arange(round(seconds * 48_000)) / 20) * 0.1).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(tone[None], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48_000, 0
            made.mux(track.encode(frame))
            made.mux(track.encode(None))
    return out.getvalue()


def unplayable(seconds: float = 1.0, seed: int = 0) -> bytes:
    """MPEG-4 part 2 in AVI, as old camcorders wrote it."""
    return film(seconds, container="avi", codec="mpeg4", sound="mp3", seed=seed)
