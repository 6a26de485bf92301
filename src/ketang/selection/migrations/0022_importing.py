"""Spreadsheets that are brought into the ledger, and their rows; a door of their own."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0021_recommending"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="arrival",
            name="door",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="version",
            name="door",
            field=models.CharField(
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
        migrations.CreateModel(
            name="SheetImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
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
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="没写年份的日期")),
                (
                    "medium",
                    models.CharField(
                        choices=[("electronic", "电子版"), ("paper", "书面版")],
                        default="paper",
                        max_length=10,
                        verbose_name="版本形式",
                    ),
                ),
                ("counted", models.JSONField(default=dict, verbose_name="行数")),
                ("brought_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="上传时间")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="导入时间")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                ("undone_because", models.CharField(blank=True, max_length=500, verbose_name="撤销的理由")),
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
            ],
            options={
                "verbose_name": "旧台账的导入",
                "verbose_name_plural": "旧台账的导入",
            },
        ),
        migrations.CreateModel(
            name="SheetRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="selection.sheetimport",
                        verbose_name="导入",
                    ),
                ),
            ],
            options={
                "verbose_name": "旧台账的一行",
                "verbose_name_plural": "旧台账的行",
            },
        ),
        migrations.AddIndex(
            model_name="sheetimport",
            index=models.Index(fields=["heads", "-id"], name="imports_of_heads"),
        ),
        migrations.AddConstraint(
            model_name="sheetrow",
            constraint=models.UniqueConstraint(fields=("of", "sheet", "line"), name="sheet_row_once"),
        ),
        migrations.AddConstraint(
            model_name="sheetrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True), fields=("key",), name="sheet_row_taken_once"
            ),
        ),
    ]
