import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0005_signing"),
        ("people", "__first__"),
        ("selection", "0024_fewer_marks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                (
                    "means",
                    models.CharField(
                        choices=[("solver", "系统方案"), ("hand", "人工")], max_length=6, verbose_name="方式"
                    ),
                ),
                ("why", models.JSONField(blank=True, default=dict, verbose_name="依据")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="分配时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="取消时间")),
                ("ended_because", models.CharField(blank=True, max_length=500, verbose_name="取消的理由")),
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
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
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
            ],
            options={
                "verbose_name": "评审分配",
                "verbose_name_plural": "评审分配",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Expert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("unit", models.CharField(blank=True, max_length=200, verbose_name="工作单位")),
                ("title", models.CharField(blank=True, max_length=100, verbose_name="职称或职务")),
                ("mail", models.CharField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="联系电话")),
                ("categories", models.JSONField(blank=True, default=list, verbose_name="熟悉的类别")),
                ("occupations", models.JSONField(blank=True, default=list, verbose_name="熟悉的职业")),
                ("relations", models.JSONField(blank=True, default=list, verbose_name="有关系的人和单位")),
                ("load_limit", models.PositiveSmallIntegerField(default=12, verbose_name="每个征集最多评审几件")),
                ("available_from", models.DateField(blank=True, null=True, verbose_name="可以评审，自")),
                ("available_until", models.DateField(blank=True, null=True, verbose_name="可以评审，至")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="备注")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="入库时间")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="出库时间")),
                ("left_because", models.CharField(blank=True, max_length=500, verbose_name="出库的理由")),
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
            ],
            options={
                "verbose_name": "专家",
                "verbose_name_plural": "专家",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
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
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="解除时间")),
                ("lifted_because", models.CharField(blank=True, max_length=1000, verbose_name="解除的理由")),
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
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="selection.expert",
                        verbose_name="专家",
                    ),
                ),
            ],
            options={
                "verbose_name": "回避",
                "verbose_name_plural": "回避",
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="expert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="selection.expert",
                verbose_name="专家",
            ),
        ),
        migrations.CreateModel(
            name="PanelSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("chairs", models.BooleanField(default=False, verbose_name="组长")),
                ("load_limit", models.PositiveSmallIntegerField(default=12, verbose_name="最多评审几件")),
                ("seated_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="入组时间")),
                ("declared_at", models.DateTimeField(blank=True, null=True, verbose_name="承诺时间")),
                ("declared", models.TextField(blank=True, verbose_name="承诺的内容")),
                ("signed_as", models.CharField(blank=True, max_length=150, verbose_name="署名")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="退出时间")),
                ("left_because", models.CharField(blank=True, max_length=500, verbose_name="退出的理由")),
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
            ],
            options={
                "verbose_name": "评审组成员",
                "verbose_name_plural": "评审组成员",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("asked", models.JSONField(default=dict)),
                ("rows", models.JSONField(default=list)),
                ("lacking", models.JSONField(default=list)),
                ("cost", models.FloatField(blank=True, null=True)),
                ("bound", models.FloatField(blank=True, null=True)),
                ("seconds", models.FloatField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="请求时间")),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="算出时间")),
                ("failed", models.CharField(blank=True, max_length=500, verbose_name="没有算出的原因")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="采用时间")),
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
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignment_plans",
                        to="selection.call",
                        verbose_name="征集",
                    ),
                ),
            ],
            options={
                "verbose_name": "分配方案",
                "verbose_name_plural": "分配方案",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="assignments",
                to="selection.plan",
            ),
        ),
        migrations.AddIndex(
            model_name="expert",
            index=models.Index(fields=["left_at", "-id"], name="experts_in_pool"),
        ),
        migrations.AddIndex(
            model_name="conflict",
            index=models.Index(fields=["submission", "lifted_at"], name="conflicts_of_submission"),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("expert", "submission", "ground"),
                name="one_standing_conflict_a_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelseat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)), fields=("call", "expert"), name="one_seat_an_expert"
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["call", "ended_at", "submission"], name="assignments_of_call"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["expert", "ended_at", "-id"], name="assignments_of_expert"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("expert", "submission"), name="one_standing_assignment"
            ),
        ),
    ]
