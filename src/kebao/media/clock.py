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
        self._streams: dict[int, _Stream] = {}
        self.jumps: list[Fraction] = []

    def shift(self, packet: av.Packet[Any]) -> None:
        """Move the packet's times to the common clock. One without decoding time is left alone."""
        dts, base = packet.dts, packet.time_base  # asked once: each answer is made anew
        if dts is None or base is None:
            return
        stream = self._streams.get(packet.stream_index)
        if stream is None or stream.base != base:
            stream = self._streams[packet.stream_index] = self._met(stream, packet)
        # Whole ticks of the stream: this runs for every packet of hours of film.
        at = dts + stream.ticks
        if at < stream.due - stream.back or (self._may_skip and at > stream.due + stream.forward):
            exact, due = dts * stream.base, stream.due * stream.base
            stream.turn(self._next(stream.number, exact, due), self._shifts)
            at = dts + stream.ticks
        stream.due = at + (packet.duration or 0)
        if stream.ticks:
            packet.dts = at
            if packet.pts is not None:
                packet.pts += stream.ticks

    def _met(self, before: _Stream | None, packet: av.Packet[Any]) -> _Stream:
        """A stream seen for the first time, or in another base than before."""
        made = _Stream(Fraction(packet.time_base))
        made.turn(before.number if before is not None else 0, self._shifts)
        made.due = round(before.due * before.base / made.base) if before is not None else packet.dts or 0
        return made

    def _next(self, number: int, at: Fraction, due: Fraction) -> int:
        """The shift that another stream has found already, where it fits; else a new one."""
        for known in range(number + 1, len(self._shifts)):
            if abs(at + self._shifts[known] - due) <= _NEAR:
                return known
        if len(self.jumps) < _MOST_JUMPS:
            self.jumps.append(due)
        self._shifts.append(due - at)
        return len(self._shifts) - 1


class _Stream:
    """Where one stream is on the common clock, in its own ticks: its shift, and when its next packet is due."""

    def __init__(self, base: Fraction) -> None:
        self.base = base
        self.back, self.forward = round(BACK / base), round(FORWARD / base)
        self.number = self.ticks = self.due = 0

    def turn(self, number: int, shifts: list[Fraction]) -> None:
        """Take that shift from now on."""
        self.number, self.ticks = number, round(shifts[number] / self.base)
