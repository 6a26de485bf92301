"""A payment for an award, and the link by which its bank data is given. The data is one encrypted text; no column tells it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.platform.outbox.models import Letter
from ketang.selection.awarding.models import Decision
from ketang.selection.awarding.tax import Basis


class PaymentState(models.TextChoices):
    """How far a payment has come."""

    ASKED = "asked", _("已要收款信息")
    GIVEN = "given", _("已填收款信息")
    CONFIRMED = "confirmed", _("已核对，待付款")
    PAID = "paid", _("已付款")
    RETURNED = "returned", _("已退回")
    CANCELLED = "cancelled", _("已取消")


NEXT: dict[PaymentState, frozenset[PaymentState]] = {
    PaymentState.ASKED: frozenset({PaymentState.ASKED, PaymentState.GIVEN, PaymentState.CANCELLED}),
    PaymentState.GIVEN: frozenset({PaymentState.ASKED, PaymentState.CONFIRMED, PaymentState.CANCELLED}),
    PaymentState.CONFIRMED: frozenset({PaymentState.ASKED, PaymentState.PAID, PaymentState.CANCELLED}),
    PaymentState.PAID: frozenset({PaymentState.RETURNED}),
    PaymentState.RETURNED: frozenset({PaymentState.ASKED, PaymentState.PAID, PaymentState.CANCELLED}),
    PaymentState.CANCELLED: frozenset(),
}
"""From each state, the states it may go to. Data that was wrong is asked for again."""


class InvoiceState(models.TextChoices):
    """How a unit's invoice stands."""

    WAITING = "waiting", _("等发票")
    RECEIVED = "received", _("发票已收")
    WRONG = "wrong", _("发票有误，已退")


class Payment(models.Model):
    """What is paid for one award. `sealed` is the encrypted bank data, `masked` the end of its account number.

    `tax` is withheld from a person on `basis`; a unit has an invoice in place of both.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="payment", verbose_name=_("遴选决定"))
    state = models.CharField(_("状态"), max_length=10, choices=PaymentState, default=PaymentState.ASKED)
    sealed = models.TextField(blank=True, editable=False)
    masked = models.CharField(_("账号"), max_length=40, blank=True)
    basis = models.CharField(_("计税依据"), max_length=12, choices=Basis, blank=True)
    tax = models.DecimalField(_("代扣税款（元）"), max_digits=12, decimal_places=2, null=True, blank=True)
    invoice = models.CharField(_("发票"), max_length=10, choices=InvoiceState, blank=True)
    invoice_number = models.CharField(_("发票号码"), max_length=40, blank=True)
    asked_at = models.DateTimeField(_("要收款信息的时间"), default=timezone.now)
    given_at = models.DateTimeField(_("填写时间"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    paid_on = models.DateField(_("付款日期"), null=True, blank=True)
    reference = models.CharField(_("凭证号"), max_length=80, blank=True)
    returned_because = models.CharField(_("退回原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("付款")
        verbose_name_plural = _("付款")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return str(self.uuid)

    def may_become(self, state: PaymentState) -> bool:
        """Whether the transition table allows it."""
        return state in NEXT[PaymentState(self.state)]


class PaymentLink(models.Model):
    """A link given to a supplier, for one use. The link is nowhere in the database: `digest` is the SHA-256 of its token."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    payment = models.ForeignKey(Payment, models.CASCADE, related_name="links", verbose_name=_("付款"))
    digest = models.CharField(max_length=64, unique=True)
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发出的邮件")
    )
    made_at = models.DateTimeField(_("开出时间"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    expires_at = models.DateTimeField(_("有效期到"))
    ended_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("收款信息的链接")
        verbose_name_plural = _("收款信息的链接")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment"], condition=Q(ended_at=None), name="one_link_a_payment")
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def works(self) -> bool:
        """Whether it was neither used nor ended, and has not run out."""
        return self.ended_at is None and self.expires_at > timezone.now()
