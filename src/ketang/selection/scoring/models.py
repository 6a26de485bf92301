"""Blind copies of what is scored, score sheets being filled in, and submitted sheets, which are only ever added to."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kebao.model.location import clock
from ketang.platform.storage.models import StoredFile
from ketang.selection.assigning.models import Assignment
from ketang.selection.calls.models import Call, in_language
from ketang.selection.intake.models import Submission, Version


class BlindCopy(models.Model):
    """What experts see of a version in place of it.

    `alias` is its number within the call, drawn at random: it tells nothing of supplier or order. `words` is what is read of it
    (title, introduction, catalogue, papers) with what names the supplier taken out. `masks` are [phrase, word that stands in its
    place]: everything shown to an expert goes through them once more. `hidden` are [what, how often] of what was taken out,
    `shown` [place, why] of what could not be hidden. `message` says why it could not be made, since `failed_at`.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="blind_copies", verbose_name=_("征集"))
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="blind_copies", verbose_name=_("申报"))
    version = models.OneToOneField(Version, models.PROTECT, related_name="blind_copy", verbose_name=_("版本"))
    alias = models.PositiveIntegerField(_("盲评编号"))
    title = models.CharField(_("课程名称"), max_length=200, blank=True)
    words: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    masks: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    hidden: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    shown: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    message: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("说明"), default=dict, blank=True)
    asked_at = models.DateTimeField(_("请求时间"), default=timezone.now)
    made_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("盲评副本")
        verbose_name_plural = _("盲评副本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "alias"], name="one_alias_a_copy")]
        indexes: ClassVar = [
            models.Index(
                fields=["call", "failed_at", "submission"], condition=models.Q(made_at=None), name="copies_to_be_made"
            )
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.alias}"

    @property
    def is_made(self) -> bool:
        """Whether it can be looked at."""
        return self.made_at is not None

    @property
    def why(self) -> str:
        """Why it could not be made, in the reader's language; empty where it could, or is being made."""
        return in_language(self.message) if self.message else ""


class BlindPart(models.Model):
    """A resource of a blind copy. Bytes are `size` from `start` of `stored`; there are none where only words are shown, or nothing.

    `path` is where it lies in the package: for the machine, never shown. `without` says why it cannot be looked at.
    """

    copy = models.ForeignKey(BlindCopy, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField(_("次序"))
    path = models.CharField(max_length=1000, blank=True)
    kind = models.CharField(_("类型"), max_length=12)
    chapter = models.CharField(_("章"), max_length=400, blank=True)
    title = models.CharField(_("资源"), max_length=400)
    seconds = models.DecimalField(_("时长（秒）"), max_digits=12, decimal_places=3, default=0)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    start = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    content_type = models.CharField(max_length=60, blank=True)
    captions = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    transcript: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    text = models.TextField(blank=True)
    without: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict, blank=True)
    kept_pages = models.PositiveIntegerField(_("页数"), default=0)

    class Meta:
        verbose_name = _("盲评资源")
        verbose_name_plural = _("盲评资源")
        ordering: ClassVar = ["copy", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["copy", "number"], name="blind_part_number_once")]

    def __str__(self) -> str:
        return f"{self.copy_id} {self.number}"

    @property
    def is_sound(self) -> bool:
        """Whether there is no picture to show."""
        return self.content_type.startswith("audio/")

    @property
    def is_played(self) -> bool:
        """Whether it is played rather than read."""
        return self.content_type.startswith(("audio/", "video/"))

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture to look at."""
        return self.content_type.startswith("image/")

    @property
    def is_closed(self) -> bool:
        """Whether the resource itself is not opened; words about it may be there all the same."""
        return bool(self.without) and not (self.content_type or self.kept_pages)

    @property
    def length(self) -> str:
        """Its length as a person reads it; empty without one."""
        return clock(Fraction(self.seconds)) if self.seconds else ""

    @property
    def why_not(self) -> str:
        """Why it cannot be looked at, in the reader's language."""
        return in_language(self.without) if self.without else ""


class BlindPage(models.Model):
    """A page of a part that is a PDF: a picture, painted over where its text gives the supplier away; `words` is that text without names."""

    part = models.ForeignKey(BlindPart, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(_("页"))
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("盲评资源的一页")
        verbose_name_plural = _("盲评资源的各页")
        ordering: ClassVar = ["part", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["part", "number"], name="blind_page_number_once")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.number}"


class Sheet(models.Model):
    """A score sheet while it is filled in: kept with every change, seen by its expert alone.

    `filled` is `{"scores": {criterion: "7.5"}, "notes": {criterion: words}, "moments": [{"id", "part", "second", "words"}], "overall": words}`;
    `private` is the expert's own note, never submitted. `revision` grows with each change that was kept, so that two windows
    never overwrite each other unseen. `seconds` is how long the page was in use, shown to the expert alone.
    """

    assignment = models.OneToOneField(Assignment, models.PROTECT, primary_key=True, related_name="sheet")
    filled: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    private = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("填写中的评分表")
        verbose_name_plural = _("填写中的评分表")

    def __str__(self) -> str:
        return str(self.assignment_id)


class SubmittedSheet(models.Model):
    """A score sheet as it was submitted. Never changed: another with a reason takes its place (`supersedes`), and both stay.

    `scores` are decimals as text by criterion; `rubric` is the rubric as it was then; `total` is their weighted mean on the
    rubric's scale, four decimals; `digest` is the SHA-256 of everything said here, which the ranking takes in.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="submitted", verbose_name=_("分配"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="submitted_sheets")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="submitted_sheets")
    index = models.PositiveSmallIntegerField(_("第几次"))
    scores: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("评分"))
    notes: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("评语"), default=dict)
    moments: models.JSONField[list[Any], list[Any]] = models.JSONField(_("时间点评语"), default=list)
    overall = models.TextField(_("总评"), blank=True)
    rubric: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    total = models.DecimalField(_("加权平均"), max_digits=9, decimal_places=4)
    signed_as = models.CharField(_("署名"), max_length=150)
    submitted_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("取代")
    )
    reason = models.CharField(_("修改的理由"), max_length=1000, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("评分表")
        verbose_name_plural = _("评分表")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "index"], name="sheet_index_once"),
            models.CheckConstraint(
                condition=models.Q(supersedes=None, index=1) | (~models.Q(supersedes=None) & ~models.Q(reason="")),
                name="superseded_with_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["call", "submission"], name="sheets_of_call")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.index}"
