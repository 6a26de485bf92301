"""What a course asks for its certificate, and the certificates that were issued."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course


class Terms(models.Model):
    """What a course asks for its certificate. `queries.terms_of` says what a course without a row asks.

    `hours` in 学时 of 45 minutes, 0 for no least number. `exam` asks for one paper passed, of a course that has any to sit; `tasks`
    for every task sheet marked as passed, of a course that has any.
    """

    course = models.OneToOneField(Course, models.CASCADE, primary_key=True, related_name="certificate_terms")
    is_offered = models.BooleanField(_("颁发证书"), default=True)
    every_lesson = models.BooleanField(_("学完每一课"), default=True)
    hours = models.DecimalField(
        _("至少学时"), max_digits=6, decimal_places=1, default=Decimal(0), validators=[MinValueValidator(0)]
    )
    exam = models.BooleanField(_("考试及格"), default=True)
    tasks = models.BooleanField(_("实操任务通过"), default=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(_("设定时间"), default=timezone.now)

    class Meta:
        verbose_name = _("证书条件")
        verbose_name_plural = _("证书条件")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_offered=False) | Q(every_lesson=True) | Q(exam=True) | Q(tasks=True) | Q(hours__gt=0),
                name="certificate_for_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.course_id)


class CertificateCounter(models.Model):
    """The last number of a year."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("证书编号")
        verbose_name_plural = _("证书编号")

    def __str__(self) -> str:
        return f"{self.year} {self.last}"


class Certificate(models.Model):
    """A certificate as it was issued; what it says never changes. Revoked ones stay.

    `holder` is the name on it, empty once its holder's account was erased. `by_class` gives 学时 as text by class of content.
    Whoever has `number` and `code`, which stand on the paper, can check it.
    """

    uuid = models.UUIDField(_("标识"), default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("证书编号"), max_length=20, unique=True)
    code = models.CharField(_("验证码"), max_length=12)
    course = models.ForeignKey(Course, models.PROTECT, related_name="certificates", verbose_name=_("课程"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="certificates", verbose_name=_("学习者")
    )
    holder = models.CharField(_("证书上的姓名"), max_length=100, blank=True)
    title = models.CharField(_("课程名称"), max_length=200)
    supplier = models.CharField(_("提供单位或个人"), max_length=200)
    issuer = models.CharField(_("颁发单位"), max_length=200, blank=True)
    hours = models.DecimalField(_("学时"), max_digits=6, decimal_places=1)
    by_class: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("各类内容的学时"), default=dict)
    has_passed = models.BooleanField(_("考试及格"), default=False)
    has_done = models.BooleanField(_("实操任务通过"), default=False)
    issued_at = models.DateTimeField(_("颁发时间"), default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_because = models.CharField(_("撤销的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("结业证书")
        verbose_name_plural = _("结业证书")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "account"], condition=Q(revoked_at=None), name="one_certificate_a_course"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_because=""), name="certificate_revoked_with_a_reason"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-issued_at", "-id"], name="certificates_latest")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_valid(self) -> bool:
        """Whether it stands."""
        return self.revoked_at is None

    @property
    def masked(self) -> str:
        """The holder's name for a stranger who has the paper: its first sign, and how many follow; empty when it was erased."""
        return self.holder[:1] + "＊" * (len(self.holder) - 1)


class Upheld(models.Model):
    """The office lets a certificate stand though a corrected key has taken the pass away that it names. Only added."""

    certificate = models.OneToOneField(Certificate, models.CASCADE, primary_key=True, related_name="upheld")
    reason = models.CharField(_("保留的理由"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("决定时间"), default=timezone.now)

    class Meta:
        verbose_name = _("保留的证书")
        verbose_name_plural = _("保留的证书")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="certificate_upheld_with_a_reason")
        ]

    def __str__(self) -> str:
        return str(self.certificate_id)
