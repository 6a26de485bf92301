"""Letters that go out by mail."""

import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0003_queue_and_storage"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
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
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="写成时间")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发出时间")),
            ],
            options={
                "verbose_name": "发出的邮件",
                "verbose_name_plural": "发出的邮件",
                "indexes": [models.Index(fields=["state", "-id"], name="letters_in_state")],
            },
        ),
    ]
