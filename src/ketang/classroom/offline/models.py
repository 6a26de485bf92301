"""Packages to carry away, and what was brought back from them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course, Edition
from ketang.platform.storage.models import StoredFile


class Choice(models.TextChoices):
    """How large its films are."""

    P720 = "720p", _("高清（720p）")
    P480 = "480p", _("流畅（480p，省地方）")
    AUDIO = "audio", _("只要声音（U 盘小的用这个）")


class PackageState(models.TextChoices):
    """How far it has come."""

    WAITING = "waiting", _("等待准备")
    MAKING = "making", _("正在准备")
    MADE = "made", _("准备好了")
    FAILED = "failed", _("没有准备好")


class OfflinePackage(models.Model):
    """An edition to carry away, made once: `recipe` is the digest of everything that goes into it.

    `written` holds what was written for it (pages, scripts), one file after another. `entries` are the zip's files in order:
    `[name, crc, size, digest, offset]`, the bytes from `offset` on of the stored file of that digest. `size` is the zip's.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="packages")
    choice = models.CharField(_("大小"), max_length=5, choices=Choice)
    recipe = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("状态"), max_length=7, choices=PackageState, default=PackageState.WAITING)
    written = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    entries: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    size = models.PositiveBigIntegerField(_("大小（字节）"), default=0)
    asked_at = models.DateTimeField(_("提出时间"), default=timezone.now)
    made_at = models.DateTimeField(_("准备好的时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("离线课程包")
        verbose_name_plural = _("离线课程包")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "choice"], name="one_offline_package_a_choice"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.choice}"


class OfflineFile(models.Model):
    """A stored file that is in a package: while it stands here, its bytes are not let go."""

    package = models.ForeignKey(OfflinePackage, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("离线课程包里的文件")
        verbose_name_plural = _("离线课程包里的文件")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "file"], name="offline_file_once_a_package"),
        ]

    def __str__(self) -> str:
        return self.file_id


class BroughtBack(models.Model):
    """A record that somebody brought back from a package: what it has earned, so that it earns it once.

    `record` is the identity that the package's pages gave it in that browser; `begun_ms` is when the package was given out.
    `work_ms` is the time that counted from it, `counted_ms` the stretches that were new. `read` is by lesson the time with texts
    that it had told before; `told` is what was said the last time.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    record = models.UUIDField(unique=True)
    begun_ms = models.PositiveBigIntegerField()
    work_ms = models.PositiveBigIntegerField(default=0)
    counted_ms = models.PositiveBigIntegerField(default=0)
    read: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    told: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    brought_at = models.DateTimeField(_("带回的时间"), default=timezone.now)

    class Meta:
        verbose_name = _("带回的学习记录")
        verbose_name_plural = _("带回的学习记录")
        indexes: ClassVar = [models.Index(fields=["account", "begun_ms"], name="brought_by_account")]

    def __str__(self) -> str:
        return str(self.record)
