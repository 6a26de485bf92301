"""Prints of media, one a digest; where each is used; the keys that find them; which are alike."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketang.platform.storage.models import StoredFile
from ketang.selection.intake.models import Version


class MediumPrint(models.Model):
    """The print of a film or recording, under the digest of its bytes; `stored` holds the print itself."""

    digest = models.CharField(_("校验值"), max_length=64, unique=True)
    seconds = models.FloatField(_("时长（秒）"))
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("视听指纹")
        verbose_name_plural = _("视听指纹")

    def __str__(self) -> str:
        return self.digest


class PrintKey(models.Model):
    """One of the numbers by which a print is found (`kebao.media.fingerprint.keys`)."""

    of = models.ForeignKey(MediumPrint, models.CASCADE, related_name="keys", db_index=False)
    key = models.BigIntegerField()

    class Meta:
        verbose_name = _("指纹索引")
        verbose_name_plural = _("指纹索引")
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "of"], name="print_key_once")]

    def __str__(self) -> str:
        return str(self.key)


class MediumUse(models.Model):
    """A medium stands in a version's package."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="media_used")
    of = models.ForeignKey(MediumPrint, models.CASCADE, related_name="uses")
    path = models.CharField(_("文件"), max_length=1000)
    title = models.CharField(_("名称"), max_length=400)

    class Meta:
        verbose_name = _("所用音视频")
        verbose_name_plural = _("所用音视频")
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "path"], name="medium_use_once")]

    def __str__(self) -> str:
        return self.path


class Likeness(models.Model):
    """Two media that are the same over a share of the shorter one; `one` has the lower id.

    `stretches` are `[here, there, length]` in seconds, `here` in `one`.
    """

    one = models.ForeignKey(MediumPrint, models.CASCADE, related_name="+")
    other = models.ForeignKey(MediumPrint, models.CASCADE, related_name="+")
    kind = models.CharField(_("相同的是"), max_length=7)
    share = models.FloatField(_("占较短者的份额"))
    stretches: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)

    class Meta:
        verbose_name = _("雷同")
        verbose_name_plural = _("雷同")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="likeness_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"
