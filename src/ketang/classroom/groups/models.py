"""Classes of a training centre, who learns in them, what they are told, and who may act for a learner."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course
from ketang.people.consent.models import Consent
from ketang.people.organisation.models import Organisation


class CentreLearner(models.Model):
    """An account that a centre opened for a learner without e-mail. The centre may give it a new one-time password."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="centre_login"
    )
    centre = models.ForeignKey(Organisation, models.PROTECT, related_name="learners")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(_("开通时间"), default=timezone.now)

    class Meta:
        verbose_name = _("培训中心开通的登录号")
        verbose_name_plural = _("培训中心开通的登录号")

    def __str__(self) -> str:
        return str(self.account_id)


class Group(models.Model):
    """A class. Its centre sees what its learners have done of `courses`, and of no other."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey(Organisation, models.PROTECT, related_name="groups", verbose_name=_("培训中心"))
    title = models.CharField(_("班级名称"), max_length=100)
    join_code = models.CharField(_("加入码"), max_length=12, unique=True)
    courses = models.ManyToManyField(Course, related_name="groups", blank=True, verbose_name=_("学习的课程"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("班级")
        verbose_name_plural = _("班级")
        indexes: ClassVar = [models.Index(fields=["centre", "-made_at"], name="groups_of_centre")]

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    """Somebody is in a class, until they leave it. `by_code`: they came by themselves and agreed to be seen."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="enrolments")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    by_code = models.BooleanField(_("自己加入"), default=False)
    joined_at = models.DateTimeField(_("加入时间"), default=timezone.now)
    left_at = models.DateTimeField(_("离开时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("班级成员")
        verbose_name_plural = _("班级成员")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "account"], condition=Q(left_at=None), name="one_enrolment_a_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.account_id}"


class Announcement(models.Model):
    """What a class is told."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="announcements")
    words = models.TextField(_("内容"), max_length=2000)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    posted_at = models.DateTimeField(_("发布时间"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        indexes: ClassVar = [models.Index(fields=["group", "-posted_at"], name="told_to_group")]

    def __str__(self) -> str:
        return self.words[:40]


class Assistance(models.Model):
    """A helper may act for a learner, as the learner agreed: on a page (`consent`), or on paper that a centre keeps (`paper`)."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="helped_by")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="helps")
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.CharField(_("书面同意存放在哪里"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField(_("开始时间"), default=timezone.now)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("协助")
        verbose_name_plural = _("协助")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["learner", "helper"], condition=Q(ended_at=None), name="one_assistance_a_pair"
            ),
            models.CheckConstraint(condition=~Q(learner=models.F("helper")), name="nobody_assists_themselves"),
            models.CheckConstraint(condition=Q(consent__isnull=False) | ~Q(paper=""), name="assistance_with_consent"),
        ]

    def __str__(self) -> str:
        return f"{self.helper_id} → {self.learner_id}"
