"""Roles, and the appointments by which an account holds one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may be here. One account may hold several."""

    VISITOR = "visitor", _("访客")
    LEARNER = "learner", _("学习者")
    SUPPLIER = "supplier", _("报送者")
    RECOMMENDER = "recommender", _("推荐单位")
    CLERK = "clerk", _("经办人员")
    EXPERT = "expert", _("评审专家")
    FINANCE = "finance", _("财务人员")
    ADMINISTRATOR = "administrator", _("系统管理员")
    CENTRE = "centre", _("培训中心")


APPOINTED = frozenset({Role.CLERK, Role.EXPERT, Role.FINANCE, Role.ADMINISTRATOR})
"""Held by appointment. The others come by being signed in (learner) or by membership (supplier, recommender, centre)."""

SECOND_FACTOR = APPOINTED | {Role.CENTRE}
"""Roles that work only with a second factor at sign-in."""


class Appointment(models.Model):
    """An account holds a role from one moment until another; ended appointments stay."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="appointments")
    role = models.CharField(
        _("角色"), max_length=20, choices=[(role.value, role.label) for role in Role if role in APPOINTED]
    )
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="appointments_made"
    )
    appointed_at = models.DateTimeField(_("任命时间"), default=timezone.now)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("任命")
        verbose_name_plural = _("任命")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role"], condition=Q(ended_at=None), name="one_appointment_a_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.get_role_display()}"
