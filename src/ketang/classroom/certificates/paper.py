"""Certificates as one PDF to print, and the record of a class for the federation's file of subsidies."""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates.models import Certificate
from ketang.classroom.certificates.queries import Candidate
from ketang.classroom.groups.models import Group
from ketang.classroom.learning.queries import CLASSES, hours, sum_by_class
from ketang.platform.official.model import Cell, Column, Facts, Official, Part, Signatures, Table, Words


def checked_at(certificate: Certificate, page: str) -> str:
    """The address at which whoever scans the code reads whether it stands; `page` is that of checking."""
    return f"{settings.LETTER_ORIGIN}{page}?{urlencode({'number': certificate.number, 'code': certificate.code})}"


def write_certificates(certificates: Sequence[Certificate], page: str) -> bytes:
    """One page of A4 a certificate: tagged, PDF/UA-1. `page` is the address of checking.

    Raises:
        ValueError: none is given.
    """
    if not certificates:
        raise ValueError("no certificate")
    from ketang.platform.official.pdf import compiler  # not before: no page needs what writes papers

    told = {
        "title": _("结业证书"), "language": "en" if (get_language() or "").startswith("en") else "zh",
        "certificates": [_told(one, page) for one in certificates],
    }  # fmt: skip
    template = importlib.resources.files("ketang.classroom.certificates").joinpath("certificate.typ").read_bytes()
    made = compiler().compile(
        input=template, sys_inputs={"told": json.dumps(told, ensure_ascii=False)}, format="pdf", pdf_standards=["ua-1"]
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no PDF")
    return made


def _told(one: Certificate, page: str) -> dict[str, Any]:
    from kebao.documents.docx import plain

    drawn, address = BytesIO(), checked_at(one, page)
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    words = {
        "name": plain(one.holder), "title": plain(one.title), "supplier": plain(one.supplier), "hours": one.hours,
        "day": date_format(timezone.localtime(one.issued_at), "DATE_FORMAT"),
    }  # fmt: skip
    classes = [
        _("%(words)s %(hours)s 学时") % {"words": words_of, "hours": one.by_class[name]}
        for name, words_of in CLASSES.items()
        if one.by_class.get(name)
    ]
    return {
        "heading": _("结业证书"), "holder": words["name"],
        "words": _sentence(one) % words,
        "end": _("特发此证。"),
        "classes": _("其中：%(rows)s") % {"rows": _("，").join(classes)} if len(classes) > 1 else "",
        "issuer": plain(one.issuer), "day": words["day"],
        "number": _("证书编号 %(number)s") % {"number": one.number}, "code": _("验证码 %(code)s") % {"code": one.code},
        "how": _("扫码，或在网站“验证证书”页填写编号和验证码，可以核对真伪。"), "picture": drawn.getvalue().decode(),
        "alternative": _("验证这张证书的二维码，网址 %(address)s") % {"address": address},
        "revoked": _("已撤销") if one.revoked_at is not None else "",
    }  # fmt: skip


def _sentence(one: Certificate) -> str:
    """What its holder has done, with places for title, supplier and hours."""
    if one.has_passed and one.has_done:
        return _(
            "学完网络课程“%(title)s”（提供：%(supplier)s），共 %(hours)s 学时，考试及格，实操任务通过，达到结业条件。"
        )
    if one.has_passed:
        return _("学完网络课程“%(title)s”（提供：%(supplier)s），共 %(hours)s 学时，考试及格，达到结业条件。")
    if one.has_done:
        return _("学完网络课程“%(title)s”（提供：%(supplier)s），共 %(hours)s 学时，实操任务通过，达到结业条件。")
    return _("学完网络课程“%(title)s”（提供：%(supplier)s），共 %(hours)s 学时，达到结业条件。")


def training_record(group: Group, rows: Mapping[Course, Sequence[Candidate]]) -> Official:
    """培训记录: every learner of a class with 学时 by class of content, course by course, and the number of their certificate."""
    count = len(next(iter(rows.values()), []))
    facts = (
        (_("班级"), group.title), (_("培训中心"), group.centre.name), (_("人数"), count),
        (_("开班日期"), timezone.localtime(group.made_at).date()),
    )  # fmt: skip
    parts: list[Part] = [Facts(facts)]
    for course, learners in rows.items():
        every = sum_by_class(one.by_class for one in learners)
        classes = [name for name in CLASSES if every.get(name)]
        columns = (
            Column(_("序号"), 0.6), Column(_("姓名"), 1.4), Column(_("登录号"), 1.4),
            *(Column(str(CLASSES[name]), 1.2) for name in classes), Column(_("合计学时"), 1),
            Column(_("考试"), 1), Column(_("结业"), 1), Column(_("证书编号"), 1.6),
        )  # fmt: skip
        lines: tuple[tuple[Cell, ...], ...] = tuple(
            (
                place, one.account.name or "—", one.account.login,
                *(str(hours(one.by_class.get(name, 0))) for name in classes), str(one.hours),
                {True: _("及格"), False: _("未及格"), None: "—"}[one.has_passed], _("是") if one.certificate is not None else _("否"), one.certificate.number if one.certificate else "",
            )
            for place, one in enumerate(learners, start=1)
        )  # fmt: skip
        heading = _("%(title)s（提供：%(supplier)s）") % {"title": course.title, "supplier": course.supplier}
        parts.append(Table(columns, lines, heading=heading, empty=_("这个班还没有学员。")))
    parts.append(Words(_("每 45 分钟计 1 学时，舍去不足 0.1 学时的部分。同一段内容只计一次，合计按时间相加后再折算。")))
    parts.append(Signatures((_("培训中心（盖章）"), _("经办人（签字）")), _("日期")))
    return Official(
        title=_("培训记录"), issuer=settings.SITE["host_unit"] or _("课堂"), issued=f"{timezone.localdate():%Y-%m-%d}",
        language="en" if (get_language() or "").startswith("en") else "zh", landscape=True, parts=tuple(parts),
    )  # fmt: skip
