"""What the pictures of a lesson show, in words for those who do not see them (口述): one cue a slide, from the slides' own text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

MATERIAL = Path(__file__).parent / "material"
FILMED = "L3"
"""The lesson that shows a photograph instead of slides."""
NOTE = "口述文字：按幻灯片自写（合成演示素材），由读屏软件或合成语音念出，不是真人录音。"
DRAWN = "画面左边是文字；右边画着一只玻璃杯，随着讲解慢慢装上水；底边的横线表示放到了哪里。"
FILMED_VIEW = "画面是一张示意照片：木桌上，红色杯碟里放着一只红色咖啡杯，旁边有一把小勺；镜头一直慢慢推近。"


def descriptions(name: str) -> str:
    """The WebVTT file of a lesson, each cue from where its slide appears to where the next one does."""
    slides = yaml.safe_load((MATERIAL / "slides.yaml").read_text(encoding="utf-8"))[name]
    timing = json.loads((MATERIAL / "speech/timing.json").read_text(encoding="utf-8"))[name]
    blocks = ["WEBVTT", f"NOTE {NOTE}"]
    for number, (start, end, words) in enumerate(_cues(name, slides, timing), start=1):
        blocks.append(f"{number}\n{_stamp(start)} --> {_stamp(end)}\n{words}")
    return "\n\n".join(blocks) + "\n"


def _cues(name: str, slides: list[dict[str, Any]], timing: dict[str, Any]) -> Iterator[tuple[float, float, str]]:
    starts = [paragraph["start"] for paragraph in timing["paragraphs"]]
    first = [sum(slide["paragraphs"] for slide in slides[:number]) for number in range(len(slides))]
    begins = [0.0, *(starts[paragraph] for paragraph in first[1:])]
    for number, (slide, begin) in enumerate(zip(slides, begins, strict=True)):
        end = begins[number + 1] if number + 1 < len(begins) else timing["seconds"]
        words = _strip(slide) if name == FILMED else _slide(slide)
        if number == 0:
            words = f"{FILMED_VIEW if name == FILMED else DRAWN}{words}"
        yield begin, end - 0.1, words


def _slide(slide: dict[str, Any]) -> str:
    return f"幻灯片“{slide['title']}”，写着：{'；'.join(slide['bullets'])}。"


def _strip(slide: dict[str, Any]) -> str:
    return f"上方字条写着：{slide['title'].replace('　', '，')}。"


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02}:{rest:06.3f}"
