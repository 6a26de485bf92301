"""Run as a program of its own: a PDF drawn page by page by PDFium, in a process with little memory, never in the one that has the database.

`text FILE` writes the characters of each page as JSON: `["…", …]`. `draw FILE FOLDER` reads `[[[first, after], …], …]` from
standard input, for each page the characters that are painted over, writes `FOLDER/1.jpg` …, and says their sizes: `[[w, h], …]`.
It imports nothing of the product, so that it starts at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

MEMORY_BYTES = 2 << 30
MOST_PAGES = 60
WIDTH, MOST_SIDE = 1400, 2400
"""Pixels of a page: its width, and neither side more than this."""
AROUND = 2
"""Pixels painted around a character."""
PAINT = (64, 64, 64)


def limit_memory() -> None:
    """No more than `MEMORY_BYTES`, where the system knows of such a limit."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of the caller remains
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    least = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (least, hard))


def characters(page: Any) -> str:
    """The characters of a page, each at the index under which PDFium knows its place."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    codes = (pdfium.FPDFText_GetUnicode(text, k) for k in range(text.count_chars()))
    return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " " for code in codes)


def drawn(page: Any, spans: list[list[int]], target: Path) -> tuple[int, int]:
    """Draw a page without its comments, paint over what is to go, and keep nothing but the pixels."""
    from PIL import ImageDraw

    width, height = page.get_size()
    scale = min(WIDTH / width, MOST_SIDE / width, MOST_SIDE / height)
    bitmap = page.render(scale=scale, draw_annots=False, may_draw_forms=False)
    place, picture = bitmap.get_posconv(page), bitmap.to_pil().convert("RGB")
    text, paint = page.get_textpage(), ImageDraw.Draw(picture)
    for first, after in spans:
        for k in range(first, after):
            left, bottom, right, top = text.get_charbox(k, loose=True)
            corners = [place.to_bitmap(left, bottom), place.to_bitmap(right, top)]
            xs, ys = sorted(x for x, _y in corners), sorted(y for _x, y in corners)
            paint.rectangle((xs[0] - AROUND, ys[0] - AROUND, xs[1] + AROUND, ys[1] + AROUND), fill=PAINT)
    picture.save(target, "JPEG", quality=85)
    return picture.width, picture.height


def main(what: str, file: str, folder: str = "") -> None:
    """Do what is asked of the first `MOST_PAGES` pages; the count of all stands first."""
    import pypdfium2

    book = pypdfium2.PdfDocument(file)
    pages = [book[k] for k in range(min(len(book), MOST_PAGES))]
    if what == "text":
        told: list[Any] = [characters(page) for page in pages]
    else:
        asked = json.load(sys.stdin)
        told = [drawn(page, asked[k], Path(folder) / f"{k + 1}.jpg") for k, page in enumerate(pages)]
    sys.stdout.write(json.dumps([len(book), told]))


if __name__ == "__main__":
    limit_memory()
    main(*sys.argv[1:])
