"""Exams as PDF to print: the paper, its answer sheets, its key. Tagged, PDF/UA-1 (Typst)."""

from __future__ import annotations

import base64
import importlib.resources
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ketang.classroom.exams.models import AnswerKey, Paper, Place, Question, QuestionKind
from ketang.classroom.exams.queries import places_of
from ketang.classroom.papers.models import Printing, Sheet
from ketang.classroom.papers.queries import boxes_of
from ketang.platform.storage.reading import read_whole

MOST_PIXELS = 1600
"""Of a picture's longer side in print: more than 200 dots an inch over the width of A4."""


class Size(StrEnum):
    """How large it is printed."""

    NORMAL = "a4"
    LARGE = "a4-large"
    LARGEST = "a3-large"


@dataclass(frozen=True, slots=True)
class _Set:
    sheet: str
    points: int
    picture_cm: float


_SETS = {Size.NORMAL: _Set("a4", 12, 10), Size.LARGE: _Set("a4", 20, 16), Size.LARGEST: _Set("a3", 26, 24)}
"""Sheet, size of type in points (18 and more is large print), width of pictures."""


def write_paper(paper: Paper, size: Size) -> bytes:
    """The questions as they are sat, in the paper's own order."""
    told = _head(paper, size, paper.title) | {
        "lines": _lines(paper), "questions": [_question(place, size) for place in places_of(paper)], "end": _("（完）"),
    }  # fmt: skip
    return _compiled("exam.typ", told)


def write_key(paper: Paper) -> bytes:
    """What is right under the keys of now, with points and explanations: for who marks, and for nobody else."""
    places = list(places_of(paper))
    told = _head(paper, Size.NORMAL, _("%(title)s · 评分用答案") % {"title": _plain(paper.title)}) | {
        "lines": [_("仅供评卷人员使用，考试结束以前请勿外传。"), _marked(paper)],
        "questions": [_keyed(place) for place in places], "end": "",
    }  # fmt: skip
    return _compiled("exam.typ", told)


def write_sheets(printing: Printing, size: Size) -> bytes:
    """Every answer sheet of a printing, those with names first."""
    return _sheets(printing.paper, [_sheet(one) for one in printing.sheets.select_related("account")], size)


def write_blank_sheet(paper: Paper, size: Size) -> bytes:
    """One answer sheet without number and name."""
    return _sheets(paper, [{"number": "", "name": "", "login": ""}], size)


def _sheet(one: Sheet) -> dict[str, str]:
    if one.account is None:
        return {"number": str(one), "name": "", "login": ""}
    return {"number": str(one), "name": _plain(one.account.name or one.account.login), "login": one.account.login}


def _sheets(paper: Paper, sheets: Sequence[dict[str, str]], size: Size) -> bytes:
    told = _head(paper, size, _("答题纸")) | {
        "paper": f"{_plain(paper.edition.course.title)} · {_plain(paper.title)}", "number": _("答题纸号"), "name": _("姓名"), "day": _("考试日期"),
        "how": _("把选中的方框涂满或打√。要改，把原来的方框划掉，再涂另一个。写不了的，请监考人员代填。"),
        "sheets": list(sheets), "columns": 2 if size is Size.NORMAL else 1,
        "questions": [
            {"number": str(box.order), "letters": [_letter(letter) for letter in box.letters], "several": _("可选多个") if box.several else ""}
            for box in boxes_of(paper)
        ],
    }  # fmt: skip
    return _compiled("sheet.typ", told)


def _head(paper: Paper, size: Size, title: str) -> dict[str, Any]:
    kept = _SETS[size]
    return {
        "title": _plain(title), "under": _plain(paper.edition.course.title), "sheet": kept.sheet, "points": kept.points,
        "language": "en" if (get_language() or "").startswith("en") else "zh",
    }  # fmt: skip


def _lines(paper: Paper) -> list[str]:
    told = {"asks": paper.places.count(), "total": _points(paper.total), "least": _points(paper.pass_points)}
    lines = [_("共 %(asks)s 题，总分 %(total)s 分，%(least)s 分及格。") % told]
    if paper.minutes is None:
        lines.append(_("不限时。请把答案写在答题纸上。"))
    else:
        words = _("限时 %(minutes)s 分钟；需要更多时间的，请告诉监考人员。请把答案写在答题纸上。")
        lines.append(words % {"minutes": paper.minutes})
    return lines


def _marked(paper: Paper) -> str:
    return _("多选题：%(how)s。") % {"how": paper.get_multiple_display()}


def _question(place: Place, size: Size) -> dict[str, Any]:
    question = place.question
    head = _("%(order)s. %(kind)s（%(points)s 分）") % {
        "order": place.order, "kind": question.get_kind_display(), "points": _points(place.points)
    }  # fmt: skip
    named = question.kind != QuestionKind.TRUE_FALSE
    options = [f"{letter}. {_plain(words)}" if named else words for letter, words in question.lettered]
    picture = _picture(question)
    long = len(question.stem) + sum(map(len, options)) > (300 if size is Size.LARGE else 900)
    return {
        "head": head, "breakable": long or (size is Size.LARGE and picture != ""), "stem": _plain(question.stem), "options": options, "notes": [], "picture": picture,
        "width": _SETS[size].picture_cm, "alternative": _plain(question.image_alt) or _("第 %(order)s 题的图") % {"order": place.order},
    }  # fmt: skip


def _keyed(place: Place) -> dict[str, Any]:
    question, key = place.question, place.question.key
    notes = [_("正确答案：%(key)s") % {"key": _right(question, key)}]
    if key.reason:
        notes.append(_("已更正：%(reason)s") % {"reason": _plain(key.reason)})
    if question.explanation:
        notes.append(_("解析：%(words)s") % {"words": _plain(question.explanation)})
    return _question(place, Size.NORMAL) | {"options": [], "picture": "", "notes": notes}


def _right(question: Question, key: AnswerKey) -> str:
    if key.is_void or question.kind == QuestionKind.TRUE_FALSE:
        return str(key)
    return _("；").join(f"{letter}. {_plain(question.words_of(letter))}" for letter in key.right)


def _letter(letter: str) -> str:
    return str(Question(kind=QuestionKind.TRUE_FALSE).words_of(letter)) if letter in ("对", "错") else letter


def _picture(question: Question) -> str:
    """The picture inside an SVG, in print's size; empty where there is none. Typst takes no other bytes as data."""
    if question.image_id is None:
        return ""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(read_whole(question.image_id))) as opened:
        shown = ImageOps.exif_transpose(opened)
        shown.thumbnail((MOST_PIXELS, MOST_PIXELS))
        held = BytesIO()
        shown.convert("RGB").save(held, "JPEG", quality=88)
        width, height = shown.size
    told = base64.b64encode(held.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><image width="{width}" height="{height}" xlink:href="data:image/jpeg;base64,{told}"/></svg>'
    )


def _points(points: Any) -> str:
    return f"{points.normalize():f}"


def _plain(words: str) -> str:
    from kebao.documents.docx import plain

    return plain(words)


def _compiled(name: str, told: dict[str, Any]) -> bytes:
    from ketang.platform.official.pdf import compiler  # not before: no page needs what writes papers

    template = importlib.resources.files("ketang.classroom.papers").joinpath(name).read_bytes()
    given = {"told": json.dumps(told, ensure_ascii=False)}
    made = compiler().compile(input=template, sys_inputs=given, format="pdf", pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no PDF")
    return made
