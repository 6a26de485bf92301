"""The record of somebody's hours as a paper to keep, print or hand in."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ketang.classroom.learning.queries import CLASSES, StudiedCourse, hours, sum_by_class
from ketang.people.account.models import Account
from ketang.platform.official.model import Column, Facts, Official, Table, Words


def hours_paper(account: Account, courses: Sequence[StudiedCourse]) -> Official:
    """Who, and each course with its hours by class of content; sums are of the time, so a tenth may be more than the tenths together."""
    every = sum_by_class(one.by_class for one in courses)
    classes = [name for name in CLASSES if every.get(name)]
    columns = (
        Column(_("课程"), 3), Column(_("提供单位或个人"), 2.4), *(Column(str(CLASSES[name]), 1.2) for name in classes),
        Column(_("合计学时"), 1.2), Column(_("学完的课"), 1.2), Column(_("最近学习"), 1.6),
    )  # fmt: skip
    rows = [
        (
            one.course.title, one.course.supplier, *(str(hours(one.by_class.get(name, 0))) for name in classes), str(one.hours),
            f"{one.finished} / {len(one.lessons)}", timezone.localtime(one.studied_at).date() if one.studied_at else None,
        )
        for one in courses
    ]  # fmt: skip
    total = (_("合计"), "", *(str(hours(every[name])) for name in classes), str(hours(sum(every.values()))), "", None)
    return Official(
        title=_("学时记录"),
        issuer=settings.SITE["host_unit"] or _("课堂"),
        issued=f"{timezone.localdate():%Y-%m-%d}",
        language="en" if (get_language() or "").startswith("en") else "zh",
        landscape=True,
        parts=(
            Facts(((_("姓名"), account.name or "—"), (_("登录名"), account.login))),
            Table(columns, tuple([*rows, total] if rows else rows), empty=_("还没有学习记录。")),
            Words(_("每 45 分钟计 1 学时，舍去不足 0.1 学时的部分。同一段内容只计一次，合计按时间相加后再折算。")),
        ),
    )
