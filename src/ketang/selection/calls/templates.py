"""The templates that a call offers, made new for each download so that they always fit the rulebook of the day."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kebao.documents.form import write_form
from kebao.documents.templates import (
    write_course_introduction,
    write_introduction,
    write_label,
    write_task_sheet,
    write_undertaking,
)
from kebao.kit.new import blank_workbook
from kebao.questions.formats.xlsx_writer import write_template

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Template:
    """One template: what it is called on screen and on disk, and how it is made."""

    title: str | Promise
    file_name: str
    write: Callable[[Path], None]

    @property
    def content_type(self) -> str:
        """Media type by the file's suffix."""
        return XLSX if self.file_name.endswith(".xlsx") else DOCX


TEMPLATES: dict[str, Template] = {
    "workbook": Template(_("培训包工作簿"), "培训包.xlsx", blank_workbook),
    "paper": Template(_("试卷"), "试卷.xlsx", write_template),
    "form": Template(_("基本情况表"), "基本情况表.docx", lambda path: write_form({}, path)),
    "course-introduction": Template(_("课程介绍"), "课程介绍.docx", write_course_introduction),
    "unit-introduction": Template(_("单位简介"), "单位简介.docx", write_introduction),
    "person-introduction": Template(_("个人简介"), "个人简介.docx", lambda path: write_introduction(path, person=True)),
    "undertaking": Template(_("版权承诺书"), "版权承诺书.docx", write_undertaking),
    "task-sheet": Template(_("实操任务单"), "实操任务单.docx", write_task_sheet),
    "label": Template(_("快递封面"), "快递封面.docx", write_label),
}


def made(name: str) -> bytes:
    """The template's file.

    Raises:
        KeyError: there is no such template.
    """
    template = TEMPLATES[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / template.file_name
        template.write(path)
        return path.read_bytes()
