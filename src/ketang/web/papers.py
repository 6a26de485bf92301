"""Official papers as answers: written as what was asked for, under a name that says what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote

from django.http import Http404, HttpResponse

from ketang.platform.official.model import Official

KINDS = ("pdf", "docx", "xlsx")


def written(official: Official, kind: str, allowed: Sequence[str] = KINDS) -> HttpResponse:
    """The paper as an attachment; 404 for a kind that it is not written as."""
    if kind not in allowed:
        raise Http404
    write, content_type = _writers(kind)
    return _attached(write(official), content_type, f"{official.title} {official.number}.{kind}")


def pdf_of(content: bytes, title: str) -> HttpResponse:
    """A PDF that was written elsewhere, as an attachment under its title."""
    return _attached(content, "application/pdf", f"{title}.pdf")


def _attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    saved = quote(name.replace("/", "-"))
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{saved}", "Cache-Control": "private, no-cache"},
    )


def _writers(kind: str) -> tuple[Callable[[Official], bytes], str]:
    """Loaded when a paper is asked for: no page needs these libraries."""
    if kind == "pdf":
        from ketang.platform.official import pdf

        return pdf.write_pdf, pdf.TYPE
    if kind == "docx":
        from ketang.platform.official import word

        return word.write_docx, word.TYPE
    from ketang.platform.official import workbook

    return workbook.write_xlsx, workbook.TYPE
