"""The tables as 0001–0005 leave them, made at once: for a new instance. What those did to rows has nothing to do here."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from ketang.platform import tables


class Migration(migrations.Migration):
    replaces = [
        ("common", "0001_initial"),
        ("common", "0002_uploads"),
        ("common", "0003_queue_and_storage"),
        ("common", "0004_outbox"),
        ("common", "0005_signing"),
    ]

    initial = True

    dependencies = []

    operations = [
        tables.Together(
            operations=[
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "number",
                            models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="序号"),
                        ),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("actor", models.CharField(db_index=True, max_length=80, verbose_name="操作人")),
                        ("action", models.CharField(max_length=80, verbose_name="操作")),
                        ("object_kind", models.CharField(max_length=80, verbose_name="对象种类")),
                        ("object_key", models.CharField(max_length=80, verbose_name="对象编号")),
                        ("payload", models.TextField(null=True, verbose_name="内容")),
                        ("payload_salt", models.CharField(blank=True, max_length=32)),
                        ("payload_digest", models.CharField(max_length=64)),
                        ("previous", models.CharField(max_length=64)),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                    ],
                    options={
                        "verbose_name": "操作记录",
                        "verbose_name_plural": "操作记录",
                        "ordering": ["number"],
                        "indexes": [
                            models.Index(fields=["object_kind", "object_key", "number"], name="audit_of_object")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditHead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField(default=0)),
                        (
                            "digest",
                            models.CharField(
                                default="0000000000000000000000000000000000000000000000000000000000000000",
                                max_length=64,
                            ),
                        ),
                        ("seal", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name": "操作记录末尾",
                        "verbose_name_plural": "操作记录末尾",
                    },
                ),
                migrations.CreateModel(
                    name="JobGroup",
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
                        ("join_name", models.CharField(max_length=80)),
                        ("join_arguments", models.JSONField(default=dict)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("joined_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "任务组",
                        "verbose_name_plural": "任务组",
                    },
                ),
                migrations.CreateModel(
                    name="Job",
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
                        ("name", models.CharField(max_length=80, verbose_name="名称")),
                        ("arguments", models.JSONField(default=dict, verbose_name="参数")),
                        ("key", models.CharField(blank=True, max_length=120)),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="jobs",
                                to="common.jobgroup",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待中"),
                                    ("running", "进行中"),
                                    ("done", "已完成"),
                                    ("failed", "未完成"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                        ("worker", models.CharField(blank=True, max_length=120)),
                        ("progress", models.JSONField(default=dict, verbose_name="进度")),
                        ("message", models.TextField(blank=True, verbose_name="说明")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="提交时间"),
                        ),
                        ("not_before", models.DateTimeField(default=django.utils.timezone.now)),
                        ("announce_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("announced", models.PositiveSmallIntegerField(default=0)),
                        ("started_at", models.DateTimeField(null=True, verbose_name="开始时间")),
                        ("heartbeat_at", models.DateTimeField(null=True)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                    ],
                    options={
                        "verbose_name": "后台任务",
                        "verbose_name_plural": "后台任务",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["announce_at"],
                                name="jobs_to_announce",
                            ),
                            models.Index(
                                condition=models.Q(("state", "running")), fields=["lease_until"], name="jobs_leased"
                            ),
                            models.Index(fields=["group", "state"], name="jobs_of_group"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("key", ""), _negated=True), ("state__in", ("waiting", "running"))
                                ),
                                fields=("key",),
                                name="one_unfinished_job_a_key",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
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
                        ("key", models.CharField(max_length=200, unique=True, verbose_name="用途")),
                        ("recipient", models.EmailField(max_length=254, verbose_name="收件地址")),
                        ("subject", models.CharField(max_length=400, verbose_name="主题")),
                        ("text", models.TextField(verbose_name="正文")),
                        ("headers", models.JSONField(blank=True, default=dict, verbose_name="信头")),
                        ("files", models.JSONField(blank=True, default=list, verbose_name="附件")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待发出"),
                                    ("sending", "正在发出"),
                                    ("sent", "已发出"),
                                    ("failed", "没有发出"),
                                    ("uncertain", "不确定是否发出"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("tries", models.PositiveIntegerField(default=0, verbose_name="次数")),
                        ("fault", models.CharField(blank=True, max_length=500, verbose_name="没有发出的原因")),
                        (
                            "written_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="写成时间"),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发出时间")),
                    ],
                    options={
                        "verbose_name": "发出的邮件",
                        "verbose_name_plural": "发出的邮件",
                        "indexes": [models.Index(fields=["state", "-id"], name="letters_in_state")],
                    },
                ),
                migrations.CreateModel(
                    name="SigningKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fingerprint", models.CharField(max_length=64, unique=True, verbose_name="指纹")),
                        ("public", models.CharField(max_length=64, verbose_name="公钥")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="启用时间")),
                        ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                        ("retired_because", models.CharField(blank=True, max_length=1000, verbose_name="停用的理由")),
                        ("is_current", models.BooleanField(default=True, verbose_name="正在使用")),
                    ],
                    options={
                        "verbose_name": "签名密钥",
                        "verbose_name_plural": "签名密钥",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)),
                                fields=("is_current",),
                                name="one_current_signing_key",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "digest",
                            models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="摘要"),
                        ),
                        ("size", models.PositiveBigIntegerField(verbose_name="大小（字节）")),
                        ("stored_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="存入时间")),
                    ],
                    options={
                        "verbose_name": "文件",
                        "verbose_name_plural": "文件",
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
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
                        ("owner", models.CharField(db_index=True, max_length=80, verbose_name="所有者")),
                        ("name", models.CharField(max_length=255, verbose_name="文件名")),
                        ("length", models.PositiveBigIntegerField(verbose_name="大小")),
                        ("offset", models.PositiveBigIntegerField(default=0, verbose_name="已收到")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "上传中"),
                                    ("whole", "正在登记"),
                                    ("stored", "已登记"),
                                    ("failed", "未能登记"),
                                ],
                                default="open",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        ("digest", models.CharField(blank=True, max_length=64, verbose_name="校验值")),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="开始时间"
                            ),
                        ),
                        (
                            "whole_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="收完时间"),
                        ),
                        ("expires_at", models.DateTimeField(db_index=True, verbose_name="过期时间")),
                    ],
                    options={
                        "verbose_name": "上传",
                        "verbose_name_plural": "上传",
                    },
                ),
                migrations.CreateModel(
                    name="UploadPiece",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "upload",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="common.upload"
                            ),
                        ),
                        ("offset", models.PositiveBigIntegerField()),
                        ("length", models.PositiveIntegerField()),
                        ("name", models.CharField(max_length=120)),
                    ],
                    options={
                        "verbose_name": "上传的一段",
                        "verbose_name_plural": "上传的各段",
                        "ordering": ("offset",),
                        "constraints": [
                            models.UniqueConstraint(fields=("upload", "offset"), name="upload_piece_place")
                        ],
                    },
                ),
            ],
        ),
    ]
