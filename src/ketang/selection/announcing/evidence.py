"""Evidence of an objection: a PDF, or a picture that is drawn anew. Known by its content; a stranger's file is never shown in this site."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.platform.photographs import read_photograph
from ketang.platform.refusal import Refused

MOST_BYTES = 10 << 20


def read_evidence(name: str, content: bytes) -> tuple[str, bytes]:
    """The name and the content that are kept.

    Raises:
        Refused: too large, or neither PDF nor picture.
    """
    if len(content) > MOST_BYTES:
        raise Refused(_("文件太大：最多 10 MB。"), field="evidence")
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "evidence"
    if content.startswith(b"%PDF-"):
        return f"{stem[:240]}.pdf", content
    return f"{stem[:240]}.jpg", read_photograph(content, field="evidence").large
