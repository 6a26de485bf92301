"""The tables as 0001–0040 leave them, made at once: for a new instance. What those did to rows has nothing to do here."""

import uuid
from importlib import import_module
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from ketang.platform import tables
from ketang.platform.search import passages

_sheets = import_module("ketang.selection.migrations.0026_sheets_stay")
_meetings = import_module("ketang.selection.migrations.0032_meeting_stays")


def index(editor: Any) -> None:
    for table in ("selection_passage", "selection_arrivalpassage", "selection_phonepassage"):
        passages.index(editor, table)


def keep(editor: Any) -> None:
    _sheets.keep(None, editor)
    _meetings.keep(None, editor)


def let_go(editor: Any) -> None:
    _meetings.let_go(None, editor)
    _sheets.let_go(None, editor)


class Migration(migrations.Migration):
    replaces = [
        ("selection", "0001_initial"),
        ("selection", "0002_intake"),
        ("selection", "0003_checking"),
        ("selection", "0004_awarding"),
        ("selection", "0005_checked_media"),
        ("selection", "0006_search"),
        ("selection", "0007_rulings"),
        ("selection", "0008_draft_files"),
        ("selection", "0009_likeness"),
        ("selection", "0010_draft_checks"),
        ("selection", "0011_ledger_and_mail"),
        ("selection", "0012_undecided_word"),
        ("selection", "0013_mail_digests"),
        ("selection", "0014_desk"),
        ("selection", "0015_papers"),
        ("selection", "0016_mail_answers"),
        ("selection", "0017_lateness"),
        ("selection", "0018_sealing"),
        ("selection", "0019_ledger_marks"),
        ("selection", "0020_notices"),
        ("selection", "0021_recommending"),
        ("selection", "0022_importing"),
        ("selection", "0023_covers"),
        ("selection", "0024_fewer_marks"),
        ("selection", "0025_review"),
        ("selection", "0025_scoring"),
        ("selection", "0026_sheets_stay"),
        ("selection", "0027_expert_imports"),
        ("selection", "0029_awards"),
        ("selection", "0030_announcing"),
        ("selection", "0031_rankings_computed"),
        ("selection", "0032_meeting_stays"),
        ("selection", "0033_paying"),
        ("selection", "0034_tallying"),
        ("selection", "0035_award_words"),
        ("selection", "0036_blind_pages"),
        ("selection", "0037_review_counts"),
        ("selection", "0038_review_counted"),
        ("selection", "0039_package_names"),
        ("selection", "0040_role_of_centres"),
    ]

    initial = True

    dependencies = [
        ("common", "0005_signing"),
        ("people", "0006_centres"),
    ]

    operations = [
        tables.Together(
            operations=[
                migrations.CreateModel(
                    name="Call",
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
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="网址名")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("published", "征集中"),
                                    ("closed", "已截止"),
                                    ("in-review", "评审中"),
                                    ("decided", "已公布结果"),
                                    ("archived", "已归档"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("file", models.JSONField(verbose_name="内容")),
                        ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="开始时间")),
                        ("closes_at", models.DateTimeField(verbose_name="截止时间")),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="建立时间"
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="发布时间"),
                        ),
                    ],
                    options={
                        "verbose_name": "征集",
                        "verbose_name_plural": "征集",
                        "ordering": ("-closes_at", "-id"),
                        "indexes": [models.Index(fields=["state", "-closes_at"], name="call_state_closes")],
                    },
                ),
                migrations.CreateModel(
                    name="Mail",
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
                        ("key", models.CharField(max_length=64, unique=True)),
                        ("message_id", models.CharField(blank=True, max_length=998, verbose_name="邮件标识")),
                        ("digest", models.CharField(db_index=True, max_length=64, verbose_name="校验值")),
                        ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                        ("mailbox", models.CharField(blank=True, max_length=200, verbose_name="邮箱")),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("sender_name", models.CharField(blank=True, max_length=200, verbose_name="发件人")),
                        (
                            "sender_address",
                            models.CharField(blank=True, db_index=True, max_length=254, verbose_name="发件地址"),
                        ),
                        ("recipients", models.JSONField(blank=True, default=list, verbose_name="收件地址")),
                        ("subject", models.CharField(blank=True, max_length=998, verbose_name="主题")),
                        ("text", models.TextField(blank=True, verbose_name="正文")),
                        ("links", models.JSONField(blank=True, default=list, verbose_name="正文里的下载链接")),
                        ("proofs", models.JSONField(blank=True, default=list, verbose_name="来源验证")),
                        ("results", models.JSONField(blank=True, default=dict, verbose_name="来源验证的结果")),
                        ("automatic", models.CharField(blank=True, max_length=200, verbose_name="自动邮件")),
                        ("faults", models.JSONField(blank=True, default=list, verbose_name="没能读出的内容")),
                        ("contents", models.CharField(blank=True, max_length=10, verbose_name="内容")),
                        (
                            "answer_to",
                            models.CharField(blank=True, db_index=True, max_length=254, verbose_name="回信地址"),
                        ),
                        ("references", models.JSONField(blank=True, default=list, verbose_name="引用的邮件")),
                        ("said_at", models.DateTimeField(blank=True, null=True, verbose_name="邮件自己写的时间")),
                        ("received_at", models.DateTimeField(verbose_name="服务器收到的时间")),
                        ("taken_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="取回时间")),
                        ("times_seen", models.PositiveIntegerField(default=1, verbose_name="收到次数")),
                    ],
                    options={
                        "verbose_name": "收到的邮件",
                        "verbose_name_plural": "收到的邮件",
                        "indexes": [models.Index(fields=["-received_at", "-id"], name="mails_by_time")],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                            "mail",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="selection.mail",
                                verbose_name="邮件",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("receipt", "收到通知"),
                                    ("request", "请补交"),
                                    ("formal", "正式回执"),
                                    ("by-hand", "人工答复"),
                                ],
                                max_length=8,
                                verbose_name="答复种类",
                            ),
                        ),
                        (
                            "letter",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.letter",
                                verbose_name="发出的邮件",
                            ),
                        ),
                        (
                            "unanswered",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("automatic", "这是自动发出的邮件，系统不回复，以免两边的程序互相回复不停。"),
                                    ("no-address", "邮件里没有可以回复的地址，请通过电话与报送者联系。"),
                                    ("own", "这是我们自己的地址发来的邮件，不回复。"),
                                    ("too-many", "一天内已经自动回复这个地址很多次，这一封没有再回，请人工答复。"),
                                    ("cannot-send", "系统没有设置发信服务器，信没有写，也没有发出。"),
                                ],
                                max_length=12,
                                verbose_name="没有答复的原因",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "对邮件的答复",
                        "verbose_name_plural": "对邮件的答复",
                        "ordering": ("id",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind__in", ["receipt", "request"])),
                                fields=("mail",),
                                name="mail_answered_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="people.organisation",
                                verbose_name="供应单位",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="建立人",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=80, verbose_name="受理编号")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("submitted", "已提交"),
                                    ("complete", "齐全"),
                                    ("incomplete", "待补正"),
                                    ("accepted", "进入评审"),
                                    ("withdrawn", "已撤回"),
                                    ("refused", "不予受理"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="课程名称")),
                        ("category", models.CharField(blank=True, max_length=200, verbose_name="类别")),
                        ("draft", models.JSONField(default=dict, verbose_name="填写的内容")),
                        ("reason", models.TextField(blank=True, verbose_name="理由")),
                        (
                            "lateness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in-time", "按时"),
                                    ("in-grace", "宽限期内"),
                                    ("in-mending", "补正期内"),
                                    ("accepted-late", "逾期，已同意接收"),
                                    ("late", "逾期"),
                                ],
                                max_length=13,
                                verbose_name="时间",
                            ),
                        ),
                        ("paper_at", models.DateTimeField(blank=True, null=True, verbose_name="书面版的时间")),
                        (
                            "paper_lateness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in-time", "按时"),
                                    ("in-grace", "宽限期内"),
                                    ("in-mending", "补正期内"),
                                    ("accepted-late", "逾期，已同意接收"),
                                    ("late", "逾期"),
                                ],
                                max_length=13,
                                verbose_name="书面版是否按时",
                            ),
                        ),
                        ("mend_until", models.DateTimeField(blank=True, null=True, verbose_name="补正截止时间")),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="建立时间"
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="更新时间"),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                        (
                            "latest",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="selection.version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "申报",
                        "verbose_name_plural": "申报",
                        "indexes": [
                            models.Index(fields=["organisation", "-changed_at", "-id"], name="submission_of_supplier"),
                            models.Index(fields=["call", "-submitted_at", "-id"], name="submission_arrivals"),
                            models.Index(fields=["call", "state", "-submitted_at", "-id"], name="submission_in_state"),
                            models.Index(fields=["-submitted_at", "-id"], name="arrivals"),
                            models.Index(fields=["state", "-submitted_at", "-id"], name="arrivals_in_state"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("number",),
                                name="submission_number_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
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
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="selection.submission",
                            ),
                        ),
                        ("index", models.PositiveIntegerField(verbose_name="版本")),
                        (
                            "door",
                            models.CharField(
                                choices=[
                                    ("web", "网上提交"),
                                    ("mail", "电子邮件"),
                                    ("desk", "窗口或快递"),
                                    ("disk", "U 盘或移动硬盘"),
                                    ("body", "推荐单位转交"),
                                    ("book", "旧台账导入"),
                                ],
                                max_length=4,
                                verbose_name="来路",
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="文件名")),
                        ("digest", models.CharField(db_index=True, max_length=64, verbose_name="校验值")),
                        ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        (
                            "lateness",
                            models.CharField(
                                choices=[
                                    ("in-time", "按时"),
                                    ("in-grace", "宽限期内"),
                                    ("in-mending", "补正期内"),
                                    ("accepted-late", "逾期，已同意接收"),
                                    ("late", "逾期"),
                                ],
                                default="in-time",
                                max_length=13,
                                verbose_name="时间",
                            ),
                        ),
                        ("form", models.JSONField(default=dict, verbose_name="填写的内容")),
                    ],
                    options={
                        "verbose_name": "版本",
                        "verbose_name_plural": "版本",
                        "ordering": ("submission", "index"),
                        "constraints": [
                            models.UniqueConstraint(fields=("submission", "index"), name="version_index_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
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
                        ("number", models.CharField(max_length=80, unique=True, verbose_name="回执编号")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="receipts",
                                to="selection.version",
                            ),
                        ),
                        ("issued_at", models.DateTimeField(verbose_name="收到时间")),
                    ],
                    options={
                        "verbose_name": "回执",
                        "verbose_name_plural": "回执",
                        "ordering": ("issued_at", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="Arrival",
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
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="收件编号")),
                        (
                            "door",
                            models.CharField(
                                choices=[
                                    ("web", "网上提交"),
                                    ("mail", "电子邮件"),
                                    ("desk", "窗口或快递"),
                                    ("disk", "U 盘或移动硬盘"),
                                    ("body", "推荐单位转交"),
                                    ("book", "旧台账导入"),
                                ],
                                max_length=4,
                                verbose_name="来路",
                            ),
                        ),
                        (
                            "medium",
                            models.CharField(
                                choices=[("electronic", "电子版"), ("paper", "书面版")],
                                max_length=10,
                                verbose_name="版本形式",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unclaimed", "待认领"),
                                    ("entered", "已归入申报"),
                                    ("answered", "已请补交"),
                                    ("merged", "已并入另一件"),
                                    ("set-aside", "不是申报材料"),
                                ],
                                default="unclaimed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=1000, verbose_name="理由")),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arrivals",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "receipt",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arrival",
                                to="selection.receipt",
                                verbose_name="回执",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="selection.arrival",
                                verbose_name="并入",
                            ),
                        ),
                        ("sender", models.CharField(blank=True, max_length=320, verbose_name="寄件人")),
                        ("supplier", models.CharField(blank=True, max_length=200, verbose_name="写明的单位")),
                        ("title", models.CharField(blank=True, max_length=400, verbose_name="写明的课程")),
                        ("name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                        ("digest", models.CharField(blank=True, db_index=True, max_length=64, verbose_name="校验值")),
                        ("size", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="大小")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        ("counts_at", models.DateTimeField(verbose_name="计算截止的时间")),
                        (
                            "lateness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in-time", "按时"),
                                    ("in-grace", "宽限期内"),
                                    ("in-mending", "补正期内"),
                                    ("accepted-late", "逾期，已同意接收"),
                                    ("late", "逾期"),
                                ],
                                max_length=13,
                                verbose_name="时间",
                            ),
                        ),
                        (
                            "registered_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="登记时间"),
                        ),
                        (
                            "registered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "收件",
                        "verbose_name_plural": "收件",
                        "indexes": [
                            models.Index(fields=["state", "-id"], name="ledger_in_state"),
                            models.Index(fields=["door", "-id"], name="ledger_by_door"),
                            models.Index(fields=["call", "-id"], name="ledger_of_call"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArrivalPassage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "arrival",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passage",
                                to="selection.arrival",
                            ),
                        ),
                        ("text", models.TextField()),
                    ],
                    options={
                        "verbose_name": "收件的检索内容",
                        "verbose_name_plural": "收件的检索内容",
                    },
                ),
                migrations.CreateModel(
                    name="Assembly",
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
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assemblies",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提交人",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="提交时间")),
                        ("files", models.JSONField(default=list, verbose_name="文件")),
                        (
                            "receipt",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="selection.receipt",
                                verbose_name="回执",
                            ),
                        ),
                        ("refused", models.CharField(blank=True, max_length=500, verbose_name="没有收下的原因")),
                    ],
                    options={
                        "verbose_name": "打包",
                        "verbose_name_plural": "打包",
                    },
                ),
                migrations.CreateModel(
                    name="Expert",
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
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="expert",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="姓名")),
                        ("unit", models.CharField(blank=True, max_length=200, verbose_name="工作单位")),
                        ("title", models.CharField(blank=True, max_length=100, verbose_name="职称或职务")),
                        ("mail", models.CharField(blank=True, max_length=254, verbose_name="电子邮箱")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="联系电话")),
                        ("categories", models.JSONField(blank=True, default=list, verbose_name="熟悉的类别")),
                        ("occupations", models.JSONField(blank=True, default=list, verbose_name="熟悉的职业")),
                        ("relations", models.JSONField(blank=True, default=list, verbose_name="有关系的人和单位")),
                        (
                            "load_limit",
                            models.PositiveSmallIntegerField(default=12, verbose_name="每个征集最多评审几件"),
                        ),
                        ("available_from", models.DateField(blank=True, null=True, verbose_name="可以评审，自")),
                        ("available_until", models.DateField(blank=True, null=True, verbose_name="可以评审，至")),
                        ("note", models.CharField(blank=True, max_length=1000, verbose_name="备注")),
                        ("found_by", models.TextField(blank=True, editable=False)),
                        (
                            "invitation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.invitation",
                                verbose_name="邀请",
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="入库时间")),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="出库时间")),
                        ("left_because", models.CharField(blank=True, max_length=500, verbose_name="出库的理由")),
                    ],
                    options={
                        "verbose_name": "专家",
                        "verbose_name_plural": "专家",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["left_at", "-id"], name="experts_in_pool")],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignment_plans",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("asked", models.JSONField(default=dict)),
                        ("rows", models.JSONField(default=list)),
                        ("lacking", models.JSONField(default=list)),
                        ("cost", models.FloatField(blank=True, null=True)),
                        ("bound", models.FloatField(blank=True, null=True)),
                        ("seconds", models.FloatField(blank=True, null=True)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="请求时间")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="算出时间")),
                        ("failed", models.CharField(blank=True, max_length=500, verbose_name="没有算出的原因")),
                        ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="采用时间")),
                    ],
                    options={
                        "verbose_name": "分配方案",
                        "verbose_name_plural": "分配方案",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.version",
                                verbose_name="版本",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="selection.expert",
                                verbose_name="专家",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="assignments",
                                to="selection.plan",
                            ),
                        ),
                        (
                            "means",
                            models.CharField(
                                choices=[("solver", "系统方案"), ("hand", "人工")], max_length=6, verbose_name="方式"
                            ),
                        ),
                        ("why", models.JSONField(blank=True, default=dict, verbose_name="依据")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="分配时间")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="取消时间")),
                        ("ended_because", models.CharField(blank=True, max_length=500, verbose_name="取消的理由")),
                    ],
                    options={
                        "verbose_name": "评审分配",
                        "verbose_name_plural": "评审分配",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["call", "ended_at", "submission"], name="assignments_of_call"),
                            models.Index(fields=["expert", "ended_at", "-id"], name="assignments_of_expert"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("expert", "submission"),
                                name="one_standing_assignment",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ranking",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rankings",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("method", models.CharField(blank=True, max_length=60)),
                        ("inputs", models.CharField(blank=True, max_length=64)),
                        ("asked", models.JSONField(default=dict)),
                        ("basis", models.JSONField(default=dict)),
                        ("result", models.JSONField(default=dict)),
                        ("summary", models.JSONField(default=dict)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="请求时间")),
                        ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="算出时间")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        ("failed", models.CharField(blank=True, max_length=500, verbose_name="没有算出的原因")),
                        ("is_final", models.BooleanField(default=False, verbose_name="最终排名")),
                        ("final_at", models.DateTimeField(blank=True, null=True, verbose_name="定为最终的时间")),
                        ("reason", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                    ],
                    options={
                        "verbose_name": "排名",
                        "verbose_name_plural": "排名",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_final", True)),
                                fields=("call",),
                                name="one_final_ranking_a_call",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardList",
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
                            "call",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="award_list",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        (
                            "ranking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.ranking",
                                verbose_name="排名",
                            ),
                        ),
                        ("bands", models.JSONField(default=list, verbose_name="质量档次")),
                        ("suggested", models.BooleanField(default=True, verbose_name="本系统建议")),
                        ("reserves", models.PositiveSmallIntegerField(default=3, verbose_name="候补件数")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "拟订中"), ("approved", "已批准")],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("explained", models.JSONField(blank=True, default=dict)),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟订人",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="拟订时间")),
                        ("proposed_at", models.DateTimeField(blank=True, null=True, verbose_name="测算时间")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="批准时间")),
                    ],
                    options={
                        "verbose_name": "入选名单",
                        "verbose_name_plural": "入选名单",
                    },
                ),
                migrations.CreateModel(
                    name="AwardApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "award_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="selection.awardlist",
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="批准人",
                            ),
                        ),
                        ("signed_as", models.CharField(max_length=150, verbose_name="署名")),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "approved_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="批准时间"),
                        ),
                        ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="失效时间")),
                    ],
                    options={
                        "verbose_name": "批准",
                        "verbose_name_plural": "批准",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at", None)),
                                fields=("award_list", "approved_by"),
                                name="one_approval_a_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.version",
                                verbose_name="版本",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("selected", "入选"), ("reserve", "候补"), ("not-selected", "未入选")],
                                max_length=12,
                                verbose_name="决定",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="金额（元）"
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=2000, verbose_name="理由")),
                        ("despite", models.CharField(blank=True, max_length=2000, verbose_name="有问题仍入选的理由")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="决定时间"),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="复核人",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="复核时间")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                    ],
                    options={
                        "verbose_name": "遴选决定",
                        "verbose_name_plural": "遴选决定",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None)),
                                fields=("submission",),
                                name="one_standing_decision_a_submission",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__gte", 0), ("outcome", "selected")),
                                    models.Q(("amount__isnull", True), ("outcome__in", ("reserve", "not-selected"))),
                                    _connector="OR",
                                ),
                                name="amount_if_selected",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by", None),
                                    ("decided_by", None),
                                    models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="decided_and_confirmed_by_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardRow",
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
                            "award_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="selection.awardlist",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="award_rows",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        ("place", models.PositiveIntegerField(verbose_name="名次")),
                        ("raw", models.DecimalField(decimal_places=4, max_digits=9, verbose_name="原始均分")),
                        ("adjusted", models.DecimalField(decimal_places=4, max_digits=9, verbose_name="校正均分")),
                        ("sheets", models.PositiveSmallIntegerField(default=0, verbose_name="评分表")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("selected", "入选"), ("reserve", "候补"), ("not-selected", "未入选")],
                                default="not-selected",
                                max_length=12,
                                verbose_name="决定",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="金额（元）"
                            ),
                        ),
                        (
                            "reserve_place",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="候补次序"),
                        ),
                        ("reason", models.CharField(blank=True, max_length=2000, verbose_name="理由")),
                        ("despite", models.CharField(blank=True, max_length=2000, verbose_name="有问题仍入选的理由")),
                        ("why", models.JSONField(blank=True, default=dict)),
                        ("by_hand", models.BooleanField(default=False, verbose_name="人工修改")),
                        (
                            "decision",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="row",
                                to="selection.decision",
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        ("withdrawn_because", models.CharField(blank=True, max_length=2000, verbose_name="撤回的理由")),
                    ],
                    options={
                        "verbose_name": "名单上的一件",
                        "verbose_name_plural": "名单上的各件",
                        "ordering": ["award_list", "place", "id"],
                        "indexes": [models.Index(fields=["award_list", "place", "id"], name="award_rows_in_order")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("award_list", "submission"), name="submission_once_an_award_list"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("reserve_place__isnull", False)),
                                fields=("award_list", "reserve_place"),
                                name="reserve_place_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("amount__gte", 0), ("outcome", "selected"), ("reserve_place__isnull", True)
                                    ),
                                    models.Q(
                                        ("amount__isnull", True), ("outcome", "reserve"), ("reserve_place__gte", 1)
                                    ),
                                    models.Q(
                                        ("amount__isnull", True),
                                        ("outcome", "not-selected"),
                                        ("reserve_place__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="award_row_is_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BlindCopy",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="blind_copies",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="blind_copies",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="blind_copy",
                                to="selection.version",
                                verbose_name="版本",
                            ),
                        ),
                        ("alias", models.PositiveIntegerField(verbose_name="盲评编号")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="课程名称")),
                        ("words", models.JSONField(default=dict)),
                        ("masks", models.JSONField(default=list)),
                        ("hidden", models.JSONField(default=list)),
                        ("shown", models.JSONField(default=list)),
                        ("message", models.JSONField(blank=True, default=dict, verbose_name="说明")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="请求时间")),
                        ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
                        ("failed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "盲评副本",
                        "verbose_name_plural": "盲评副本",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("made_at", None)),
                                fields=["call", "failed_at", "submission"],
                                name="copies_to_be_made",
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("call", "alias"), name="one_alias_a_copy")],
                    },
                ),
                migrations.CreateModel(
                    name="BlindPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "copy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="selection.blindcopy",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="次序")),
                        ("path", models.CharField(blank=True, max_length=1000)),
                        ("kind", models.CharField(max_length=12, verbose_name="类型")),
                        ("chapter", models.CharField(blank=True, max_length=400, verbose_name="章")),
                        ("title", models.CharField(max_length=400, verbose_name="资源")),
                        (
                            "seconds",
                            models.DecimalField(decimal_places=3, default=0, max_digits=12, verbose_name="时长（秒）"),
                        ),
                        (
                            "stored",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                            ),
                        ),
                        ("start", models.PositiveBigIntegerField(default=0)),
                        ("size", models.PositiveBigIntegerField(default=0)),
                        ("content_type", models.CharField(blank=True, max_length=60)),
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
                        ("transcript", models.JSONField(default=list)),
                        ("text", models.TextField(blank=True)),
                        ("without", models.JSONField(blank=True, default=dict)),
                        ("kept_pages", models.PositiveIntegerField(default=0, verbose_name="页数")),
                    ],
                    options={
                        "verbose_name": "盲评资源",
                        "verbose_name_plural": "盲评资源",
                        "ordering": ["copy", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("copy", "number"), name="blind_part_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BlindPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pages",
                                to="selection.blindpart",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="页")),
                        (
                            "stored",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="common.storedfile"
                            ),
                        ),
                        ("width", models.PositiveIntegerField()),
                        ("height", models.PositiveIntegerField()),
                        ("words", models.TextField(blank=True)),
                    ],
                    options={
                        "verbose_name": "盲评资源的一页",
                        "verbose_name_plural": "盲评资源的各页",
                        "ordering": ["part", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("part", "number"), name="blind_page_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Check",
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
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="selection.version",
                                verbose_name="版本",
                            ),
                        ),
                        (
                            "draft_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft_checks",
                                to="selection.submission",
                                verbose_name="草稿",
                            ),
                        ),
                        ("form", models.JSONField(blank=True, default=dict, verbose_name="填写的内容")),
                        ("owner", models.CharField(blank=True, db_index=True, max_length=80, verbose_name="试检人")),
                        ("name", models.CharField(max_length=255, verbose_name="文件名")),
                        ("digest", models.CharField(blank=True, max_length=64, verbose_name="校验值")),
                        (
                            "expires_at",
                            models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="保留至"),
                        ),
                        ("rulebooks", models.JSONField(default=list, verbose_name="规则册")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待检查"),
                                    ("measuring", "正在测量声音和画面"),
                                    ("done", "检查完成"),
                                    ("failed", "没有完成"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("media", models.PositiveIntegerField(default=0, verbose_name="音视频个数")),
                        ("report", models.CharField(blank=True, max_length=64, verbose_name="报告校验值")),
                        ("early_report", models.CharField(blank=True, editable=False, max_length=64)),
                        ("verdict", models.CharField(blank=True, max_length=10, verbose_name="结论")),
                        ("errors", models.PositiveIntegerField(default=0, verbose_name="必须改")),
                        ("warnings", models.PositiveIntegerField(default=0, verbose_name="一般应改")),
                        ("undecided", models.PositiveIntegerField(default=0, verbose_name="需人工判断")),
                        ("message", models.JSONField(blank=True, default=dict, verbose_name="说明")),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="开始时间"),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                    ],
                    options={
                        "verbose_name": "检查",
                        "verbose_name_plural": "检查",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="CheckedMedium",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "check_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checked_media",
                                to="selection.check",
                                verbose_name="检查",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="次序")),
                        ("path", models.CharField(max_length=1000, verbose_name="文件")),
                        (
                            "stored",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="字节所在",
                            ),
                        ),
                        ("start", models.PositiveBigIntegerField(default=0, verbose_name="开头")),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="大小")),
                        ("content_type", models.CharField(blank=True, max_length=60, verbose_name="媒体类型")),
                        ("format", models.CharField(max_length=60, verbose_name="格式")),
                    ],
                    options={
                        "verbose_name": "受检音视频",
                        "verbose_name_plural": "受检音视频",
                        "ordering": ["check_of", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("check_of", "number"), name="checked_medium_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClauseWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rulebook", models.CharField(max_length=200, verbose_name="规则册")),
                        ("clause", models.CharField(max_length=60, verbose_name="条款")),
                        ("rule", models.CharField(blank=True, max_length=100, verbose_name="规则")),
                        ("place", models.PositiveIntegerField(verbose_name="次序")),
                        ("words", models.JSONField(verbose_name="文字")),
                    ],
                    options={
                        "verbose_name": "条款的文字",
                        "verbose_name_plural": "条款的文字",
                        "ordering": ["rulebook", "place", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("rulebook", "clause", "rule"), name="clause_words_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
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
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="selection.expert",
                                verbose_name="专家",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("declared", "专家本人申报回避"),
                                    ("unit", "与供应单位是同一单位"),
                                    ("recommender", "所在单位推荐了这份申报"),
                                    ("contact", "联系方式与申报人相同"),
                                    ("cosigned", "曾与供应单位共同署名"),
                                    ("relation", "专家列出的关系人或单位"),
                                    ("office", "经办人员认定应当回避"),
                                ],
                                max_length=12,
                                verbose_name="理由",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=1000, verbose_name="依据")),
                        ("found_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="发现时间")),
                        (
                            "said_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提出人",
                            ),
                        ),
                        ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="解除时间")),
                        ("lifted_because", models.CharField(blank=True, max_length=1000, verbose_name="解除的理由")),
                    ],
                    options={
                        "verbose_name": "回避",
                        "verbose_name_plural": "回避",
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["submission", "lifted_at"], name="conflicts_of_submission")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at", None)),
                                fields=("expert", "submission", "ground"),
                                name="one_standing_conflict_a_ground",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Counter",
                    fields=[
                        (
                            "call",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="counter",
                                serialize=False,
                                to="selection.call",
                            ),
                        ),
                        ("submissions", models.PositiveIntegerField(default=0)),
                        ("receipts", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "编号计数",
                        "verbose_name_plural": "编号计数",
                    },
                ),
                migrations.CreateModel(
                    name="Cover",
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
                        ("key", models.UUIDField(editable=False, unique=True)),
                        (
                            "arrival",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="covers",
                                to="selection.arrival",
                                verbose_name="收件",
                            ),
                        ),
                        ("digest", models.CharField(db_index=True, max_length=64, verbose_name="校验值")),
                        ("small", models.CharField(db_index=True, max_length=64, verbose_name="小图的校验值")),
                        ("width", models.PositiveIntegerField(verbose_name="宽（像素）")),
                        ("height", models.PositiveIntegerField(verbose_name="高（像素）")),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拍照人",
                            ),
                        ),
                        ("taken_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="拍照时间")),
                        (
                            "reading",
                            models.CharField(
                                choices=[
                                    ("waiting", "正在读字"),
                                    ("read", "读过了"),
                                    ("no-reader", "这台服务器不能读字"),
                                    ("failed", "没有读成"),
                                ],
                                default="waiting",
                                max_length=9,
                                verbose_name="读字",
                            ),
                        ),
                        ("found", models.JSONField(blank=True, default=list, verbose_name="读到的")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="拿掉的时间")),
                    ],
                    options={
                        "verbose_name": "封面照片",
                        "verbose_name_plural": "封面照片",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("arrival", None)), fields=["-id"], name="covers_without_a_parcel"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trolley",
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
                            "delivery",
                            models.CharField(
                                choices=[("posted", "快递或邮寄"), ("hand", "当面送交")],
                                max_length=6,
                                verbose_name="送达方式",
                            ),
                        ),
                        ("courier", models.CharField(blank=True, max_length=50, verbose_name="快递公司")),
                        ("postmark", models.DateField(blank=True, null=True, verbose_name="邮戳日期")),
                        (
                            "begun_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "begun_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="开始时间"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "连续登记",
                        "verbose_name_plural": "连续登记",
                    },
                ),
                migrations.CreateModel(
                    name="Parcel",
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
                        ("key", models.UUIDField(editable=False, unique=True)),
                        (
                            "arrival",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parcel",
                                to="selection.arrival",
                                verbose_name="收件",
                            ),
                        ),
                        (
                            "trolley",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parcels",
                                to="selection.trolley",
                                verbose_name="连续登记",
                            ),
                        ),
                        (
                            "delivery",
                            models.CharField(
                                choices=[("posted", "快递或邮寄"), ("hand", "当面送交")],
                                max_length=6,
                                verbose_name="送达方式",
                            ),
                        ),
                        ("courier", models.CharField(blank=True, max_length=50, verbose_name="快递公司")),
                        ("tracking", models.CharField(blank=True, max_length=40, verbose_name="运单号")),
                        ("part", models.PositiveSmallIntegerField(default=1, verbose_name="第几件")),
                        ("postmark", models.DateField(blank=True, null=True, verbose_name="邮戳日期")),
                        ("contents", models.JSONField(blank=True, default=list, verbose_name="清点结果")),
                        ("tallied_at", models.DateTimeField(blank=True, null=True, verbose_name="清点时间")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                    ],
                    options={
                        "verbose_name": "窗口收件",
                        "verbose_name_plural": "窗口收件",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None), models.Q(("tracking", ""), _negated=True)),
                                fields=("tracking", "part"),
                                name="tracking_number_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DiskCopy",
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
                        ("place", models.CharField(max_length=1000, verbose_name="位置")),
                        ("name", models.CharField(max_length=255, verbose_name="名称")),
                        (
                            "state",
                            models.CharField(
                                choices=[("copying", "正在复制"), ("stopped", "中断，可以继续"), ("whole", "已收下")],
                                default="copying",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        ("supplier", models.CharField(blank=True, max_length=200, verbose_name="写明的单位")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="写明的课程")),
                        (
                            "parcel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disks",
                                to="selection.parcel",
                                verbose_name="随哪一件来",
                            ),
                        ),
                        ("files", models.PositiveIntegerField(default=0, verbose_name="文件数")),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="大小")),
                        ("skipped", models.JSONField(blank=True, default=list, verbose_name="没有复制的")),
                        ("fault", models.CharField(blank=True, max_length=500, verbose_name="中断的原因")),
                        (
                            "begun_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "begun_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="开始时间"
                            ),
                        ),
                        (
                            "counts_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="计算截止的时间"),
                        ),
                        ("whole_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
                    ],
                    options={
                        "verbose_name": "复制的磁盘",
                        "verbose_name_plural": "复制的磁盘",
                        "indexes": [models.Index(fields=["-id"], name="disk_copies")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "whole"), _negated=True),
                                fields=("place",),
                                name="one_copy_of_a_place_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DiskFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "copy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="selection.diskcopy",
                                verbose_name="复制",
                            ),
                        ),
                        ("path", models.CharField(max_length=1000, verbose_name="路径")),
                        ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                        ("changed_ns", models.BigIntegerField(verbose_name="修改时间")),
                        (
                            "upload",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="common.upload",
                            ),
                        ),
                        ("digest", models.CharField(blank=True, db_index=True, max_length=64, verbose_name="校验值")),
                        (
                            "arrival",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="disk_files",
                                to="selection.arrival",
                                verbose_name="收件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "磁盘上的文件",
                        "verbose_name_plural": "磁盘上的文件",
                        "ordering": ("copy", "id"),
                        "constraints": [models.UniqueConstraint(fields=("copy", "path"), name="disk_file_once")],
                    },
                ),
                migrations.CreateModel(
                    name="DraftFile",
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
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "upload",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="common.upload",
                                verbose_name="上传",
                            ),
                        ),
                        ("path", models.CharField(max_length=240, verbose_name="在课程包里的位置")),
                        ("workbook", models.JSONField(blank=True, default=dict, verbose_name="表里写的")),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="加入时间")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="移除时间")),
                    ],
                    options={
                        "verbose_name": "课程包里的文件",
                        "verbose_name_plural": "课程包里的文件",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("submission", "path"),
                                name="draft_file_place_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertImport",
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
                        ("name", models.CharField(max_length=255, verbose_name="文件名")),
                        ("rows", models.JSONField(default=list)),
                        (
                            "brought_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="上传时间"),
                        ),
                        (
                            "brought_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                        ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="导入时间")),
                        ("count", models.PositiveIntegerField(default=0, verbose_name="导入的人数")),
                    ],
                    options={
                        "verbose_name": "专家名单的导入",
                        "verbose_name_plural": "专家名单的导入",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Holding",
                    fields=[
                        (
                            "submission",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="holding",
                                serialize=False,
                                to="selection.submission",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.call",
                            ),
                        ),
                        ("electronic_at", models.DateTimeField(blank=True, null=True, verbose_name="电子版收到时间")),
                        ("paper_at", models.DateTimeField(blank=True, null=True, verbose_name="书面版收到时间")),
                        (
                            "board",
                            models.CharField(
                                choices=[
                                    ("electronic", "仅电子"),
                                    ("paper", "仅书面"),
                                    ("whole", "齐全"),
                                    ("lacking", "缺件"),
                                ],
                                max_length=10,
                                verbose_name="齐全情况",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "材料到齐情况",
                        "verbose_name_plural": "材料到齐情况",
                        "indexes": [models.Index(fields=["call", "board", "-submission"], name="holdings_on_board")],
                    },
                ),
                migrations.CreateModel(
                    name="LateAcceptance",
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
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="late_acceptances",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="late_acceptances",
                                to="selection.version",
                                verbose_name="版本",
                            ),
                        ),
                        ("reason", models.CharField(max_length=2000, verbose_name="理由")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="同意人",
                            ),
                        ),
                        ("signed_as", models.CharField(max_length=150, verbose_name="署名")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("visitor", "访客"),
                                    ("learner", "学习者"),
                                    ("supplier", "报送者"),
                                    ("recommender", "推荐单位"),
                                    ("clerk", "经办人员"),
                                    ("expert", "评审专家"),
                                    ("finance", "财务人员"),
                                    ("administrator", "系统管理员"),
                                    ("centre", "培训中心"),
                                ],
                                max_length=20,
                                verbose_name="角色",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="同意时间")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        ("undone_as", models.CharField(blank=True, max_length=150, verbose_name="撤回人")),
                        ("undone_because", models.CharField(blank=True, max_length=2000, verbose_name="撤回的理由")),
                    ],
                    options={
                        "verbose_name": "逾期接收",
                        "verbose_name_plural": "逾期接收",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None), ("version__isnull", False)),
                                fields=("version",),
                                name="one_standing_acceptance_a_version",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None), ("version__isnull", True)),
                                fields=("submission",),
                                name="one_standing_acceptance_of_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="no_acceptance_without_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerCounter",
                    fields=[
                        ("year", models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="年份")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="最后一号")),
                    ],
                    options={
                        "verbose_name": "台账编号计数",
                        "verbose_name_plural": "台账编号计数",
                    },
                ),
                migrations.CreateModel(
                    name="MediumPrint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True, verbose_name="校验值")),
                        ("seconds", models.FloatField(verbose_name="时长（秒）")),
                        (
                            "stored",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="common.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "视听指纹",
                        "verbose_name_plural": "视听指纹",
                    },
                ),
                migrations.CreateModel(
                    name="Likeness",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "one",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="selection.mediumprint",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="selection.mediumprint",
                            ),
                        ),
                        ("kind", models.CharField(max_length=7, verbose_name="相同的是")),
                        ("share", models.FloatField(verbose_name="占较短者的份额")),
                        ("stretches", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "雷同",
                        "verbose_name_plural": "雷同",
                        "constraints": [
                            models.UniqueConstraint(fields=("one", "other"), name="likeness_once"),
                            models.CheckConstraint(
                                condition=models.Q(("one__lt", models.F("other"))), name="likeness_in_order"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recommender",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommenders",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommenders",
                                to="people.organisation",
                                verbose_name="推荐单位",
                            ),
                        ),
                        ("mail", models.CharField(blank=True, max_length=254, verbose_name="联系邮箱")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="联系电话")),
                        (
                            "registered_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="登记时间"),
                        ),
                        (
                            "registered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "推荐单位",
                        "verbose_name_plural": "推荐单位",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["call", "-id"], name="recommenders_of_call")],
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "organisation"), name="recommender_once_a_call")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Listed",
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
                            "recommender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listed",
                                to="selection.recommender",
                                verbose_name="推荐单位",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listed",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "arrival",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listed",
                                to="selection.arrival",
                                verbose_name="收件",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[("receipt", "凭回执加入"), ("forwarded", "转交文件")],
                                max_length=10,
                                verbose_name="加入方式",
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="加入时间")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="移除时间")),
                    ],
                    options={
                        "verbose_name": "名单上的课程包",
                        "verbose_name_plural": "名单上的课程包",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["recommender", "-id"], name="listed_of_recommender")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("submission__isnull", False), ("arrival__isnull", False), _connector="OR"
                                ),
                                name="listed_is_something",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("recommender", "submission"),
                                name="listed_submission_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("recommender", "arrival"),
                                name="listed_arrival_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailArrival",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mail",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arrivals",
                                to="selection.mail",
                                verbose_name="邮件",
                            ),
                        ),
                        (
                            "arrival",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="by_mail",
                                to="selection.arrival",
                                verbose_name="收件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "邮件带来的收件",
                        "verbose_name_plural": "邮件带来的收件",
                    },
                ),
                migrations.CreateModel(
                    name="MailPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mail",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="selection.mail",
                                verbose_name="邮件",
                            ),
                        ),
                        ("place", models.CharField(max_length=80, verbose_name="位置")),
                        ("name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                        ("kind", models.CharField(blank=True, max_length=100, verbose_name="类型")),
                        ("digest", models.CharField(db_index=True, max_length=64, verbose_name="校验值")),
                        ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                        (
                            "arrival",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="mail_parts",
                                to="selection.arrival",
                                verbose_name="收件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "邮件附件",
                        "verbose_name_plural": "邮件附件",
                        "ordering": ("mail", "id"),
                        "constraints": [models.UniqueConstraint(fields=("mail", "place"), name="mail_part_place_once")],
                    },
                ),
                migrations.CreateModel(
                    name="MailboxMark",
                    fields=[
                        (
                            "mailbox",
                            models.CharField(max_length=200, primary_key=True, serialize=False, verbose_name="邮箱"),
                        ),
                        ("numbering", models.PositiveBigIntegerField(default=0, verbose_name="编号方式")),
                        ("last", models.PositiveBigIntegerField(default=0, verbose_name="最后一号")),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="上次读取")),
                        ("fault", models.CharField(blank=True, max_length=500, verbose_name="上次没有读成的原因")),
                    ],
                    options={
                        "verbose_name": "邮箱读到哪里",
                        "verbose_name_plural": "邮箱读到哪里",
                    },
                ),
                migrations.CreateModel(
                    name="MediumUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="media_used",
                                to="selection.version",
                            ),
                        ),
                        (
                            "of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uses",
                                to="selection.mediumprint",
                            ),
                        ),
                        ("path", models.CharField(max_length=1000, verbose_name="文件")),
                        ("title", models.CharField(max_length=400, verbose_name="名称")),
                    ],
                    options={
                        "verbose_name": "所用音视频",
                        "verbose_name_plural": "所用音视频",
                        "constraints": [models.UniqueConstraint(fields=("version", "path"), name="medium_use_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                            "call",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meeting",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="开始时间")),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                    ],
                    options={
                        "verbose_name": "评审会",
                        "verbose_name_plural": "评审会",
                    },
                ),
                migrations.CreateModel(
                    name="MemberCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="selection.call",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="counts",
                                to="selection.expert",
                            ),
                        ),
                        ("assigned", models.PositiveIntegerField(default=0)),
                        ("sheets", models.PositiveIntegerField(default=0)),
                        ("last_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "专家的评审计数",
                        "verbose_name_plural": "专家的评审计数",
                        "constraints": [models.UniqueConstraint(fields=("call", "expert"), name="one_count_a_member")],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        ("number", models.CharField(max_length=100, unique=True, verbose_name="文号")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("sent", "已发出"),
                                    ("answered", "已补齐"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "check_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="selection.check",
                                verbose_name="检查",
                            ),
                        ),
                        ("due_at", models.DateTimeField(verbose_name="补正截止时间")),
                        ("words", models.TextField(blank=True, verbose_name="另外说明")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="起草人",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="起草时间")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发出时间")),
                        ("sent_as", models.CharField(blank=True, max_length=150, verbose_name="发出人")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="补齐时间")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        ("withdrawn_as", models.CharField(blank=True, max_length=150, verbose_name="撤回人")),
                        ("withdrawn_because", models.CharField(blank=True, max_length=2000, verbose_name="撤回的理由")),
                    ],
                    options={
                        "verbose_name": "补正通知",
                        "verbose_name_plural": "补正通知",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["state", "-id"], name="notices_in_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("draft", "sent"))),
                                fields=("submission",),
                                name="one_open_notice",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicNotice",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="public_notices",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("number", models.CharField(max_length=80, unique=True, verbose_name="公示编号")),
                        ("shows_amounts", models.BooleanField(default=True, verbose_name="公布金额")),
                        ("starts_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="公示开始")),
                        ("ends_at", models.DateTimeField(verbose_name="公示截止")),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发布人",
                            ),
                        ),
                        ("final_at", models.DateTimeField(blank=True, null=True, verbose_name="结果生效时间")),
                    ],
                    options={
                        "verbose_name": "结果公示",
                        "verbose_name_plural": "结果公示",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["call", "-id"], name="notices_of_results")],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="selection.publicnotice",
                            ),
                        ),
                        ("place", models.PositiveIntegerField(verbose_name="序号")),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="selection.decision",
                                verbose_name="遴选决定",
                            ),
                        ),
                        ("supplier", models.CharField(max_length=200, verbose_name="供应单位")),
                        ("title", models.CharField(max_length=200, verbose_name="课程名称")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("selected", "入选"), ("reserve", "候补"), ("not-selected", "未入选")],
                                max_length=12,
                                verbose_name="决定",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="金额（元）"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公示的一件",
                        "verbose_name_plural": "公示的各件",
                        "ordering": ["notice", "place"],
                        "constraints": [models.UniqueConstraint(fields=("notice", "place"), name="entry_place_once")],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="selection.notice",
                                verbose_name="补正通知",
                            ),
                        ),
                        ("order", models.PositiveIntegerField(verbose_name="次序")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("finding", "检查发现的问题"),
                                    ("clause", "人工核对不符合"),
                                    ("paper", "缺书面版"),
                                    ("electronic", "缺电子版"),
                                ],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("rulebook", models.CharField(blank=True, max_length=200, verbose_name="规则册")),
                        ("clause", models.CharField(blank=True, max_length=60, verbose_name="条款")),
                        ("fingerprints", models.JSONField(blank=True, default=list)),
                        ("said", models.JSONField(default=dict, verbose_name="内容")),
                        ("mend", models.JSONField(blank=True, default=dict, verbose_name="改法")),
                        ("left_out", models.CharField(blank=True, max_length=1000, verbose_name="不要求补正的理由")),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="补上的时间")),
                    ],
                    options={
                        "verbose_name": "补正事项",
                        "verbose_name_plural": "补正事项",
                        "ordering": ["notice", "order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("notice", "order"), name="notice_item_order_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
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
                        ("number", models.CharField(max_length=80, unique=True, verbose_name="受理号")),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="selection.publicnotice",
                                verbose_name="结果公示",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="selection.noticeentry",
                                verbose_name="针对",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="姓名")),
                        ("mail", models.CharField(blank=True, max_length=254, verbose_name="电子邮箱")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="联系电话")),
                        ("words", models.TextField(verbose_name="异议内容")),
                        ("evidence", models.CharField(blank=True, db_index=True, max_length=64, verbose_name="证据")),
                        ("evidence_name", models.CharField(blank=True, max_length=255, verbose_name="证据文件名")),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="提出时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "处理中"), ("upheld", "成立"), ("rejected", "不成立")],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="答复")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="答复人",
                            ),
                        ),
                        ("withdrew", models.BooleanField(default=False, verbose_name="撤回了入选")),
                        (
                            "letter",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.letter",
                                verbose_name="发出的邮件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "异议",
                        "verbose_name_plural": "异议",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["notice", "state", "-id"], name="objections_of_notice")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="answered_in_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mail", ""), ("phone", ""), _negated=True),
                                name="objection_can_be_answered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageCount",
                    fields=[
                        (
                            "submission",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="counts",
                                serialize=False,
                                to="selection.submission",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="selection.call",
                            ),
                        ),
                        ("number", models.CharField(max_length=80)),
                        ("assigned", models.PositiveSmallIntegerField(default=0)),
                        ("sheets", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "申报的评审计数",
                        "verbose_name_plural": "申报的评审计数",
                        "indexes": [
                            models.Index(fields=["call", "number"], name="packages_by_number"),
                            models.Index(fields=["call", "sheets", "number"], name="packages_by_sheets"),
                            models.Index(fields=["call", "assigned", "number"], name="packages_by_assigned"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageNames",
                    fields=[
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="names",
                                serialize=False,
                                to="selection.version",
                            ),
                        ),
                        ("said", models.JSONField(default=dict)),
                        ("read_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "课程包里写的人和单位",
                        "verbose_name_plural": "课程包里写的人和单位",
                    },
                ),
                migrations.CreateModel(
                    name="PanelSeat",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="selection.expert",
                                verbose_name="专家",
                            ),
                        ),
                        ("chairs", models.BooleanField(default=False, verbose_name="组长")),
                        ("load_limit", models.PositiveSmallIntegerField(default=12, verbose_name="最多评审几件")),
                        ("seated_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="入组时间")),
                        (
                            "seated_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        ("declared_at", models.DateTimeField(blank=True, null=True, verbose_name="承诺时间")),
                        ("declared", models.TextField(blank=True, verbose_name="承诺的内容")),
                        ("signed_as", models.CharField(blank=True, max_length=150, verbose_name="署名")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="退出时间")),
                        ("left_because", models.CharField(blank=True, max_length=500, verbose_name="退出的理由")),
                    ],
                    options={
                        "verbose_name": "评审组成员",
                        "verbose_name_plural": "评审组成员",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("call", "expert"),
                                name="one_seat_an_expert",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Passage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "submission",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passage",
                                to="selection.submission",
                            ),
                        ),
                        ("text", models.TextField()),
                    ],
                    options={
                        "verbose_name": "检索内容",
                        "verbose_name_plural": "检索内容",
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
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
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payment",
                                to="selection.decision",
                                verbose_name="遴选决定",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "已要收款信息"),
                                    ("given", "已填收款信息"),
                                    ("confirmed", "已核对，待付款"),
                                    ("paid", "已付款"),
                                    ("returned", "已退回"),
                                    ("cancelled", "已取消"),
                                ],
                                default="asked",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("sealed", models.TextField(blank=True, editable=False)),
                        ("masked", models.CharField(blank=True, max_length=40, verbose_name="账号")),
                        (
                            "basis",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("labour", "劳务报酬所得"),
                                    ("royalty", "特许权使用费所得"),
                                    ("manuscript", "稿酬所得"),
                                    ("chance", "偶然所得"),
                                ],
                                max_length=12,
                                verbose_name="计税依据",
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="代扣税款（元）"
                            ),
                        ),
                        (
                            "invoice",
                            models.CharField(
                                blank=True,
                                choices=[("waiting", "等发票"), ("received", "发票已收"), ("wrong", "发票有误，已退")],
                                max_length=10,
                                verbose_name="发票",
                            ),
                        ),
                        ("invoice_number", models.CharField(blank=True, max_length=40, verbose_name="发票号码")),
                        (
                            "asked_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="要收款信息的时间"),
                        ),
                        ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="填写时间")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="核对时间")),
                        ("paid_on", models.DateField(blank=True, null=True, verbose_name="付款日期")),
                        ("reference", models.CharField(blank=True, max_length=80, verbose_name="凭证号")),
                        ("returned_because", models.CharField(blank=True, max_length=500, verbose_name="退回原因")),
                    ],
                    options={
                        "verbose_name": "付款",
                        "verbose_name_plural": "付款",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentLink",
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
                            "payment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="selection.payment",
                                verbose_name="付款",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        (
                            "letter",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.letter",
                                verbose_name="发出的邮件",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="开出时间")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="有效期到")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
                    ],
                    options={
                        "verbose_name": "收款信息的链接",
                        "verbose_name_plural": "收款信息的链接",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)), fields=("payment",), name="one_link_a_payment"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhoneNote",
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
                        ("key", models.UUIDField(editable=False, unique=True)),
                        ("called_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="通话时间")),
                        ("caller", models.CharField(max_length=100, verbose_name="来电人")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="电话")),
                        ("supplier", models.CharField(blank=True, max_length=200, verbose_name="单位")),
                        (
                            "submission",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="phone_notes",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "arrival",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="phone_notes",
                                to="selection.arrival",
                                verbose_name="收件",
                            ),
                        ),
                        ("words", models.TextField(max_length=2000, verbose_name="内容")),
                        ("follow_on", models.DateField(blank=True, null=True, verbose_name="跟进日期")),
                        ("followed_at", models.DateTimeField(blank=True, null=True, verbose_name="跟进完成时间")),
                        (
                            "noted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="记录人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "电话记录",
                        "verbose_name_plural": "电话记录",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("followed_at", None), ("follow_on__isnull", False)),
                                fields=["follow_on", "id"],
                                name="phone_notes_to_follow",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhonePassage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "note",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passage",
                                to="selection.phonenote",
                            ),
                        ),
                        ("text", models.TextField()),
                    ],
                    options={
                        "verbose_name": "电话记录的检索内容",
                        "verbose_name_plural": "电话记录的检索内容",
                    },
                ),
                migrations.CreateModel(
                    name="PrintKey",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="keys",
                                to="selection.mediumprint",
                            ),
                        ),
                        ("key", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "指纹索引",
                        "verbose_name_plural": "指纹索引",
                        "constraints": [models.UniqueConstraint(fields=("key", "of"), name="print_key_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RankedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ranking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="selection.ranking"
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ranked",
                                to="selection.submission",
                            ),
                        ),
                        ("order", models.PositiveIntegerField()),
                        ("place", models.PositiveIntegerField(verbose_name="名次")),
                        ("raw", models.DecimalField(decimal_places=4, max_digits=9, verbose_name="原始均分")),
                        ("adjusted", models.DecimalField(decimal_places=4, max_digits=9, verbose_name="校正均分")),
                        (
                            "spread",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=9, null=True, verbose_name="分歧"
                            ),
                        ),
                        ("sheets", models.PositiveSmallIntegerField(verbose_name="评分表")),
                    ],
                    options={
                        "verbose_name": "排名中的一行",
                        "verbose_name_plural": "排名中的一行",
                        "ordering": ["order"],
                        "indexes": [
                            models.Index(fields=["ranking", "-raw", "order"], name="ranked_by_raw"),
                            models.Index(fields=["ranking", "-spread", "order"], name="ranked_by_spread"),
                            models.Index(fields=["ranking", "sheets", "order"], name="ranked_by_sheets"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("ranking", "order"), name="ranked_order_once"),
                            models.UniqueConstraint(fields=("ranking", "submission"), name="ranked_submission_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recommendation",
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
                            "recommender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommendations",
                                to="selection.recommender",
                                verbose_name="推荐单位",
                            ),
                        ),
                        ("number", models.CharField(max_length=80, unique=True, verbose_name="推荐函编号")),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="出具时间")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        ("reason", models.CharField(blank=True, max_length=1000, verbose_name="撤回理由")),
                        ("scan", models.CharField(blank=True, db_index=True, max_length=64, verbose_name="盖章件")),
                        ("scan_name", models.CharField(blank=True, max_length=255, verbose_name="盖章件文件名")),
                        ("scan_at", models.DateTimeField(blank=True, null=True, verbose_name="盖章件上传时间")),
                    ],
                    options={
                        "verbose_name": "推荐函",
                        "verbose_name_plural": "推荐函",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["recommender", "-id"], name="letters_of_recommender")],
                    },
                ),
                migrations.CreateModel(
                    name="RecommendationRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="selection.recommendation",
                            ),
                        ),
                        ("place", models.PositiveIntegerField(verbose_name="序号")),
                        (
                            "listed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="selection.listed"
                            ),
                        ),
                        ("receipt", models.CharField(max_length=80, verbose_name="回执编号")),
                        ("supplier", models.CharField(blank=True, max_length=200, verbose_name="供应单位")),
                        ("title", models.CharField(max_length=400, verbose_name="课程名称")),
                        ("category", models.CharField(blank=True, max_length=200, verbose_name="类别")),
                        (
                            "credit",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="学时"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "推荐函上的一件",
                        "verbose_name_plural": "推荐函上的各件",
                        "ordering": ["recommendation", "place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("recommendation", "place"), name="recommendation_place_once"
                            ),
                            models.UniqueConstraint(
                                fields=("recommendation", "listed"), name="listed_once_a_recommendation"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecommenderLink",
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
                            "recommender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="selection.recommender",
                                verbose_name="推荐单位",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("holder", models.CharField(blank=True, db_index=True, max_length=64)),
                        (
                            "letter",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.letter",
                                verbose_name="发出的邮件",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="开出时间")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="有效期到")),
                        ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="首次打开")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
                    ],
                    options={
                        "verbose_name": "推荐单位的链接",
                        "verbose_name_plural": "推荐单位的链接",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("recommender",),
                                name="one_link_a_recommender",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="selection.meeting",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="selection.submission",
                            ),
                        ),
                        (
                            "said_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("signed_as", models.CharField(max_length=150, verbose_name="署名")),
                        ("words", models.TextField(verbose_name="发言")),
                        ("said_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                    ],
                    options={
                        "verbose_name": "会议发言",
                        "verbose_name_plural": "会议发言",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Ruling",
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
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rulings",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "check_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rulings",
                                to="selection.check",
                                verbose_name="检查",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("confirm", "确认有问题"),
                                    ("dismiss", "不是问题"),
                                    ("waive", "豁免"),
                                    ("met", "已核对，符合"),
                                    ("unmet", "已核对，不符合"),
                                ],
                                max_length=8,
                                verbose_name="裁定",
                            ),
                        ),
                        ("fingerprint", models.CharField(blank=True, max_length=16, verbose_name="指纹")),
                        ("rulebook", models.CharField(blank=True, max_length=200, verbose_name="规则册")),
                        ("clause", models.CharField(blank=True, max_length=60, verbose_name="条款")),
                        ("covers", models.JSONField(blank=True, default=list)),
                        ("said", models.JSONField(default=dict, verbose_name="所裁定的话")),
                        ("reason", models.CharField(max_length=2000, verbose_name="理由")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="裁定人",
                            ),
                        ),
                        ("signed_as", models.CharField(max_length=150, verbose_name="署名")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("visitor", "访客"),
                                    ("learner", "学习者"),
                                    ("supplier", "报送者"),
                                    ("recommender", "推荐单位"),
                                    ("clerk", "经办人员"),
                                    ("expert", "评审专家"),
                                    ("finance", "财务人员"),
                                    ("administrator", "系统管理员"),
                                    ("centre", "培训中心"),
                                ],
                                max_length=20,
                                verbose_name="角色",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="裁定时间")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        ("undone_as", models.CharField(blank=True, max_length=150, verbose_name="撤回人")),
                        ("undone_because", models.CharField(blank=True, max_length=2000, verbose_name="撤回的理由")),
                    ],
                    options={
                        "verbose_name": "裁定",
                        "verbose_name_plural": "裁定",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None), models.Q(("fingerprint", ""), _negated=True)),
                                fields=("submission", "fingerprint"),
                                name="one_standing_ruling_a_finding",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None), models.Q(("clause", ""), _negated=True)),
                                fields=("submission", "rulebook", "clause"),
                                name="one_standing_ruling_a_clause",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("clause", ""),
                                        ("kind__in", ("confirm", "dismiss")),
                                        ("rulebook", ""),
                                        models.Q(("fingerprint", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("kind__in", ("confirm", "dismiss")), _negated=True),
                                        ("fingerprint", ""),
                                        models.Q(("clause", ""), _negated=True),
                                        models.Q(("rulebook", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ruling_of_a_finding_or_a_clause",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="no_ruling_without_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealedList",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sealed_lists",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="第几次封存")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="封存时间")),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="封存人",
                            ),
                        ),
                        ("digest", models.CharField(db_index=True, max_length=64, verbose_name="文件的校验值")),
                        ("content", models.CharField(max_length=64)),
                        ("fingerprint", models.CharField(max_length=64, verbose_name="公钥指纹")),
                        ("count", models.PositiveIntegerField(verbose_name="条数")),
                    ],
                    options={
                        "verbose_name": "封存的截止名单",
                        "verbose_name_plural": "封存的截止名单",
                        "ordering": ["call", "-number"],
                        "constraints": [models.UniqueConstraint(fields=("call", "number"), name="sealed_number_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Sheet",
                    fields=[
                        (
                            "assignment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="sheet",
                                serialize=False,
                                to="selection.assignment",
                            ),
                        ),
                        ("filled", models.JSONField(default=dict)),
                        ("private", models.TextField(blank=True)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("seconds", models.PositiveIntegerField(default=0)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "填写中的评分表",
                        "verbose_name_plural": "填写中的评分表",
                    },
                ),
                migrations.CreateModel(
                    name="SheetImport",
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
                        ("name", models.CharField(max_length=255, verbose_name="文件名")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "还没有导入"),
                                    ("taking", "正在导入"),
                                    ("stopped", "中断，可以继续"),
                                    ("taken", "已导入"),
                                    ("undoing", "正在撤销"),
                                    ("undone", "已撤销"),
                                ],
                                default="draft",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        ("sheets", models.JSONField(default=list, verbose_name="工作表")),
                        ("sheet", models.PositiveSmallIntegerField(default=0, verbose_name="导入的工作表")),
                        ("header", models.PositiveIntegerField(default=0, verbose_name="表头所在的行")),
                        ("heads", models.CharField(blank=True, max_length=64)),
                        ("columns", models.JSONField(default=list, verbose_name="各列的内容")),
                        (
                            "year",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="没写年份的日期"),
                        ),
                        (
                            "medium",
                            models.CharField(
                                choices=[("electronic", "电子版"), ("paper", "书面版")],
                                default="paper",
                                max_length=10,
                                verbose_name="版本形式",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("counted", models.JSONField(default=dict, verbose_name="行数")),
                        (
                            "brought_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="上传时间"),
                        ),
                        (
                            "brought_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                        ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="导入时间")),
                        (
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="导入人",
                            ),
                        ),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="撤销人",
                            ),
                        ),
                        ("undone_because", models.CharField(blank=True, max_length=500, verbose_name="撤销的理由")),
                    ],
                    options={
                        "verbose_name": "旧台账的导入",
                        "verbose_name_plural": "旧台账的导入",
                        "indexes": [models.Index(fields=["heads", "-id"], name="imports_of_heads")],
                    },
                ),
                migrations.CreateModel(
                    name="SheetRow",
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
                                related_name="rows",
                                to="selection.sheetimport",
                                verbose_name="导入",
                            ),
                        ),
                        ("sheet", models.PositiveSmallIntegerField(verbose_name="工作表")),
                        ("line", models.PositiveIntegerField(verbose_name="行号")),
                        ("cells", models.JSONField(default=list, verbose_name="单元格")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("taken", "已导入"), ("there", "台账里已有"), ("refused", "没有导入")],
                                max_length=7,
                                verbose_name="结果",
                            ),
                        ),
                        ("said", models.JSONField(blank=True, default=dict, verbose_name="读出的内容")),
                        ("fault", models.CharField(blank=True, max_length=20)),
                        ("fault_of", models.CharField(blank=True, max_length=200)),
                        ("key", models.CharField(blank=True, max_length=64)),
                        (
                            "arrival",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sheet_row",
                                to="selection.arrival",
                                verbose_name="收件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "旧台账的一行",
                        "verbose_name_plural": "旧台账的行",
                        "constraints": [
                            models.UniqueConstraint(fields=("of", "sheet", "line"), name="sheet_row_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("key",),
                                name="sheet_row_taken_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubmittedSheet",
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
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submitted",
                                to="selection.assignment",
                                verbose_name="分配",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submitted_sheets",
                                to="selection.call",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submitted_sheets",
                                to="selection.submission",
                            ),
                        ),
                        ("index", models.PositiveSmallIntegerField(verbose_name="第几次")),
                        ("scores", models.JSONField(verbose_name="评分")),
                        ("notes", models.JSONField(default=dict, verbose_name="评语")),
                        ("moments", models.JSONField(default=list, verbose_name="时间点评语")),
                        ("overall", models.TextField(blank=True, verbose_name="总评")),
                        ("rubric", models.JSONField()),
                        ("total", models.DecimalField(decimal_places=4, max_digits=9, verbose_name="加权平均")),
                        ("signed_as", models.CharField(max_length=150, verbose_name="署名")),
                        (
                            "submitted_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="提交时间"),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="selection.submittedsheet",
                                verbose_name="取代",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=1000, verbose_name="修改的理由")),
                        ("digest", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name": "评分表",
                        "verbose_name_plural": "评分表",
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["call", "submission"], name="sheets_of_call")],
                        "constraints": [
                            models.UniqueConstraint(fields=("assignment", "index"), name="sheet_index_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("index", 1), ("supersedes", None)),
                                    models.Q(
                                        models.Q(("supersedes", None), _negated=True),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="superseded_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "submission",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tally",
                                to="selection.submission",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("district", models.CharField(blank=True, max_length=7, verbose_name="区")),
                        (
                            "district_from",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("address", "通讯地址"),
                                    ("code", "统一社会信用代码"),
                                    ("name", "供应单位的名称"),
                                    ("recommender", "推荐单位"),
                                    ("", "看不出"),
                                ],
                                max_length=11,
                                verbose_name="区的来源",
                            ),
                        ),
                        (
                            "supplier_kind",
                            models.CharField(
                                choices=[
                                    ("school", "学校和培训机构"),
                                    ("firm", "企业"),
                                    ("sole", "个体工商户"),
                                    ("institution", "机关和事业单位"),
                                    ("association", "协会和其他社会组织"),
                                    ("person", "个人"),
                                    ("unknown", "看不出"),
                                ],
                                max_length=11,
                                verbose_name="供给方类型",
                            ),
                        ),
                        (
                            "hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="学时"
                            ),
                        ),
                        (
                            "check_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="selection.check",
                                verbose_name="检查",
                            ),
                        ),
                        ("change", models.DateTimeField(editable=False)),
                        ("rulings", models.PositiveIntegerField(default=0, editable=False)),
                        ("newest_ruling", models.PositiveBigIntegerField(default=0, editable=False)),
                        ("newest_listed", models.PositiveBigIntegerField(default=0, editable=False)),
                        ("basis", models.CharField(editable=False, max_length=64)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="汇总时间")),
                    ],
                    options={
                        "verbose_name": "申报的汇总",
                        "verbose_name_plural": "申报的汇总",
                    },
                ),
                migrations.CreateModel(
                    name="TalliedFault",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tally",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="faults",
                                to="selection.tally",
                                verbose_name="汇总",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("rulebook", models.CharField(max_length=200, verbose_name="规则册")),
                        ("clause", models.CharField(max_length=60, verbose_name="条款")),
                        ("rule", models.CharField(blank=True, max_length=100, verbose_name="规则")),
                        (
                            "gravity",
                            models.CharField(
                                choices=[("error", "必须改"), ("warning", "一般应改"), ("unmet", "人工核对不符合")],
                                max_length=7,
                                verbose_name="程度",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "计入的问题",
                        "verbose_name_plural": "计入的问题",
                        "indexes": [
                            models.Index(
                                fields=["call", "rulebook", "clause", "rule", "gravity"], name="tallied_faults_of_call"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tally", "rulebook", "clause", "rule"), name="tallied_fault_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="selection.call",
                                verbose_name="征集",
                            ),
                        ),
                        ("number", models.CharField(max_length=80, unique=True, verbose_name="移交单号")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="移交人",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="移交时间")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        ("reason", models.CharField(blank=True, max_length=1000, verbose_name="撤回理由")),
                    ],
                    options={
                        "verbose_name": "移交",
                        "verbose_name_plural": "移交",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["call", "-id"], name="transfers_of_call")],
                    },
                ),
                migrations.CreateModel(
                    name="TransferRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "transfer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="selection.transfer",
                            ),
                        ),
                        ("place", models.PositiveIntegerField(verbose_name="序号")),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfer_rows",
                                to="selection.submission",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="selection.version"
                            ),
                        ),
                        ("verdict", models.CharField(blank=True, max_length=10, verbose_name="检查结论")),
                        ("errors", models.PositiveIntegerField(default=0, verbose_name="必须改")),
                        ("undecided", models.PositiveIntegerField(default=0, verbose_name="需人工判断")),
                        (
                            "credit",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="学时"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "移交的一件",
                        "verbose_name_plural": "移交的各件",
                        "ordering": ["transfer", "place"],
                        "constraints": [
                            models.UniqueConstraint(fields=("transfer", "place"), name="transfer_place_once"),
                            models.UniqueConstraint(
                                fields=("transfer", "submission"), name="submission_once_a_transfer"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UploadLink",
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
                        ("digest", models.CharField(max_length=64, unique=True)),
                        (
                            "mail",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="upload_links",
                                to="selection.mail",
                                verbose_name="邮件",
                            ),
                        ),
                        (
                            "arrival",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="upload_links",
                                to="selection.arrival",
                                verbose_name="收件",
                            ),
                        ),
                        (
                            "letter",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.letter",
                                verbose_name="发出的邮件",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="开出时间")),
                        ("expires_at", models.DateTimeField(verbose_name="有效期到")),
                        ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="使用时间")),
                        (
                            "brought",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="by_link",
                                to="selection.arrival",
                                verbose_name="补交的收件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "上传链接",
                        "verbose_name_plural": "上传链接",
                    },
                ),
                migrations.CreateModel(
                    name="Vote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes",
                                to="selection.meeting",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes",
                                to="selection.submission",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes",
                                to="selection.panelseat",
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[("for", "同意入选"), ("against", "不同意入选"), ("abstain", "弃权")],
                                max_length=8,
                                verbose_name="表决",
                            ),
                        ),
                        ("voted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                    ],
                    options={
                        "verbose_name": "表决",
                        "verbose_name_plural": "表决",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="WrittenArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="written_area",
                                to="selection.version",
                                verbose_name="版本",
                            ),
                        ),
                        ("words", models.CharField(max_length=40, verbose_name="所在地")),
                    ],
                    options={
                        "verbose_name": "课程包里写的所在地",
                        "verbose_name_plural": "课程包里写的所在地",
                    },
                ),
            ],
        ),
        tables.Besides(index),
        tables.Besides(keep, let_go),
    ]
