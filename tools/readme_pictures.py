"""Draw the pictures of the READMEs (`docs/report.png`, `docs/media.png`) anew from the demonstration's own packages.

    python tools/readme_pictures.py [FOLDER]

FOLDER (`build/demo` if none is named) is where `make run` lays the demonstration out; films that are there are used again. The report
is that on the faulty package, the look that at the humming lesson of the sample for a trial: synthetic material, real reports. Both
are photographed in the Chromium of the tests, at one width and one scale, down to where a finding ends, so that no line is cut.

Exit codes: 0 written; 1 nothing was written: FOLDER holds something else, there is no Chromium, no hum was found, or a picture is too
large for a README.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the browser of the tests; tools are no package

from browsing import launched  # noqa: E402  found by the line above
from kebao.cli.main import main as kebao  # noqa: E402
from kebao.demo.course import film_path  # noqa: E402
from kebao.demo.making import make  # noqa: E402
from kebao.demo.trial import HUMMING  # noqa: E402
from kebao.model.errors import KebaoError, UsageFault  # noqa: E402
from kebao.model.text import Text  # noqa: E402

WIDTH, SCALE = 900, 1.5
"""Of the window in CSS pixels, and device pixels for each: sharp at the 830 px or so that a README has for a picture."""
MOST_BYTES = 200_000
COLOURS = 256
"""Of the palette: the files are a third, no colour strays by more than 12 of 255 and the eight commonest by 1 (by median cut 52)."""
_FOUND_BAD = 1
_MARGIN = 5
"""CSS pixels left below the last finding shown: half of what parts it from the next."""


@dataclass(frozen=True)
class Picture:
    """A picture: its name in `docs/`, the page, and the element with whose end it ends."""

    name: str
    page: Path
    ends_with: str


def main(out: Path) -> int:
    """Make both pages, photograph both, and write both; or say what is wrong and write nothing."""
    try:
        drawn = _drawn(out)
    except KebaoError as error:
        return _wrong(error.message.en)
    except pytest.skip.Exception as lacking:  # no Chromium, as the tests say it
        return _wrong(str(lacking))
    for name, content in drawn.items():
        print(f"docs/{name}: {len(content):,} bytes")
    if large := [name for name, content in drawn.items() if len(content) > MOST_BYTES]:
        return _wrong(f"larger than {MOST_BYTES:,} bytes, nothing was written: {', '.join(large)}")
    for name, content in drawn.items():
        (ROOT / "docs" / name).write_bytes(content)
    return 0


def _drawn(out: Path) -> dict[str, bytes]:
    """Both pictures by their names."""
    _sound, faulty = make(
        out, films=lambda title, _reused: print(f"    {title}"), step=lambda what: print(f"· {what.en}")
    )
    film = next((out / "试检").glob("*/" + film_path(HUMMING)))
    look = out / "readme-look.html"
    answer = _answer(["media", str(film), "--format", "html", "--out", str(look), "--lang", "zh"])
    if answer != _FOUND_BAD:
        raise UsageFault(
            Text(zh=f"{film} 里没有查出电流声（{answer}）", en=f"no hum was found in {film} (exit code {answer})")
        )
    pictures = (
        Picture("report.png", faulty.page, "ol.todo > li.finding >> nth=2"),
        Picture("media.png", look, "ol.todo > li.finding >> nth=0"),
    )
    with launched() as chromium:
        return {picture.name: _photograph(chromium, picture) for picture in pictures}


def _wrong(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


def _answer(arguments: list[str]) -> int:
    """The exit code of the command."""
    try:
        kebao(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


def _photograph(chromium: Any, picture: Picture) -> bytes:
    """The page from its top to the end of the element, as PNG of so few colours as keep it small."""
    page = chromium.new_page(
        viewport={"width": WIDTH, "height": 1000}, device_scale_factor=SCALE, color_scheme="light", locale="zh-CN"
    )
    page.goto(picture.page.resolve().as_uri())
    page.evaluate("document.fonts.ready")
    box = page.locator(picture.ends_with).bounding_box()
    assert box is not None, f"{picture.page} does not show {picture.ends_with}"
    shot = page.screenshot(
        full_page=True, animations="disabled",
        clip={"x": 0, "y": 0, "width": WIDTH, "height": box["y"] + box["height"] + _MARGIN},
    )  # fmt: skip
    page.close()
    with Image.open(io.BytesIO(shot)) as image:
        few = image.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
        )
    kept = io.BytesIO()
    few.save(kept, "PNG", optimize=True)
    return kept.getvalue()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/demo"))
