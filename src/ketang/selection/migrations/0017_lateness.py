"""A copy is in time, in grace, in mending, late, or late and accepted; a person may accept what is late."""

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def say_lateness(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as Django calls it
    """What was late is late; everything else that arrived was in time. The first paper copy gives its moment."""
    submission = apps.get_model("selection", "Submission")
    version = apps.get_model("selection", "Version")
    arrival = apps.get_model("selection", "Arrival")
    version.objects.filter(is_late=True).update(lateness="late")
    arrived = submission.objects.filter(submitted_at__isnull=False)
    arrived.filter(is_late=False).update(lateness="in-time")
    arrived.filter(is_late=True).update(lateness="late")
    entered = arrival.objects.filter(state="entered")
    late = models.Q(counts_at__gt=models.F("call__closes_at"))
    for said, chosen in (("late", entered.filter(late)), ("in-time", entered.exclude(late))):
        arrival.objects.filter(pk__in=chosen.values("pk")).update(lateness=said)
    papers = entered.filter(medium="paper").order_by("counts_at")
    for paper in papers.select_related("call").iterator():
        said = "late" if paper.call is not None and paper.counts_at > paper.call.closes_at else "in-time"
        submission.objects.filter(pk=paper.submission_id, paper_at=None).update(
            paper_at=paper.counts_at, paper_lateness=said
        )


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0016_mail_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="arrival",
            name="lateness",
            field=models.CharField(
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
        migrations.AddField(
            model_name="submission",
            name="lateness",
            field=models.CharField(
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
        migrations.AddField(
            model_name="submission",
            name="mend_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="补正截止时间"),
        ),
        migrations.AddField(
            model_name="submission",
            name="paper_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="书面版的时间"),
        ),
        migrations.AddField(
            model_name="submission",
            name="paper_lateness",
            field=models.CharField(
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
        migrations.AddField(
            model_name="version",
            name="lateness",
            field=models.CharField(
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
        migrations.RunPython(say_lateness, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="submission",
            name="is_late",
        ),
        migrations.RemoveField(
            model_name="version",
            name="is_late",
        ),
        migrations.CreateModel(
            name="LateAcceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("reason", models.CharField(max_length=2000, verbose_name="理由")),
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
                        ],
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="同意时间")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                ("undone_as", models.CharField(blank=True, max_length=150, verbose_name="撤回人")),
                ("undone_because", models.CharField(blank=True, max_length=2000, verbose_name="撤回的理由")),
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
    ]
