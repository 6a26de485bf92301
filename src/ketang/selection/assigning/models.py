"""Assignments of experts to submissions, and the plans that a solver proposed."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Expert
from ketang.selection.intake.models import Submission, Version


class Plan(models.Model):
    """What a solver proposed for a call. It is put into force whole, or left.

    `asked` is what it was asked with (experts a package, weights); `rows` are [submission uuid, expert uuid, why];
    `lacking` are [submission uuid, how many are missing, why]; `cost` and `bound` are in the unit of the objective.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="assignment_plans", verbose_name=_("征集"))
    asked: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    rows: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    lacking: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    cost = models.FloatField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    asked_at = models.DateTimeField(_("请求时间"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    made_at = models.DateTimeField(_("算出时间"), null=True, blank=True)
    failed = models.CharField(_("没有算出的原因"), max_length=500, blank=True)
    applied_at = models.DateTimeField(_("采用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("分配方案")
        verbose_name_plural = _("分配方案")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return str(self.uuid)


class Means(models.TextChoices):
    """How an assignment came about."""

    SOLVER = "solver", _("系统方案")
    HAND = "hand", _("人工")


class Assignment(models.Model):
    """An expert scores a submission, in the version that counted when it was assigned. One that ended stays on record.

    `why` tells the office why this expert: `{"cost", "expertise", "load", ...}`; nothing of it is shown to the expert.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="assignments", verbose_name=_("征集"))
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="assignments", verbose_name=_("申报"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("版本"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="assignments", verbose_name=_("专家"))
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, blank=True, related_name="assignments")
    means = models.CharField(_("方式"), max_length=6, choices=Means)
    why: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("依据"), default=dict, blank=True)
    made_at = models.DateTimeField(_("分配时间"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    ended_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    ended_because = models.CharField(_("取消的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("评审分配")
        verbose_name_plural = _("评审分配")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["expert", "submission"], condition=Q(ended_at=None), name="one_standing_assignment"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["call", "ended_at", "submission"], name="assignments_of_call"),
            models.Index(fields=["expert", "ended_at", "-id"], name="assignments_of_expert"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.expert_id}"

    @property
    def stands(self) -> bool:
        """Whether it was not ended."""
        return self.ended_at is None


class PackageCount(models.Model):
    """Of a package in review: experts that are assigned, and those of them who submitted a sheet. Kept for pages (`counting`)."""

    submission = models.OneToOneField(Submission, models.CASCADE, primary_key=True, related_name="counts")
    call = models.ForeignKey(Call, models.CASCADE, related_name="+", db_index=False)
    number = models.CharField(max_length=80)
    assigned = models.PositiveSmallIntegerField(default=0)
    sheets = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("申报的评审计数")
        verbose_name_plural = _("申报的评审计数")
        indexes: ClassVar = [
            models.Index(fields=["call", "number"], name="packages_by_number"),
            models.Index(fields=["call", "sheets", "number"], name="packages_by_sheets"),
            models.Index(fields=["call", "assigned", "number"], name="packages_by_assigned"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.sheets}/{self.assigned}"


class MemberCount(models.Model):
    """The same of an expert with standing assignments in a call, with the last time a sheet was kept or submitted."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="+", db_index=False)
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="counts")
    assigned = models.PositiveIntegerField(default=0)
    sheets = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("专家的评审计数")
        verbose_name_plural = _("专家的评审计数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "expert"], name="one_count_a_member")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.expert_id} {self.sheets}/{self.assigned}"
