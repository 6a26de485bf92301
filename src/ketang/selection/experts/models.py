"""The pool of experts, the panels they sit on, their declarations, and conflicts of interest (回避)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.invitation.models import Invitation
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission, Version

LOAD = 12
"""Packages that an expert takes in one call unless somebody says otherwise."""


class Expert(models.Model):
    """Somebody in the pool, with or without an account yet.

    `categories` are ids of a call's categories, `occupations` names of occupations, both as fields of work. `relations` are names
    of persons and units that the expert names as close: they are compared, and shown to the office alone. `found_by` is what the
    office's search looks at. `invitation` is the newest link that was given for an account.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="expert", verbose_name=_("账号")
    )
    name = models.CharField(_("姓名"), max_length=100)
    unit = models.CharField(_("工作单位"), max_length=200, blank=True)
    title = models.CharField(_("职称或职务"), max_length=100, blank=True)
    mail = models.CharField(_("电子邮箱"), max_length=254, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    categories: models.JSONField[list[str], list[str]] = models.JSONField(_("熟悉的类别"), default=list, blank=True)
    occupations: models.JSONField[list[str], list[str]] = models.JSONField(_("熟悉的职业"), default=list, blank=True)
    relations: models.JSONField[list[str], list[str]] = models.JSONField(
        _("有关系的人和单位"), default=list, blank=True
    )
    load_limit = models.PositiveSmallIntegerField(_("每个征集最多评审几件"), default=LOAD)
    available_from = models.DateField(_("可以评审，自"), null=True, blank=True)
    available_until = models.DateField(_("可以评审，至"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=1000, blank=True)
    found_by = models.TextField(blank=True, editable=False)
    invitation = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("邀请")
    )
    added_at = models.DateTimeField(_("入库时间"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    left_at = models.DateTimeField(_("出库时间"), null=True, blank=True)
    left_because = models.CharField(_("出库的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("专家")
        verbose_name_plural = _("专家")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["left_at", "-id"], name="experts_in_pool")]

    def __str__(self) -> str:
        return self.name

    def is_available(self, day: date) -> bool:
        """Whether the expert is in the pool and takes work on that day."""
        begun = self.available_from is None or self.available_from <= day
        return self.left_at is None and begun and (self.available_until is None or day <= self.available_until)


class ExpertImport(models.Model):
    """A spreadsheet of experts that somebody brought. `rows` are [line, {field: words}]; they go when it is taken in or given up."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("文件名"), max_length=255)
    rows: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    brought_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("上传人")
    )
    taken_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    count = models.PositiveIntegerField(_("导入的人数"), default=0)

    class Meta:
        verbose_name = _("专家名单的导入")
        verbose_name_plural = _("专家名单的导入")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name


class PanelSeat(models.Model):
    """An expert on the panel of a call. `load_limit` counts in this call in place of the pool's; who drops out stays on record.

    `declared_at` is when the expert signed the declaration on avoiding conflicts (回避承诺) of this call; before it nothing can
    be scored. `declared` is its text as it was shown, `signed_as` the name under it.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="seats", verbose_name=_("征集"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="seats", verbose_name=_("专家"))
    chairs = models.BooleanField(_("组长"), default=False)
    load_limit = models.PositiveSmallIntegerField(_("最多评审几件"), default=LOAD)
    seated_at = models.DateTimeField(_("入组时间"), default=timezone.now)
    seated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    declared_at = models.DateTimeField(_("承诺时间"), null=True, blank=True)
    declared = models.TextField(_("承诺的内容"), blank=True)
    signed_as = models.CharField(_("署名"), max_length=150, blank=True)
    left_at = models.DateTimeField(_("退出时间"), null=True, blank=True)
    left_because = models.CharField(_("退出的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("评审组成员")
        verbose_name_plural = _("评审组成员")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "expert"], condition=Q(left_at=None), name="one_seat_an_expert")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.expert_id}"

    @property
    def is_declared(self) -> bool:
        """Whether the declaration was signed."""
        return self.declared_at is not None


class PackageNames(models.Model):
    """Whom the package of a version names in its own forms: read when it was checked, compared with experts, shown to the office alone.

    `said` is as of `naming.names_of`; empty where the package could not be read.
    """

    version = models.OneToOneField(Version, models.CASCADE, primary_key=True, related_name="names")
    said: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("课程包里写的人和单位")
        verbose_name_plural = _("课程包里写的人和单位")

    def __str__(self) -> str:
        return str(self.version_id)


class Ground(models.TextChoices):
    """Why somebody may not score a submission."""

    DECLARED = "declared", _("专家本人申报回避")
    UNIT = "unit", _("与供应单位是同一单位")
    RECOMMENDER = "recommender", _("所在单位推荐了这份申报")
    CONTACT = "contact", _("联系方式与申报人相同")
    COSIGNED = "cosigned", _("曾与供应单位共同署名")
    RELATION = "relation", _("专家列出的关系人或单位")
    OFFICE = "office", _("经办人员认定应当回避")


COMPUTED = (Ground.UNIT, Ground.RECOMMENDER, Ground.CONTACT, Ground.COSIGNED, Ground.RELATION)
"""Found by comparing; the others are said by people."""


class Conflict(models.Model):
    """One ground on which an expert may not score a submission. `reason` is for the office alone; a lifted one stays on record.

    One that was computed and is not found any more is lifted without `lifted_because`; what somebody lifts, with it.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="conflicts", verbose_name=_("专家"))
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="conflicts", verbose_name=_("申报"))
    ground = models.CharField(_("理由"), max_length=12, choices=Ground)
    reason = models.CharField(_("依据"), max_length=1000, blank=True)
    found_at = models.DateTimeField(_("发现时间"), default=timezone.now)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("提出人")
    )
    lifted_at = models.DateTimeField(_("解除时间"), null=True, blank=True)
    lifted_because = models.CharField(_("解除的理由"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("回避")
        verbose_name_plural = _("回避")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["expert", "submission", "ground"],
                condition=Q(lifted_at=None),
                name="one_standing_conflict_a_ground",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["submission", "lifted_at"], name="conflicts_of_submission")]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.submission_id} {self.ground}"
