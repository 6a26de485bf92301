import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0005_signing"),
        ("people", "__first__"),
        ("selection", "0025_review"),
    ]

    operations = [
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
            name="BlindCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("alias", models.PositiveIntegerField(verbose_name="盲评编号")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="课程名称")),
                ("words", models.JSONField(default=dict)),
                ("masks", models.JSONField(default=list)),
                ("hidden", models.JSONField(default=list)),
                ("shown", models.JSONField(default=list)),
                ("message", models.JSONField(blank=True, default=dict, verbose_name="说明")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="请求时间")),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
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
            ],
            options={
                "verbose_name": "盲评副本",
                "verbose_name_plural": "盲评副本",
            },
        ),
        migrations.CreateModel(
            name="BlindPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="次序")),
                ("path", models.CharField(blank=True, max_length=1000)),
                ("kind", models.CharField(max_length=12, verbose_name="类型")),
                ("chapter", models.CharField(blank=True, max_length=400, verbose_name="章")),
                ("title", models.CharField(max_length=400, verbose_name="资源")),
                ("seconds", models.DecimalField(decimal_places=3, default=0, max_digits=12, verbose_name="时长（秒）")),
                ("start", models.PositiveBigIntegerField(default=0)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("content_type", models.CharField(blank=True, max_length=60)),
                ("transcript", models.JSONField(default=list)),
                ("text", models.TextField(blank=True)),
                ("without", models.JSONField(blank=True, default=dict)),
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
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="selection.blindcopy"
                    ),
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
            ],
            options={
                "verbose_name": "盲评资源",
                "verbose_name_plural": "盲评资源",
                "ordering": ["copy", "number"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="开始时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting",
                        to="selection.call",
                        verbose_name="征集",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "评审会",
                "verbose_name_plural": "评审会",
            },
        ),
        migrations.CreateModel(
            name="Ranking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("method", models.CharField(max_length=60)),
                ("inputs", models.CharField(max_length=64)),
                ("result", models.JSONField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("is_final", models.BooleanField(default=False, verbose_name="最终排名")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rankings",
                        to="selection.call",
                        verbose_name="征集",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "排名",
                "verbose_name_plural": "排名",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_as", models.CharField(max_length=150, verbose_name="署名")),
                ("words", models.TextField(verbose_name="发言")),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="selection.meeting"
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
            ],
            options={
                "verbose_name": "会议发言",
                "verbose_name_plural": "会议发言",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SubmittedSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("index", models.PositiveSmallIntegerField(verbose_name="第几次")),
                ("scores", models.JSONField(verbose_name="评分")),
                ("notes", models.JSONField(default=dict, verbose_name="评语")),
                ("moments", models.JSONField(default=list, verbose_name="时间点评语")),
                ("overall", models.TextField(blank=True, verbose_name="总评")),
                ("rubric", models.JSONField()),
                ("total", models.DecimalField(decimal_places=4, max_digits=9, verbose_name="加权平均")),
                ("signed_as", models.CharField(max_length=150, verbose_name="署名")),
                ("submitted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="提交时间")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="修改的理由")),
                ("digest", models.CharField(max_length=64)),
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
            ],
            options={
                "verbose_name": "评分表",
                "verbose_name_plural": "评分表",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "同意入选"), ("against", "不同意入选"), ("abstain", "弃权")],
                        max_length=8,
                        verbose_name="表决",
                    ),
                ),
                ("voted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="selection.meeting"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="selection.panelseat"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="selection.submission"
                    ),
                ),
            ],
            options={
                "verbose_name": "表决",
                "verbose_name_plural": "表决",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="blindcopy",
            constraint=models.UniqueConstraint(fields=("call", "alias"), name="one_alias_a_copy"),
        ),
        migrations.AddConstraint(
            model_name="blindpart",
            constraint=models.UniqueConstraint(fields=("copy", "number"), name="blind_part_number_once"),
        ),
        migrations.AddConstraint(
            model_name="ranking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_final", True)), fields=("call",), name="one_final_ranking_a_call"
            ),
        ),
        migrations.AddIndex(
            model_name="submittedsheet",
            index=models.Index(fields=["call", "submission"], name="sheets_of_call"),
        ),
        migrations.AddConstraint(
            model_name="submittedsheet",
            constraint=models.UniqueConstraint(fields=("assignment", "index"), name="sheet_index_once"),
        ),
        migrations.AddConstraint(
            model_name="submittedsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("index", 1), ("supersedes", None)),
                    models.Q(models.Q(("supersedes", None), _negated=True), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="superseded_with_a_reason",
            ),
        ),
    ]
