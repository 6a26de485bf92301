"""That a person accepted a copy although it was late. Append-only: one that is taken back stays, with who, when and why."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.role.models import Role
from ketang.selection.intake.models import Submission, Version


class LateAcceptance(models.Model):
    """One acceptance: of a late `version`, or of what came late on paper where there is none. Signed: `signed_as`, `role`, `made_at`."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="late_acceptances", verbose_name=_("申报"))
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="late_acceptances", verbose_name=_("版本")
    )
    reason = models.CharField(_("理由"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("同意人")
    )
    signed_as = models.CharField(_("署名"), max_length=150)
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    made_at = models.DateTimeField(_("同意时间"), default=timezone.now)
    undone_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    undone_as = models.CharField(_("撤回人"), max_length=150, blank=True)
    undone_because = models.CharField(_("撤回的理由"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("逾期接收")
        verbose_name_plural = _("逾期接收")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(undone_at=None) & Q(version__isnull=False),
                name="one_standing_acceptance_a_version",
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(undone_at=None) & Q(version__isnull=True),
                name="one_standing_acceptance_of_paper",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="no_acceptance_without_reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.submission_id} {self.version_id or 'paper'}"

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.undone_at is None


def acceptances_of(submission: Submission) -> list[LateAcceptance]:
    """Every acceptance of a submission, those taken back too, newest first."""
    return list(LateAcceptance.objects.filter(submission=submission).select_related("version"))
