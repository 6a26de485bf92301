"""A recommending body in a call, its links, its list of packages, and the letters it issued."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.organisation.models import Organisation
from ketang.platform.outbox.models import Letter
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.ledger.models import Arrival


class Recommender(models.Model):
    """A body that recommends in one call. Its contact is a person: mail and telephone go with the share of `own.py`."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="recommenders", verbose_name=_("征集"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="recommenders", verbose_name=_("推荐单位")
    )
    mail = models.CharField(_("联系邮箱"), max_length=254, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    registered_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("登记人")
    )

    class Meta:
        verbose_name = _("推荐单位")
        verbose_name_plural = _("推荐单位")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["call", "-id"], name="recommenders_of_call")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "organisation"], name="recommender_once_a_call")
        ]

    def __str__(self) -> str:
        return self.organisation.name


class RecommenderLink(models.Model):
    """A link given to a recommending body.

    The link is nowhere in the database: `digest` is the SHA-256 of its token, `holder` that of the key in the browser that
    opened it first. `letter` brought it; without one it was shown on the office's page, once. One at most has not ended.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    recommender = models.ForeignKey(Recommender, models.PROTECT, related_name="links", verbose_name=_("推荐单位"))
    digest = models.CharField(max_length=64, unique=True)
    holder = models.CharField(max_length=64, blank=True, db_index=True)
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发出的邮件")
    )
    made_at = models.DateTimeField(_("开出时间"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    expires_at = models.DateTimeField(_("有效期到"))
    opened_at = models.DateTimeField(_("首次打开"), null=True, blank=True)
    ended_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("推荐单位的链接")
        verbose_name_plural = _("推荐单位的链接")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommender"], condition=Q(ended_at=None), name="one_link_a_recommender")
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def works(self) -> bool:
        """Whether it was neither ended nor has run out."""
        return self.ended_at is None and self.expires_at > timezone.now()


class Origin(models.TextChoices):
    """How a package came onto the list."""

    RECEIPT = "receipt", _("凭回执加入")
    FORWARDED = "forwarded", _("转交文件")


class Listed(models.Model):
    """A package on the list of a recommending body: a submission, or a forwarded file that is not entered yet (`arrival`).

    A removed one can be put back while it stands on no letter.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    recommender = models.ForeignKey(Recommender, models.PROTECT, related_name="listed", verbose_name=_("推荐单位"))
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="listed", verbose_name=_("申报")
    )
    arrival = models.ForeignKey(
        Arrival, models.PROTECT, null=True, blank=True, related_name="listed", verbose_name=_("收件")
    )
    origin = models.CharField(_("加入方式"), max_length=10, choices=Origin)
    added_at = models.DateTimeField(_("加入时间"), default=timezone.now)
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("名单上的课程包")
        verbose_name_plural = _("名单上的课程包")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["recommender", "-id"], name="listed_of_recommender")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False) | Q(arrival__isnull=False), name="listed_is_something"
            ),
            models.UniqueConstraint(
                fields=["recommender", "submission"], condition=Q(removed_at=None), name="listed_submission_once"
            ),
            models.UniqueConstraint(
                fields=["recommender", "arrival"], condition=Q(removed_at=None), name="listed_arrival_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommender_id} {self.submission_id or self.arrival_id}"


class Recommendation(models.Model):
    """A letter (推荐函) for a batch. Issued, it is never changed; a withdrawn one stays, with its reason.

    `scan` is the digest of the stamped copy that was sent back, `scan_name` the name it came under.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    recommender = models.ForeignKey(
        Recommender, models.PROTECT, related_name="recommendations", verbose_name=_("推荐单位")
    )
    number = models.CharField(_("推荐函编号"), max_length=80, unique=True)
    issued_at = models.DateTimeField(_("出具时间"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    reason = models.CharField(_("撤回理由"), max_length=1000, blank=True)
    scan = models.CharField(_("盖章件"), max_length=64, blank=True, db_index=True)
    scan_name = models.CharField(_("盖章件文件名"), max_length=255, blank=True)
    scan_at = models.DateTimeField(_("盖章件上传时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("推荐函")
        verbose_name_plural = _("推荐函")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["recommender", "-id"], name="letters_of_recommender")]

    def __str__(self) -> str:
        return self.number

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


class RecommendationRow(models.Model):
    """One package on a letter, in the words that stood there when it was issued.

    `receipt` is the receipt's number, of what is not entered yet the arrival's; `credit` is hours of 45 minutes, null where
    no check has counted them.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField(_("序号"))
    listed = models.ForeignKey(Listed, models.PROTECT, related_name="rows")
    receipt = models.CharField(_("回执编号"), max_length=80)
    supplier = models.CharField(_("供应单位"), max_length=200, blank=True)
    title = models.CharField(_("课程名称"), max_length=400)
    category = models.CharField(_("类别"), max_length=200, blank=True)
    credit = models.DecimalField(_("学时"), max_digits=8, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("推荐函上的一件")
        verbose_name_plural = _("推荐函上的各件")
        ordering: ClassVar = ["recommendation", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "place"], name="recommendation_place_once"),
            models.UniqueConstraint(fields=["recommendation", "listed"], name="listed_once_a_recommendation"),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.place}"
