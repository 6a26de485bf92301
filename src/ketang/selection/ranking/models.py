"""The panel's meeting with its record, and rankings as they were made."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import Call
from ketang.selection.experts.models import PanelSeat
from ketang.selection.intake.models import Submission


class Meeting(models.Model):
    """The panel's meeting on a call. From its opening on, members see each other's sheets."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.OneToOneField(Call, models.PROTECT, related_name="meeting", verbose_name=_("征集"))
    opened_at = models.DateTimeField(_("开始时间"), default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("评审会")
        verbose_name_plural = _("评审会")

    def __str__(self) -> str:
        return str(self.uuid)


class Remark(models.Model):
    """One thing said in the meeting, of a submission or of all. Only ever added."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="remarks")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="remarks")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    signed_as = models.CharField(_("署名"), max_length=150)
    words = models.TextField(_("发言"))
    said_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("会议发言")
        verbose_name_plural = _("会议发言")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.words[:40]


class Choice(models.TextChoices):
    """How a member votes."""

    FOR = "for", _("同意入选")
    AGAINST = "against", _("不同意入选")
    ABSTAIN = "abstain", _("弃权")


class Vote(models.Model):
    """A member's vote on a submission. A later one of the same member counts in place of the earlier, which stays."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="votes")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="votes")
    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="votes")
    choice = models.CharField(_("表决"), max_length=8, choices=Choice)
    voted_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("表决")
        verbose_name_plural = _("表决")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.choice}"


class Ranking(models.Model):
    """A ranking as it was made. `inputs` is the SHA-256 of the sheets, rubric and settings that it was made of; `method` names the
    estimator with its version; `result` is all of it, so that `ketang rank --verify` can make it again and compare.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="rankings", verbose_name=_("征集"))
    method = models.CharField(max_length=60)
    inputs = models.CharField(max_length=64)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    made_at = models.DateTimeField(_("时间"), default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_final = models.BooleanField(_("最终排名"), default=False)
    reason = models.CharField(_("说明"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("排名")
        verbose_name_plural = _("排名")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call"], condition=models.Q(is_final=True), name="one_final_ranking_a_call")
        ]

    def __str__(self) -> str:
        return str(self.uuid)
