"""A spreadsheet that was brought, and its rows."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import Call
from ketang.selection.ledger.models import Arrival, Medium

Cell = str | int | float
"""A cell as it was read: text, or a number, which a date may be; dates as ISO text."""


class ImportState(models.TextChoices):
    """Where an import stands."""

    DRAFT = "draft", _("还没有导入")
    TAKING = "taking", _("正在导入")
    STOPPED = "stopped", _("中断，可以继续")
    TAKEN = "taken", _("已导入")
    UNDOING = "undoing", _("正在撤销")
    UNDONE = "undone", _("已撤销")


class SheetImport(models.Model):
    """One spreadsheet. The file itself is not kept: its cells are, row by row.

    Attributes:
        sheets: names of its sheets, in order; `sheet` is the index of the one that is brought in.
        header: number of the row that names the columns, as Excel counts; 0 when there is none.
        heads: digest of what that row says: the next file of the same heads is mapped alike.
        columns: the field (`fields.Field`) of each column, empty for what is left out.
        year: of dates without a year.
        medium: of rows that do not say which copy it was.
        counted: rows by their `Outcome`, once it was taken in.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("文件名"), max_length=255)
    state = models.CharField(_("状态"), max_length=8, choices=ImportState, default=ImportState.DRAFT)
    sheets: models.JSONField[list[str], list[str]] = models.JSONField(_("工作表"), default=list)
    sheet = models.PositiveSmallIntegerField(_("导入的工作表"), default=0)
    header = models.PositiveIntegerField(_("表头所在的行"), default=0)
    heads = models.CharField(max_length=64, blank=True)
    columns: models.JSONField[list[str], list[str]] = models.JSONField(_("各列的内容"), default=list)
    year = models.PositiveSmallIntegerField(_("没写年份的日期"), null=True, blank=True)
    medium = models.CharField(_("版本形式"), max_length=10, choices=Medium, default=Medium.PAPER)
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("征集"))
    counted: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(_("行数"), default=dict)
    brought_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("上传人")
    )
    taken_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("导入人")
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("撤销人")
    )

    undone_because = models.CharField(_("撤销的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("旧台账的导入")
        verbose_name_plural = _("旧台账的导入")
        indexes: ClassVar = [models.Index(fields=["heads", "-id"], name="imports_of_heads")]

    def __str__(self) -> str:
        return self.name

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django makes none where there is one
        """The state in the reader's language."""
        return str(ImportState(self.state).label)


class Outcome(models.TextChoices):
    """What became of a row."""

    TAKEN = "taken", _("已导入")
    THERE = "there", _("台账里已有")
    REFUSED = "refused", _("没有导入")


class SheetRow(models.Model):
    """One row as it stood in the file. `key` tells rows that are the same arrival, of whatever file; undone ones have none.

    `said` is what was read of it, field by field; `fault` why it was not taken in (`faults.Fault`), about `fault_of`.
    """

    of = models.ForeignKey(SheetImport, models.CASCADE, related_name="rows", verbose_name=_("导入"))
    sheet = models.PositiveSmallIntegerField(_("工作表"))
    line = models.PositiveIntegerField(_("行号"))
    cells: models.JSONField[list[Cell], list[Cell]] = models.JSONField(_("单元格"), default=list)
    outcome = models.CharField(_("结果"), max_length=7, choices=Outcome, blank=True)
    said: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("读出的内容"), default=dict, blank=True)
    fault = models.CharField(max_length=20, blank=True)
    fault_of = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=64, blank=True)
    arrival = models.OneToOneField(
        Arrival, models.PROTECT, null=True, blank=True, related_name="sheet_row", verbose_name=_("收件")
    )

    class Meta:
        verbose_name = _("旧台账的一行")
        verbose_name_plural = _("旧台账的行")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "sheet", "line"], name="sheet_row_once"),
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="sheet_row_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} {self.line}"
