"""A person's ruling. Append-only: one that is taken back stays, with who took it back, when and why."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.role.models import Role
from ketang.selection.calls.models import in_language
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Submission


class RulingKind(models.TextChoices):
    """What a person says."""

    CONFIRM = "confirm", _("确认有问题")
    DISMISS = "dismiss", _("不是问题")
    WAIVE = "waive", _("豁免")
    MET = "met", _("已核对，符合")
    UNMET = "unmet", _("已核对，不符合")


OF_FINDINGS = (RulingKind.CONFIRM, RulingKind.DISMISS)
"""Said of one finding."""
OF_LOOKING = (RulingKind.MET, RulingKind.UNMET)
"""Said of a clause that no rule judges, after a person has looked."""


class Ruling(models.Model):
    """What somebody ruled of a submission, on the page of one check.

    Of a finding: `fingerprint`, which carries it to the next version. Of a clause: `rulebook` and `clause`; a waiver covers
    the findings listed in `covers` and no later one. `said` is what the machine had said, or the clause's words, in both
    languages (`zh`, `en`), so that a ruling can be read without its report. Signed: `signed_as`, `role`, `made_at`.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="rulings", verbose_name=_("申报"))
    check_of = models.ForeignKey(Check, models.PROTECT, related_name="rulings", verbose_name=_("检查"))
    kind = models.CharField(_("裁定"), max_length=8, choices=RulingKind)
    fingerprint = models.CharField(_("指纹"), max_length=16, blank=True)
    rulebook = models.CharField(_("规则册"), max_length=200, blank=True)
    clause = models.CharField(_("条款"), max_length=60, blank=True)
    covers: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    said: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("所裁定的话"), default=dict)
    reason = models.CharField(_("理由"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("裁定人")
    )
    signed_as = models.CharField(_("署名"), max_length=150)
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    made_at = models.DateTimeField(_("裁定时间"), default=timezone.now)
    undone_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    undone_as = models.CharField(_("撤回人"), max_length=150, blank=True)
    undone_because = models.CharField(_("撤回的理由"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("裁定")
        verbose_name_plural = _("裁定")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "fingerprint"], condition=Q(undone_at=None) & ~Q(fingerprint=""),
                name="one_standing_ruling_a_finding",
            ),
            models.UniqueConstraint(
                fields=["submission", "rulebook", "clause"], condition=Q(undone_at=None) & ~Q(clause=""),
                name="one_standing_ruling_a_clause",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=OF_FINDINGS, clause="", rulebook="") & ~Q(fingerprint=""))
                | (~Q(kind__in=OF_FINDINGS) & Q(fingerprint="") & ~Q(clause="") & ~Q(rulebook="")),
                name="ruling_of_a_finding_or_a_clause",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="no_ruling_without_reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.submission_id} {self.kind} {self.fingerprint or self.clause}"

    @property
    def words(self) -> str:
        """What it was said of, in the reader's language."""
        return in_language(self.said)

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.undone_at is None

    def details(self) -> dict[str, Any]:
        """What the audit log keeps of it."""
        of = {"finding": self.fingerprint} if self.fingerprint else {"rulebook": self.rulebook, "clause": self.clause}
        return {"kind": self.kind, **of, "covers": self.covers, "reason": self.reason, "check": str(self.check_of.uuid)}
