"""Submissions, their versions and receipts, and the counters that number them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.organisation.models import Organisation
from ketang.platform.search.words import spaced
from ketang.platform.uploads.models import Upload
from ketang.selection.calls.models import Call


class SubmissionState(models.TextChoices):
    """Where a submission stands."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    COMPLETE = "complete", _("齐全")
    INCOMPLETE = "incomplete", _("待补正")
    ACCEPTED = "accepted", _("进入评审")
    WITHDRAWN = "withdrawn", _("已撤回")
    REFUSED = "refused", _("不予受理")


NEXT: dict[SubmissionState, frozenset[SubmissionState]] = {
    SubmissionState.DRAFT: frozenset({SubmissionState.SUBMITTED, SubmissionState.WITHDRAWN}),
    SubmissionState.SUBMITTED: frozenset(
        {SubmissionState.COMPLETE, SubmissionState.INCOMPLETE, SubmissionState.REFUSED, SubmissionState.WITHDRAWN}
    ),
    SubmissionState.COMPLETE: frozenset(
        {SubmissionState.ACCEPTED, SubmissionState.INCOMPLETE, SubmissionState.REFUSED, SubmissionState.WITHDRAWN}
    ),
    SubmissionState.INCOMPLETE: frozenset(
        {SubmissionState.SUBMITTED, SubmissionState.COMPLETE, SubmissionState.REFUSED, SubmissionState.WITHDRAWN}
    ),
    SubmissionState.ACCEPTED: frozenset({SubmissionState.REFUSED, SubmissionState.WITHDRAWN}),
    SubmissionState.WITHDRAWN: frozenset(),
    SubmissionState.REFUSED: frozenset({SubmissionState.SUBMITTED}),
}
"""From each state, the states it may go to. A refusal can be taken back by the office; a withdrawal is the supplier's word."""

MAY_SEND = frozenset(
    {SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.COMPLETE, SubmissionState.INCOMPLETE}
)
"""States in which another version is taken."""
REMOVED_KEPT = timedelta(days=7)
"""How long a file that was removed from a draft can be put back."""
WITHDRAWN_KEPT = timedelta(days=30)
"""How long the single files of a withdrawn submission are kept."""
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".mbz", ".imscc", ".h5p")
"""Endings of files that may be a whole package."""


class Door(models.TextChoices):
    """How something arrived."""

    WEB = "web", _("网上提交")
    MAIL = "mail", _("电子邮件")
    DESK = "desk", _("窗口或快递")
    DISK = "disk", _("U 盘或移动硬盘")
    RECOMMENDER = "body", _("推荐单位转交")
    BOOK = "book", _("旧台账导入")


class Lateness(models.TextChoices):
    """How a copy stands to the deadline of its call; the worst comes last."""

    IN_TIME = "in-time", _("按时")
    IN_GRACE = "in-grace", _("宽限期内")
    IN_MENDING = "in-mending", _("补正期内")
    ACCEPTED = "accepted-late", _("逾期，已同意接收")
    LATE = "late", _("逾期")


BEST_FIRST = tuple(Lateness)


class Submission(models.Model):
    """One course for one call.

    `number` is given with the first receipt. `draft` holds what the supplier filled in on the web: `form` (fields of F by
    the names of `kebao.package.manifest.Form`), `rights` (rows), `free_use`. `latest` is the version that counts.
    `reason` is why it stands where it does: what is to be mended, why it was refused or withdrawn. `lateness` is that of its
    better copy: the first to arrive fixes it. `paper_at` is when its first paper copy was here, by the time that counts;
    `mend_until` is the last moment of what was asked for.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="submissions", verbose_name=_("征集"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="submissions", verbose_name=_("供应单位")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("建立人")
    )
    number = models.CharField(_("受理编号"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=SubmissionState, default=SubmissionState.DRAFT)
    title = models.CharField(_("课程名称"), max_length=200)
    category = models.CharField(_("类别"), max_length=200, blank=True)
    draft: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("填写的内容"), default=dict)
    reason = models.TextField(_("理由"), blank=True)
    lateness = models.CharField(_("时间"), max_length=13, choices=Lateness, blank=True)
    paper_at = models.DateTimeField(_("书面版的时间"), null=True, blank=True)
    paper_lateness = models.CharField(_("书面版是否按时"), max_length=13, choices=Lateness, blank=True)
    mend_until = models.DateTimeField(_("补正截止时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("更新时间"), default=timezone.now)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    latest = models.ForeignKey("Version", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("申报")
        verbose_name_plural = _("申报")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="submission_number_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-changed_at", "-id"], name="submission_of_supplier"),
            models.Index(fields=["call", "-submitted_at", "-id"], name="submission_arrivals"),
            models.Index(fields=["call", "state", "-submitted_at", "-id"], name="submission_in_state"),
            models.Index(fields=["-submitted_at", "-id"], name="arrivals"),
            models.Index(fields=["state", "-submitted_at", "-id"], name="arrivals_in_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django makes none where there is one
        """The state in the reader's language. Django's own translates all of them for each row of a list."""
        return str(SubmissionState(self.state).label)

    @property
    def is_late(self) -> bool:
        """Whether no copy was in time and nobody accepted one."""
        return self.lateness == Lateness.LATE

    @property
    def supplier_may_withdraw(self) -> bool:
        """Whether the supplier alone may take it back: until it is in review."""
        return self.state != SubmissionState.ACCEPTED and self.may_become(SubmissionState.WITHDRAWN)

    @property
    def takes_versions(self) -> bool:
        """Whether another version may be sent."""
        return self.state in MAY_SEND

    def may_become(self, state: SubmissionState) -> bool:
        """Whether the transition table allows it."""
        return state in NEXT[SubmissionState(self.state)]


class Version(models.Model):
    """One package as it arrived; never changed afterwards.

    `digest` is the SHA-256 under which the file is kept; `form` is what had been filled in on the web at that moment.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="versions")
    index = models.PositiveIntegerField(_("版本"))
    door = models.CharField(_("来路"), max_length=4, choices=Door)
    name = models.CharField(_("文件名"), max_length=255)
    digest = models.CharField(_("校验值"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("大小"))
    received_at = models.DateTimeField(_("收到时间"))
    lateness = models.CharField(_("时间"), max_length=13, choices=Lateness, default=Lateness.IN_TIME)
    form: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("填写的内容"), default=dict)

    class Meta:
        verbose_name = _("版本")
        verbose_name_plural = _("版本")
        ordering = ("submission", "index")
        constraints: ClassVar = [models.UniqueConstraint(fields=["submission", "index"], name="version_index_once")]

    def __str__(self) -> str:
        return f"{self.submission_id} v{self.index}"

    @property
    def is_late(self) -> bool:
        """Whether it came too late and nobody accepted it."""
        return self.lateness == Lateness.LATE


class Receipt(models.Model):
    """Proof of an arrival. The same bytes sent again get another receipt for the same version."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("回执编号"), max_length=80, unique=True)
    version = models.ForeignKey(Version, models.CASCADE, related_name="receipts")
    issued_at = models.DateTimeField(_("收到时间"))

    class Meta:
        verbose_name = _("回执")
        verbose_name_plural = _("回执")
        ordering = ("issued_at", "id")

    def __str__(self) -> str:
        return self.number

    @property
    def code(self) -> str:
        """What is asked for beside the number by who looks it up: it stands on the receipt and nowhere else."""
        return self.uuid.hex[:CODE_SIGNS]


CODE_SIGNS = 8
"""Signs of a receipt's code: four thousand million possibilities cannot be walked."""


def state_mark(state: str) -> str:
    """The word that passages of this state carry: with it, a search in one state reads no others."""
    return f"state{state}"


class Passage(models.Model):
    """What the office searches of an arrival: number, title, supplier, and a mark of its state, as `platform.search` wants them.

    It comes with the first receipt, so that its own `id` tells the order of arrival.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="passage")
    text = models.TextField()

    class Meta:
        verbose_name = _("检索内容")
        verbose_name_plural = _("检索内容")

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def text_of(submission: Submission) -> str:
        """The words of a submission."""
        words = spaced(f"{submission.number} {submission.title} {submission.organisation.name}")
        return f"{words} {state_mark(submission.state)}"


class Counter(models.Model):
    """Last numbers given in a call."""

    call = models.OneToOneField(Call, models.CASCADE, primary_key=True, related_name="counter")
    submissions = models.PositiveIntegerField(default=0)
    receipts = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("编号计数")
        verbose_name_plural = _("编号计数")

    def __str__(self) -> str:
        return f"{self.submissions} / {self.receipts}"


class DraftFile(models.Model):
    """A single file of a package that is put together on the web, and its place in the course folder.

    A removed one can be put back until its place is taken. It stays after a version was sent, so that the next one needs
    only what changed. Size, digest and how far it has come are those of its `upload`. Of a filled workbook, `workbook` holds
    what the next steps ask: the `paths` that it names, whether its `form` is filled in, its number of `rights`.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files", verbose_name=_("申报"))
    upload = models.OneToOneField(Upload, models.CASCADE, related_name="+", verbose_name=_("上传"))
    path = models.CharField(_("在课程包里的位置"), max_length=240)
    workbook: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("表里写的"), default=dict, blank=True
    )
    added_at = models.DateTimeField(_("加入时间"), default=timezone.now)
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("课程包里的文件")
        verbose_name_plural = _("课程包里的文件")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "path"], condition=models.Q(removed_at=None), name="draft_file_place_once"
            )
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def is_archive(self) -> bool:
        """Whether it may be a whole package by itself."""
        return self.path.lower().endswith(ARCHIVES)


class Assembly(models.Model):
    """One sending of single files: they are put into one package, and that is received as of `asked_at`.

    `files` are [path, uuid of its upload] as they stood then. It ends with a `receipt`, or with what was `refused`.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="assemblies", verbose_name=_("申报"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("提交人"))
    asked_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    files: models.JSONField[list[Any], list[Any]] = models.JSONField(_("文件"), default=list)
    receipt = models.ForeignKey(
        Receipt, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("回执")
    )
    refused = models.CharField(_("没有收下的原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("打包")
        verbose_name_plural = _("打包")

    def __str__(self) -> str:
        return f"{self.submission_id} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.receipt_id is not None or bool(self.refused)
