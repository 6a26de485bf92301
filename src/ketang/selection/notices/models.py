"""A notice and its items."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import in_language
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Submission


class NoticeState(models.TextChoices):
    """Where a notice stands."""

    DRAFT = "draft", _("草稿")
    SENT = "sent", _("已发出")
    ANSWERED = "answered", _("已补齐")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN = (NoticeState.DRAFT, NoticeState.SENT)
"""States of which a submission has one notice at most."""


class Notice(models.Model):
    """What the office asks of one submission until `due_at`.

    `words` are added by hand. `check_of` is the check whose findings it names. A withdrawn one stays, with who, when and why.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="notices", verbose_name=_("申报"))
    number = models.CharField(_("文号"), max_length=100, unique=True)
    state = models.CharField(_("状态"), max_length=10, choices=NoticeState, default=NoticeState.DRAFT)
    check_of = models.ForeignKey(
        Check, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("检查")
    )
    due_at = models.DateTimeField(_("补正截止时间"))
    words = models.TextField(_("另外说明"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("起草人")
    )
    made_at = models.DateTimeField(_("起草时间"), default=timezone.now)
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    sent_as = models.CharField(_("发出人"), max_length=150, blank=True)
    answered_at = models.DateTimeField(_("补齐时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_as = models.CharField(_("撤回人"), max_length=150, blank=True)
    withdrawn_because = models.CharField(_("撤回的理由"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("补正通知")
        verbose_name_plural = _("补正通知")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="notices_in_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(state__in=("draft", "sent")), name="one_open_notice"
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django makes none where there is one
        """The state in the reader's language. Django's own translates all of them for each row of a list."""
        return str(NoticeState(self.state).label)

    @property
    def is_overdue(self) -> bool:
        """Whether its date has passed and something is still missing."""
        return self.state == NoticeState.SENT and timezone.now() > self.due_at


class ItemKind(models.TextChoices):
    """What an item asks for."""

    FINDING = "finding", _("检查发现的问题")
    CLAUSE = "clause", _("人工核对不符合")
    PAPER = "paper", _("缺书面版")
    ELECTRONIC = "electronic", _("缺电子版")


class NoticeItem(models.Model):
    """One thing that is asked for.

    Of findings: their `fingerprints`; of a clause that a person found unmet: `rulebook` and `clause`. `said` and `mend` are
    in both languages (`zh`, `en`), as they stood when it was drafted. `left_out` is why it is not asked for after all.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="items", verbose_name=_("补正通知"))
    order = models.PositiveIntegerField(_("次序"))
    kind = models.CharField(_("种类"), max_length=10, choices=ItemKind)
    rulebook = models.CharField(_("规则册"), max_length=200, blank=True)
    clause = models.CharField(_("条款"), max_length=60, blank=True)
    fingerprints: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    said: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("内容"), default=dict)
    mend: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("改法"), default=dict, blank=True)
    left_out = models.CharField(_("不要求补正的理由"), max_length=1000, blank=True)
    done_at = models.DateTimeField(_("补上的时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("补正事项")
        verbose_name_plural = _("补正事项")
        ordering: ClassVar = ["notice", "order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "order"], name="notice_item_order_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.order}"

    @property
    def words(self) -> str:
        """What it asks for, in the reader's language."""
        return in_language(self.said)

    @property
    def mending(self) -> str:
        """How to mend it, in the reader's language; empty for a copy that is missing."""
        return in_language(self.mend) if self.mend else ""

    @property
    def is_open(self) -> bool:
        """Whether it is asked for and has not come."""
        return not self.left_out and self.done_at is None
