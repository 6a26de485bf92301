"""Courses, their editions, and lessons: an edition is a snapshot of one package, a course shows one of its editions."""

from __future__ import annotations

import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kebao.model.location import clock
from ketang.platform.storage.models import StoredFile
from ketang.selection.awarding.models import Decision
from ketang.selection.calls.models import in_language
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Version


class CourseState(models.TextChoices):
    """Where a course stands before the public."""

    PREPARING = "preparing", _("正在准备")
    READY = "ready", _("已备好，未发布")
    PUBLISHED = "published", _("已发布")
    FAILED = "failed", _("没有备好")
    WITHDRAWN = "withdrawn", _("已撤下")
    TAKEN_DOWN = "taken-down", _("因投诉停用")


class EditionState(models.TextChoices):
    """How an edition stands: prepared in the background, then shown, then followed by another."""

    PREPARING = "preparing", _("正在准备")
    READY = "ready", _("已备好")
    FAILED = "failed", _("没有备好")
    CURRENT = "current", _("课程现在用的")
    FORMER = "former", _("已被更正版替换")
    DROPPED = "dropped", _("没有采用")


TENTH_MS = 270_000
"""A tenth of an hour of 45 minutes."""


class Shown(models.Model):
    """What learners read of an edition before they open a lesson; a course holds that of its current edition.

    `left_out` lists titles of resources that the classroom cannot show yet; `words` is what the office's search looks through.
    `category` is the call's id of what the course was selected for, `category_name` its name in both languages; `occupation` and
    `level` are the package's own words. `counts_ms` is how long all lessons count when hours are counted.
    """

    title = models.CharField(_("课程名称"), max_length=200)
    supplier = models.CharField(_("提供单位或个人"), max_length=200)
    introduction = models.TextField(_("介绍"), blank=True)
    words = models.TextField(blank=True, editable=False)
    seconds = models.DecimalField(_("时长（秒）"), max_digits=12, decimal_places=3, default=0)
    has_captions = models.BooleanField(_("有字幕"), default=False)
    has_transcript = models.BooleanField(_("有文字稿"), default=False)
    has_sign = models.BooleanField(_("有手语"), default=False)
    has_descriptions = models.BooleanField(_("有口述"), default=False)
    category = models.CharField(_("类别"), max_length=40, blank=True)
    category_name: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        _("类别名称"), default=dict, blank=True
    )
    occupation = models.CharField(_("职业（工种）"), max_length=200, blank=True)
    level = models.CharField(_("等级"), max_length=10, blank=True)
    counts_ms = models.PositiveBigIntegerField(_("计学时的长度（毫秒）"), default=0)
    left_out: models.JSONField[list[str], list[str]] = models.JSONField(_("没有收入的资源"), default=list)
    message: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("说明"), default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def why(self) -> str:
        """Why it was not prepared, in the reader's language; empty where it was."""
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
    def length(self) -> str:
        """Its length as a person reads it."""
        return clock(Fraction(self.seconds))

    @property
    def hours(self) -> Decimal:
        """How many hours of 45 minutes it has, down to a tenth."""
        return Decimal(self.tenths) / 10

    @property
    def tenths(self) -> int:
        """The same in tenths of an hour."""
        return self.counts_ms // TENTH_MS

    @property
    def category_words(self) -> str:
        """Its category's name in the reader's language; empty for none."""
        return in_language(self.category_name) if self.category_name else self.category


SHOWN = tuple(field.name for field in Shown._meta.local_fields)
"""What a course takes over from the edition that becomes its current one."""


class Course(Shown):
    """A course, made of what a decision selected, or with no decision one of the office's own.

    Its lessons are those of `current`, the edition that is public, or was last.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="course", verbose_name=_("遴选决定")
    )
    current = models.OneToOneField(
        "Edition", models.RESTRICT, null=True, blank=True, related_name="current_of", verbose_name=_("现在用的版本")
    )
    state = models.CharField(_("状态"), max_length=10, choices=CourseState, default=CourseState.PREPARING)
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
            models.CheckConstraint(
                condition=~Q(state="published") | Q(current__isnull=False), name="published_with_an_edition"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-published_at", "-id"], name="course_catalogue")]

    @property
    def lessons(self) -> models.QuerySet[Lesson]:
        """Those of its current edition, in order; none before there is one."""
        return Lesson.objects.filter(edition=self.current_id) if self.current_id else Lesson.objects.none()

    @property
    def is_published(self) -> bool:
        """Whether anybody may see it."""
        return self.state == CourseState.PUBLISHED

    @property
    def is_preview(self) -> bool:
        """Whether its pages are shown to the office alone, before the public sees them."""
        return False


class Edition(Shown):
    """One package as it is shown to learners: `digest` is the package's, `version` the selected one it is; never changed once shown.

    A corrected package makes the next edition. `check_of` is the check of a package that the office itself put in. With
    `at_once` it becomes public as soon as it is prepared. Pages show it before that as they show a course.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, models.CASCADE, related_name="editions", verbose_name=_("课程"))
    number = models.PositiveIntegerField(_("第几版"))
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("报送的版本")
    )
    check_of = models.ForeignKey(Check, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("检查"))
    name = models.CharField(_("文件名"), max_length=255)
    digest = models.CharField(_("校验值"), max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=EditionState, default=EditionState.PREPARING)
    reason = models.CharField(_("更正的理由"), max_length=2000, blank=True)
    despite = models.CharField(_("检查有问题仍发布的理由"), max_length=2000, blank=True)
    at_once = models.BooleanField(_("备好就发布"), default=False)
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now, editable=False)
    shown_at = models.DateTimeField(_("开始采用的时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("课程版本")
        verbose_name_plural = _("课程版本")
        ordering: ClassVar = ["course", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["course"], condition=Q(state__in=("preparing", "ready")), name="one_edition_on_its_way"
            ),
            models.UniqueConstraint(fields=["course"], condition=Q(state="current"), name="one_current_edition"),
            models.CheckConstraint(condition=~Q(supplier=""), name="no_edition_without_its_supplier"),
        ]

    @property
    def is_preview(self) -> bool:
        """Always: the public sees a course."""
        return True

    @property
    def is_on_its_way(self) -> bool:
        """Whether it may still become what the course shows."""
        return self.state in ON_ITS_WAY


ON_ITS_WAY = (EditionState.PREPARING, EditionState.READY)


class LessonKind(models.TextChoices):
    """What a lesson is."""

    VIDEO = "video", _("视频")
    AUDIO = "audio", _("音频")
    TEXT = "text", _("文字")
    CHART = "chart", _("图表")
    SIMULATION = "simulation", _("仿真")
    TASK = "task", _("实操任务")


class Lesson(models.Model):
    """One video, recording or text of an edition, in the order of the package's catalogue.

    `thread` stays the same for the same lesson over the editions of a course: what a learner has done is kept by account,
    course and thread. `item` is the resource's id in the package.
    `transcript` is a list of `{"start", "end", "text"}`, seconds as text (`"4.000"`), from the captions; `text` is the
    transcript as a document, or the text that is the lesson. `sign` is a film of a signer, played in step; `descriptions` tell
    in words what the picture shows. `article` is a text, or the words around a chart, as HTML that was sanitised (`article.py`);
    `table` is the chart's (`tables.Table`), empty where there is none. `chapters` are `{"start", "text"}` of a film.
    `described` is a recorded description, played in step; `described_whole` where the film's own sound is in it.
    `counts_ms` is its length when hours are counted (`lengths.py`); `stretches` are `[start, end, role]` of it in milliseconds.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="lessons")
    thread = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(_("类型"), max_length=10, choices=LessonKind)
    item = models.CharField(_("资源编号"), max_length=200, blank=True)
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
    described = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    described_type = models.CharField(_("口述录音的媒体类型"), max_length=60, blank=True)
    described_whole = models.BooleanField(_("口述录音里有原声"), default=False)
    chapters: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        _("分段"), default=list, blank=True
    )
    transcript: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    text = models.TextField(_("文字"), blank=True)
    article = models.TextField(_("排好的文字"), blank=True)
    table: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("数据表"), default=dict, blank=True)
    counts_ms = models.PositiveBigIntegerField(_("计学时的长度（毫秒）"), default=0)
    stretches: models.JSONField[list[Any], list[Any]] = models.JSONField(_("各段内容的类别"), default=list)

    class Meta:
        verbose_name = _("课")
        verbose_name_plural = _("课")
        ordering: ClassVar = ["edition", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "order"], name="lesson_order_once"),
            models.UniqueConstraint(fields=["edition", "thread"], name="lesson_thread_once"),
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
        return self.kind == LessonKind.AUDIO


PICTURE_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
"""Pictures that our own pages show. Drawings (.svg) are programs too: they are not among them."""


class LessonFile(models.Model):
    """A file that a lesson shows or hands out besides its medium: a picture in its text, the table of a chart; the files of a
    simulation, its first page first, which the content origin alone gives out.

    `content_type` is empty for what is handed out to be saved under its `name`, and never shown.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    name = models.CharField(_("文件名"), max_length=240)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    content_type = models.CharField(_("类型"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("课里的文件")
        verbose_name_plural = _("课里的文件")
        ordering: ClassVar = ["lesson", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lesson", "number"], name="lesson_file_number_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where it is, from the lesson's page."""
        return f"files/{self.number}"

    @property
    def path(self) -> str:
        """Its name as part of an address."""
        return quote(self.name)


class Ruling(models.TextChoices):
    """What was decided on a complaint."""

    PENDING = "pending", _("待处理")
    UPHELD = "upheld", _("成立")
    REJECTED = "rejected", _("不成立")
    SETTLED = "settled", _("已解决")


STANDING = (Ruling.PENDING, Ruling.UPHELD)
"""With these a course stays taken down."""


class RightsComplaint(models.Model):
    """Somebody says that a course infringes their rights: the course is taken down at once, and the record stays.

    `claimant` and `contact` are for the office alone. `was_public` says whether the course was public when it came.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="complaints", verbose_name=_("课程"))
    claimant = models.CharField(_("投诉人"), max_length=200)
    contact = models.CharField(_("联系方式"), max_length=300, blank=True)
    claim = models.TextField(_("主张的权利和理由"))
    received_on = models.DateField(_("收到日期"))
    taken_down_at = models.DateTimeField(_("停用时间"), default=timezone.now)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    was_public = models.BooleanField(default=False, editable=False)
    ruling = models.CharField(_("处理结果"), max_length=8, choices=Ruling, default=Ruling.PENDING)
    grounds = models.TextField(_("处理的依据"), blank=True)
    ruled_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("处理人")
    )
    restored_at = models.DateTimeField(_("恢复时间"), null=True, blank=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("恢复人")
    )

    class Meta:
        verbose_name = _("权利投诉")
        verbose_name_plural = _("权利投诉")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ruling="pending", ruled_at=None) | (~Q(ruling="pending") & Q(ruled_at__isnull=False)),
                name="complaint_ruled_at_some_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.received_on}"

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided yet."""
        return self.ruling == Ruling.PENDING
