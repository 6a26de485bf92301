"""A paper printed for a class with its numbered answer sheets, and what was entered from them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.exams.models import Attempt, Paper
from ketang.classroom.groups.models import Group


class Printing(models.Model):
    """A paper is printed for a class: as many numbered answer sheets as it had learners, and some without a name."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="printings")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="printings")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("纸笔考试")
        verbose_name_plural = _("纸笔考试")
        indexes: ClassVar = [models.Index(fields=["group", "-made_at"], name="printings_of_group")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Stands on every sheet, before the sheet's own number."""
        return f"{self.pk:05d}"


class Sheet(models.Model):
    """A numbered answer sheet; with a learner's name on it, or without for somebody who comes late or spoils theirs."""

    printing = models.ForeignKey(Printing, models.CASCADE, related_name="sheets")
    number = models.PositiveIntegerField(_("答题纸号"))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("答题纸")
        verbose_name_plural = _("答题纸")
        ordering: ClassVar = ["printing", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["printing", "number"], name="sheet_number_once"),
            models.UniqueConstraint(fields=["printing", "account"], name="one_sheet_with_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.printing_id:05d}-{self.number:03d}"


class Keyed(models.Model):
    """What somebody entered from a sheet. A second person's check makes it an attempt; until then, and after, it can be undone.

    `chosen` are letters by the question's order, as text: `{"3": ["A"]}`; a question that was left out is not in it.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    printing = models.ForeignKey(Printing, models.PROTECT, related_name="keyed")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="keyed")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="keyed")
    chosen: models.JSONField[dict[str, list[str]], dict[str, list[str]]] = models.JSONField(_("答案"), default=dict)
    sat_on = models.DateField(_("考试日期"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(_("录入时间"), default=timezone.now)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    attempt = models.OneToOneField(Attempt, models.SET_NULL, null=True, blank=True, related_name="keyed")
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_because = models.CharField(_("撤销的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("纸笔录入")
        verbose_name_plural = _("纸笔录入")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet"], condition=Q(undone_at=None), name="sheet_entered_once"),
            models.UniqueConstraint(
                fields=["printing", "account"], condition=Q(undone_at=None), name="learner_entered_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_because="") | (Q(undone_at__isnull=False) & ~Q(undone_because="")),
                name="entry_undone_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
