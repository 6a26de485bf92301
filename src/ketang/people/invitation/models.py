"""One-time links by which somebody comes into an organisation or a role."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.organisation.models import Organisation
from ketang.people.role.models import APPOINTED, Role


class InvitationState(models.TextChoices):
    """What has become of an invitation."""

    OPEN = "open", _("待接受")
    ACCEPTED = "accepted", _("已接受")
    REVOKED = "revoked", _("已撤销")
    EXPIRED = "expired", _("已过期")


class Invitation(models.Model):
    """To an organisation, or to a role: one of the two. Of the link's token only the digest is kept."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="invitations")
    manages = models.BooleanField(_("管理员"), default=False)
    role = models.CharField(
        _("角色"), max_length=20, blank=True, choices=[(role.value, role.label) for role in Role if role in APPOINTED]
    )
    email = models.EmailField(_("发往"), blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitations_sent"
    )
    invited_at = models.DateTimeField(_("邀请时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("有效期至"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="invitations_accepted"
    )
    accepted_at = models.DateTimeField(_("接受时间"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("邀请")
        verbose_name_plural = _("邀请")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, role="") | (Q(organisation=None) & ~Q(role="")),
                name="invited_to_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.get_role_display()} {self.get_state_display()}"

    @property
    def state(self) -> InvitationState:
        """What has become of it, now."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.OPEN

    def get_state_display(self) -> str:
        """The state in words."""
        return str(self.state.label)
