"""A tally of one submission, the faults that count in it, the words of clauses, and where a package says its supplier is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import Call, in_language
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Submission, Version


class SupplierKind(models.TextChoices):
    """What a supplier is, as statistics tell it."""

    SCHOOL = "school", _("学校和培训机构")
    FIRM = "firm", _("企业")
    SOLE = "sole", _("个体工商户")
    INSTITUTION = "institution", _("机关和事业单位")
    ASSOCIATION = "association", _("协会和其他社会组织")
    PERSON = "person", _("个人")
    UNKNOWN = "unknown", _("看不出")


class DistrictFrom(models.TextChoices):
    """By what the district is known."""

    ADDRESS = "address", _("通讯地址")
    CODE = "code", _("统一社会信用代码")
    NAME = "name", _("供应单位的名称")
    RECOMMENDER = "recommender", _("推荐单位")
    NOTHING = "", _("看不出")


class Gravity(models.TextChoices):
    """How a clause counts against a package, rulings counted."""

    ERROR = "error", _("必须改")
    WARNING = "warning", _("一般应改")
    UNMET = "unmet", _("人工核对不符合")


class Tally(models.Model):
    """What is kept of one submission.

    `district` is the code of one of the call's (`calls.callfile.District`), `OUTSIDE`, or empty. `hours` are those of 45 minutes
    that its check counted, null without. The rest says of what it was made: `change` of the submission, `check_of` (the newest
    that is done), how many rulings stand and which is the newest, the newest row on a recommender's list, and `basis`, a digest
    of the districts and of the way of counting. Where one of them differs, the tally is made anew.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="tally", verbose_name=_("申报"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("征集"))
    district = models.CharField(_("区"), max_length=7, blank=True)
    district_from = models.CharField(_("区的来源"), max_length=11, choices=DistrictFrom, blank=True)
    supplier_kind = models.CharField(_("供给方类型"), max_length=11, choices=SupplierKind)
    hours = models.DecimalField(_("学时"), max_digits=8, decimal_places=2, null=True, blank=True)
    check_of = models.ForeignKey(Check, models.SET_NULL, null=True, related_name="+", verbose_name=_("检查"))
    change = models.DateTimeField(editable=False)
    rulings = models.PositiveIntegerField(default=0, editable=False)
    newest_ruling = models.PositiveBigIntegerField(default=0, editable=False)
    newest_listed = models.PositiveBigIntegerField(default=0, editable=False)
    basis = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(_("汇总时间"), default=timezone.now)

    class Meta:
        verbose_name = _("申报的汇总")
        verbose_name_plural = _("申报的汇总")

    def __str__(self) -> str:
        return str(self.submission_id)


class TalliedFault(models.Model):
    """A clause counts against a package: once with an empty `rule` at its gravest, and once for each rule that found something."""

    tally = models.ForeignKey(Tally, models.CASCADE, related_name="faults", verbose_name=_("汇总"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("征集"), db_index=False)
    rulebook = models.CharField(_("规则册"), max_length=200)
    clause = models.CharField(_("条款"), max_length=60)
    rule = models.CharField(_("规则"), max_length=100, blank=True)
    gravity = models.CharField(_("程度"), max_length=7, choices=Gravity)

    class Meta:
        verbose_name = _("计入的问题")
        verbose_name_plural = _("计入的问题")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tally", "rulebook", "clause", "rule"], name="tallied_fault_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["call", "rulebook", "clause", "rule", "gravity"], name="tallied_faults_of_call")
        ]

    def __str__(self) -> str:
        return f"{self.tally_id} {self.clause} {self.rule}"


class ClauseWords(models.Model):
    """The words of a clause, the title of a `rule` under it, or with an empty `clause` that of the rulebook, as a report told them; `place` is the text's order."""

    rulebook = models.CharField(_("规则册"), max_length=200)
    clause = models.CharField(_("条款"), max_length=60)
    rule = models.CharField(_("规则"), max_length=100, blank=True)
    place = models.PositiveIntegerField(_("次序"))
    words: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("文字"))

    class Meta:
        verbose_name = _("条款的文字")
        verbose_name_plural = _("条款的文字")
        ordering: ClassVar = ["rulebook", "place", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rulebook", "clause", "rule"], name="clause_words_once")
        ]

    def __str__(self) -> str:
        return f"{self.rulebook} {self.clause} {self.rule}"

    @property
    def said(self) -> str:
        """In the reader's language."""
        return in_language(self.words)


class WrittenArea(models.Model):
    """City and district of the address in a package, without street and house: what statistics need of it and no more."""

    version = models.OneToOneField(Version, models.CASCADE, related_name="written_area", verbose_name=_("版本"))
    words = models.CharField(_("所在地"), max_length=40)

    class Meta:
        verbose_name = _("课程包里写的所在地")
        verbose_name_plural = _("课程包里写的所在地")

    def __str__(self) -> str:
        return self.words
