"""The tables as 0001–0017 leave them, made at once: for a new instance. What those did to rows has nothing to do here."""

import uuid
from decimal import Decimal
from importlib import import_module
from typing import Any

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from ketang.platform import tables
from ketang.platform.search import bags

_exams = import_module("ketang.classroom.migrations.0013_sitting_exams")


def index(editor: Any) -> None:
    bags.index(editor, "classroom_catalogueentry")
    bags.ask_the_index(editor, "classroom_catalogueentry")


def keep(editor: Any) -> None:
    _exams.keep(None, editor)


def let_go(editor: Any) -> None:
    _exams.let_go(None, editor)


class Migration(migrations.Migration):
    replaces = [
        ("classroom", "0001_initial"),
        ("classroom", "0002_sign_and_descriptions"),
        ("classroom", "0003_editions"),
        ("classroom", "0004_lessons_of_editions"),
        ("classroom", "0005_learning"),
        ("classroom", "0006_renditions_and_complaints"),
        ("classroom", "0007_groups_and_usage"),
        ("classroom", "0008_lesson_kinds"),
        ("classroom", "0009_exams"),
        ("classroom", "0010_catalogue_search"),
        ("classroom", "0011_lesson_chapters"),
        ("classroom", "0012_notes"),
        ("classroom", "0013_sitting_exams"),
        ("classroom", "0014_certificates"),
        ("classroom", "0015_appeals_of_exams"),
        ("classroom", "0016_tasks"),
        ("classroom", "0017_bags_by_index"),
    ]

    initial = True

    dependencies = [
        ("common", "0005_signing"),
        ("people", "0006_centres"),
        ("selection", "0040_role_of_centres"),
    ]

    operations = [
        tables.Together(
            operations=[
                migrations.CreateModel(
                    name="Edition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="课程名称")),
                        ("supplier", models.CharField(max_length=200, verbose_name="提供单位或个人")),
                        ("introduction", models.TextField(blank=True, verbose_name="介绍")),
                        ("words", models.TextField(blank=True, editable=False)),
                        (
                            "seconds",
                            models.DecimalField(decimal_places=3, default=0, max_digits=12, verbose_name="时长（秒）"),
                        ),
                        ("has_captions", models.BooleanField(default=False, verbose_name="有字幕")),
                        ("has_transcript", models.BooleanField(default=False, verbose_name="有文字稿")),
                        ("has_sign", models.BooleanField(default=False, verbose_name="有手语")),
                        ("has_descriptions", models.BooleanField(default=False, verbose_name="有口述")),
                        ("category", models.CharField(blank=True, max_length=40, verbose_name="类别")),
                        ("category_name", models.JSONField(blank=True, default=dict, verbose_name="类别名称")),
                        ("occupation", models.CharField(blank=True, max_length=200, verbose_name="职业（工种）")),
                        ("level", models.CharField(blank=True, max_length=10, verbose_name="等级")),
                        ("counts_ms", models.PositiveBigIntegerField(default=0, verbose_name="计学时的长度（毫秒）")),
                        ("left_out", models.JSONField(default=list, verbose_name="没有收入的资源")),
                        ("message", models.JSONField(blank=True, default=dict, verbose_name="说明")),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="editions",
                                to="classroom.course",
                                verbose_name="课程",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="第几版")),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.version",
                                verbose_name="报送的版本",
                            ),
                        ),
                        (
                            "check_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.check",
                                verbose_name="检查",
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="文件名")),
                        ("digest", models.CharField(max_length=64, verbose_name="校验值")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "正在准备"),
                                    ("ready", "已备好"),
                                    ("failed", "没有备好"),
                                    ("current", "课程现在用的"),
                                    ("former", "已被更正版替换"),
                                    ("dropped", "没有采用"),
                                ],
                                default="preparing",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=2000, verbose_name="更正的理由")),
                        (
                            "despite",
                            models.CharField(blank=True, max_length=2000, verbose_name="检查有问题仍发布的理由"),
                        ),
                        ("at_once", models.BooleanField(default=False, verbose_name="备好就发布")),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="建立时间"
                            ),
                        ),
                        ("shown_at", models.DateTimeField(blank=True, null=True, verbose_name="开始采用的时间")),
                    ],
                    options={
                        "verbose_name": "课程版本",
                        "verbose_name_plural": "课程版本",
                        "ordering": ["course", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("course", "number"), name="edition_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("preparing", "ready"))),
                                fields=("course",),
                                name="one_edition_on_its_way",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "current")), fields=("course",), name="one_current_edition"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("supplier", ""), _negated=True),
                                name="no_edition_without_its_supplier",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="课程名称")),
                        ("supplier", models.CharField(max_length=200, verbose_name="提供单位或个人")),
                        ("introduction", models.TextField(blank=True, verbose_name="介绍")),
                        ("words", models.TextField(blank=True, editable=False)),
                        (
                            "seconds",
                            models.DecimalField(decimal_places=3, default=0, max_digits=12, verbose_name="时长（秒）"),
                        ),
                        ("has_captions", models.BooleanField(default=False, verbose_name="有字幕")),
                        ("has_transcript", models.BooleanField(default=False, verbose_name="有文字稿")),
                        ("has_sign", models.BooleanField(default=False, verbose_name="有手语")),
                        ("has_descriptions", models.BooleanField(default=False, verbose_name="有口述")),
                        ("category", models.CharField(blank=True, max_length=40, verbose_name="类别")),
                        ("category_name", models.JSONField(blank=True, default=dict, verbose_name="类别名称")),
                        ("occupation", models.CharField(blank=True, max_length=200, verbose_name="职业（工种）")),
                        ("level", models.CharField(blank=True, max_length=10, verbose_name="等级")),
                        ("counts_ms", models.PositiveBigIntegerField(default=0, verbose_name="计学时的长度（毫秒）")),
                        ("left_out", models.JSONField(default=list, verbose_name="没有收入的资源")),
                        ("message", models.JSONField(blank=True, default=dict, verbose_name="说明")),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="course",
                                to="selection.decision",
                                verbose_name="遴选决定",
                            ),
                        ),
                        (
                            "current",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="current_of",
                                to="classroom.edition",
                                verbose_name="现在用的版本",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "正在准备"),
                                    ("ready", "已备好，未发布"),
                                    ("published", "已发布"),
                                    ("failed", "没有备好"),
                                    ("withdrawn", "已撤下"),
                                    ("taken-down", "因投诉停用"),
                                ],
                                default="preparing",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤下时间")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        "verbose_name": "课程",
                        "verbose_name_plural": "课程",
                        "indexes": [models.Index(fields=["state", "-published_at", "-id"], name="course_catalogue")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("supplier", ""), _negated=True),
                                name="no_course_without_its_supplier",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="published_at_some_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    ("current__isnull", False),
                                    _connector="OR",
                                ),
                                name="published_with_an_edition",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Group",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "centre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groups",
                                to="people.organisation",
                                verbose_name="培训中心",
                            ),
                        ),
                        ("title", models.CharField(max_length=100, verbose_name="班级名称")),
                        ("join_code", models.CharField(max_length=12, unique=True, verbose_name="加入码")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="建立时间")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                        (
                            "courses",
                            models.ManyToManyField(
                                blank=True, related_name="groups", to="classroom.course", verbose_name="学习的课程"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "班级",
                        "verbose_name_plural": "班级",
                        "indexes": [models.Index(fields=["centre", "-made_at"], name="groups_of_centre")],
                    },
                ),
                migrations.CreateModel(
                    name="Announcement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="announcements",
                                to="classroom.group",
                            ),
                        ),
                        ("words", models.TextField(max_length=2000, verbose_name="内容")),
                        (
                            "posted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("posted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="发布时间")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                    ],
                    options={
                        "verbose_name": "通知",
                        "verbose_name_plural": "通知",
                        "indexes": [models.Index(fields=["group", "-posted_at"], name="told_to_group")],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="classroom.edition",
                            ),
                        ),
                        ("same", models.CharField(db_index=True, max_length=32)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("single", "单项选择题"),
                                    ("multiple", "多项选择题"),
                                    ("truefalse", "是非判断题"),
                                ],
                                max_length=10,
                                verbose_name="题型",
                            ),
                        ),
                        ("stem", models.TextField(verbose_name="题干")),
                        ("options", models.JSONField(default=list, verbose_name="选项")),
                        ("explanation", models.TextField(blank=True, verbose_name="解析")),
                        ("topic", models.CharField(blank=True, max_length=200, verbose_name="知识点")),
                        ("lesson", models.CharField(blank=True, max_length=400, verbose_name="对应目录")),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                            ),
                        ),
                        ("image_type", models.CharField(blank=True, max_length=20)),
                        ("image_alt", models.TextField(blank=True, verbose_name="图片说明")),
                    ],
                    options={
                        "verbose_name": "考题",
                        "verbose_name_plural": "考题",
                    },
                ),
                migrations.CreateModel(
                    name="AnswerKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="keys",
                                to="classroom.question",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="第几次")),
                        ("right", models.JSONField(default=list, verbose_name="正确答案")),
                        ("is_void", models.BooleanField(default=False, verbose_name="题目作废，人人得分")),
                        ("reason", models.CharField(blank=True, max_length=1000, verbose_name="更正的理由")),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                    ],
                    options={
                        "verbose_name": "答案",
                        "verbose_name_plural": "答案",
                        "ordering": ["question", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("question", "number"), name="answer_key_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="key_corrected_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="papers",
                                to="classroom.edition",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="次序")),
                        ("title", models.CharField(max_length=200, verbose_name="试卷名称")),
                        ("item", models.CharField(blank=True, max_length=200)),
                        ("total", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="总分")),
                        ("pass_points", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="及格分")),
                        (
                            "limit_seconds",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="限时（秒）"),
                        ),
                        (
                            "multiple",
                            models.CharField(
                                choices=[("whole", "全部选对才得分"), ("part", "少选按比例得分，选错不得分")],
                                default="whole",
                                max_length=5,
                                verbose_name="多选题怎样计分",
                            ),
                        ),
                        ("seed", models.CharField(blank=True, editable=False, max_length=32)),
                        ("batch", models.UUIDField(blank=True, editable=False, null=True)),
                        ("weights", models.JSONField(default=dict)),
                        ("left_out", models.JSONField(default=list)),
                        ("is_open", models.BooleanField(default=True, verbose_name="可以考")),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                        (
                            "questions",
                            models.ManyToManyField(
                                related_name="papers", through="classroom.Place", to="classroom.question"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "试卷",
                        "verbose_name_plural": "试卷",
                        "ordering": ["edition", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "number"), name="paper_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("pass_points__gt", 0), ("total__gt", 0)), name="paper_can_be_passed"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="classroom.course",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="classroom.paper",
                            ),
                        ),
                        ("seed", models.CharField(editable=False, max_length=32)),
                        ("one_at_a_time", models.BooleanField(default=True, verbose_name="一页一题")),
                        (
                            "limit_ms",
                            models.PositiveBigIntegerField(blank=True, null=True, verbose_name="限时（毫秒）"),
                        ),
                        ("extra_per_cent", models.PositiveIntegerField(default=0, verbose_name="延长（百分比）")),
                        ("last", models.PositiveIntegerField(default=0)),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="开始时间")),
                        ("heard_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("paused_at", models.DateTimeField(blank=True, null=True)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="交卷时间")),
                        (
                            "submitted_how",
                            models.CharField(
                                blank=True,
                                choices=[("said", "本人交卷"), ("time", "时间到")],
                                max_length=4,
                                verbose_name="怎样交卷",
                            ),
                        ),
                        ("used_ms", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="用时（毫秒）")),
                    ],
                    options={
                        "verbose_name": "考试记录",
                        "verbose_name_plural": "考试记录",
                        "indexes": [
                            models.Index(fields=["account", "-begun_at"], name="attempts_of_account"),
                            models.Index(fields=["paper", "submitted_at"], name="attempts_of_paper"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("submitted_at", None)),
                                fields=("account", "course"),
                                name="one_active_attempt_a_course",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at", None), ("submitted_how", ""), ("used_ms", None)),
                                    models.Q(
                                        ("submitted_at__isnull", False),
                                        ("used_ms__isnull", False),
                                        models.Q(("submitted_how", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="attempt_is_over_somehow",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="places", to="classroom.paper"
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="places",
                                to="classroom.question",
                            ),
                        ),
                        ("order", models.PositiveIntegerField(verbose_name="题号")),
                        ("points", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="分值")),
                    ],
                    options={
                        "verbose_name": "卷中的题",
                        "verbose_name_plural": "卷中的题",
                        "ordering": ["paper", "order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("paper", "order"), name="place_order_once"),
                            models.UniqueConstraint(fields=("paper", "question"), name="question_once_a_paper"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="appeals",
                                to="classroom.attempt",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="classroom.place",
                            ),
                        ),
                        ("words", models.TextField(verbose_name="哪里不对")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="提出时间")),
                        ("due_on", models.DateField(verbose_name="答复期限")),
                        (
                            "ruling",
                            models.CharField(
                                choices=[
                                    ("waiting", "待答复"),
                                    ("upheld", "有理，已处理"),
                                    ("rejected", "答案没有问题"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="结论",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="答复")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "申诉",
                        "verbose_name_plural": "申诉",
                        "indexes": [
                            models.Index(models.F("answered_at"), models.F("due_on"), name="appeals_by_due_day")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("attempt", "place"), name="one_appeal_a_question"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None), ("ruling", "waiting")),
                                    models.Q(
                                        models.Q(("ruling", "waiting"), _negated=True),
                                        ("answered_at__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="appeal_answered_in_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assistance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "learner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="helped_by",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "helper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="helps",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.consent",
                            ),
                        ),
                        ("paper", models.CharField(blank=True, max_length=200, verbose_name="书面同意存放在哪里")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("began_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="开始时间")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                    ],
                    options={
                        "verbose_name": "协助",
                        "verbose_name_plural": "协助",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("learner", "helper"),
                                name="one_assistance_a_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("learner", models.F("helper")), _negated=True),
                                name="nobody_assists_themselves",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consent__isnull", False), models.Q(("paper", ""), _negated=True), _connector="OR"
                                ),
                                name="assistance_with_consent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CatalogueCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=10)),
                        ("value", models.CharField(blank=True, max_length=200)),
                        ("name", models.JSONField(blank=True, default=dict)),
                        ("courses", models.PositiveIntegerField(default=0, verbose_name="门数")),
                    ],
                    options={
                        "verbose_name": "目录的计数",
                        "verbose_name_plural": "目录的计数",
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "value"), name="catalogue_counted_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CatalogueEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "course",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="entry", to="classroom.course"
                            ),
                        ),
                        ("lessons", models.PositiveIntegerField(verbose_name="课数")),
                        ("tenths", models.PositiveIntegerField(verbose_name="学时（十分之一）")),
                        ("needs", models.JSONField(default=list, verbose_name="照顾到的需要")),
                        ("marks", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "目录里的课程",
                        "verbose_name_plural": "目录里的课程",
                        "indexes": [
                            models.Index(fields=["tenths", "-id"], name="catalogue_shortest"),
                            models.Index(fields=["-tenths", "-id"], name="catalogue_longest"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lessons",
                                to="classroom.edition",
                            ),
                        ),
                        ("thread", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("video", "视频"),
                                    ("audio", "音频"),
                                    ("text", "文字"),
                                    ("chart", "图表"),
                                    ("simulation", "仿真"),
                                    ("task", "实操任务"),
                                ],
                                max_length=10,
                                verbose_name="类型",
                            ),
                        ),
                        ("item", models.CharField(blank=True, max_length=200, verbose_name="资源编号")),
                        ("order", models.PositiveIntegerField(verbose_name="次序")),
                        ("chapter", models.CharField(blank=True, max_length=400, verbose_name="章")),
                        ("title", models.CharField(max_length=400, verbose_name="课")),
                        (
                            "seconds",
                            models.DecimalField(decimal_places=3, default=0, max_digits=12, verbose_name="时长（秒）"),
                        ),
                        (
                            "media",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                            ),
                        ),
                        ("content_type", models.CharField(blank=True, max_length=60, verbose_name="媒体类型")),
                        (
                            "captions",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                            ),
                        ),
                        (
                            "poster",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                            ),
                        ),
                        (
                            "sign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                            ),
                        ),
                        ("sign_type", models.CharField(blank=True, max_length=60, verbose_name="手语视频的媒体类型")),
                        (
                            "descriptions",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                            ),
                        ),
                        (
                            "described",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                            ),
                        ),
                        (
                            "described_type",
                            models.CharField(blank=True, max_length=60, verbose_name="口述录音的媒体类型"),
                        ),
                        ("described_whole", models.BooleanField(default=False, verbose_name="口述录音里有原声")),
                        ("chapters", models.JSONField(blank=True, default=list, verbose_name="分段")),
                        ("transcript", models.JSONField(default=list)),
                        ("text", models.TextField(blank=True, verbose_name="文字")),
                        ("article", models.TextField(blank=True, verbose_name="排好的文字")),
                        ("table", models.JSONField(blank=True, default=dict, verbose_name="数据表")),
                        ("counts_ms", models.PositiveBigIntegerField(default=0, verbose_name="计学时的长度（毫秒）")),
                        ("stretches", models.JSONField(default=list, verbose_name="各段内容的类别")),
                    ],
                    options={
                        "verbose_name": "课",
                        "verbose_name_plural": "课",
                        "ordering": ["edition", "order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "order"), name="lesson_order_once"),
                            models.UniqueConstraint(fields=("edition", "thread"), name="lesson_thread_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("media__isnull", False), models.Q(("text", ""), _negated=True), _connector="OR"
                                ),
                                name="lesson_shows_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CatalogueText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="classroom.catalogueentry",
                            ),
                        ),
                        ("part", models.PositiveSmallIntegerField(choices=[(0, "Title"), (1, "About"), (2, "Lesson")])),
                        (
                            "lesson",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="classroom.lesson",
                            ),
                        ),
                        ("text", models.TextField()),
                    ],
                    options={
                        "verbose_name": "课程的检索内容",
                        "verbose_name_plural": "课程的检索内容",
                    },
                ),
                migrations.CreateModel(
                    name="CentreLearner",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="centre_login",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "centre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="learners",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="开通时间")),
                    ],
                    options={
                        "verbose_name": "培训中心开通的登录号",
                        "verbose_name_plural": "培训中心开通的登录号",
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="标识"),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="证书编号")),
                        ("code", models.CharField(max_length=12, verbose_name="验证码")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="classroom.course",
                                verbose_name="课程",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="certificates",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="学习者",
                            ),
                        ),
                        ("holder", models.CharField(blank=True, max_length=100, verbose_name="证书上的姓名")),
                        ("title", models.CharField(max_length=200, verbose_name="课程名称")),
                        ("supplier", models.CharField(max_length=200, verbose_name="提供单位或个人")),
                        ("issuer", models.CharField(blank=True, max_length=200, verbose_name="颁发单位")),
                        ("hours", models.DecimalField(decimal_places=1, max_digits=6, verbose_name="学时")),
                        ("by_class", models.JSONField(default=dict, verbose_name="各类内容的学时")),
                        ("has_passed", models.BooleanField(default=False, verbose_name="考试及格")),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="颁发时间")),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("revoked_because", models.CharField(blank=True, max_length=500, verbose_name="撤销的理由")),
                    ],
                    options={
                        "verbose_name": "结业证书",
                        "verbose_name_plural": "结业证书",
                        "indexes": [models.Index(fields=["-issued_at", "-id"], name="certificates_latest")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None)),
                                fields=("course", "account"),
                                name="one_certificate_a_course",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at", None),
                                    models.Q(("revoked_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="certificate_revoked_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateCounter",
                    fields=[
                        ("year", models.PositiveIntegerField(primary_key=True, serialize=False)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "证书编号",
                        "verbose_name_plural": "证书编号",
                    },
                ),
                migrations.CreateModel(
                    name="Conversion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="原文件",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("lesson", "课"), ("sign", "手语")], max_length=6, verbose_name="用途"
                            ),
                        ),
                        ("recipe", models.CharField(max_length=40, verbose_name="转换方法")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待转换"),
                                    ("making", "正在转换"),
                                    ("done", "已转换"),
                                    ("failed", "转换没有成功"),
                                ],
                                default="waiting",
                                max_length=7,
                                verbose_name="状态",
                            ),
                        ),
                        ("lane", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("message", models.JSONField(blank=True, default=dict, verbose_name="说明")),
                        (
                            "seconds",
                            models.DecimalField(decimal_places=3, default=0, max_digits=12, verbose_name="时长（秒）"),
                        ),
                        ("lufs", models.FloatField(blank=True, null=True, verbose_name="原响度（LUFS）")),
                        ("peak", models.FloatField(blank=True, null=True, verbose_name="原真峰值（dBTP）")),
                        ("gain_db", models.FloatField(default=0.0, verbose_name="响度调整（分贝）")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="提出时间")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                    ],
                    options={
                        "verbose_name": "音视频转换",
                        "verbose_name_plural": "音视频转换",
                        "indexes": [models.Index(fields=["state", "id"], name="conversions_waiting")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "purpose", "recipe"), name="conversion_once_a_recipe"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "making")), fields=("lane",), name="one_conversion_a_lane"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="enrolments",
                                to="classroom.group",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="enrolments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("by_code", models.BooleanField(default=False, verbose_name="自己加入")),
                        ("joined_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="加入时间")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="离开时间")),
                    ],
                    options={
                        "verbose_name": "班级成员",
                        "verbose_name_plural": "班级成员",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("group", "account"),
                                name="one_enrolment_a_group",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="classroom.attempt",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="classroom.place"
                            ),
                        ),
                        ("device", models.UUIDField()),
                        ("n", models.PositiveIntegerField()),
                        ("chosen", models.JSONField(default=list)),
                        ("flagged", models.BooleanField(default=False)),
                        ("stands", models.BooleanField(default=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "作答记录",
                        "verbose_name_plural": "作答记录",
                        "ordering": ["attempt", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("attempt", "number"), name="entry_number_once"),
                            models.UniqueConstraint(fields=("attempt", "device", "n"), name="entry_of_a_page_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LessonFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="classroom.lesson"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("name", models.CharField(max_length=240, verbose_name="文件名")),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="common.storedfile"
                            ),
                        ),
                        ("content_type", models.CharField(blank=True, max_length=60, verbose_name="类型")),
                    ],
                    options={
                        "verbose_name": "课里的文件",
                        "verbose_name_plural": "课里的文件",
                        "ordering": ["lesson", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("lesson", "number"), name="lesson_file_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Marking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="markings",
                                to="classroom.attempt",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "cause",
                            models.CharField(
                                choices=[("said", "交卷"), ("key", "答案更正")], default="said", max_length=4
                            ),
                        ),
                        ("total", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="得分")),
                        ("passed", models.BooleanField(verbose_name="及格")),
                        ("points", models.JSONField(default=dict)),
                        ("keys", models.JSONField(default=dict)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "判分",
                        "verbose_name_plural": "判分",
                        "ordering": ["attempt", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("attempt", "number"), name="marking_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="classroom.course"
                            ),
                        ),
                        ("thread", models.UUIDField(editable=False)),
                        (
                            "lesson",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="classroom.lesson",
                            ),
                        ),
                        (
                            "at_ms",
                            models.PositiveBigIntegerField(blank=True, null=True, verbose_name="视频里的时间（毫秒）"),
                        ),
                        ("words", models.TextField(verbose_name="笔记")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="写下的时间")),
                        (
                            "changed_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="修改的时间"),
                        ),
                    ],
                    options={
                        "verbose_name": "笔记",
                        "verbose_name_plural": "笔记",
                        "indexes": [models.Index(fields=["account", "course", "thread"], name="notes_of_account")],
                    },
                ),
                migrations.CreateModel(
                    name="Pause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pauses",
                                to="classroom.attempt",
                            ),
                        ),
                        ("start_at", models.DateTimeField()),
                        ("end_at", models.DateTimeField()),
                        ("is_cut", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "暂停",
                        "verbose_name_plural": "暂停",
                        "ordering": ["attempt", "start_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("end_at__gte", models.F("start_at"))),
                                name="pause_ends_after_it_began",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Progress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="progress",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="progress",
                                to="classroom.course",
                            ),
                        ),
                        ("thread", models.UUIDField(editable=False)),
                        (
                            "lesson",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="classroom.lesson",
                            ),
                        ),
                        ("watched", models.JSONField(default=list)),
                        ("read_ms", models.PositiveBigIntegerField(default=0)),
                        ("counted_ms", models.PositiveBigIntegerField(default=0, verbose_name="计入的时长（毫秒）")),
                        ("by_class", models.JSONField(default=dict)),
                        ("place_ms", models.PositiveBigIntegerField(default=0)),
                        ("began_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="开始学习")),
                        (
                            "studied_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="最近学习"),
                        ),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="学完")),
                        (
                            "finished_how",
                            models.CharField(
                                blank=True,
                                choices=[("counted", "学满时长"), ("said", "本人确认学完")],
                                max_length=10,
                                verbose_name="怎样学完",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "学习进度",
                        "verbose_name_plural": "学习进度",
                        "indexes": [models.Index(fields=["account", "-studied_at"], name="progress_of_account")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "course", "thread"), name="one_progress_a_lesson"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("finished_at", None), ("finished_how", "")),
                                    models.Q(
                                        ("finished_at__isnull", False), models.Q(("finished_how", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="finished_somehow",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rendition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="renditions",
                                to="classroom.conversion",
                            ),
                        ),
                        ("name", models.CharField(max_length=10, verbose_name="名称")),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="文件",
                            ),
                        ),
                        ("content_type", models.CharField(max_length=60, verbose_name="媒体类型")),
                        ("width", models.PositiveIntegerField(default=0, verbose_name="宽")),
                        ("height", models.PositiveIntegerField(default=0, verbose_name="高")),
                    ],
                    options={
                        "verbose_name": "转换成的文件",
                        "verbose_name_plural": "转换成的文件",
                        "constraints": [models.UniqueConstraint(fields=("of", "name"), name="rendition_name_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RightsComplaint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="complaints",
                                to="classroom.course",
                                verbose_name="课程",
                            ),
                        ),
                        ("claimant", models.CharField(max_length=200, verbose_name="投诉人")),
                        ("contact", models.CharField(blank=True, max_length=300, verbose_name="联系方式")),
                        ("claim", models.TextField(verbose_name="主张的权利和理由")),
                        ("received_on", models.DateField(verbose_name="收到日期")),
                        (
                            "taken_down_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="停用时间"),
                        ),
                        (
                            "taken_down_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        ("was_public", models.BooleanField(default=False, editable=False)),
                        (
                            "ruling",
                            models.CharField(
                                choices=[
                                    ("pending", "待处理"),
                                    ("upheld", "成立"),
                                    ("rejected", "不成立"),
                                    ("settled", "已解决"),
                                ],
                                default="pending",
                                max_length=8,
                                verbose_name="处理结果",
                            ),
                        ),
                        ("grounds", models.TextField(blank=True, verbose_name="处理的依据")),
                        ("ruled_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                        (
                            "ruled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="处理人",
                            ),
                        ),
                        ("restored_at", models.DateTimeField(blank=True, null=True, verbose_name="恢复时间")),
                        (
                            "restored_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="恢复人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "权利投诉",
                        "verbose_name_plural": "权利投诉",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ruled_at", None), ("ruling", "pending")),
                                    models.Q(
                                        models.Q(("ruling", "pending"), _negated=True), ("ruled_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="complaint_ruled_at_some_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sitting",
                    fields=[
                        ("uuid", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("last", models.PositiveIntegerField(default=0)),
                        ("begun_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "一次打开",
                        "verbose_name_plural": "一次打开",
                    },
                ),
                migrations.CreateModel(
                    name="Study",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="study",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("claims", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "学习者",
                        "verbose_name_plural": "学习者",
                    },
                ),
                migrations.CreateModel(
                    name="Terms",
                    fields=[
                        (
                            "course",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="certificate_terms",
                                serialize=False,
                                to="classroom.course",
                            ),
                        ),
                        ("is_offered", models.BooleanField(default=True, verbose_name="颁发证书")),
                        ("every_lesson", models.BooleanField(default=True, verbose_name="学完每一课")),
                        (
                            "hours",
                            models.DecimalField(
                                decimal_places=1,
                                default=Decimal("0"),
                                max_digits=6,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="至少学时",
                            ),
                        ),
                        ("exam", models.BooleanField(default=True, verbose_name="考试及格")),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="设定时间")),
                    ],
                    options={
                        "verbose_name": "证书条件",
                        "verbose_name_plural": "证书条件",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_offered", False),
                                    ("every_lesson", True),
                                    ("exam", True),
                                    ("hours__gt", 0),
                                    _connector="OR",
                                ),
                                name="certificate_for_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UsageRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="usage", to="classroom.course"
                            ),
                        ),
                        ("learners", models.PositiveIntegerField(verbose_name="学习人数")),
                        ("agreed", models.PositiveIntegerField(null=True, verbose_name="同意计入设置统计的人数")),
                        ("needs", models.JSONField(default=dict, verbose_name="按设置")),
                        ("counted_ms", models.PositiveBigIntegerField(default=0, verbose_name="学习时长（毫秒）")),
                        ("is_latest", models.BooleanField(default=True)),
                        (
                            "released_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="统计时间"),
                        ),
                    ],
                    options={
                        "verbose_name": "课程使用统计",
                        "verbose_name_plural": "课程使用统计",
                        "indexes": [models.Index(fields=["is_latest", "-learners"], name="usage_by_learners")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_latest", True)), fields=("course",), name="one_latest_usage"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Work",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="works",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="works", to="classroom.course"
                            ),
                        ),
                        ("thread", models.UUIDField(editable=False)),
                        (
                            "lesson",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="classroom.lesson",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="第几次")),
                        ("words", models.TextField(blank=True, verbose_name="说明")),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="提交时间")),
                        (
                            "mark",
                            models.CharField(
                                choices=[("sent", "等老师看"), ("passed", "通过"), ("again", "再做一次")],
                                default="sent",
                                max_length=6,
                                verbose_name="评定",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="评语")),
                        (
                            "marked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("marked_at", models.DateTimeField(blank=True, null=True, verbose_name="评定时间")),
                        ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="本人看到的时间")),
                    ],
                    options={
                        "verbose_name": "实操作业",
                        "verbose_name_plural": "实操作业",
                        "indexes": [models.Index(fields=["mark", "sent_at", "id"], name="work_waiting")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "course", "thread", "number"), name="work_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("mark", "sent")),
                                fields=("account", "course", "thread"),
                                name="one_work_waits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mark", "sent"), ("marked_at", None)),
                                    models.Q(models.Q(("mark", "sent"), _negated=True), ("marked_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="work_marked_at_some_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="classroom.work"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="common.storedfile"
                            ),
                        ),
                        (
                            "small",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                            ),
                        ),
                        ("content_type", models.CharField(max_length=40, verbose_name="类型")),
                    ],
                    options={
                        "verbose_name": "作业里的文件",
                        "verbose_name_plural": "作业里的文件",
                        "ordering": ["work", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("work", "number"), name="work_file_number_once")
                        ],
                    },
                ),
            ],
        ),
        tables.Besides(index),
        tables.Besides(keep, let_go),
    ]
