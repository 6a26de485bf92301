"""Papers that a supplier signs or fills by hand: undertaking, introduction, task sheet, parcel label."""

from __future__ import annotations

import io
from pathlib import Path

import segno

from kebao.documents.docx import Paper

PARCEL_TEXT = "职业技能培训网络课程资源申报材料"  # P7.1, without the original's misprint
_BLANK = "＿＿＿＿＿＿＿＿＿＿"


def write_undertaking(path: Path, *, unit: str = "", title: str = "", person: bool = False) -> None:
    """版权承诺书 with the agreement to free use (P4(3), P8(1), P8(2), A5)."""
    paper = Paper("网络课程资源版权承诺书", official=True, body_points=14)
    paper.title("网络课程资源版权承诺书")
    who = "本人" if person else "本单位"
    paper.paragraph(
        f"{who}（{unit or _BLANK}）向残疾人职业技能培训网络课程资源征集申报课程《{title or _BLANK}》，现承诺如下：",
        indent=True,
    )
    for line in (
        f"一、{who}对所提供的视频拥有独立版权，或者已经取得权利人的授权，采用后不会产生版权纠纷（P8(1)）。",
        "二、课程所用的内容和资源具备独立知识产权或版权方的授权使用证明，引用部分已规范标注，归属明确（A5）。",
        f"三、{who}同意将应征的网络课程用于残疾人公益性职业技能培训，不再收取任何费用（P8(2)）。",
        f"四、以上如有不实，由{who}承担相应责任。",
    ):
        paper.paragraph(line, indent=True)
    paper.paragraph("")
    for line in (
        ("承诺人（签字）：" if person else "单位（盖章）：") + _BLANK,
        "" if person else f"负责人（签字）：{_BLANK}",
        "日期：＿＿＿＿年＿＿月＿＿日",
    ):
        if line:
            paper.paragraph(line, indent=True)
    paper.save(path)


def write_introduction(path: Path, *, unit: str = "", person: bool = False) -> None:
    """供应单位、个人简介 (P4(1)) to be filled."""
    name = "个人简介" if person else "单位简介"
    paper = Paper(name)
    paper.title(name)
    rows = (
        (("姓名", unit), ("从事的职业或教学", ""), ("与本课程有关的经历", ""), ("证书或成果", ""))
        if person
        else (
            ("单位名称", unit),
            ("成立时间和性质", ""),
            ("主要业务", ""),
            ("与本课程有关的培训经历", ""),
            ("师资和设备", ""),
        )
    )
    paper.labelled(rows, (5.6, 10.9))
    paper.save(path)


def write_task_sheet(path: Path, *, title: str = "") -> None:
    """实操任务单: what a practice lesson needs to count as practice (A3(2).3)."""
    paper = Paper("实操任务单")
    paper.title("实操任务单")
    rows = (
        ("任务名称", title),
        ("材料与工具", ""),
        ("步骤", "1.\n2.\n3.\n4."),
        ("安全提醒", ""),
        ("验收标准", "做到什么样算合格，一条一行：\n1.\n2."),
        ("上交的证明", "照片、文字或录音（学员任选一种自己方便的方式）"),
    )
    paper.labelled(rows, (4, 12.5))
    paper.save(path)


def write_label(path: Path, *, unit: str = "", title: str = "", name: str = "") -> None:
    """Parcel label (P7.1): the words that the cover must bear, the canonical name, and a code with that name."""
    paper = Paper("快递封面", body_points=14)
    paper.title(PARCEL_TEXT)
    rows = (
        ("单位或个人", unit),
        ("课程名称", title),
        ("资源包名", name),
        ("收件人、电话、地址", "（按征集公告填写）"),
        ("寄件人、电话", ""),
    )
    paper.labelled(rows, (5.6, 10.9))
    if name:
        paper.paragraph("")
        png = io.BytesIO()
        segno.make(name, error="m").save(png, kind="png", scale=8, border=4)
        paper.picture(png.getvalue(), 4, f"二维码，内容是资源包名：{name}")
        paper.paragraph("扫码即得资源包名，收件登记时使用。", centred=True)
    paper.save(path)


def write_course_introduction(path: Path, *, title: str = "") -> None:
    """课程介绍 with the five things that A2(2).1 asks for, to be filled."""
    paper = Paper("课程介绍")
    paper.title("课程介绍")
    for heading, words in (
        ("课程名称", title),
        ("总学时", ""),
        ("课程目录", ""),
        ("适用学习对象", ""),
        ("主要学习内容", ""),
    ):
        paper.heading(heading, 2)
        paper.paragraph(words)
    paper.save(path)
