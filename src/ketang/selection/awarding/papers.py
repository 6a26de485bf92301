"""Papers of an award in the layout of GB/T 9704-2012: minutes, score summary, award letter, letter of thanks, agreement on free use."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.platform.official.model import Cell, Column, Facts, Official, Part, Seal, Signatures, Table, Words
from ketang.platform.refusal import Refused
from ketang.selection.awarding.models import AwardList, AwardRow, Outcome
from ketang.selection.awarding.queries import rows_of
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.notices.lacking import found_faults
from ketang.selection.papers.facts import issuer, language, local
from ketang.selection.ranking.models import Choice, Meeting, Remark, Vote


def minutes(call: Call, number: str = "") -> Official:
    """Minutes of the panel's meeting: what was said, in order, and how each package was voted on; the later vote of a member counts.

    Raises:
        Refused: there was no meeting.
    """
    meeting = Meeting.objects.filter(call=call).first()
    if meeting is None:
        raise Refused(_("还没有开过评审会。"))
    remarks = Remark.objects.filter(meeting=meeting).select_related("submission").order_by("id")
    return _letter(
        call, _("评审会会议纪要"), number, (
            Facts(((_("征集"), call.title), (_("开始时间"), local(meeting.opened_at, call)), (_("结束时间"), local(meeting.closed_at, call)))),
            Table(_columns((_("时间"), 1.4), (_("课程名称"), 2), (_("发言"), 5), (_("署名"), 1.2)), tuple(
                (local(one.said_at, call), one.submission.title if one.submission is not None else _("全部"), one.words, one.signed_as)
                for one in remarks
            ), heading=_("讨论"), empty=_("没有发言记录。")),
            Table(_columns((_("受理编号"), 2), (_("课程名称"), 3), *((str(one.label), 1.0) for one in Choice)), tuple(_votes(meeting)),
                  heading=_("表决"), empty=_("没有表决。")),
            Signatures((_("组长（签字）"), _("记录人（签字）")), _("日期")),
        ), seals=False,
    )  # fmt: skip


def score_summary(award_list: AwardList, number: str = "") -> Official:
    """The ranking with what was decided, one row a package."""
    call = award_list.call
    heads = _columns((_("名次"), 0.7), (_("受理编号"), 2), (_("课程名称"), 3), (_("原始均分"), 1.2), (_("校正均分"), 1.2), (_("评分表"), 0.9), (_("决定"), 1.1), (_("金额（元）"), 1.4))  # fmt: skip
    rows = tuple(_scored(row) for row in rows_of(award_list))
    return _letter(call, _("评审得分汇总表"), number, (Table(heads, rows),), seals=True, landscape=True)


def award_letter(row: AwardRow, number: str = "") -> Official:
    """That a package was selected, for which fee, and what comes next.

    Raises:
        Refused: its award does not stand.
    """
    submission, call = row.submission, row.award_list.call
    if row.decision is None or not row.decision.is_selected:
        raise Refused(_("这份申报没有生效的入选，不能出入选通知书。"))
    words = {"call": call.title, "title": submission.title, "number": submission.number, "amount": row.decision.amount}
    return _letter(
        call, _("入选通知书"), number, (
            Words(_("经评审和公示程序，贵方报送的“%(title)s”（受理编号 %(number)s）入选“%(call)s”，资源使用费为人民币 %(amount)s 元（含税）。") % words),
            Words(_("结果生效后，财务人员会发给一个只能用一次的链接，请用它填写收款信息。我们不会通过电话或邮件索要银行卡密码。")),
        ), addressee=submission.organisation.name,
    )  # fmt: skip


def thanks_letter(row: AwardRow, number: str = "") -> Official:
    """Thanks to whoever was not selected, with the reasons clause by clause; nothing of any other submission.

    Raises:
        Refused: it was selected, or nothing was decided yet.
    """
    submission, call = row.submission, row.award_list.call
    if row.decision is None or row.decision.undone_at is not None or row.decision.outcome == Outcome.SELECTED:
        raise Refused(_("这份申报没有生效的未入选或候补决定，不能出感谢信。"))
    _check, faults = found_faults(submission)
    words = {
        "call": call.title,
        "title": submission.title,
        "number": submission.number,
        "outcome": row.decision.get_outcome_display(),
    }
    told = language()
    rows = tuple((one["clause"], one["said"][told], one.get("mend", {}).get(told, "")) for one in faults)
    parts: tuple[Part, ...] = (
        Words(_("感谢贵方为“%(call)s”报送“%(title)s”（受理编号 %(number)s）。本次结果为：%(outcome)s。") % words),
        Words(_("评审名次第 %(place)s 名，共 %(count)s 件。%(reason)s") % {
            "place": row.place, "count": row.award_list.rows.count(), "reason": row.decision.reason}),
        Table(_columns((_("条款"), 1), (_("情况"), 4), (_("改法"), 3)), rows, heading=_("检查中对照条款发现的问题"), empty=_("检查没有发现与条款不符的问题。")),
        Words(_("改好以后，欢迎在以后的征集中再次报送。")),
    )  # fmt: skip
    return _letter(call, _("感谢信"), number, parts, addressee=submission.organisation.name)


def agreement(row: AwardRow, number: str = "") -> Official:
    """The agreement on free use (P8(2)): filled in as far as it is known, to be signed by both sides. Refused unless the award stands."""
    submission, call = row.submission, row.award_list.call
    if row.decision is None or not row.decision.is_selected:
        raise Refused(_("这份申报没有生效的入选，不用签协议。"))
    known = {"office": issuer(call), "supplier": submission.organisation.name, "title": submission.title, "number": submission.number, "amount": str(row.decision.amount)}  # fmt: skip
    clauses = (
        _(
            "一、乙方同意甲方免费使用课程资源“%(title)s”（受理编号 %(number)s），用于残疾人职业技能培训等公益用途；著作权和署名权仍归乙方。"
        ),
        _("二、甲方支付资源使用费人民币 %(amount)s 元（含税）。除此以外，使用不再收费。"),
        _("三、乙方保证有权作出上述许可，资源不侵犯他人权利；有他人主张权利的，由乙方负责处理。"),
        _("四、甲方公开使用时注明乙方名称，不改变内容原意；为无障碍可以加字幕、手语、口述影像和文字稿。"),
        _("五、本协议一式两份，双方各执一份，签字盖章后生效。"),
    )
    parts: tuple[Part, ...] = (
        Facts(((_("甲方"), known["office"]), (_("乙方"), known["supplier"]))),
        *(Words(clause % known) for clause in clauses),
        Signatures((_("甲方（盖章）"), _("乙方（签字或盖章）")), _("日期")),
    )
    return _letter(call, _("课程资源免费使用协议"), number, parts, seals=False)


def _letter(
    call: Call,
    title: str,
    number: str,
    parts: tuple[Part, ...],
    *,
    addressee: str = "",
    seals: bool = True,
    landscape: bool = False,
) -> Official:
    day = timezone.now().astimezone(call.zone).date()
    end: tuple[Part, ...] = ()
    if seals:
        end = (
            Seal(
                issuer(call),
                _("%(year)s 年 %(month)s 月 %(day)s 日") % {"year": day.year, "month": day.month, "day": day.day},
            ),
        )
    told = language()
    line = f"{addressee}{':' if told == 'en' else chr(0xFF1A)}" if addressee else ""
    return Official(
        title=title, issuer=issuer(call), parts=(*parts, *end), language=told, number=number, letter=True, addressee=line,
        landscape=landscape,
    )  # fmt: skip


def _columns(*named: tuple[str, float]) -> tuple[Column, ...]:
    return tuple(Column(title, share) for title, share in named)


def _scored(row: AwardRow) -> tuple[Cell, ...]:
    amount = None if row.amount is None else str(row.amount)
    outcome = f"{row.get_outcome_display()} {row.reserve_place or ''}".strip()
    return (
        row.place,
        row.submission.number,
        row.submission.title,
        str(row.raw),
        str(row.adjusted),
        row.sheets,
        outcome,
        amount,
    )


def _votes(meeting: Meeting) -> list[tuple[Cell, ...]]:
    """Each package with how many voted how; a member's later vote counts in place of the earlier."""
    counting = {
        (submission, seat): choice
        for submission, seat, choice in Vote.objects.filter(meeting=meeting)
        .order_by("id")
        .values_list("submission_id", "seat_id", "choice")
    }
    of_each: dict[int, Counter[str]] = {}
    for (submission, _seat), choice in counting.items():
        of_each.setdefault(submission, Counter())[choice] += 1
    found: QuerySet[Submission] = Submission.objects.filter(pk__in=of_each).order_by("number")
    return [(one.number, one.title, *(of_each[one.pk][choice.value] for choice in Choice)) for one in found]
