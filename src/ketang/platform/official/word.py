"""An official paper as .docx, for WPS and Word."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

import segno
from docx.shared import Cm

from kebao.documents.docx import Paper
from ketang.platform.official.model import Facts, Official, Part, Seal, Signatures, Words, shown

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LABELS_CM = 4.0


def write_docx(official: Official) -> bytes:
    """The document; the same paper gives the same bytes."""
    paper = Paper(
        official.title, official=official.letter, body_points=16 if official.letter else 11, landscape=official.landscape,
        numbered=official.language,
    )  # fmt: skip
    width = (15.6 if official.letter else 16.6) + (8.7 if official.landscape else 0)
    if official.issuer:
        paper.paragraph(official.issuer, centred=True)
    paper.title(official.title)
    if official.line:
        paper.paragraph(official.line, centred=True)
    if official.addressee:
        paper.paragraph(official.addressee)
    for part in official.parts:
        _part(paper, official, part, width)
    if official.code:
        picture = BytesIO()
        segno.make(official.code, error="m", micro=False).save(picture, kind="png", scale=4, border=2)
        paper.picture(picture.getvalue(), 3, official.code_words)
        paper.paragraph(official.code_words, centred=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "official.docx"
        paper.save(place)
        return place.read_bytes()


def _part(paper: Paper, official: Official, part: Part, width: float) -> None:
    if isinstance(part, Seal):
        for words in ("", "", part.issuer, part.day):
            paper.paragraph(words).paragraph_format.left_indent = Cm(8)
        return
    if not isinstance(part, Signatures) and part.heading:
        paper.heading(part.heading, 2)
    if isinstance(part, Facts):
        rows = [(name, shown(value)) for name, value in part.rows]
        paper.labelled(rows, (_LABELS_CM, width - _LABELS_CM))
    elif isinstance(part, Words):
        paper.paragraph(part.text, indent=official.letter)
    elif isinstance(part, Signatures):
        for name in part.names:
            paper.paragraph(official.signed(name, part.date))
    elif not part.rows:
        paper.paragraph(part.empty)
    else:
        total = sum(column.share for column in part.columns)
        paper.table(
            [column.title for column in part.columns],
            [[shown(value) for value in row] for row in part.rows],
            [column.share / total * width for column in part.columns],
        )
