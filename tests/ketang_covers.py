"""Parcels' covers as a phone photographs them: drawn, turned a little, noisy, with the place in the file. Synthetic, and they say so."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIZE = (1600, 1200)
MARK = "合成样张 SYNTHETIC"
ROWS = (
    ("寄到", "示例市示例路 1 号 残疾人职业培训指导中心"),
    ("供应单位", "示例培训学校"),
    ("课程名称", "老年人饮水照护"),
)


def letters(size: int) -> ImageFont.FreeTypeFont:
    """The Chinese font of the demonstration's material."""
    import pylopdf_fonts_zh_cn

    found = sorted(
        path for path in Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("*") if path.suffix in (".ttf", ".otf")
    )
    return ImageFont.truetype(str(found[0]), size)


def cover(
    *,
    code: str = "",
    tracking: str = "SF1234567890123",
    posted: str = "2026年3月2日",
    rows: Sequence[tuple[str, str]] = ROWS,
    turned: float = 2.5,
    noise: float = 9,
) -> Image.Image:
    """A parcel with our label and a courier's waybill on brown cardboard.

    Args:
        code: on the label; none for a parcel without one, which has the rows written on it.
        tracking, posted: on the waybill, where not empty.
        rows: what the label says, as (name, value).
        turned: degrees against the clock.
        noise: standard deviation of each channel, of 255.
    """  # fmt: skip
    made = Image.new("RGB", SIZE, (176, 138, 96))
    draw = ImageDraw.Draw(made)
    draw.rectangle((110, 90, 1000, 760), fill="white")
    draw.text((150, 120), "职业技能培训网络课程资源申报材料", font=letters(44), fill="black")
    for place, (name, value) in enumerate(rows):
        draw.text((150, 230 + 90 * place), name, font=letters(34), fill=(60, 60, 60))
        draw.text((360, 230 + 90 * place), value, font=letters(34), fill="black")
    if code:
        draw.text((150, 560), code, font=letters(60), fill="black")
    draw.text((150, 680), MARK, font=letters(32), fill=(120, 30, 30))
    draw.rectangle((820, 800, 1520, 1130), fill=(250, 250, 246))
    if tracking:
        draw.text((850, 830), f"运单号 {tracking}", font=letters(40), fill="black")
    if posted:
        draw.text((850, 930), f"收寄日期 {posted}", font=letters(34), fill="black")
    draw.text((850, 1020), "寄件人 示例 13800000000", font=letters(30), fill="black")
    turned_picture = made.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor=(120, 116, 110))
    grain = np.random.default_rng(5).normal(0, noise, (SIZE[1], SIZE[0], 3))
    return Image.fromarray(np.clip(np.asarray(turned_picture) + grain, 0, 255).astype(np.uint8))


def photographed(picture: Image.Image, *, orientation: int = 1, quality: int = 80) -> bytes:
    """The picture as a phone's JPEG: with the place where it was taken and how the phone was held.

    Args:
        picture: as it is to be seen.
        orientation: of EXIF, 1 to 8; the pixels are stored so that it sets them right.
        quality: of the JPEG.
    """
    back = {
        3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = picture.transpose(back[orientation]) if orientation != 1 else picture
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = orientation, "示例手机", "2026:03:02 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 8.0, 0.0), 3: "E", 4: (117.0, 12.0, 0.0)})
    out = BytesIO()
    stored.save(out, "JPEG", quality=quality, exif=exif, comment=b"a remark of the phone")
    return out.getvalue()


def plain(size: tuple[int, int] = (64, 48), kind: str = "JPEG", **more: object) -> bytes:
    """A small picture with nothing on it."""
    out = BytesIO()
    Image.new("RGB", size, (176, 138, 96)).save(out, kind, **more)
    return out.getvalue()
