"""A notice as a paper, and as the words of its mail."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from ketang.platform.official.model import Column, Facts, Official, Part, Signatures, Table, Words
from ketang.selection.notices.models import Notice, NoticeItem
from ketang.selection.papers.facts import issuer, language, local


def notice_paper(notice: Notice) -> Official:
    """The paper of a notice: to whom, what by which clause, until when."""
    submission = notice.submission
    call = submission.call
    rows = tuple((number, one.clause, one.words, one.mending) for number, one in enumerate(asked(notice), 1))
    columns = (Column(_("序号"), 0.9), Column(_("条款"), 1.1), Column(_("需要补正的内容"), 4.4), Column(_("改法"), 3))
    until = {"until": f"{local(notice.due_at, call):%Y-%m-%d %H:%M}"}
    parts: list[Part] = [
        Facts(((_("征集"), call.title), (_("受理编号"), submission.number), (_("课程名称"), submission.title))),
        Words(_("%(supplier)s：") % {"supplier": submission.organisation.name}),
        Words(_("你单位（个人）报送的材料，经核对还需要补正下列内容。请在 %(until)s 前补正。") % until),
        Table(columns, rows, heading=_("补正内容")),
    ]
    if notice.words:
        parts.append(Words(notice.words, heading=_("另外说明")))
    parts.append(
        Words(_("电子版请在网上再提交一版，或发到征集的邮箱；书面版请寄到或送到主办单位。补上的内容会自动勾销。"))
    )
    parts.append(Signatures((_("主办单位（盖章）"),), _("日期")))
    issued = f"{local(notice.sent_at or notice.made_at, call):%Y-%m-%d}"
    return Official(
        title=_("补正通知"),
        issuer=issuer(call),
        language=language(),
        number=notice.number,
        issued=issued,
        parts=tuple(parts),
    )


def asked(notice: Notice) -> list[NoticeItem]:
    """What is asked for, in order."""
    return [one for one in notice.items.order_by("order") if not one.left_out]


def letter_words(notice: Notice) -> str:
    """The mail that brings a notice."""
    lines = [f"{number}. {one.clause} {one.words}" for number, one in enumerate(asked(notice), 1)]
    return "\n".join([*_head(notice), "", *lines, *([notice.words] if notice.words else []), "", *_foot(notice)])


def reminder_words(notice: Notice) -> str:
    """The mail that reminds: what is still missing."""
    left = [f"· {one.clause} {one.words}" for one in asked(notice) if one.done_at is None]
    return "\n".join([_("提醒：下面的内容还没有补上。"), *_head(notice), "", *left, "", *_foot(notice)])


def withdrawn_words(notice: Notice) -> str:
    """The mail that says that nothing has to be mended any more."""
    words = {"number": notice.number, "reason": notice.withdrawn_because}
    return _("补正通知 %(number)s 已撤回，不用再按它补正。理由：%(reason)s") % words


def _head(notice: Notice) -> list[str]:
    submission = notice.submission
    until = f"{local(notice.due_at, submission.call):%Y-%m-%d %H:%M}"
    return [
        _("补正通知 %(number)s") % {"number": notice.number},
        _("受理编号：%(number)s；课程：%(title)s") % {"number": submission.number, "title": submission.title},
        _("请在 %(until)s 前补正。") % {"until": until},
    ]


def _foot(notice: Notice) -> list[str]:
    return [
        _("登录后在这里看全文并补交：%(address)s")
        % {"address": f"{settings.LETTER_ORIGIN}/supplier/{notice.submission.uuid}"}
    ]
