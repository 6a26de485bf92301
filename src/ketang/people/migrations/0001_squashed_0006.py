"""The tables as 0001–0006 leave them, made at once: for a new instance. What those did to rows has nothing to do here."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from ketang.platform import tables


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_preference_and_feedback"),
        ("people", "0003_columns_of_lists"),
        ("people", "0004_digest"),
        ("people", "0005_complaints"),
        ("people", "0006_centres"),
    ]

    initial = True

    dependencies = []

    operations = [
        tables.Together(
            operations=[
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "uuid",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                        ),
                        (
                            "login",
                            models.CharField(
                                max_length=64,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A[\\w.-]+\\Z", "登录名只能用汉字、字母、数字、点、短横和下划线。"
                                    )
                                ],
                                verbose_name="登录名",
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="姓名")),
                        ("is_active", models.BooleanField(default=True, verbose_name="可以登录")),
                        (
                            "joined_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="注册时间"
                            ),
                        ),
                        (
                            "password_until",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="一次性密码有效期至"
                            ),
                        ),
                        (
                            "erased_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="注销时间"),
                        ),
                    ],
                    options={
                        "verbose_name": "账号",
                        "verbose_name_plural": "账号",
                        "indexes": [
                            models.Index(django.db.models.functions.text.Lower("email"), name="account_by_email")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("login"), name="one_account_a_login"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
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
                                related_name="appointments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("clerk", "经办人员"),
                                    ("expert", "评审专家"),
                                    ("finance", "财务人员"),
                                    ("administrator", "系统管理员"),
                                ],
                                max_length=20,
                                verbose_name="角色",
                            ),
                        ),
                        (
                            "appointed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="appointments_made",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "appointed_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="任命时间"),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                    ],
                    options={
                        "verbose_name": "任命",
                        "verbose_name_plural": "任命",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("account", "role"),
                                name="one_appointment_a_role",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentText",
                    fields=[
                        (
                            "digest",
                            models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="摘要"),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("terms", "使用条款"),
                                    ("needs", "学习所需设置"),
                                    ("identity", "身份和银行资料"),
                                    ("assistance", "由他人协助操作"),
                                    ("class", "由培训中心查看学习进度"),
                                ],
                                max_length=20,
                                verbose_name="用途",
                            ),
                        ),
                        ("language", models.CharField(max_length=10, verbose_name="语言")),
                        ("text", models.TextField(verbose_name="文本")),
                    ],
                    options={
                        "verbose_name": "同意书文本",
                        "verbose_name_plural": "同意书文本",
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
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
                                related_name="consents",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="people.consenttext",
                            ),
                        ),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="同意时间")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                    ],
                    options={
                        "verbose_name": "同意",
                        "verbose_name_plural": "同意",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("account", "text"),
                                name="one_consent_a_text",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
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
                            "kind",
                            models.CharField(
                                choices=[("opinion", "意见或建议"), ("complaint", "投诉")],
                                default="opinion",
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="答复期限")),
                        ("page", models.CharField(blank=True, max_length=300, verbose_name="页面")),
                        ("words", models.TextField(max_length=3000, verbose_name="内容")),
                        ("reply_to", models.CharField(blank=True, max_length=200, verbose_name="联系方式")),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="feedback",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="提交时间"
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="答复")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="答复人",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                    ],
                    options={
                        "verbose_name": "意见反馈",
                        "verbose_name_plural": "意见反馈",
                        "indexes": [
                            models.Index(
                                models.F("answered_at"),
                                models.F("due_on"),
                                models.F("sent_at"),
                                name="feedback_by_due_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("unit", "单位"),
                                    ("person", "个人"),
                                    ("bureau", "人社部门"),
                                    ("authority", "行业主管部门"),
                                    ("association", "行业协会"),
                                    ("training", "培训中心"),
                                ],
                                max_length=20,
                                verbose_name="种类",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        ("credit_code", models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码")),
                        (
                            "registered_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="登记时间"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位或个人",
                        "verbose_name_plural": "单位和个人",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("credit_code", ""), _negated=True),
                                fields=("credit_code",),
                                name="one_unit_a_credit_code",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="people.organisation",
                            ),
                        ),
                        ("manages", models.BooleanField(default=False, verbose_name="管理员")),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("clerk", "经办人员"),
                                    ("expert", "评审专家"),
                                    ("finance", "财务人员"),
                                    ("administrator", "系统管理员"),
                                ],
                                max_length=20,
                                verbose_name="角色",
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="发往")),
                        (
                            "invited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invitations_sent",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="邀请时间"),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invitations_accepted",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="接受时间")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                    ],
                    options={
                        "verbose_name": "邀请",
                        "verbose_name_plural": "邀请",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organisation__isnull", False), ("role", "")),
                                    models.Q(("organisation", None), models.Q(("role", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="invited_to_one_thing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="people.organisation",
                            ),
                        ),
                        ("manages", models.BooleanField(default=False, verbose_name="管理员")),
                        ("joined_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="加入时间")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="离开时间")),
                    ],
                    options={
                        "verbose_name": "成员",
                        "verbose_name_plural": "成员",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("account", "organisation"),
                                name="one_membership_an_organisation",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="preference",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("display", models.CharField(blank=True, max_length=60, verbose_name="显示设置")),
                        ("columns", models.JSONField(blank=True, default=dict, verbose_name="列表里显示的列")),
                        ("digest", models.BooleanField(default=False, verbose_name="每天来信")),
                    ],
                    options={
                        "verbose_name": "偏好设置",
                        "verbose_name_plural": "偏好设置",
                    },
                ),
            ],
        ),
    ]
