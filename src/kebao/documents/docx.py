"""A small layer over python-docx: Chinese fonts on every style, A4, title and language set, the same bytes each time."""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kebao.model.text import Language, Text

BODY, HEAD, TITLE = "仿宋", "黑体", "宋体"
_PAGES = Text(zh="第 {page} 页，共 {pages} 页", en="Page {page} of {pages}")
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_EPOCH = datetime.datetime(2023, 1, 1)
_ZIP_EPOCH = (2023, 1, 1, 0, 0, 0)


class Paper:
    """A document being written. Sizes in points; margins by GB/T 9704-2012 (top 37 mm, left 28 mm) where `official`.

    Args:
        title: of the document, which is not written on it yet.
        landscape: whether the pages lie.
        numbered: in which language each page says its number and how many there are; None for not at all.
    """

    def __init__(
        self,
        title: str,
        *,
        official: bool = False,
        body_points: float = 12,
        landscape: bool = False,
        numbered: Language | None = None,
    ) -> None:
        self.document: Any = docx.Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.top_margin, section.bottom_margin = (Cm(3.7), Cm(3.5)) if official else (Cm(2.2), Cm(2))
        section.left_margin, section.right_margin = (Cm(2.8), Cm(2.6)) if official else (Cm(2.2), Cm(2.2))
        properties = self.document.core_properties
        properties.title, properties.language, properties.author = plain(title), "zh-CN", "课包 Kebao"
        properties.created = properties.modified = _EPOCH
        self._style("Normal", BODY, body_points)
        for level, points in ((1, 16), (2, 14), (3, 12)):
            self._style(f"Heading {level}", HEAD, points, bold=True)
        self._style("Title", TITLE, 20, bold=True)
        if numbered:
            _number_pages(section.footer.paragraphs[0], _PAGES.to(numbered))

    def _style(self, name: str, font: str, points: float, *, bold: bool = False) -> None:
        style = self.document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = (
            "Times New Roman",
            Pt(points),
            bold,
            False,
        )
        style.font.color.rgb = RGBColor(0, 0, 0)
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:eastAsia"), font)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
        properties.append(language)

    def title(self, words: str) -> None:
        """The document's title, centred."""
        paragraph = self.document.add_paragraph(plain(words), style="Title")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        border = paragraph.style.element.find(f".//{qn('w:pBdr')}")
        if border is not None:
            border.getparent().remove(border)

    def heading(self, words: str, level: int = 1) -> None:
        """A heading of level 1–3."""
        self.document.add_heading(plain(words), level)

    def paragraph(self, words: str, *, bold: bool = False, centred: bool = False, indent: bool = False) -> Any:
        """A paragraph; `indent` sets the two-character first line of Chinese documents."""
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(plain(words))
        run.bold = bold
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(24)
        return paragraph

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths_cm: Sequence[float] = ()) -> Any:
        """A table whose head row is repeated on every page."""
        table = self.grid(len(rows) + 1, len(head), widths_cm)
        for row, words in zip(table.rows, (head, *rows), strict=True):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, text in zip(row.cells, words, strict=True):
                fill(cell, text, bold=row is table.rows[0])
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
        return table

    def grid(self, rows: int, columns: int, widths_cm: Sequence[float] = ()) -> Any:
        """An empty ruled table."""
        table = self.document.add_table(rows=rows, cols=columns)
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        for row in table.rows:
            row.height = Cm(0.85)  # at least: room to write by hand
        if widths_cm:
            table.autofit = False
            for column, width in zip(table.columns, widths_cm, strict=True):
                column.width = Cm(width)
            for row in table.rows:
                for cell, width in zip(row.cells, widths_cm, strict=True):
                    cell.width = Cm(width)
        return table

    def labelled(self, rows: Sequence[tuple[str, str]], widths_cm: Sequence[float]) -> None:
        """A table of labels with what is known behind them, and room for the rest."""
        table = self.grid(len(rows), 2, widths_cm)
        for row, (label, value) in zip(table.rows, rows, strict=True):
            fill(row.cells[0], label, bold=True)
            fill(row.cells[1], value)

    def picture(self, png: bytes, width_cm: float, alt: str) -> None:
        """A centred picture with its alternative text."""
        self.document.add_picture(io.BytesIO(png), width=Cm(width_cm))
        paragraph = self.document.paragraphs[-1]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph._p.find(f".//{qn('wp:docPr')}").set("descr", plain(alt))

    def save(self, path: Path) -> None:
        """Write the file; the same document gives the same bytes."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        with zipfile.ZipFile(buffer) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name in parts.namelist():
                out.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), parts.read(name), zipfile.ZIP_DEFLATED)


def fill(cell: Any, words: str, *, bold: bool = False, centred: bool = False) -> None:
    """Put words into a cell, one paragraph a line."""
    for number, line in enumerate(plain(words).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.bold = bold
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def plain(words: str) -> str:
    """Words without characters that XML cannot hold."""
    return "".join(c for c in words if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def _number_pages(paragraph: Any, words: str) -> None:
    """The words with fields for the page and the pages, which Word and WPS fill in."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in re.split(r"(\{\w+\})", words):
        if part not in _FIELDS:
            paragraph.add_run(part)
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), _FIELDS[part])
        paragraph._p.append(field)
