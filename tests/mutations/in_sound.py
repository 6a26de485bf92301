"""Faults of sound, planted in the recording of the conforming package, which is then decoded and measured."""

from __future__ import annotations

from typing import Any

from mutations.in_package import V1, V2, V3
from mutations.mutation import Mutation, heard
from mutations.workshop import Copy, sound

RECORDING = "音频/听一听.wav"
FILMS = (V1, V2, V3)
_AT = f"@ {RECORDING} a1"


def _sounding(name: str, *said: str, **described: Any) -> Mutation:
    """The recording with a fault; each of `said` is a rule, a mark where a person must decide, and the span."""

    def plant(copy: Copy) -> None:
        copy.write(RECORDING, sound(30, **described))

    lines = []
    for line in said:
        rule, _, span = line.partition(" @ ")
        lines.append(f"{rule} {_AT} {span}".rstrip())
    return heard(name, RECORDING, plant, *lines)


SOUND: tuple[Mutation, ...] = (
    _sounding("mains hum", "mains-hum @ 00:05–00:27", hum=(-35, (1, 2, 3, 5), 6, 28)),
    _sounding("a motor that starts", "mains-hum ? @ 00:05–00:27", hum=(-35, (2, 4, 6), 6, 28)),
    _sounding("hiss behind the words", "background-noise @ 00:00–00:30", noise=12.0),
    _sounding("a noisy room", "signal-noise-low", noise=38.0),
    _sounding("a hole of a third of a second", "sound-dropout @ 00:15", hole=(15.0, 0.3)),
    _sounding("no sound for most of the time", "long-silence ? @ 00:04–00:26", silence=(4.0, 22.0)),
    _sounding("the whole recording silent", "long-silence @ 00:00–00:30", silence=(0.0, 30.0)),
    _sounding("one channel empty", "one-sided-sound @ 00:00–00:30", right="empty"),
    _sounding("one channel upside down", "phase-inverted @ 00:00–00:30", right="inverted"),
    _sounding("peaks half a decibel below the top", "true-peak-high @ 00:27", "speech-peaks-off", drive=-0.5),
    _sounding(
        "driven over full scale", "sound-clipped @ 00:00–00:29", "speech-peaks-off", "true-peak-high @ 00:25", drive=6.0
    ),
    _sounding("softer from one second to the next", "level-step @ 00:15", gains=((0.0, 3.0), (15.2, -4.0))),
    _sounding(
        "softer little by little", "level-drift ?", "level-step @ 00:16", gains=((0.0, 3.0), (8.0, -13.0)), ramp=14.0
    ),
    _sounding(
        "music as loud as the words",
        "music-loud @ 00:00–00:30",
        "speech-background-loud @ 00:00–00:30",
        music=4.0,
        pauses=2.0,
    ),
    _sounding(
        "a machine hall behind the words",
        "live-sound-loud ? @ 00:00–00:30",
        "speech-background-loud @ 00:00–00:30",
        life=12.0,
        pauses=2.0,
    ),
    _sounding("recorded too faintly", "speech-peaks-off", gains=((0.0, -14.0),)),
)
