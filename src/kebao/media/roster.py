"""Which meters there are. The order is the order in which they are fed."""

from __future__ import annotations

from collections.abc import Callable

from kebao.media.meter import PictureMeter, SoundMeter
from kebao.media.meters.bands import BandsMeter
from kebao.media.meters.change import ChangeMeter
from kebao.media.meters.coding import CodingMeter
from kebao.media.meters.colour import ColourMeter
from kebao.media.meters.comb import CombMeter
from kebao.media.meters.light import LightMeter
from kebao.media.meters.loudness import LoudnessMeter
from kebao.media.meters.mains import MainsMeter
from kebao.media.meters.motion import MotionMeter
from kebao.media.meters.peaks import PeaksMeter
from kebao.media.meters.print_picture import PicturePrintMeter
from kebao.media.meters.print_sound import SoundPrintMeter
from kebao.media.meters.spoken import SpokenMeter

PICTURE_METERS: tuple[Callable[[], PictureMeter], ...] = (
    LightMeter,
    ColourMeter,
    ChangeMeter,
    MotionMeter,
    CombMeter,
    CodingMeter,
    PicturePrintMeter,
)
SOUND_METERS: tuple[Callable[[], SoundMeter], ...] = (
    LoudnessMeter,
    PeaksMeter,
    BandsMeter,
    MainsMeter,
    SpokenMeter,
    SoundPrintMeter,
)
CHEAP = frozenset(("light", "loudness", "peaks"))
"""Names of the cheap set: what an instant look needs."""


def fresh(cheap: bool = False) -> tuple[tuple[PictureMeter, ...], tuple[SoundMeter, ...]]:
    """New meters for one pass."""
    pictures = tuple(make() for make in PICTURE_METERS)
    sounds = tuple(make() for make in SOUND_METERS)
    if cheap:
        pictures = tuple(meter for meter in pictures if meter.name in CHEAP)
        sounds = tuple(meter for meter in sounds if meter.name in CHEAP)
    return pictures, sounds
