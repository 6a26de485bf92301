"""Reading uploads."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone

from ketang.platform.queue.models import UNFINISHED, Job
from ketang.platform.uploads.models import Upload, UploadPiece


def holds(digest: str) -> bool:
    """Whether an upload of these bytes may still be waiting to be taken; from then on the taker holds them."""
    return Upload.objects.filter(digest=digest, expires_at__gt=timezone.now()).exists()


def is_taken(upload: Upload) -> bool:
    """Whether a row of another table holds it (any foreign key), or a job that is not finished names it."""
    return any(rows.filter(**{name: upload.pk}).exists() for rows, name in takers()) or (
        Job.objects.filter(state__in=UNFINISHED)
        .annotate(told=Cast("arguments", models.TextField()))
        .filter(told__contains=str(upload.uuid))
        .exists()
    )


def takers() -> list[tuple[models.QuerySet[models.Model], str]]:
    """Rows that may hold an upload, and the field that does: every foreign key to it but that of its own pieces."""
    return [
        (field.related_model._default_manager.all(), field.field.name)
        for field in Upload._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ManyToOneRel) and field.related_model is not UploadPiece
    ]
