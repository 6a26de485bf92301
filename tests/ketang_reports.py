"""Checks of the product whose reports are judged from sketches: real rules and rulebook, no film."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kebao.engine.check import check as judge
from kebao.model.report import Report
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.sketch import SketchedFile, course

if TYPE_CHECKING:
    from ketang.selection.checking.models import Check
    from ketang.selection.intake.models import Submission

SHORT_ETHICS = {"视频/尊重老人.mp4": SketchedFile(seconds=200)}
"""Beside the other 2 460 s too short for the tenth that A3(2).1 asks for in principle."""


def sketched(files: dict[str, Any] | None = None, **changes: Any) -> Report:
    """The report on a conforming course, changed."""
    return judge(course(files=files or {}, **changes), (load("tianjin/2023", all_rules()),))


def checked(submission: Submission, report: Report, content: bytes = b"first", actor: Any = None) -> Check:
    """Another version of the submission, its check done with this report."""
    from ketang.people.account.models import Account
    from ketang.platform.queue.models import Job
    from ketang.platform.storage.actions import put_bytes
    from ketang.selection.checking.actions import keep_report
    from ketang.selection.checking.models import Check
    from ketang.selection.intake import actions as intake
    from ketang.selection.intake.models import Door

    stored = put_bytes(content)
    intake.receive(
        actor=actor or Account.objects.get(login="manager"), submission=submission, door=Door.WEB, name="课.zip",
        digest=stored.digest, size=stored.size,
    )  # fmt: skip
    found = Check.objects.get(version=submission.latest)
    keep_report(found, report)
    Job.objects.filter(arguments__check=str(found.uuid)).delete()
    return Check.objects.select_related("version__submission").get(pk=found.pk)
