"""QR codes and bars as SVG, made of our own words alone: on receipts, slips and labels."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 10
"""Empty modules on each side of bars (ISO/IEC 15417 asks for ten)."""
HEIGHT = 50


def qr(text: str, title: str, css: str = "qr") -> SafeString:
    """A QR code of `text`; `title` is what it is called where it is not seen."""
    code = segno.make(text, error="m", micro=False)
    # Built of what segno draws; the title is escaped by it.
    return SafeString(code.svg_inline(border=2, omitsize=True, svgclass=css, title=title))


def bars(text: str, title: str) -> SafeString:
    """Code 128 bars of ASCII `text`, for scanners that read bars alone; as wide as its place."""
    from barcode import Code128  # not before: it brings a library of pictures, which pages need not hold

    modules = str(Code128(text).build()[0])
    width = len(modules) + 2 * QUIET
    path = "".join(f"M{QUIET + start} 0h{length}v{HEIGHT}h-{length}z" for start, length in _runs(modules))
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">'
        '<rect width="{}" height="{}" fill="#fff"/><path d="{}" fill="#000"/></svg>',
        width, HEIGHT, title, width, HEIGHT, path,
    )  # fmt: skip


def _runs(modules: str) -> list[tuple[int, int]]:
    """(place, length) of each run of dark modules."""
    found: list[tuple[int, int]] = []
    for place, module in enumerate(modules):
        if module != "1":
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found
