"""Mouths against speech: what counts as evidence of a delay, how it is told, and the reader where the extra `face` is installed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.resampler import AudioResampler

from kebao.archive.limits import Limits
from kebao.archive.opening import open_tree
from kebao.engine.medium_mouths import mouths_fact
from kebao.media import mouth_child
from kebao.media.measurement import Measurement
from kebao.media.measuring import measure
from kebao.media.mouth_step import CHANCE, MouthStep, mouth_step, spoken_spans
from kebao.media.mouths import SHORTEST, STRETCHES, Mouth, as_rows, from_rows, is_installed, longest, read_mouths
from kebao.model.errors import Unreadable
from kebao.model.location import Span
from kebao.model.medium import Fact
from kebao.model.text import Text
from kebao.rules.registry import all_rules
from kebao.subjects.course import Timed, Video
from kebao.subjects.sketched_pass import clapping_clip, talking_clip
from kebao.subjects.stepping import mouth_step_of
from kebao.subjects.tree_facts import TreeFacts

FPS = 25


def heard(made: Timed) -> Measurement:
    assert made.measurement is not None
    return made.measurement


def mouths_of(made: Timed) -> tuple[Mouth, ...]:
    found = made.package.facts.mouths(made.entry.path, (Span(Fraction(0), Fraction(5)),))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("early", [-0.3, -0.12, 0.0, 0.06, 0.2, 0.3])
def test_the_delay_is_read_to_half_a_picture(early: float) -> None:
    made = talking_clip(early=early)
    found = mouth_step(heard(made), mouths_of(made))
    assert found == MouthStep(pytest.approx(early, abs=0.02), pytest.approx(12 * 4.96), 12, pytest.approx(0.001))


def test_mouths_that_follow_the_voice_in_part_are_read_too() -> None:
    made = talking_clip(early=-0.2, seen=0.4)
    found = mouth_step(heard(made), mouths_of(made))
    assert found is not None
    assert found.early == pytest.approx(-0.2, abs=0.04)


def test_what_has_nothing_to_do_with_the_voice_seldom_agrees() -> None:
    """One film in a hundred may, by the stated chance."""
    made, rng, agreed = talking_clip(), np.random.default_rng(5), 0
    for _ in range(100):
        moved = [replace(mouth, times=mouth.times + rng.uniform(3, 12)) for mouth in mouths_of(made)]
        agreed += mouth_step(heard(made), moved) is not None
    assert agreed <= 100 * CHANCE


def test_too_few_or_still_mouths_say_nothing() -> None:
    made = talking_clip()
    still = [replace(mouth, opening=np.full_like(mouth.opening, 0.05)) for mouth in mouths_of(made)]
    assert [mouth_step(heard(made), mouths) for mouths in ((), mouths_of(made)[:2], still)] == [None, None, None]


def test_a_delay_beyond_the_reach_is_none() -> None:
    made = talking_clip(early=0.8)
    assert mouth_step(heard(made), mouths_of(made)) is None


def test_stretches_of_speech_are_tried_all_over_the_film_first() -> None:
    made = heard(talking_clip())
    spans = spoken_spans(made)
    assert [int(span.start) for span in spans[:STRETCHES]] == [0, 50, 100, 150, 200, 255, 305, 355, 405, 455, 510, 560]
    assert (len(spans), len(set(spans)), {span.seconds for span in spans}) == (36, 36, {Fraction(5)})
    spoken = np.zeros(30_000, np.uint8)
    spoken[1000:1500] = 255
    quiet = replace(made, meters={**made.meters, "spoken": {"spoken": spoken}})
    assert spoken_spans(quiet) == (Span(Fraction(20), Fraction(25)), Span(Fraction(25), Fraction(30)))


def test_the_longest_run_of_one_face_counts() -> None:
    seen = [(n / FPS, 0.1 if 20 <= n < 120 or n > 130 else float("nan")) for n in range(160)]
    found = longest(seen)
    assert found is not None
    assert (found.times[0], found.times[-1], len(found.opening)) == (20 / FPS, 119 / FPS, 100)
    assert [longest(seen[: round(20 + SHORTEST * FPS)]), longest([])] == [None, None]


def test_mouths_are_kept_as_rows() -> None:
    made = mouths_of(talking_clip())
    again = from_rows(as_rows(made))
    assert [(one.times.tolist(), one.opening.tolist()) for one in again] == [
        (one.times.tolist(), one.opening.tolist()) for one in made
    ]
    assert from_rows(as_rows(())) == ()


def said(made: Timed) -> list[Text]:
    found = all_rules()["step-unconfirmed"](made.package, remark_seconds=1)
    return [finding.values["names"] for finding in found]


@pytest.mark.parametrize(
    "early, zh, en",
    [
        (-0.2, "口型显示声音约晚 200 毫秒", "lips show the sound some 200 ms late"),
        (0.12, "口型显示声音约早 120 毫秒", "lips show the sound some 120 ms early"),
        (0.0, "口型看来与声音一致，相差不到 40 毫秒", "lips seem to fit the sound within 40 ms"),
    ],
)
def test_the_request_names_what_mouths_show_and_a_look_shows_it(early: float, zh: str, en: str) -> None:
    made = talking_clip(early=early)
    assert said(made) == [Text(zh=f"“试水温”（{zh}）", en=f"“试水温” ({en})")]
    assert mouths_fact(made) == Fact(
        Text(zh="口型与声音（仅供参考）", en="Lips and sound (a hint only)"),
        Text(
            zh=f"{zh}（对照 12 段共 60 秒的口型，不作判断依据）",
            en=f"{en} (12 stretches of lips, 60 s in all; nothing is judged by it)",
        ),
    )


def test_where_strikes_are_evidence_mouths_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    made = clapping_clip()
    monkeypatch.setattr(type(made.package.facts), "mouths", lambda *_: pytest.fail("asked"))
    assert isinstance(made, Video)
    assert (mouth_step_of(made), mouths_fact(made)) == (None, None)


def test_without_the_extra_nobody_looks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (tmp_path / "a.mp4").write_bytes(b"never opened")
    with open_tree(tmp_path, Limits()) as tree:
        facts = TreeFacts(tree, Limits())
        facts.measure("a.mp4", lambda: heard(talking_clip()))
        assert (is_installed(), facts.mouths("a.mp4", (Span(Fraction(0), Fraction(5)),))) == (False, None)


FACES = (
    "bbaf2n", "brbk7n", "id2_vcd_swwp2s", "lbax4n", "lbbc2a", "lrwp9a", "lwbsza", "pwij3p", "sbia1a", "sbwe5n", "swiz3n",
)  # fmt: skip
LATE = Fraction(1, 5)


@pytest.fixture(scope="module")
def talking(shared: Path) -> bytes:
    """Ten people, half a minute in all, whose words come a fifth of a second late."""
    out, at, rate = BytesIO(), 0, 48_000
    with av.open(out, "w", format="mp4") as made:
        seen = made.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "crf": "23", "g": "50"})
        seen.width, seen.height, seen.pix_fmt = 360, 288, "yuv420p"
        voice = made.add_stream("aac", rate=rate, layout="mono")
        for name in FACES:
            path = str(shared / "media" / "video" / f"grid_mixed_{name}.mpg")
            with av.open(path) as clip:
                for frame in clip.decode(video=0):
                    made.mux(seen.encode(av.VideoFrame.from_ndarray(frame.to_ndarray(format="rgb24"), format="rgb24")))
            with av.open(path) as clip:
                slow = AudioResampler("fltp", "mono", rate)
                parts = [part.to_ndarray() for frame in clip.decode(audio=0) for part in slow.resample(frame)]
            words = np.pad(np.concatenate(parts, axis=1), ((0, 0), (0, rate)))[:, : 3 * rate]
            sound = av.AudioFrame.from_ndarray(np.ascontiguousarray(words), format="fltp", layout="mono")
            sound.sample_rate, sound.pts, sound.time_base = rate, at + int(LATE * rate), Fraction(1, rate)
            made.mux(voice.encode(sound))
            at += 3 * rate
        for stream in (seen, voice):
            made.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.extra
def test_faces_that_talk_show_that_their_words_are_late(talking: bytes) -> None:
    measured = measure(lambda: BytesIO(talking), "", None, threads=1)
    found = mouth_step(measured, read_mouths(BytesIO(talking), spoken_spans(measured)))
    assert found is not None
    assert found.early == pytest.approx(-float(LATE), abs=0.06)
    assert found.chance < CHANCE


@pytest.mark.extra
def test_a_film_without_a_face_has_no_mouth(shared: Path) -> None:
    with (shared / "media" / "video" / "bbb480_30s.mp4").open("rb") as stream:
        assert read_mouths(stream, [Span(Fraction(n), Fraction(n + 5)) for n in range(0, 25, 5)]) == ()


def test_a_reader_that_ends_is_no_evidence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, film: bytes) -> None:
    """As where the package is there but does not load."""
    (tmp_path / "child.py").write_text("raise SystemExit(1)")
    monkeypatch.setattr(mouth_child, "__file__", str(tmp_path / "child.py"))
    with pytest.raises(Unreadable) as refused:
        read_mouths(BytesIO(film), [Span(Fraction(0), Fraction(1))])
    assert refused.value.code == "no-reader"


@pytest.fixture(scope="module")
def film() -> bytes:
    """A second of grey."""
    out = BytesIO()
    with av.open(out, "w", format="mp4") as made:
        stream = made.add_stream("libx264", rate=FPS, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(FPS):
            made.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((48, 64, 3), 128, np.uint8), format="rgb24")))
        made.mux(stream.encode(None))
    return out.getvalue()
