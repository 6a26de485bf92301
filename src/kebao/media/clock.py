"""One forward clock over streams whose own times jump, as recordings glued together or broken off on the way have."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av

BACK = Fraction(1)
"""Seconds by which a stream's decoding times may run back before it counts as a jump: more than any reordering."""
FORWARD = Fraction(10)
"""Seconds that a transport or program stream may skip before it counts as a jump (FFmpeg's own threshold)."""
RESTARTING = ("mpegts", "mpeg", "flv")
"""Formats in which a jump forward is a restart of the recorder's clock; in the others it is a pause that is meant."""
_NEAR = Fraction(5)
_MOST_JUMPS = 1000


class Clock:
    """Shifts packets so that each stream goes on where it left off.

    The stream that jumps first says by how much; the others take the same shift when they follow, so that sound and picture
    stay as far apart as the recorder left them.
    """

    def __init__(self, container: str) -> None:
        self._may_skip = container in RESTARTING
        self._shifts = [Fraction(0)]
        self._reached: dict[
            int, tuple[int, Fraction]
        ] = {}  # by stream: number of its shift, where its next packet is due
        self.jumps: list[Fraction] = []

    def shift(self, packet: av.Packet[Any]) -> None:
        """Move the packet's times to the common clock. One without decoding time is left alone."""
        if packet.dts is None or packet.time_base is None:
            return
        base, stream = Fraction(packet.time_base), packet.stream_index
        at = packet.dts * base
        number, due = self._reached.get(stream, (0, at))
        if self._jumps(at + self._shifts[number], due):
            number = self._next(number, at, due)
        shift = self._shifts[number]
        self._reached[stream] = (number, at + shift + (packet.duration or 0) * base)
        if shift:
            ticks = round(shift / base)
            packet.dts += ticks
            if packet.pts is not None:
                packet.pts += ticks

    def _jumps(self, at: Fraction, due: Fraction) -> bool:
        return at < due - BACK or (self._may_skip and at > due + FORWARD)

    def _next(self, number: int, at: Fraction, due: Fraction) -> int:
        """The shift that another stream has found already, where it fits; else a new one."""
        for known in range(number + 1, len(self._shifts)):
            if abs(at + self._shifts[known] - due) <= _NEAR:
                return known
        if len(self.jumps) < _MOST_JUMPS:
            self.jumps.append(due)
        self._shifts.append(due - at)
        return len(self._shifts) - 1
