"""The desk: parcels, trolleys, disks and telephone notes."""

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from ketang.platform.search import passages


def index(_apps: Any, editor: Any) -> None:
    passages.index(editor, "selection_phonepassage")


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0004_outbox"),
        ("selection", "0013_mail_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("key", models.UUIDField(editable=False, unique=True)),
                (
                    "delivery",
                    models.CharField(
                        choices=[("posted", "快递或邮寄"), ("hand", "当面送交")], max_length=6, verbose_name="送达方式"
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
                (
                    "arrival",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcel",
                        to="selection.arrival",
                        verbose_name="收件",
                    ),
                ),
            ],
            options={
                "verbose_name": "窗口收件",
                "verbose_name_plural": "窗口收件",
            },
        ),
        migrations.CreateModel(
            name="DiskCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
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
                ("supplier", models.CharField(blank=True, max_length=200, verbose_name="写明的单位")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="写明的课程")),
                ("files", models.PositiveIntegerField(default=0, verbose_name="文件数")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="大小")),
                ("skipped", models.JSONField(blank=True, default=list, verbose_name="没有复制的")),
                ("fault", models.CharField(blank=True, max_length=500, verbose_name="中断的原因")),
                (
                    "begun_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="开始时间"),
                ),
                ("counts_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="计算截止的时间")),
                ("whole_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
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
            ],
            options={
                "verbose_name": "复制的磁盘",
                "verbose_name_plural": "复制的磁盘",
            },
        ),
        migrations.CreateModel(
            name="PhoneNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("key", models.UUIDField(editable=False, unique=True)),
                ("called_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="通话时间")),
                ("caller", models.CharField(max_length=100, verbose_name="来电人")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="电话")),
                ("supplier", models.CharField(blank=True, max_length=200, verbose_name="单位")),
                ("words", models.TextField(max_length=2000, verbose_name="内容")),
                ("follow_on", models.DateField(blank=True, null=True, verbose_name="跟进日期")),
                ("followed_at", models.DateTimeField(blank=True, null=True, verbose_name="跟进完成时间")),
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
            ],
            options={
                "verbose_name": "电话记录",
                "verbose_name_plural": "电话记录",
            },
        ),
        migrations.CreateModel(
            name="PhonePassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                (
                    "note",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passage", to="selection.phonenote"
                    ),
                ),
            ],
            options={
                "verbose_name": "电话记录的检索内容",
                "verbose_name_plural": "电话记录的检索内容",
            },
        ),
        migrations.CreateModel(
            name="Trolley",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                (
                    "delivery",
                    models.CharField(
                        choices=[("posted", "快递或邮寄"), ("hand", "当面送交")], max_length=6, verbose_name="送达方式"
                    ),
                ),
                ("courier", models.CharField(blank=True, max_length=50, verbose_name="快递公司")),
                ("postmark", models.DateField(blank=True, null=True, verbose_name="邮戳日期")),
                (
                    "begun_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="开始时间"),
                ),
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
            ],
            options={
                "verbose_name": "连续登记",
                "verbose_name_plural": "连续登记",
            },
        ),
        migrations.AddField(
            model_name="parcel",
            name="trolley",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parcels",
                to="selection.trolley",
                verbose_name="连续登记",
            ),
        ),
        migrations.CreateModel(
            name="DiskFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=1000, verbose_name="路径")),
                ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                ("changed_ns", models.BigIntegerField(verbose_name="修改时间")),
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
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="selection.diskcopy",
                        verbose_name="复制",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "磁盘上的文件",
                "verbose_name_plural": "磁盘上的文件",
                "ordering": ("copy", "id"),
                "constraints": [models.UniqueConstraint(fields=("copy", "path"), name="disk_file_once")],
            },
        ),
        migrations.AddIndex(
            model_name="diskcopy",
            index=models.Index(fields=["-id"], name="disk_copies"),
        ),
        migrations.AddConstraint(
            model_name="diskcopy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "whole"), _negated=True),
                fields=("place",),
                name="one_copy_of_a_place_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="phonenote",
            index=models.Index(
                condition=models.Q(("followed_at", None), ("follow_on__isnull", False)),
                fields=["follow_on", "id"],
                name="phone_notes_to_follow",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None), models.Q(("tracking", ""), _negated=True)),
                fields=("tracking", "part"),
                name="tracking_number_once",
            ),
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
