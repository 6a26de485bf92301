"""A published course and its lessons: a snapshot of the version that was selected."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kebao.model.location import clock
from ketang.platform.storage.models import StoredFile
from ketang.selection.awarding.models import Decision
from ketang.selection.calls.models import in_language


class CourseState(models.TextChoices):
    """Where a course stands."""

    PREPARING = "preparing", _("正在准备")
    PUBLISHED = "published", _("已发布")
    FAILED = "failed", _("没有发布成功")
    WITHDRAWN = "withdrawn", _("已撤下")


class Course(models.Model):
    """A course made of the version that a decision selected.

    `left_out` lists titles of resources that the classroom cannot show yet; `words` is what a search looks through.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="course", verbose_name=_("遴选决定"))
    title = models.CharField(_("课程名称"), max_length=200)
    supplier = models.CharField(_("提供单位或个人"), max_length=200)
    introduction = models.TextField(_("介绍"), blank=True)
    words = models.TextField(blank=True, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=CourseState, default=CourseState.PREPARING)
    message: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("说明"), default=dict, blank=True)
    seconds = models.DecimalField(_("时长（秒）"), max_digits=12, decimal_places=3, default=0)
    has_captions = models.BooleanField(_("有字幕"), default=False)
    has_transcript = models.BooleanField(_("有文字稿"), default=False)
    has_sign = models.BooleanField(_("有手语"), default=False)
    has_descriptions = models.BooleanField(_("有口述"), default=False)
    left_out: models.JSONField[list[str], list[str]] = models.JSONField(_("没有收入的资源"), default=list)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("课程")
        verbose_name_plural = _("课程")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(supplier=""), name="no_course_without_its_supplier"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="published_at_some_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-published_at", "-id"], name="course_catalogue")]

    def __str__(self) -> str:
        return self.title

    @property
    def why(self) -> str:
        """Why it was not published, in the reader's language; empty where it was."""
        return in_language(self.message) if self.message else ""

    @property
    def badges(self) -> list[str]:
        """What every film of it brings for who cannot hear or see it, in words."""
        found = (
            (self.has_captions, _("字幕")), (self.has_sign, _("手语")), (self.has_descriptions, _("口述")),
            (self.has_transcript, _("文字稿")),
        )  # fmt: skip
        return [str(words) for has, words in found if has]

    @property
    def is_published(self) -> bool:
        """Whether anybody may see it."""
        return self.state == CourseState.PUBLISHED

    @property
    def length(self) -> str:
        """Its length as a person reads it."""
        return clock(Fraction(self.seconds))


class Lesson(models.Model):
    """One video, recording or text of a course, in the order of the package's catalogue.

    `transcript` is a list of `{"start", "end", "text"}`, seconds as text (`"4.000"`), from the captions; `text` is the
    transcript as a document, or the text that is the lesson. `sign` is a film of a signer, played in step; `descriptions` tell
    in words what the picture shows.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="lessons")
    order = models.PositiveIntegerField(_("次序"))
    chapter = models.CharField(_("章"), max_length=400, blank=True)
    title = models.CharField(_("课"), max_length=400)
    seconds = models.DecimalField(_("时长（秒）"), max_digits=12, decimal_places=3, default=0)
    media = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    content_type = models.CharField(_("媒体类型"), max_length=60, blank=True)
    captions = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    poster = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sign = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sign_type = models.CharField(_("手语视频的媒体类型"), max_length=60, blank=True)
    descriptions = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    transcript: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    text = models.TextField(_("文字"), blank=True)

    class Meta:
        verbose_name = _("课")
        verbose_name_plural = _("课")
        ordering: ClassVar = ["course", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "order"], name="lesson_order_once"),
            models.CheckConstraint(condition=Q(media__isnull=False) | ~Q(text=""), name="lesson_shows_something"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def length(self) -> str:
        """Its length as a person reads it; empty for a text."""
        return clock(Fraction(self.seconds)) if self.seconds else ""

    @property
    def is_sound(self) -> bool:
        """Whether there is no picture to show."""
        return self.content_type.startswith("audio/")
