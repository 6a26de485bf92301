"""An official paper as PDF: tagged for screen readers, its type embedded (Typst, PDF/UA-1)."""

from __future__ import annotations

import importlib.resources
import json
from functools import cache
from io import BytesIO
from typing import Any

import segno

from kebao.documents.docx import plain
from ketang.platform.official.model import Facts, Official, Part, Seal, Signatures, Words, is_number, shown

TYPE = "application/pdf"
_TYPEFACES = "pylopdf_fonts_zh_cn"
"""The package that brings Noto Serif SC and Noto Sans SC."""


def write_pdf(official: Official) -> bytes:
    """The document."""
    template = importlib.resources.files("ketang.platform.official").joinpath("official.typ").read_bytes()
    told = json.dumps(_told(official), ensure_ascii=False)
    made = compiler().compile(input=template, sys_inputs={"paper": told}, format="pdf", pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no PDF")
    return made


@cache
def compiler() -> Any:
    """One for all papers: it keeps the typefaces, which take a tenth of a second to read."""
    import typst

    faces = importlib.resources.files(_TYPEFACES)
    return typst.Compiler(font_paths=[str(faces)], ignore_system_fonts=True)


def _told(official: Official) -> dict[str, Any]:
    """The paper as the template reads it."""
    code = ""
    if official.code:
        drawn = BytesIO()
        segno.make(official.code, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
        code = drawn.getvalue().decode()
    return {
        "title": plain(official.title), "issuer": plain(official.issuer), "language": official.language,
        "line": plain(official.line), "colon": official.labelled("", ""), "landscape": official.landscape, "letter": official.letter, "addressee": plain(official.addressee), "code": code, "code-words": plain(official.code_words),
        "parts": [_part(part) for part in official.parts],
    }  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Seal):
        return {"kind": "seal", "heading": "", "issuer": plain(part.issuer), "day": plain(part.day)}
    if isinstance(part, Signatures):
        return {"kind": "signatures", "heading": "", "names": part.names, "date": part.date}
    told: dict[str, Any] = {"heading": plain(part.heading)}
    if isinstance(part, Facts):
        return told | {"kind": "facts", "rows": [(plain(name), plain(shown(value))) for name, value in part.rows]}
    if isinstance(part, Words):
        return told | {"kind": "words", "text": plain(part.text)}
    return told | {
        "kind": "table", "empty": plain(part.empty),
        "columns": [{"title": plain(column.title), "share": column.share} for column in part.columns],
        "rows": [[{"text": plain(shown(value)), "number": is_number(value)} for value in row] for row in part.rows],
    }  # fmt: skip
