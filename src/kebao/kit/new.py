"""`kebao new`: lay out a folder that a teacher fills with Explorer, WPS and a phone."""

from __future__ import annotations

from pathlib import Path

from kebao.documents.form import write_form
from kebao.documents.templates import (
    write_course_introduction,
    write_introduction,
    write_label,
    write_task_sheet,
    write_undertaking,
)
from kebao.kit.placing import FOLDERS, FORM, SUMS, WORKBOOK
from kebao.model.errors import UsageFault
from kebao.model.text import Text
from kebao.package.manifest import Form, Manifest, Materials, PaperEntry, Supplier
from kebao.package.workbook.writer import write_workbook
from kebao.questions.formats.xlsx_writer import write_template
from kebao.text.package_name import canonical

INTRODUCTION, GUIDE, LABEL = "课程介绍.docx", "使用说明.txt", "快递封面.docx"
UNDERTAKING, TASK_SHEET = "材料/版权承诺书.docx", "文本/实操任务单模板.docx"
PAPERS = tuple(f"试卷/试卷{number}.xlsx" for number in (1, 2, 3))
OWN_FILES = frozenset((GUIDE, LABEL, TASK_SHEET, SUMS))

_GUIDE = """课包使用说明
================

一、用 WPS 打开“培训包.xlsx”，从左到右一页一页填。灰色的是例子，看懂后照样填在自己的行里。
二、把视频放进“视频”文件夹，文件名用学习内容命名（例：试水温.mp4）。手机录好后用数据线或网盘拷到电脑即可。
    字幕文件（.vtt 或 .srt）和视频放在一起，名字相同。
三、图片图表、文本、音频、仿真各放进自己的文件夹。实操课请照“文本/实操任务单模板.docx”写一份任务单。
四、三套试卷填在“试卷”文件夹的三个 xlsx 里，一题一行；“示例”页里有三种题型的写法。
五、“课程介绍.docx”写清：课程名称、总学时、课程目录、适用学习对象、主要学习内容。
六、“材料”文件夹：单位（个人）简介填好；版权承诺书打印、签字盖章后扫描或拍照，也放进来。
七、填完后运行：

        kebao check 这个文件夹

    它会逐条说明哪里不符合、怎么改。改到没有“必须改”为止。
八、最后运行：

        kebao kit 这个文件夹

    它会生成填好的基本情况表、快递封面、校验值（SHA256SUMS），并打好压缩包，告诉您邮件主题怎么写。

表格用 LibreOffice 打开并另存做过自动测试；WPS 和 Excel 尚未做过自动测试，如遇问题请反馈。
"""


def make_kit(folder: Path, *, unit: str = "", title: str = "", person: bool = False) -> list[Path]:
    """Lay out the whole kit in `folder`, which is made where it is not there. Nothing that exists is overwritten.

    Returns:
        The files that were made, in order.

    Raises:
        UsageFault: a file of the kit is there already, or the name would be too long or hold forbidden characters.
    """
    name = canonical(unit, title) if unit and title else ""
    introduction = "材料/个人简介.docx" if person else "材料/单位简介.docx"
    names = (WORKBOOK, INTRODUCTION, *PAPERS, TASK_SHEET, FORM, UNDERTAKING, introduction, LABEL, GUIDE)
    if there := [wanted for wanted in names if (folder / wanted).exists()]:
        listed = "、".join(there)
        raise UsageFault(
            Text(
                zh=f"文件夹里已经有这些文件，没有覆盖：{listed}。请换一个文件夹。",
                en=f"These files exist already and were not overwritten: {listed}. Choose another folder.",
            )
        )
    for part in FOLDERS:
        (folder / part).mkdir(parents=True, exist_ok=True)
    write_workbook(_first_manifest(unit, title, introduction, person=person), folder / WORKBOOK, examples=True)
    write_course_introduction(folder / INTRODUCTION, title=title)
    for paper in PAPERS:
        write_template(folder / paper)
    write_task_sheet(folder / TASK_SHEET)
    write_form({"title": title, "unit": unit}, folder / FORM)
    write_undertaking(folder / UNDERTAKING, unit=unit, title=title, person=person)
    write_introduction(folder / introduction, unit=unit, person=person)
    write_label(folder / LABEL, unit=unit, title=title, name=name)
    (folder / GUIDE).write_text(_GUIDE, encoding="utf-8-sig")
    return [folder / wanted for wanted in names]


def blank_workbook(path: Path) -> None:
    """The workbook alone, empty but for its grey examples."""
    write_workbook(_first_manifest("", "", "材料/单位简介.docx", person=False), path, examples=True)


def _first_manifest(unit: str, title: str, introduction: str, *, person: bool) -> Manifest:
    """What the kit knows before anybody fills anything in."""
    return Manifest(
        version="1",
        title=title,
        intro=INTRODUCTION,
        supplier=Supplier(kind="个人" if person else "单位", name=unit, introduction=introduction),
        papers=tuple(PaperEntry(id=Path(path).stem, title=Path(path).stem, path=path) for path in PAPERS),
        form=Form(title=title, unit=unit),
        materials=Materials(form=FORM, undertaking=UNDERTAKING),
    )
