"""Background work of intake: packages that are too large for their sender to wait for; files whose time is over."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.intake.assembling import assemble, refuse
from ketang.selection.intake.letting_go import let_files_go
from ketang.selection.intake.models import Assembly, Submission
from ketang.selection.intake.weighing import weigh_again


@job("intake.assemble", limit_seconds=7200, attempts=3, when_failed="intake.not_assembled")
def put_together(running: Running, *, assembly: str) -> None:
    """Put the package together and have it received; nothing when that was done."""
    del running  # one long copy: nothing to tell on the way
    found = Assembly.objects.select_related("submission__organisation", "asked_by").filter(uuid=assembly).first()
    if found is not None:
        assemble(found)


@job("intake.not_assembled", limit_seconds=600)
def not_put_together(running: Running, *, assembly: str) -> None:
    """It failed for good: say so, instead of letting the page wait. The files are all still there."""
    del running
    found = Assembly.objects.filter(uuid=assembly).first()
    if found is not None and not found.is_over:
        refuse(found, _("打包没有完成，文件都还在。请再提交一次；还不行请联系主办单位。"))


@job("intake.weigh_call", limit_seconds=3600)
def weigh_call(running: Running, *, call: str) -> None:
    """The deadline of a call moved: say of each copy anew whether it was in time. Once more does no harm."""
    del running  # each submission is a transaction of its own
    for submission in Submission.objects.filter(call__uuid=call, submitted_at__isnull=False).iterator(500):
        with transaction.atomic():
            weigh_again(submission)


@job("intake.let_files_go", limit_seconds=3600)
def let_go(running: Running) -> None:
    """The time of single files is over: they go, with what nobody else holds of their bytes."""
    del running  # short
    let_files_go()
