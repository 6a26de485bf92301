"""The office's decision on a submission, and the list by which a call is awarded. What is undone or voided stays, with its moment."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission, Version
from ketang.selection.ranking.models import Ranking


class Outcome(models.TextChoices):
    """What was decided."""

    SELECTED = "selected", _("入选")
    RESERVE = "reserve", _("候补")
    NOT_SELECTED = "not-selected", _("未入选")


SINGLE = (Outcome.SELECTED, Outcome.NOT_SELECTED)
"""What a decision without a list may be: places of reserve are those of a list."""


class Decision(models.Model):
    """One decision on the version that counted then.

    `amount` is in yuan, null where nothing is paid for because it was not selected. `despite` is the written reason for
    selecting a package whose check found errors or did not end. `confirmed_by` is the second person, without whom it is
    neither put on public notice nor paid.
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
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
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
                condition=Q(outcome="selected", amount__gte=0)
                | Q(outcome__in=("reserve", "not-selected"), amount__isnull=True),
                name="amount_if_selected",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(decided_by=None) | ~Q(confirmed_by=models.F("decided_by")),
                name="decided_and_confirmed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.outcome}"

    @property
    def is_selected(self) -> bool:
        """Whether the package was selected, and that still stands."""
        return self.outcome == Outcome.SELECTED and self.undone_at is None

    @property
    def is_confirmed(self) -> bool:
        """Whether two people stand behind it."""
        return self.confirmed_at is not None


class ListState(models.TextChoices):
    """How a list stands."""

    DRAFT = "draft", _("拟订中")
    APPROVED = "approved", _("已批准")


class AwardList(models.Model):
    """Who is selected in a call, and for how much (入选名单). One a call; made from its final ranking.

    `bands` are quality bands as of `awarding.bands`; `suggested` while they are the system's own. `explained` is what the
    proposal came to: `{"total", "used", "left", "more"}`. Only an approved list has been written as decisions; it is a
    draft again when a place of reserve is called up.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.OneToOneField(Call, models.PROTECT, related_name="award_list", verbose_name=_("征集"))
    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="+", verbose_name=_("排名"))
    bands: models.JSONField[list[Any], list[Any]] = models.JSONField(_("质量档次"), default=list)
    suggested = models.BooleanField(_("本系统建议"), default=True)
    reserves = models.PositiveSmallIntegerField(_("候补件数"), default=3)
    state = models.CharField(_("状态"), max_length=10, choices=ListState, default=ListState.DRAFT)
    explained: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("拟订人")
    )
    made_at = models.DateTimeField(_("拟订时间"), default=timezone.now)
    proposed_at = models.DateTimeField(_("测算时间"), null=True, blank=True)
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("入选名单")
        verbose_name_plural = _("入选名单")

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_draft(self) -> bool:
        """Whether it may be changed."""
        return self.state == ListState.DRAFT


class AwardRow(models.Model):
    """One submission on a list. `why` is the proposal's ground (`awarding.words`), for the office; `reason` the supplier reads.

    `decision` is the one it was written as. A withdrawn award keeps when and why.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    award_list = models.ForeignKey(AwardList, models.CASCADE, related_name="rows")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="award_rows", verbose_name=_("申报"))
    place = models.PositiveIntegerField(_("名次"))
    raw = models.DecimalField(_("原始均分"), max_digits=9, decimal_places=4)
    adjusted = models.DecimalField(_("校正均分"), max_digits=9, decimal_places=4)
    sheets = models.PositiveSmallIntegerField(_("评分表"), default=0)
    outcome = models.CharField(_("决定"), max_length=12, choices=Outcome, default=Outcome.NOT_SELECTED)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2, null=True, blank=True)
    reserve_place = models.PositiveSmallIntegerField(_("候补次序"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=2000, blank=True)
    despite = models.CharField(_("有问题仍入选的理由"), max_length=2000, blank=True)
    why: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict, blank=True)
    by_hand = models.BooleanField(_("人工修改"), default=False)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="row")
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_because = models.CharField(_("撤回的理由"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("名单上的一件")
        verbose_name_plural = _("名单上的各件")
        ordering: ClassVar = ["award_list", "place", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["award_list", "submission"], name="submission_once_an_award_list"),
            models.UniqueConstraint(
                fields=["award_list", "reserve_place"],
                condition=Q(reserve_place__isnull=False),
                name="reserve_place_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome="selected", amount__gte=0, reserve_place__isnull=True)
                | Q(outcome="reserve", amount__isnull=True, reserve_place__gte=1)
                | Q(outcome="not-selected", amount__isnull=True, reserve_place__isnull=True),
                name="award_row_is_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["award_list", "place", "id"], name="award_rows_in_order")]

    def __str__(self) -> str:
        return f"{self.award_list_id} {self.place}"


class AwardApproval(models.Model):
    """One person's approval of a list as it was then: `digest` is the SHA-256 of all it said. An edit voids it; it stays."""

    award_list = models.ForeignKey(AwardList, models.CASCADE, related_name="approvals")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("批准人")
    )
    signed_as = models.CharField(_("署名"), max_length=150)
    digest = models.CharField(max_length=64)
    approved_at = models.DateTimeField(_("批准时间"), default=timezone.now)
    voided_at = models.DateTimeField(_("失效时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("批准")
        verbose_name_plural = _("批准")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["award_list", "approved_by"], condition=Q(voided_at=None), name="one_approval_a_person"
            )
        ]

    def __str__(self) -> str:
        return self.signed_as
