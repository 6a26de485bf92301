"""Photographs of parcels' covers."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0022_importing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("key", models.UUIDField(editable=False, unique=True)),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="校验值")),
                ("small", models.CharField(db_index=True, max_length=64, verbose_name="小图的校验值")),
                ("width", models.PositiveIntegerField(verbose_name="宽（像素）")),
                ("height", models.PositiveIntegerField(verbose_name="高（像素）")),
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
            ],
            options={
                "verbose_name": "封面照片",
                "verbose_name_plural": "封面照片",
                "indexes": [
                    models.Index(condition=models.Q(("arrival", None)), fields=["-id"], name="covers_without_a_parcel")
                ],
            },
        ),
    ]
