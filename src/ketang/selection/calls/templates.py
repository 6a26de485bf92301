"""The templates that a call offers, made new for each download so that they always fit the rulebook of the day."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Template:
    """One template: what it is called on screen and on disk."""

    title: str | Promise
    file_name: str

    @property
    def content_type(self) -> str:
        """Media type by the file's suffix."""
        return XLSX if self.file_name.endswith(".xlsx") else DOCX


TEMPLATES: dict[str, Template] = {
    "workbook": Template(_("培训包工作簿"), "培训包.xlsx"),
    "paper": Template(_("试卷"), "试卷.xlsx"),
    "form": Template(_("基本情况表"), "基本情况表.docx"),
    "course-introduction": Template(_("课程介绍"), "课程介绍.docx"),
    "unit-introduction": Template(_("单位简介"), "单位简介.docx"),
    "person-introduction": Template(_("个人简介"), "个人简介.docx"),
    "undertaking": Template(_("版权承诺书"), "版权承诺书.docx"),
    "task-sheet": Template(_("实操任务单"), "实操任务单.docx"),
    "label": Template(_("快递封面"), "快递封面.docx"),
}


def _writers() -> dict[str, Callable[[Path], None]]:
    """How each is made. The libraries of documents are loaded at the first download: pages do without their 40 MB."""
    from kebao.documents import templates
    from kebao.documents.form import write_form
    from kebao.kit.new import blank_workbook
    from kebao.questions.formats.xlsx_writer import write_template

    return {
        "workbook": blank_workbook,
        "paper": write_template,
        "form": lambda path: write_form({}, path),
        "course-introduction": templates.write_course_introduction,
        "unit-introduction": templates.write_introduction,
        "person-introduction": lambda path: templates.write_introduction(path, person=True),
        "undertaking": templates.write_undertaking,
        "task-sheet": templates.write_task_sheet,
        "label": templates.write_label,
    }


def made(name: str) -> bytes:
    """The template's file.

    Raises:
        KeyError: there is no such template.
    """
    template = TEMPLATES[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / template.file_name
        _writers()[name](path)
        return path.read_bytes()
