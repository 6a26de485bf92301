"""Background work: large forwarded files are put into the store, and what a forwarded package says of itself is read."""

from __future__ import annotations

from contextlib import suppress

from ketang.platform.audit.actions import SYSTEM
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.platform.refusal import Refused
from ketang.platform.uploads.models import Upload, UploadState
from ketang.platform.uploads.storing import store
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.recommending.models import Recommender
from ketang.selection.recommending.packages import forward


@job("recommending.forward", limit_seconds=7200)
def forward_upload(running: Running, *, recommender: str, upload: str) -> None:
    """Store a large upload and forward it. Killed and run again, it finds the same file on the list already."""
    del running  # one long copy: nothing to tell on the way
    found, by = Upload.objects.filter(uuid=upload).first(), Recommender.objects.filter(uuid=recommender).first()
    if found is None or by is None:
        return
    store(found)
    if found.state == UploadState.STORED and found.whole_at is not None:
        with suppress(Refused):  # the call was closed for good meanwhile
            forward(recommender=by, name=found.name, digest=found.digest, size=found.length, at=found.whole_at)


@job("recommending.read", limit_seconds=600)
def read_form(running: Running, *, arrival: str) -> None:
    """Read supplier and title from the package's own form, so that nobody types them again; a file that cannot be read keeps its name."""
    from ketang.selection.checking.naming import said_by  # brings the readers of packages

    del running
    found = Arrival.objects.filter(uuid=arrival, state=ArrivalState.UNCLAIMED).first()
    said = said_by(found.name, found.digest) if found is not None else None
    if found is None or said is None:
        return
    supplier, title = said
    with suppress(Refused):  # a clerk was quicker
        ledger.describe(
            actor=SYSTEM, arrival=found, supplier=supplier or found.supplier, title=title or found.title
        )  # fmt: skip
