"""The ledger of arrivals, mails, and an entry for every receipt that was given before."""

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from ketang.platform.search import passages
from ketang.platform.search.words import spaced

TABLE = "selection_arrivalpassage"


def index(_apps: Any, editor: Any) -> None:
    passages.index(editor, TABLE)


def fill(apps: Any, _editor: Any) -> None:
    """Every receipt is an arrival that was entered, numbered in the order of its time; the first of each gives the holding."""
    model = {
        name: apps.get_model("selection", name) for name in ("Arrival", "ArrivalPassage", "Holding", "LedgerCounter")
    }
    receipts = apps.get_model("selection", "Receipt").objects.select_related("version__submission__organisation")
    last: dict[int, int] = {}
    held: set[int] = set()
    for receipt in receipts.order_by("issued_at", "id").iterator(1000):
        version, of = receipt.version, receipt.version.submission
        year = timezone.localtime(receipt.issued_at).year
        last[year] = last.get(year, 0) + 1
        arrival = model["Arrival"].objects.create(
            number=f"SJ{year}-{last[year]:06d}", door=version.door, medium="electronic", state="entered",
            call_id=of.call_id, submission=of, receipt=receipt, supplier=of.organisation.name[:200], title=of.title,
            name=version.name, digest=version.digest, size=version.size, received_at=receipt.issued_at,
            counts_at=receipt.issued_at, registered_at=receipt.issued_at,
        )  # fmt: skip
        words = [arrival.number, arrival.supplier, of.title, arrival.name, of.number, of.title, arrival.supplier]
        marks = [f"dooris{version.door}", "mediumiselectronic", "stateisentered", f"callis{of.call_id}"]
        text = " ".join([spaced(" ".join([*words, receipt.number])), *marks])
        model["ArrivalPassage"].objects.create(arrival=arrival, text=text)
        if of.pk not in held:
            held.add(of.pk)
            board = "lacking" if of.state == "incomplete" else "electronic"
            model["Holding"].objects.create(
                submission=of, call_id=of.call_id, electronic_at=receipt.issued_at, board=board
            )
    model["LedgerCounter"].objects.bulk_create(model["LedgerCounter"](year=y, last=n) for y, n in last.items())


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0010_draft_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            name="MailboxMark",
            fields=[
                ("mailbox", models.CharField(max_length=200, primary_key=True, serialize=False, verbose_name="邮箱")),
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
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="收件编号")),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("web", "网上提交"),
                            ("mail", "电子邮件"),
                            ("desk", "窗口或快递"),
                            ("disk", "U 盘或移动硬盘"),
                        ],
                        max_length=4,
                        verbose_name="来路",
                    ),
                ),
                (
                    "medium",
                    models.CharField(
                        choices=[("electronic", "电子版"), ("paper", "书面版")], max_length=10, verbose_name="版本形式"
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
                ("sender", models.CharField(blank=True, max_length=320, verbose_name="寄件人")),
                ("supplier", models.CharField(blank=True, max_length=200, verbose_name="写明的单位")),
                ("title", models.CharField(blank=True, max_length=400, verbose_name="写明的课程")),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                ("digest", models.CharField(blank=True, db_index=True, max_length=64, verbose_name="校验值")),
                ("size", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="大小")),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                ("counts_at", models.DateTimeField(verbose_name="计算截止的时间")),
                ("registered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="登记时间")),
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
            ],
            options={
                "verbose_name": "收件",
                "verbose_name_plural": "收件",
            },
        ),
        migrations.CreateModel(
            name="ArrivalPassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                (
                    "arrival",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passage", to="selection.arrival"
                    ),
                ),
            ],
            options={
                "verbose_name": "收件的检索内容",
                "verbose_name_plural": "收件的检索内容",
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
                ("electronic_at", models.DateTimeField(blank=True, null=True, verbose_name="电子版收到时间")),
                ("paper_at", models.DateTimeField(blank=True, null=True, verbose_name="书面版收到时间")),
                (
                    "board",
                    models.CharField(
                        choices=[("electronic", "仅电子"), ("paper", "仅书面"), ("whole", "齐全"), ("lacking", "缺件")],
                        max_length=10,
                        verbose_name="齐全情况",
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
            ],
            options={
                "verbose_name": "材料到齐情况",
                "verbose_name_plural": "材料到齐情况",
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("message_id", models.CharField(blank=True, max_length=998, verbose_name="邮件标识")),
                ("digest", models.CharField(max_length=64, verbose_name="校验值")),
                ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                ("mailbox", models.CharField(blank=True, max_length=200, verbose_name="邮箱")),
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
                ("automatic", models.CharField(blank=True, max_length=200, verbose_name="自动邮件")),
                ("faults", models.JSONField(blank=True, default=list, verbose_name="没能读出的内容")),
                ("said_at", models.DateTimeField(blank=True, null=True, verbose_name="邮件自己写的时间")),
                ("received_at", models.DateTimeField(verbose_name="服务器收到的时间")),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="取回时间")),
                ("times_seen", models.PositiveIntegerField(default=1, verbose_name="收到次数")),
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
            ],
            options={
                "verbose_name": "收到的邮件",
                "verbose_name_plural": "收到的邮件",
            },
        ),
        migrations.CreateModel(
            name="MailArrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "arrival",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="by_mail",
                        to="selection.arrival",
                        verbose_name="收件",
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
            ],
            options={
                "verbose_name": "邮件带来的收件",
                "verbose_name_plural": "邮件带来的收件",
            },
        ),
        migrations.CreateModel(
            name="MailPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=80, verbose_name="位置")),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="文件名")),
                ("kind", models.CharField(blank=True, max_length=100, verbose_name="类型")),
                ("digest", models.CharField(max_length=64, verbose_name="校验值")),
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
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="selection.mail",
                        verbose_name="邮件",
                    ),
                ),
            ],
            options={
                "verbose_name": "邮件附件",
                "verbose_name_plural": "邮件附件",
                "ordering": ("mail", "id"),
            },
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(fields=["state", "-id"], name="ledger_in_state"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(fields=["door", "-id"], name="ledger_by_door"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(fields=["call", "-id"], name="ledger_of_call"),
        ),
        migrations.AddIndex(
            model_name="holding",
            index=models.Index(fields=["call", "board", "-submission"], name="holdings_on_board"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["-received_at", "-id"], name="mails_by_time"),
        ),
        migrations.AddConstraint(
            model_name="mailpart",
            constraint=models.UniqueConstraint(fields=("mail", "place"), name="mail_part_place_once"),
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
