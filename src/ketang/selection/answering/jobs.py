"""Background work of answers."""

from __future__ import annotations

from contextlib import suppress

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.platform.refusal import Refused
from ketang.platform.uploads.models import Upload, UploadState
from ketang.platform.uploads.storing import store
from ketang.selection.answering.actions import hand_in
from ketang.selection.answering.models import UploadLink


@job("answering.hand_in", limit_seconds=7200)
def hand_in_upload(running: Running, *, link: str, upload: str) -> None:
    """Store a large upload and hand it in by its link; nothing when the link was used meanwhile."""
    del running  # one long copy: nothing to tell on the way
    found, by = Upload.objects.filter(uuid=upload).first(), UploadLink.objects.filter(uuid=link).first()
    if found is None or by is None or by.used_at is not None:
        return
    store(found)
    if found.state == UploadState.STORED and found.whole_at is not None:
        with suppress(Refused):  # another upload of the same link was quicker
            hand_in(link=by, name=found.name, digest=found.digest, size=found.length, at=found.whole_at)
