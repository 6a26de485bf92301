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
    """A ranking: asked for, then computed by a job, then perhaps final.

    `asked` is what the office gave: `{"line": 12, "weights": {criterion: "20"}, "preferred": [category, …]}`, each may be null. `basis` is all it was made of:
    `{"sheets": [[uuid, digest], …], "criteria": [[id, weight], …], "preferred": [submission uuid, …]}`, and `inputs` the SHA-256 of
    that with `asked` and `method`, the estimator with its version: `ketang rank --verify` makes it again and compares.
    `result` is `{"rows": […], "orders": {key: [place, …]}}` in the order of places (`ranking.orders`), `summary` everything else (`ranking.result`); pages read `RankedRow`.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="rankings", verbose_name=_("征集"))
    method = models.CharField(max_length=60, blank=True)
    inputs = models.CharField(max_length=64, blank=True)
    asked: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    basis: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    summary: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    asked_at = models.DateTimeField(_("请求时间"), default=timezone.now)
    made_at = models.DateTimeField(_("算出时间"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    failed = models.CharField(_("没有算出的原因"), max_length=500, blank=True)
    is_final = models.BooleanField(_("最终排名"), default=False)
    final_at = models.DateTimeField(_("定为最终的时间"), null=True, blank=True)
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


class RankedRow(models.Model):
    """A row of a ranking again, for pages that read a part of it: `order` is its line, `place` its place, shared by equals."""

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="rows")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="ranked")
    order = models.PositiveIntegerField()
    place = models.PositiveIntegerField(_("名次"))
    raw = models.DecimalField(_("原始均分"), max_digits=9, decimal_places=4)
    adjusted = models.DecimalField(_("校正均分"), max_digits=9, decimal_places=4)
    spread = models.DecimalField(_("分歧"), max_digits=9, decimal_places=4, null=True, blank=True)
    sheets = models.PositiveSmallIntegerField(_("评分表"))

    class Meta:
        verbose_name = _("排名中的一行")
        verbose_name_plural = _("排名中的一行")
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ranking", "order"], name="ranked_order_once"),
            models.UniqueConstraint(fields=["ranking", "submission"], name="ranked_submission_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ranking", "-raw", "order"], name="ranked_by_raw"),
            models.Index(fields=["ranking", "-spread", "order"], name="ranked_by_spread"),
            models.Index(fields=["ranking", "sheets", "order"], name="ranked_by_sheets"),
        ]

    def __str__(self) -> str:
        return f"{self.ranking_id} {self.place}"
