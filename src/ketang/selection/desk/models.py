"""Parcels and trolleys of them, photographs of their covers, disks as they are copied, and what was said on the telephone."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.platform.search.words import spaced
from ketang.platform.uploads.models import Upload
from ketang.selection.intake.models import Submission
from ketang.selection.ledger.models import Arrival


class Delivery(models.TextChoices):
    """How paper came. A posted parcel counts by its postmark, one that was handed over by the moment it was taken."""

    POSTED = "posted", _("快递或邮寄")
    HAND = "hand", _("当面送交")


class Trolley(models.Model):
    """Parcels registered one after the other: courier and postmark are said once for all of them."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    delivery = models.CharField(_("送达方式"), max_length=6, choices=Delivery)
    courier = models.CharField(_("快递公司"), max_length=50, blank=True)
    postmark = models.DateField(_("邮戳日期"), null=True, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("登记人")
    )
    begun_at = models.DateTimeField(_("开始时间"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("连续登记")
        verbose_name_plural = _("连续登记")

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"


class Parcel(models.Model):
    """Paper at the desk; its arrival in the ledger says to which submission it belongs and when it counts as received.

    `key` is of the form that registered it, so that a form sent twice registers once. `part` tells arrivals of one tracking
    number apart (several courses in one box), from 1. `contents` are ids of what was found in it (`contents.py`), known once
    `tallied_at`. An undone one was registered by mistake: its tracking number is free again.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    arrival = models.OneToOneField(Arrival, models.PROTECT, related_name="parcel", verbose_name=_("收件"))
    trolley = models.ForeignKey(
        Trolley, models.PROTECT, null=True, blank=True, related_name="parcels", verbose_name=_("连续登记")
    )
    delivery = models.CharField(_("送达方式"), max_length=6, choices=Delivery)
    courier = models.CharField(_("快递公司"), max_length=50, blank=True)
    tracking = models.CharField(_("运单号"), max_length=40, blank=True)
    part = models.PositiveSmallIntegerField(_("第几件"), default=1)
    postmark = models.DateField(_("邮戳日期"), null=True, blank=True)
    contents: models.JSONField[list[str], list[str]] = models.JSONField(_("清点结果"), default=list, blank=True)
    tallied_at = models.DateTimeField(_("清点时间"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("窗口收件")
        verbose_name_plural = _("窗口收件")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tracking", "part"],
                condition=models.Q(undone_at=None) & ~models.Q(tracking=""),
                name="tracking_number_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.arrival)

    def get_delivery_display(self) -> str:  # type: ignore[no-redef]  # Django makes none where there is one
        """How it came, in the reader's language."""
        return str(Delivery(self.delivery).label)


REMOVED_KEPT = timedelta(days=7)
"""How long a photograph that was taken away can be put back, and one is kept whose parcel is never registered."""


class Reading(models.TextChoices):
    """What became of reading the print on a photograph."""

    WAITING = "waiting", _("正在读字")
    READ = "read", _("读过了")
    NO_READER = "no-reader", _("这台服务器不能读字")
    FAILED = "failed", _("没有读成")


class Cover(models.Model):
    """A photograph of a parcel's cover, drawn anew from what was sent (`platform.photographs`).

    `key` is of the form that brought it. `arrival` is None until its parcel is registered. `digest` is of the picture, `small`
    of the one in lists. `found` is what was picked out of its print, as {part, value, seen}: the rest of the print, which
    names people and their telephones, is not kept. What was taken away can be put back for `REMOVED_KEPT`; then row and
    bytes go.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    arrival = models.ForeignKey(
        Arrival, models.PROTECT, null=True, blank=True, related_name="covers", verbose_name=_("收件")
    )
    digest = models.CharField(_("校验值"), max_length=64, db_index=True)
    small = models.CharField(_("小图的校验值"), max_length=64, db_index=True)
    width = models.PositiveIntegerField(_("宽（像素）"))
    height = models.PositiveIntegerField(_("高（像素）"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("拍照人")
    )
    taken_at = models.DateTimeField(_("拍照时间"), default=timezone.now)
    reading = models.CharField(_("读字"), max_length=9, choices=Reading, default=Reading.WAITING)
    found: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        _("读到的"), default=list, blank=True
    )
    removed_at = models.DateTimeField(_("拿掉的时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("封面照片")
        verbose_name_plural = _("封面照片")
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=models.Q(arrival=None), name="covers_without_a_parcel"),
        ]

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M}"

    def get_reading_display(self) -> str:  # type: ignore[no-redef]  # Django makes none where there is one
        """What became of reading it, in the reader's language."""
        return str(Reading(self.reading).label)

    @property
    def goes_at(self) -> datetime | None:
        """When it goes, with its bytes; None for one that stays."""
        if self.removed_at is not None:
            return self.removed_at + REMOVED_KEPT
        return self.taken_at + REMOVED_KEPT if self.arrival_id is None else None


class CopyState(models.TextChoices):
    """Where the copy of a disk stands."""

    COPYING = "copying", _("正在复制")
    STOPPED = "stopped", _("中断，可以继续")
    WHOLE = "whole", _("已收下")


class DiskCopy(models.Model):
    """A folder or file of a disk, copied from where it is mounted and never written to.

    `place` is its path on this machine; `name` what stands on screen. It counts as handed in at `counts_at`, whenever its last
    byte was read. `fault` is why it stopped, in words. `skipped` are names that were left out, each with its reason.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    place = models.CharField(_("位置"), max_length=1000)
    name = models.CharField(_("名称"), max_length=255)
    state = models.CharField(_("状态"), max_length=8, choices=CopyState, default=CopyState.COPYING)
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("申报")
    )
    supplier = models.CharField(_("写明的单位"), max_length=200, blank=True)
    title = models.CharField(_("写明的课程"), max_length=200, blank=True)
    parcel = models.ForeignKey(
        Parcel, models.PROTECT, null=True, blank=True, related_name="disks", verbose_name=_("随哪一件来")
    )
    files = models.PositiveIntegerField(_("文件数"), default=0)
    size = models.PositiveBigIntegerField(_("大小"), default=0)
    skipped: models.JSONField[list[Any], list[Any]] = models.JSONField(_("没有复制的"), default=list, blank=True)
    fault = models.CharField(_("中断的原因"), max_length=500, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("登记人")
    )
    begun_at = models.DateTimeField(_("开始时间"), default=timezone.now, editable=False)
    counts_at = models.DateTimeField(_("计算截止的时间"), default=timezone.now)
    whole_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("复制的磁盘")
        verbose_name_plural = _("复制的磁盘")
        indexes: ClassVar = [models.Index(fields=["-id"], name="disk_copies")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place"], condition=~models.Q(state="whole"), name="one_copy_of_a_place_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # as above
        """The state in the reader's language."""
        return str(CopyState(self.state).label)


class DiskFile(models.Model):
    """One file of a disk: its path below the copied folder, and what tells whether it is still the same (`changed_ns`).

    `upload` holds the bytes read so far; `digest` is of the bytes as the disk gave them, and of those that were stored.
    """

    copy = models.ForeignKey(DiskCopy, models.CASCADE, related_name="rows", verbose_name=_("复制"))
    path = models.CharField(_("路径"), max_length=1000)
    size = models.PositiveBigIntegerField(_("大小"))
    changed_ns = models.BigIntegerField(_("修改时间"))
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+")
    digest = models.CharField(_("校验值"), max_length=64, blank=True, db_index=True)
    arrival = models.ForeignKey(
        Arrival, models.SET_NULL, null=True, blank=True, related_name="disk_files", verbose_name=_("收件")
    )

    class Meta:
        verbose_name = _("磁盘上的文件")
        verbose_name_plural = _("磁盘上的文件")
        ordering = ("copy", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["copy", "path"], name="disk_file_once")]

    def __str__(self) -> str:
        return self.path


class PhoneNote(models.Model):
    """One telephone call: who, about what, what was said, and by when somebody looks again.

    `followed_at` is when the follow-up was done.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    called_at = models.DateTimeField(_("通话时间"), default=timezone.now)
    caller = models.CharField(_("来电人"), max_length=100)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    supplier = models.CharField(_("单位"), max_length=200, blank=True)
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="phone_notes", verbose_name=_("申报")
    )
    arrival = models.ForeignKey(
        Arrival, models.PROTECT, null=True, blank=True, related_name="phone_notes", verbose_name=_("收件")
    )
    words = models.TextField(_("内容"), max_length=2000)
    follow_on = models.DateField(_("跟进日期"), null=True, blank=True)
    followed_at = models.DateTimeField(_("跟进完成时间"), null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("记录人")
    )

    class Meta:
        verbose_name = _("电话记录")
        verbose_name_plural = _("电话记录")
        indexes: ClassVar = [
            models.Index(
                fields=["follow_on", "id"],
                condition=models.Q(followed_at=None) & models.Q(follow_on__isnull=False),
                name="phone_notes_to_follow",
            )
        ]

    def __str__(self) -> str:
        return f"{self.caller} {self.called_at:%Y-%m-%d}"


class PhonePassage(models.Model):
    """What is searched of a telephone note, as `platform.search` wants it."""

    note = models.OneToOneField(PhoneNote, models.CASCADE, related_name="passage")
    text = models.TextField()

    class Meta:
        verbose_name = _("电话记录的检索内容")
        verbose_name_plural = _("电话记录的检索内容")

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def text_of(note: PhoneNote) -> str:
        """The words of a note."""
        words = [note.caller, note.phone, note.supplier, note.words]
        if note.submission is not None:
            words += [note.submission.number, note.submission.title, note.submission.organisation.name]
        if note.arrival is not None:
            words.append(note.arrival.number)
        return spaced(" ".join(words))
