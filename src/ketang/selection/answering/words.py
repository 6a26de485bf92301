"""The words of letters. Each function writes in the language that is active; a letter holds Chinese and then English."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.selection.intake.models import Lateness, Receipt
from ketang.selection.ledger.models import Arrival
from ketang.selection.mail.models import Mail

LINE = "\n\n----\n\n"


def in_both(words: Callable[[], str]) -> str:
    """What `words` writes in Chinese, and below a line in English."""
    said = []
    for language in ("zh-hans", "en"):
        with override(language):
            said.append(words().strip())
    return LINE.join(said) + "\n"


def receipt_of(mail: Mail, arrivals: Sequence[Arrival]) -> str:
    """That the mail is here, with each package in it."""
    lines = [_("您的邮件已收到。"), "", _("主题：%(subject)s") % {"subject": _one_line(mail.subject)}, _received(mail)]
    for arrival in arrivals:
        lines += ["", _("收件编号：%(number)s") % {"number": arrival.number}, *_file(arrival)]
    lines.append("")
    if mail.contents == "pieces":
        lines.append(_("这是分卷压缩包的一部分。请把其余各卷也发来，到齐后自动合并。"))
    elif mail.contents == "loose":
        lines.append(_("邮件里是单个文件，没有压缩包，由工作人员确认。"))
    lines += [_("工作人员核对并归入申报后，会再发正式回执。"), _automatic()]
    return "\n".join(lines)


def request_of(mail: Mail, arrival: Arrival, mark: str, expires_at: datetime) -> str:
    """What the mail lacks, and the link to bring it by."""
    why = {
        "links": _("邮件里没有附件，只有下载链接。下载链接会过期，我们不通过链接取文件。"),
        "nothing": _("邮件里没有附件。如果是来咨询的，工作人员会另外答复；如果要报送课程包，请看下面。"),
        "oversize": _("邮件太大，没有全部收下。"),
        "unreadable": _("邮件里有打不开的附件（加密、winmail.dat 或者不完整）。"),
    }
    return "\n".join(
        [
            _("您的邮件已收到，但是里面没有可以受理的课程包。"),
            "",
            _("主题：%(subject)s") % {"subject": _one_line(mail.subject)},
            _received(mail),
            _("收件编号：%(number)s") % {"number": arrival.number},
            "",
            why[mail.contents],
            "",
            link_words(arrival, mark, expires_at),
            "",
            _automatic(),
        ]
    )


def link_words(arrival: Arrival, mark: str, expires_at: datetime) -> str:
    """How to bring a package by the link."""
    until = _moment(arrival, expires_at)[:16]
    return "\n".join(
        [
            _("请在 %(until)s 前打开下面的链接，上传课程包：") % {"until": until},
            mark,
            _("不用注册账号。传到一半断了，再打开链接，选同一个文件就能接着传。链接只能用一次，请不要转发。"),
        ]
    )


def formal_of(receipt: Receipt) -> str:
    """The receipt of a version, as its page has it."""
    version = receipt.version
    submission = version.submission
    at = timezone.localtime(receipt.issued_at, submission.call.zone)
    late = (
        ""
        if version.lateness == Lateness.IN_TIME
        else _("（%(lateness)s）") % {"lateness": Lateness(version.lateness).label}
    )
    return "\n".join(
        [
            _("您报送的课程包已归入申报。这是正式回执，请保存。"),
            "",
            _("回执编号：%(number)s") % {"number": receipt.number},
            _("受理编号：%(number)s") % {"number": submission.number},
            _("征集：%(title)s") % {"title": submission.call.title},
            _("课程名称：%(title)s") % {"title": submission.title},
            _("供应单位：%(name)s") % {"name": submission.organisation.name},
            _("文件：%(name)s（%(size)s，第 %(index)s 版）")
            % {"name": version.name, "size": _size(version.size), "index": version.index},
            _("校验值（SHA-256）：%(digest)s") % {"digest": version.digest},
            _("收到时间：%(at)s%(late)s") % {"at": f"{at:%Y-%m-%d %H:%M:%S}", "late": late},
            "",
            _("查结果：%(address)s，填回执编号和查询码 %(code)s。查询码请不要公开。")
            % {"address": settings.LETTER_ORIGIN + reverse("lookup"), "code": receipt.code},
        ]
    )


def _file(arrival: Arrival) -> list[str]:
    if not arrival.digest or arrival.size is None:
        return [_("文件：%(name)s") % {"name": arrival.name}] if arrival.name else []
    words = {"name": arrival.name, "size": _size(arrival.size)}
    return [
        _("文件：%(name)s（%(size)s）") % words,
        _("校验值（SHA-256）：%(digest)s") % {"digest": arrival.digest},
    ]


def _received(mail: Mail) -> str:
    at = timezone.localtime(mail.received_at, mail.call.zone if mail.call is not None else None)
    return _("收到时间：%(at)s%(late)s") % {"at": f"{at:%Y-%m-%d %H:%M:%S}", "late": ""}


def _moment(arrival: Arrival, at: datetime) -> str:
    zone = arrival.call.zone if arrival.call is not None else None
    return f"{timezone.localtime(at, zone):%Y-%m-%d %H:%M:%S}"


def _automatic() -> str:
    return _("这封信是自动发出的。")


def _one_line(words: str) -> str:
    return " ".join(words.split())[:200] or _("（没有主题）")


def _size(count: int) -> str:
    return filesizeformat(count).replace("\xa0", " ")
