"""The demonstration's pictures: how many frames, of what shape, what moves, and what is refused."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import numpy as np
import pytest
import yaml

from kebao.demo import picture
from kebao.demo.picture import LABEL, Frame, Slide, Strip, chart_image, pan_frames, slide_frames, timed
from kebao.model.errors import UsageFault

SMALL = (320, 180)
MATERIAL = Path(picture.__file__).parent / "material"
SLIDES = [Slide("试水温", ("滴在手腕内侧", "温热不烫"), 2, "饮水照护"), Slide("坐稳", ("双脚放平",), 1, "饮水照护")]
LEAST_FRAMES_A_SECOND = 60


@pytest.fixture(autouse=True)
def _wheels() -> None:
    try:
        picture.wheel_file(*picture.FONT)
        picture.photograph()
    except UsageFault:
        pytest.skip("the extra “demo” is not installed")


def _kinds(frames: list[Frame]) -> set[tuple[tuple[int, ...], str]]:
    return {(frame.shape, str(frame.dtype)) for frame in frames}


def test_slides_are_as_many_frames_as_asked() -> None:
    frames = list(slide_frames(SLIDES, seconds=1.23, size=SMALL))
    assert (len(frames), _kinds(frames)) == (31, {((180, 320, 3), "uint8")})


def test_every_frame_of_a_slide_differs_from_the_one_before() -> None:
    frames = list(slide_frames(SLIDES, seconds=2, size=SMALL))
    assert [n for n, (a, b) in enumerate(itertools.pairwise(frames)) if np.array_equal(a, b)] == []


def test_frames_do_not_share_memory() -> None:
    first, second = itertools.islice(slide_frames(SLIDES[:1], seconds=1, size=SMALL), 2)
    kept = second.copy()
    first[:] = 0
    assert np.array_equal(second, kept)


def test_slides_change_in_proportion_to_their_weights() -> None:
    assert picture._ends([2, 1], 30) == [20, 30]
    frames = list(slide_frames(SLIDES, seconds=3, size=SMALL))
    words = np.s_[20:60, 20:200]  # the title alone: neither glass nor line
    still = [np.array_equal(a[words], b[words]) for a, b in itertools.pairwise(frames)]
    assert [n + 1 for n, same in enumerate(still) if not same] == list(range(50, 50 + round(0.5 * 25)))


def test_line_grows_to_the_whole_width() -> None:
    frames = list(slide_frames(SLIDES, seconds=1, size=SMALL))
    done = [int((frame[-1] == picture._GREEN).all(axis=1).sum()) for frame in frames]
    assert done == [round(320 * (n + 1) / 25) for n in range(25)]


def test_pan_is_as_long_as_asked_and_moves() -> None:
    frames = list(pan_frames("coffee.png", seconds=1, caption="示意照片", size=SMALL))
    assert (len(frames), _kinds(frames)) == (25, {((180, 320, 3), "uint8")})
    photo = [frame[28:-2] for frame in frames]  # neither strip nor line
    assert [n for n, (a, b) in enumerate(itertools.pairwise(photo)) if np.array_equal(a, b)] == []


def test_captions_of_a_pan_follow_one_another() -> None:
    frames = list(pan_frames("coffee.png", seconds=1, caption=[Strip("甲"), Strip("乙", 4)], size=SMALL))
    band = [frame[:28] for frame in frames]
    assert [n + 1 for n, (a, b) in enumerate(itertools.pairwise(band)) if not np.array_equal(a, b)] == [5]


@pytest.mark.parametrize("seconds", [0.04, 10])
def test_pan_stays_inside_the_photograph(seconds: float) -> None:
    boxes = [picture._window((600, 400), (1280, 608), n / 100 * min(1, seconds)) for n in range(101)]
    assert [box for box in boxes if box[0] < 0 or box[1] < 0 or box[2] > 600 or box[3] > 400] == []


def test_slide_times_follow_the_speech() -> None:
    slides = timed([("甲", ["一"], 1), ("乙", ["二", "三"], 2)], [0.8, 5.0, 9.0], 12.0, "课")
    assert slides == [Slide("甲", ("一",), 4.75, "课"), Slide("乙", ("二", "三"), 7.25, "课")]


def test_slides_that_do_not_cover_the_speech_are_refused() -> None:
    with pytest.raises(ValueError, match="2 paragraphs, the speech has 3"):
        timed([("甲", [], 2)], [0.8, 5.0, 9.0], 12.0)


@pytest.mark.parametrize(
    ("slide", "part"),
    [(Slide("很" * 40, ()), "title"), (Slide("短", tuple("一二三四五六七八")), "lines")],
)
def test_words_that_do_not_fit_are_refused(slide: Slide, part: str) -> None:
    with pytest.raises(ValueError, match=f"the {part} do"):
        next(slide_frames([slide], seconds=1, size=SMALL))


def test_caption_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit on the strip"):
        next(pan_frames("coffee.png", seconds=1, caption="很" * 60, size=SMALL))


def test_film_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one part"):
        next(slide_frames([], seconds=1, size=SMALL))


def test_absent_photograph_is_named() -> None:
    with pytest.raises(UsageFault) as caught:
        next(pan_frames("tea.png", seconds=1, caption="茶", size=SMALL))
    assert "skimage/data/tea.png" in str(caught.value)


def test_missing_glyphs_are_found() -> None:
    assert picture.glyphs_missing("温水 38～40℃\u0ca0水") == "\u0ca0"


def test_all_slides_of_the_course_can_be_drawn() -> None:
    lessons = yaml.safe_load((MATERIAL / "slides.yaml").read_text(encoding="utf-8"))
    missing = {
        lesson: picture.glyphs_missing("".join(row["title"] + "".join(row.get("bullets", ())) for row in rows) + LABEL)
        for lesson, rows in lessons.items()
    }
    assert missing == {"L1": "", "L2": "", "L3": "", "L4": "", "L5": ""}
    for rows in lessons.values():
        slides = [Slide(row["title"], tuple(row.get("bullets", ()))) for row in rows]
        assert len(list(slide_frames(slides, seconds=len(slides) / 25, size=SMALL))) == len(slides)


def test_chart_has_a_bar_for_each_row(tmp_path: Path) -> None:
    source = tmp_path / "chart.csv"
    source.write_text("时间,时段,饮水量\n7:00,早,100\n9:00,午,50\n", encoding="utf-8")
    image = np.array(chart_image((640, 360), source))
    bars = (image == picture._GLASS).all(axis=2)
    heights = bars.sum(axis=0)
    assert image.shape == (360, 640, 3)
    assert sorted(set(heights.tolist())) == [0, 86, 171]
    assert np.flatnonzero(np.diff((heights > 0).astype(int))).size == 4


@pytest.mark.parametrize("kind", ["slides", "pan"])
def test_frames_come_fast_enough(kind: str) -> None:
    """Half the promised rate: the machine that runs the tests may be busy."""
    frames = (
        slide_frames(SLIDES, seconds=4)
        if kind == "slides"
        else pan_frames("coffee.png", seconds=4, caption=[Strip("甲"), Strip("乙")])
    )
    next(frames)
    start = time.process_time()
    count = sum(1 for _ in frames)
    assert count / (time.process_time() - start) > LEAST_FRAMES_A_SECOND / 2
