"""The acceptance form of a submission (受理登记表): what came, when, by which door, and what was found."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.platform.official.model import Cell, Column, Facts, Official, Signatures, Table
from ketang.selection.checking.queries import latest_check
from ketang.selection.intake.models import Lateness, Submission
from ketang.selection.intake.queries import versions_of
from ketang.selection.ledger.models import Medium
from ketang.selection.ledger.queries import of_submission
from ketang.selection.papers.facts import category, copies, issuer, language, local, verdict_words
from ketang.selection.ruling.queries import ruled_report


def acceptance_form(submission: Submission) -> Official:
    """The paper of a submission that has arrived."""
    call = submission.call
    late = str(Lateness(submission.lateness or Lateness.IN_TIME).label)
    return Official(
        title=_("网络课程资源受理登记表"), issuer=issuer(call), language=language(), number=submission.number,
        parts=(
            Facts((
                (_("征集"), call.title),
                (_("课程名称"), submission.title),
                (_("类别"), category(submission)),
                (_("供应单位"), submission.organisation.name),
                (_("首次收到"), local(submission.submitted_at, call)),
                (_("是否按时"), late),
                (_("材料"), copies(submission)),
                (_("状态"), submission.get_state_display()),
                (_("理由或补正内容"), submission.reason),
                (_("检查结论"), _verdict(submission)),
            )),
            Table(
                (Column(_("版本"), 0.7), Column(_("回执编号"), 2.4), Column(_("收到时间"), 1.7), Column(_("文件"), 3), Column(_("校验值（SHA-256）"), 3.4)),
                tuple(_versions(submission)), heading=_("电子版"), empty=_("没有收到电子版。"),
            ),
            Table(
                (Column(_("收件编号"), 1.6), Column(_("收到时间"), 1.7), Column(_("计为送达"), 1.7), Column(_("来路"), 1.6)),
                tuple(_papers(submission)), heading=_("书面版"), empty=_("没有收到书面版。"),
            ),
            Signatures((_("经办人（签字）"), _("复核人（签字）")), _("日期")),
        ),
    )  # fmt: skip


def _verdict(submission: Submission) -> str:
    check = latest_check(submission.latest) if submission.latest is not None else None
    ruled = ruled_report(check) if check is not None else None
    if ruled is None:
        return verdict_words("", 0, 0)
    verdict = ruled.verdict
    return verdict_words(verdict.word, verdict.errors, verdict.cant_tell)


def _versions(submission: Submission) -> list[tuple[Cell, ...]]:
    found: list[tuple[Cell, ...]] = []
    for version in versions_of(submission):
        receipts = "、".join(receipt.number for receipt in version.receipts.all())
        found.append(
            (version.index, receipts, local(version.received_at, submission.call), version.name, version.digest)
        )
    return found


def _papers(submission: Submission) -> list[tuple[Cell, ...]]:
    call = submission.call
    return [
        (arrival.number, local(arrival.received_at, call), local(arrival.counts_at, call), arrival.get_door_display())
        for arrival in of_submission(submission)
        if arrival.medium == Medium.PAPER
    ]
