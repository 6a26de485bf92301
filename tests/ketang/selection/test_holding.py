"""Every room of selection answers for the bytes that it holds: each field that keeps a digest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ketang.platform.storage.holding import is_held
from ketang.platform.uploads.actions import UNCLAIMED
from ketang.platform.uploads.models import Upload, UploadState
from ketang.selection.checking.models import Check
from ketang.selection.desk.models import Cover, DiskCopy, DiskFile
from ketang.selection.intake.models import Door, DraftFile, Submission, Version
from ketang.selection.ledger.models import Arrival
from ketang.selection.mail.models import Mail, MailPart

pytestmark = pytest.mark.django_db

DIGEST = "ab" * 32


def upload(hours: float) -> Upload:
    """An upload of these bytes that was stored some hours ago."""
    now = timezone.now()
    return Upload.objects.create(
        owner="account:1", name="课.zip", length=1, offset=1, state=UploadState.STORED, digest=DIGEST,
        expires_at=now + UNCLAIMED - timedelta(hours=hours), whole_at=now - timedelta(hours=hours),
    )  # fmt: skip


def mail(digest: str) -> Mail:
    return Mail.objects.create(key="m", digest=digest, size=1, received_at=timezone.now())


HOLDERS: dict[str, Callable[[Submission], object]] = {
    "version": lambda draft: Version.objects.create(
        submission=draft, index=1, door=Door.WEB, name="课.zip", digest=DIGEST, size=1, received_at=timezone.now()
    ),
    "check": lambda _draft: Check.objects.create(name="课.zip", digest=DIGEST),
    "report": lambda _draft: Check.objects.create(name="课.zip", report=DIGEST),
    "early report": lambda _draft: Check.objects.create(name="课.zip", early_report=DIGEST),
    "file of a draft": lambda draft: DraftFile.objects.create(submission=draft, upload=upload(99), path="课.zip"),
    "removed file": lambda draft: DraftFile.objects.create(
        submission=draft, upload=upload(99), path="课.zip", removed_at=timezone.now()
    ),
    "upload not taken yet": lambda _draft: upload(23),
    "arrival": lambda _draft: Arrival.objects.create(
        number="A-1", door=Door.MAIL, received_at=timezone.now(), counts_at=timezone.now(), digest=DIGEST
    ),
    "file of a disk": lambda _draft: DiskFile.objects.create(
        copy=DiskCopy.objects.create(place="/m/课", name="课"), path="课.zip", size=1, changed_ns=0, digest=DIGEST
    ),
    "photograph of a cover": lambda _draft: Cover.objects.create(
        key=uuid4(), digest=DIGEST, small="ef" * 32, width=1, height=1
    ),
    "small photograph of a cover": lambda _draft: Cover.objects.create(
        key=uuid4(), digest="ef" * 32, small=DIGEST, width=1, height=1
    ),
    "mail": lambda _draft: mail(DIGEST),
    "part of a mail": lambda _draft: MailPart.objects.create(mail=mail("cd" * 32), place="1", digest=DIGEST, size=1),
}


@pytest.mark.parametrize("holder", HOLDERS)
def test_bytes_are_held_by(draft: Submission, holder: str) -> None:
    assert not is_held(DIGEST)
    HOLDERS[holder](draft)
    assert (is_held(DIGEST), is_held("cd" * 32)) == (True, holder == "part of a mail")


def test_an_upload_that_nobody_took_holds_for_a_day(draft: Submission) -> None:
    upload(25)
    assert not is_held(DIGEST)
