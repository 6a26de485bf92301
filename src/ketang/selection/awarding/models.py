"""The office's decision on a submission. A decision that is undone stays as it was, with the moment of its undoing."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.intake.models import Submission, Version


class Outcome(models.TextChoices):
    """What was decided."""

    SELECTED = "selected", _("入选")
    NOT_SELECTED = "not-selected", _("未入选")


class Decision(models.Model):
    """One decision on the version that counted then.

    `amount` is in yuan, null where nothing is paid for because it was not selected. `despite` is the written reason for
    selecting a package whose check found errors or did not end.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions", verbose_name=_("申报"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("版本"))
    outcome = models.CharField(_("决定"), max_length=12, choices=Outcome)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=2000, blank=True)
    despite = models.CharField(_("有问题仍入选的理由"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    decided_at = models.DateTimeField(_("决定时间"), default=timezone.now)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("遴选决定")
        verbose_name_plural = _("遴选决定")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(undone_at=None), name="one_standing_decision_a_submission"
            ),
            models.CheckConstraint(
                condition=Q(outcome="selected", amount__gte=0) | Q(outcome="not-selected", amount=None),
                name="amount_if_selected",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.outcome}"

    @property
    def is_selected(self) -> bool:
        """Whether the package was selected, and that still stands."""
        return self.outcome == Outcome.SELECTED and self.undone_at is None
