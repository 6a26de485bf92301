"""Units and persons that supply courses, bodies that recommend, and their members."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is; a person who supplies in their own name is one of a single member."""

    UNIT = "unit", _("单位")
    PERSON = "person", _("个人")
    BUREAU = "bureau", _("人社部门")
    AUTHORITY = "authority", _("行业主管部门")
    ASSOCIATION = "association", _("行业协会")
    CENTRE = "training", _("培训中心")


RECOMMENDING = frozenset({OrganisationKind.BUREAU, OrganisationKind.AUTHORITY, OrganisationKind.ASSOCIATION})
"""Kinds whose members recommend; members of units and persons supply, those of centres keep classes."""


class Organisation(models.Model):
    """A unit, a person who supplies, a recommending body, or a training centre."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("种类"), max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(_("名称"), max_length=200)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    registered_at = models.DateTimeField(_("登记时间"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("单位或个人")
        verbose_name_plural = _("单位和个人")
        constraints = [
            models.UniqueConstraint(fields=["credit_code"], condition=~Q(credit_code=""), name="one_unit_a_credit_code")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def recommends(self) -> bool:
        """Whether its members recommend rather than supply."""
        return self.kind in RECOMMENDING


class CurrentMemberships(models.Manager["Membership"]):
    """Members who have not left."""

    def get_queryset(self) -> models.QuerySet[Membership]:
        """Without those who left."""
        return super().get_queryset().filter(left_at=None)


class Membership(models.Model):
    """An account acts for an organisation; a manager also invites and removes members."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    manages = models.BooleanField(_("管理员"), default=False)
    joined_at = models.DateTimeField(_("加入时间"), default=timezone.now)
    left_at = models.DateTimeField(_("离开时间"), null=True, blank=True)

    objects: ClassVar[models.Manager[Membership]] = models.Manager()
    current = CurrentMemberships()

    class Meta:
        verbose_name = _("成员")
        verbose_name_plural = _("成员")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organisation"], condition=Q(left_at=None), name="one_membership_an_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.organisation}"
