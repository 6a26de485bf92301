"""Blind copies of what is scored, score sheets being filled in, and submitted sheets, which are only ever added to."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.assigning.models import Assignment
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission, Version


class BlindCopy(models.Model):
    """What experts see of a version in place of it.

    `alias` is its number within the call, which tells nothing of supplier or order. `parts` are its resources:
    `{"n", "name", "kind", "digest", "type", "seconds", "lesson", "title"}`, `digest` of the stored bytes, which for a document are
    those of the copy without names. `words` is the text of the introduction and catalogue with what names the supplier taken
    out. `hidden` tells what was taken out, `shown` what could not be hidden, both as [place, what].
    `viewing` is the suggested plan of about twenty minutes: `{"part", "from", "to", "why"}`, times in seconds.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="blind_copies")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="blind_copies")
    version = models.OneToOneField(Version, models.PROTECT, related_name="blind_copy")
    alias = models.PositiveIntegerField(_("盲评编号"))
    parts: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    words: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    hidden: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    shown: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    viewing: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    failed = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("盲评副本")
        verbose_name_plural = _("盲评副本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "alias"], name="one_alias_a_copy")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.alias}"


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
