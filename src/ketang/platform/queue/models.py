"""Jobs, and groups of jobs that one further job joins."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """waiting → running → done | failed; running → waiting when its worker died or it is tried again."""

    WAITING = "waiting", _("等待中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")


UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class JobGroup(models.Model):
    """Jobs that were fanned out. When none of them is unfinished, the job `join_name` is enqueued, once."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    join_name = models.CharField(max_length=80)
    join_arguments = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    joined_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("任务组")
        verbose_name_plural = _("任务组")

    def __str__(self) -> str:
        return f"{self.join_name} {self.uuid}"


class Job(models.Model):
    """One piece of work. `attempt` counts its starts; whoever holds the highest attempt and an unexpired lease works on it."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("名称"), max_length=80)
    arguments = models.JSONField(_("参数"), default=dict)
    key = models.CharField(max_length=120, blank=True)
    group = models.ForeignKey(JobGroup, models.CASCADE, null=True, blank=True, related_name="jobs")
    state = models.CharField(_("状态"), max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempt = models.PositiveSmallIntegerField(_("次数"), default=0)
    worker = models.CharField(max_length=120, blank=True)
    progress = models.JSONField(_("进度"), default=dict)
    message = models.TextField(_("说明"), blank=True)
    created_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    announce_at = models.DateTimeField(default=timezone.now)
    announced = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    heartbeat_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key="") & Q(state__in=UNFINISHED), name="one_unfinished_job_a_key"
            )
        ]
        indexes = [
            models.Index(fields=["announce_at"], condition=Q(state=JobState.WAITING), name="jobs_to_announce"),
            models.Index(fields=["lease_until"], condition=Q(state=JobState.RUNNING), name="jobs_leased"),
            models.Index(fields=["group", "state"], name="jobs_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.uuid} {self.state}"
