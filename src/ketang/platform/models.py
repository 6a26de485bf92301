"""Django finds the tables of the shared ground here."""

from __future__ import annotations

from ketang.platform.audit.models import AuditEntry, AuditHead
from ketang.platform.uploads.models import Upload, UploadPiece

__all__ = ["AuditEntry", "AuditHead", "Upload", "UploadPiece"]
