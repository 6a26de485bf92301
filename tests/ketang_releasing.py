"""What tests of letting go share: a day passes, and what is released then is worked on."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.storage.models import StoredFile
from ketang.platform.uploads.models import Upload


def a_day_later() -> int:
    """Let everything stored and uploaded so far be a day older, then do what was released; how many jobs there were."""
    day = timedelta(days=1, seconds=1)
    StoredFile.objects.update(stored_at=F("stored_at") - day)
    Upload.objects.update(whole_at=F("whole_at") - day, expires_at=F("expires_at") - day)
    waiting = Job.objects.filter(name="storage.release", state=JobState.WAITING)
    waiting.update(not_before=timezone.now())
    uuids = list(waiting.values_list("uuid", flat=True))
    for uuid in uuids:
        run(str(uuid))
    assert set(Job.objects.filter(uuid__in=uuids).values_list("state", flat=True)) <= {JobState.DONE}
    return len(uuids)
