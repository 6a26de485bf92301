"""Questions of an edition, their keys, and the papers that ask them."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course, Edition
from ketang.classroom.exams.marking import Asked, Kind, Multiple
from ketang.platform.storage.models import StoredFile

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


TRUTHS = {"对": _("对"), "错": _("错")}
"""What may be chosen of a true-false question, with the words on screen."""

MULTIPLE_CHOICES = [
    (Multiple.WHOLE.value, _("全部选对才得分")),
    (Multiple.PART.value, _("少选按比例得分，选错不得分")),
]


class QuestionKind(models.TextChoices):
    """Kinds of question that are marked by the program."""

    SINGLE = Kind.SINGLE.value, _("单项选择题")
    MULTIPLE = Kind.MULTIPLE.value, _("多项选择题")
    TRUE_FALSE = Kind.TRUE_FALSE.value, _("是非判断题")


class Question(models.Model):
    """One question of an edition's bank, as it is asked; it never changes. What is right stands in its keys.

    `same` is kebao's key of the question (`question_key`): the same words have the same key in every package. `options` are
    the texts of A, B, C … with empty ones kept; none for true or false.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions")
    same = models.CharField(max_length=32, db_index=True)
    kind = models.CharField(_("题型"), max_length=10, choices=QuestionKind)
    stem = models.TextField(_("题干"))
    options: models.JSONField[list[str], list[str]] = models.JSONField(_("选项"), default=list)
    explanation = models.TextField(_("解析"), blank=True)
    topic = models.CharField(_("知识点"), max_length=200, blank=True)
    lesson = models.CharField(_("对应目录"), max_length=400, blank=True)
    image = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    image_type = models.CharField(max_length=20, blank=True)
    image_alt = models.TextField(_("图片说明"), blank=True)

    class Meta:
        verbose_name = _("考题")
        verbose_name_plural = _("考题")

    def __str__(self) -> str:
        return self.stem[:80]

    @property
    def letters(self) -> list[str]:
        """What may be chosen, in the package's order."""
        if self.kind == QuestionKind.TRUE_FALSE:
            return list(TRUTHS)
        return [LETTERS[place] for place, words in enumerate(self.options) if words.strip()]

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """Options with their letters, in the package's order; 对 and 错 for true or false."""
        return [(letter, self.words_of(letter)) for letter in self.letters]

    def words_of(self, letter: str) -> str:
        """The text of an option."""
        return self.options[LETTERS.index(letter)] if letter in LETTERS else str(TRUTHS.get(letter, letter))

    @property
    def key(self) -> AnswerKey:
        """What is right now: the newest of its keys, read anew unless they were fetched with it."""
        return max(self.keys.all(), key=lambda key: key.number)


class AnswerKey(models.Model):
    """What is right: the first comes from the package, a later one corrects it; rows are only added.

    `is_void`: the question is faulty, and everybody gets its points.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="keys")
    number = models.PositiveIntegerField(_("第几次"))
    right: models.JSONField[list[str], list[str]] = models.JSONField(_("正确答案"), default=list)
    is_void = models.BooleanField(_("题目作废，人人得分"), default=False)
    reason = models.CharField(_("更正的理由"), max_length=1000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("答案")
        verbose_name_plural = _("答案")
        ordering: ClassVar = ["question", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "number"], name="answer_key_number_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="key_corrected_for_a_reason"),
        ]

    def __str__(self) -> str:
        if self.is_void:
            return str(_("作废"))
        return "".join(str(TRUTHS.get(letter, letter)) for letter in self.right)

    def asked(self, points: Decimal) -> Asked:
        """The question as it is marked under this key."""
        return Asked(Kind(self.question.kind), frozenset(self.right), points, self.is_void)


class Paper(models.Model):
    """One paper of an edition: as the package brought it, or drawn from its bank (`seed`, `weights`, `batch`).

    `total` and `pass_points` are of the questions in it. `left_out` tells which of the package's questions a program cannot
    mark: `{"number", "zh", "en"}`. One that is given for practice (`is_practice`) is no exam. It changes neither questions nor points; `multiple` only while nobody has begun it.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="papers")
    number = models.PositiveIntegerField(_("次序"))
    title = models.CharField(_("试卷名称"), max_length=200)
    item = models.CharField(max_length=200, blank=True)
    total = models.DecimalField(_("总分"), max_digits=10, decimal_places=2)
    pass_points = models.DecimalField(_("及格分"), max_digits=10, decimal_places=2)
    limit_seconds = models.PositiveIntegerField(_("限时（秒）"), null=True, blank=True)
    multiple = models.CharField(
        _("多选题怎样计分"), max_length=5, default=Multiple.WHOLE.value, choices=MULTIPLE_CHOICES
    )  # fmt: skip
    seed = models.CharField(max_length=32, blank=True, editable=False)
    batch = models.UUIDField(null=True, blank=True, editable=False)
    weights: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    left_out: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    is_open = models.BooleanField(_("可以考"), default=True)
    is_practice = models.BooleanField(_("用来练习"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("时间"), default=timezone.now)
    questions = models.ManyToManyField(Question, through="Place", related_name="papers")

    class Meta:
        verbose_name = _("试卷")
        verbose_name_plural = _("试卷")
        ordering: ClassVar = ["edition", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "number"], name="paper_number_once"),
            models.CheckConstraint(condition=Q(total__gt=0, pass_points__gt=0), name="paper_can_be_passed"),
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(is_practice=False), name="paper_for_exam_or_practice"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_drawn(self) -> bool:
        """Whether it was drawn from the bank."""
        return bool(self.seed)

    @property
    def minutes(self) -> int | None:
        """Time allowed in whole minutes; None without a limit."""
        return None if self.limit_seconds is None else -(-self.limit_seconds // 60)


class Place(models.Model):
    """A question of a paper: where it stands, and its points."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="places")
    question = models.ForeignKey(Question, models.RESTRICT, related_name="places")
    order = models.PositiveIntegerField(_("题号"))
    points = models.DecimalField(_("分值"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("卷中的题")
        verbose_name_plural = _("卷中的题")
        ordering: ClassVar = ["paper", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "order"], name="place_order_once"),
            models.UniqueConstraint(fields=["paper", "question"], name="question_once_a_paper"),
        ]

    def __str__(self) -> str:
        return str(self.order)


class How(models.TextChoices):
    """Why an attempt is over."""

    SAID = "said", _("本人交卷")
    TIME = "time", _("时间到")
    PEN = "pen", _("纸笔作答")


class Attempt(models.Model):
    """Somebody sits a paper; one at a time of a course. Times are the server's.

    `last` is the number of the newest entry of its log. `limit_ms` is with the learner's extra time, which was as it is kept
    here. `heard_at` is when a page of it spoke last; `paused_at` since when somebody has it paused.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts")
    course = models.ForeignKey(Course, models.PROTECT, related_name="attempts")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="attempts")
    seed = models.CharField(max_length=32, editable=False)
    one_at_a_time = models.BooleanField(_("一页一题"), default=True)
    limit_ms = models.PositiveBigIntegerField(_("限时（毫秒）"), null=True, blank=True)
    extra_per_cent = models.PositiveIntegerField(_("延长（百分比）"), default=0)
    last = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(_("开始时间"), default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(_("交卷时间"), null=True, blank=True)
    submitted_how = models.CharField(_("怎样交卷"), max_length=4, choices=How, blank=True)
    used_ms = models.PositiveBigIntegerField(_("用时（毫秒）"), null=True, blank=True)

    class Meta:
        verbose_name = _("考试记录")
        verbose_name_plural = _("考试记录")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "course"], condition=Q(submitted_at=None), name="one_active_attempt_a_course"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_how="", used_ms=None)
                | (Q(submitted_at__isnull=False, used_ms__isnull=False) & ~Q(submitted_how="")),
                name="attempt_is_over_somehow",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-begun_at"], name="attempts_of_account"),
            models.Index(fields=["paper", "submitted_at"], name="attempts_of_paper"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_over(self) -> bool:
        """Whether it was handed in."""
        return self.submitted_at is not None


class Pause(models.Model):
    """A stretch that does not count: somebody asked for it, or (`is_cut`) nothing was heard. Only added."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="pauses")
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    is_cut = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("暂停")
        verbose_name_plural = _("暂停")
        ordering: ClassVar = ["attempt", "start_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end_at__gte=models.F("start_at")), name="pause_ends_after_it_began")
        ]

    def __str__(self) -> str:
        return f"{self.start_at} {self.end_at}"


class Entry(models.Model):
    """One line of an attempt's log: what was chosen of a question, and whether it was flagged. Only added.

    `device` and `n` are the page's own key: the same line sent twice is one line. `stands` is whether it became the answer:
    one that was written without knowing of a newer answer from another page does not.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    device = models.UUIDField()
    n = models.PositiveIntegerField()
    chosen: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    flagged = models.BooleanField(default=False)
    stands = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("作答记录")
        verbose_name_plural = _("作答记录")
        ordering: ClassVar = ["attempt", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "number"], name="entry_number_once"),
            models.UniqueConstraint(fields=["attempt", "device", "n"], name="entry_of_a_page_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.chosen}"


class Cause(models.TextChoices):
    """Why an attempt was marked."""

    SUBMITTED = "said", _("交卷")
    CORRECTED = "key", _("答案更正")


class Marking(models.Model):
    """The marks of an attempt; the newest count. Only added. `points` are by place, as text; `keys` are numbers of the keys by question.

    `seen_at` is when the learner saw the result: one that changed it is told until then.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="markings")
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=4, choices=Cause, default=Cause.SUBMITTED)
    total = models.DecimalField(_("得分"), max_digits=10, decimal_places=2)
    passed = models.BooleanField(_("及格"))
    points: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    keys: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("判分")
        verbose_name_plural = _("判分")
        ordering: ClassVar = ["attempt", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["attempt", "number"], name="marking_number_once")]
        indexes: ClassVar = [models.Index(fields=["attempt"], condition=Q(cause="key"), name="markings_of_corrections")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.total}"


class Ruling(models.TextChoices):
    """What the office says to an appeal."""

    WAITING = "waiting", _("待答复")
    UPHELD = "upheld", _("有理，已处理")
    REJECTED = "rejected", _("答案没有问题")


class Appeal(models.Model):
    """A learner asks about a question of a result: the key, the question, the points. Answered by `due_on`.

    `seen_at` is when the learner had the answer before their eyes: it is told until then.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="appeals")
    place = models.ForeignKey(Place, models.PROTECT, related_name="appeals")
    words = models.TextField(_("哪里不对"))
    asked_at = models.DateTimeField(_("提出时间"), default=timezone.now)
    due_on = models.DateField(_("答复期限"))
    ruling = models.CharField(_("结论"), max_length=8, choices=Ruling, default=Ruling.WAITING)
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("申诉")
        verbose_name_plural = _("申诉")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "place"], name="one_appeal_a_question"),
            models.CheckConstraint(
                condition=Q(ruling="waiting", answered_at=None, answer="")
                | (~Q(ruling="waiting") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="appeal_answered_in_words",
            ),
        ]
        indexes: ClassVar = [models.Index("answered_at", "due_on", name="appeals_by_due_day")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.ruling == Ruling.WAITING

    @property
    def is_overdue(self) -> bool:
        """Whether its day has gone by without an answer."""
        return self.is_waiting and self.due_on < timezone.localdate()
