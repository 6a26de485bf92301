"""What was handed over to the panel of experts, list by list. A list that is withdrawn stays as it was."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission, Version


class Transfer(models.Model):
    """One list of submissions that were handed over together (移交汇总表)."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="transfers", verbose_name=_("征集"))
    number = models.CharField(_("移交单号"), max_length=80, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("移交人")
    )
    made_at = models.DateTimeField(_("移交时间"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    reason = models.CharField(_("撤回理由"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("移交")
        verbose_name_plural = _("移交")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["call", "-id"], name="transfers_of_call")]

    def __str__(self) -> str:
        return self.number

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


class TransferRow(models.Model):
    """One submission on a list, with the version that was handed over and what its check had said by then.

    `verdict` is the report's word with the office's rulings counted (`failed`, `review`, `passed`), empty without a whole check;
    `credit` is hours of 45 minutes, null where they were not counted.
    """

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField(_("序号"))
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="transfer_rows")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    verdict = models.CharField(_("检查结论"), max_length=10, blank=True)
    errors = models.PositiveIntegerField(_("必须改"), default=0)
    undecided = models.PositiveIntegerField(_("需人工判断"), default=0)
    credit = models.DecimalField(_("学时"), max_digits=8, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("移交的一件")
        verbose_name_plural = _("移交的各件")
        ordering: ClassVar = ["transfer", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["transfer", "place"], name="transfer_place_once"),
            models.UniqueConstraint(fields=["transfer", "submission"], name="submission_once_a_transfer"),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.place}"
