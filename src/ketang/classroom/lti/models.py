"""Platforms that show our courses, our keys, launches on their way, who came from where, and marks that go back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course

LAUNCH_MINUTES = 10
"""So long a launch may take from the platform's click to our course."""
CHOOSING_HOURS = 2
"""So long somebody may choose courses for their platform."""

LOGIN_BEGINS = "lti-"
"""Login names of accounts that were made for guests begin so; others may, too."""


class Platform(models.Model):
    """Another learning platform that an administrator has entered: where it signs people in, and how it is known.

    Who it is (`issuer`, `client_id`) stays as it is once somebody came from it: their accounts hang on that. `again_at` is
    before when nothing is sent to it after it could not be reached `tries` times; `trouble` are the words of the last time.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("平台名称"), max_length=100)
    issuer = models.CharField(_("平台标识（issuer）"), max_length=500)
    client_id = models.CharField(_("客户端编号（client ID）"), max_length=255)
    deployments: models.JSONField[list[str], list[str]] = models.JSONField(_("部署编号（deployment ID）"), default=list)
    auth_url = models.CharField(_("登录地址"), max_length=500)
    token_url = models.CharField(_("令牌地址"), max_length=500)
    keys_url = models.CharField(_("公钥地址"), max_length=500)
    is_on = models.BooleanField(_("可以使用"), default=True)
    made_at = models.DateTimeField(_("时间"), default=timezone.now)
    tries = models.PositiveIntegerField(default=0)
    again_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(_("连不上的原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("其他学习平台")
        verbose_name_plural = _("其他学习平台")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["issuer", "client_id"], name="platform_entered_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """Who it is in a word: the host of its issuer."""
        return urlsplit(self.issuer).netloc or self.issuer

    @property
    def shown(self) -> str:
        """Its name and its host, as learners read it."""
        return f"{self.name}（{self.host}）"


class ToolKey(models.Model):
    """A key of ours (RSA). The newest signs; one that was replaced stays among the public ones until nobody has it cached any more."""

    kid = models.CharField(max_length=64, unique=True)
    private = models.TextField(editable=False)
    """PEM, encrypted (`platform.encryption`)."""
    public = models.TextField(_("公钥"))
    signs = models.BooleanField(default=True)
    made_at = models.DateTimeField(_("时间"), default=timezone.now)
    replaced_at = models.DateTimeField(_("更换时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("连接其他学习平台的密钥")
        verbose_name_plural = _("连接其他学习平台的密钥")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signs"], condition=Q(signs=True), name="one_tool_key_signs"),
            models.CheckConstraint(
                condition=Q(signs=True, replaced_at=None) | Q(signs=False, replaced_at__isnull=False),
                name="tool_key_replaced_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class Launch(models.Model):
    """One click in another platform on its way to us; it goes within minutes.

    `state`, `browser` and `ticket` are SHA-256 of secrets that the browser holds: what the platform brings back, a cookie, and
    the address on which the launch goes on. `message` is what the platform signed, cut down to what is needed, from `used_at` to
    `done_at`; `chosen` are courses that its teacher has chosen so far.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    platform = models.ForeignKey(Platform, models.CASCADE, related_name="launches")
    state = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=64)
    nonce = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)
    ticket = models.CharField(max_length=64, unique=True, null=True, blank=True)
    message: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    chosen: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("从其他学习平台打开")
        verbose_name_plural = _("从其他学习平台打开")

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_late(self) -> bool:
        """Whether its minutes are over."""
        longest = timedelta(hours=CHOOSING_HOURS) if self.message.get("choosing") else timedelta(minutes=LAUNCH_MINUTES)
        return self.made_at + longest < timezone.now()


class ResourceLink(models.Model):
    """A place in another platform where one of our courses stands, as its last launch told. `lineitem`: where marks go; empty for nowhere."""

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="links")
    deployment = models.CharField(max_length=255)
    link = models.CharField(max_length=255)
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    lineitem = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("其他学习平台里的课程链接")
        verbose_name_plural = _("其他学习平台里的课程链接")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["platform", "deployment", "link"], name="resource_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.platform_id} {self.link}"


class Guest(models.Model):
    """Somebody who came from another platform, under its name for them (`sub`), with an account that was made for that alone."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="guests")
    sub = models.CharField(_("平台给的编号"), max_length=255)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guest")
    made_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("从其他学习平台来的学员")
        verbose_name_plural = _("从其他学习平台来的学员")
        constraints: ClassVar = [models.UniqueConstraint(fields=["platform", "sub"], name="guest_of_a_platform_once")]

    def __str__(self) -> str:
        return f"{self.platform_id} {self.sub}"


class Grade(models.Model):
    """The mark of a guest for one place in the platform, of 100: the best of the course.

    `seen` is the newest marking that was looked at; `at` the time under which `points` are told, later each time. While it `waits`
    it is to be sent; `sent_at` is when the platform took a mark last; `refused` its words when it would not.
    """

    guest = models.ForeignKey(Guest, models.CASCADE, related_name="grades")
    link = models.ForeignKey(ResourceLink, models.CASCADE, related_name="grades")
    seen = models.PositiveBigIntegerField(default=0)
    points = models.DecimalField(_("成绩"), max_digits=5, decimal_places=2, null=True, blank=True)
    at = models.DateTimeField(_("成绩的时间"), null=True, blank=True)
    waits = models.BooleanField(_("待发送"), default=False)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    refused = models.CharField(_("对方为什么不收"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("送回学习平台的成绩")
        verbose_name_plural = _("送回学习平台的成绩")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guest", "link"], name="one_grade_a_link"),
            models.CheckConstraint(
                condition=Q(points=None, at=None, waits=False, sent_at=None, refused="")
                | Q(points__isnull=False, at__isnull=False),
                name="grade_has_a_time",
            ),
            models.CheckConstraint(condition=Q(waits=False) | Q(refused=""), name="grade_waits_or_refused"),
        ]

    def __str__(self) -> str:
        return f"{self.guest_id} {self.points}"
