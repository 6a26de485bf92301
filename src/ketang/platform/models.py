"""Django finds the tables of the shared ground here."""

from __future__ import annotations

from ketang.platform.audit.models import AuditEntry, AuditHead
from ketang.platform.outbox.models import Letter
from ketang.platform.queue.models import Job, JobGroup
from ketang.platform.signing.models import SigningKey
from ketang.platform.storage.models import StoredFile
from ketang.platform.uploads.models import Upload, UploadPiece

__all__ = ["AuditEntry", "AuditHead", "Job", "JobGroup", "Letter", "SigningKey", "StoredFile", "Upload", "UploadPiece"]
