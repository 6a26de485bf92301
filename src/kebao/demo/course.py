"""The demonstration course 《老年人饮水照护入门》: its manifest from the material, and its folder on disk."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kebao.demo.described import descriptions
from kebao.demo.picture import chart_image
from kebao.documents.docx import Paper
from kebao.documents.form import write_form
from kebao.documents.templates import write_undertaking
from kebao.kit.pack import form_fields
from kebao.package.manifest import Manifest
from kebao.package.workbook.writer import write_workbook
from kebao.questions.formats.xlsx_writer import write_paper
from kebao.questions.model import Question, QuestionKind, QuestionPaper
from kebao.text.measures import SECONDS_PER_HOUR, hours_floored

MATERIAL = Path(__file__).parent / "material"
TITLE = "老年人饮水照护入门"
WORKBOOK, INTRODUCTION, SUPPLIER = "培训包.xlsx", "课程介绍.docx", "材料/单位简介.docx"
FORM, UNDERTAKING = "材料/基本情况表.docx", "材料/版权承诺书.docx"
LESSONS = {
    "L1": ("尊重老人与职业守则", "素养"),
    "L2": ("老年人为什么容易缺水", "讲授"),
    "L3": ("准备一杯温水：试温与防烫", "演示"),
    "L4": ("协助老人坐位饮水", "实操"),
    "L5": ("观察与记录饮水量", "实操"),
}
"""Title and role of each film, by its script."""
REVIEW = "饮水照护要点回顾"
HANDOUT, CHART, SIMULATION = "饮水照护要点", "一日饮水时间分配", "选一选：多少度的水可以给老人喝"
STILLS = {"handout": ("讲授", 2), "chart": ("讲授", 1), "simulation": ("实操", 3)}
"""Role and declared minutes of what has no clock."""
_USES = {"L1": ("A1",), "L2": ("handout", "chart"), "L3": ("simulation",)}
_KINDS = {"单选题": QuestionKind.SINGLE, "多选题": QuestionKind.MULTIPLE, "判断题": QuestionKind.TRUE_FALSE}
_LICENCE = "本单位自有；第三方素材见权利清单"


def seconds(name: str) -> float:
    """Length of a spoken script, as its rendering measured it."""
    timing: dict[str, dict[str, Any]] = json.loads(_words("speech/timing.json"))
    return float(timing[name]["seconds"])


def film_path(name: str) -> str:
    """Where a film stands in the package."""
    return f"视频/{_plain(LESSONS[name][0])}.mp4"


SOUND_PATH = f"音频/{REVIEW}.m4a"


@cache
def manifest() -> Manifest:
    """The conforming course."""
    contact, topics = _yaml("contact.yaml"), _yaml("form.yaml")
    unit = contact["unit"]
    return Manifest.model_validate(
        {
            "id": "yinshui-zhaohu", "version": "1", "title": TITLE, "categories": ["P2(3)"], "intro": INTRODUCTION,
            "occupation": {
                "name": "养老护理员", "code": "4-10-01-05", "level": "五级", "scope": "模块", "module": "饮水照护",
                "standard": {"name": "养老护理员国家职业技能标准", "code": "4-10-01-05", "edition": "2019年版"},
            },
            "supplier": {
                "kind": "单位", "name": unit, "credit_code": contact["credit_code"], "address": contact["address"],
                "introduction": SUPPLIER,
            },
            "audience": "准备从事养老护理工作的初学者、照顾老人的家属，以及希望就业的残疾人",
            "content": "尊重老人与职业守则；老年人缺水的原因和信号；准备温水；协助坐位饮水；观察与记录饮水量",
            "hours": hours_floored(_course_seconds()),
            "catalogue": [
                {"id": f"k{number}", "title": title, "hours": _lesson_hours(name), "use": [name, *_USES.get(name, ())]}
                for number, (name, (title, _)) in enumerate(LESSONS.items(), start=1)
            ],
            "resources": list(_resources()),
            "papers": [
                {"id": f"p{n}", "title": f"试卷{n}", "path": f"试卷/试卷{n}.xlsx", "total": 100, "pass_mark": 60}
                for n in (1, 2, 3)
            ],
            "rights": [{**row, "own": row["own"] == "是"} for row in _table("rights.csv")],
            "form": {
                "title": TITLE, "own_rights": True, "digital_skills": False, "unit": unit, "introduction": topics,
                **{field: contact[field] for field in ("contact", "position", "phone", "email", "address")},
                "remark": "合成演示素材：单位、人物、联系方式均为虚构，语音为合成。",
            },
            "materials": {"form": FORM, "undertaking": UNDERTAKING},
            "free_use": {"agreed": True, "by": unit, "on": "2023-08-01"},
        }
    )  # fmt: skip


def papers() -> dict[str, QuestionPaper]:
    """The three papers by their path in the package."""
    return {entry.path: _paper(number, entry.path) for number, entry in enumerate(manifest().papers, start=1)}


def lay_out(root: Path, films: Path) -> None:
    """Write the whole course into `root`, which is made; films and sound are copied from `films` (see `kebao.demo.films`)."""
    described = manifest()
    for folder in ("视频", "口述", "音频", "文本", "图表", "仿真", "试卷", "材料"):
        (root / folder).mkdir(parents=True)
    for name in LESSONS:
        path = film_path(name)
        shutil.copyfile(films / f"{name}.mp4", root / path)
        _copy(f"captions/{name}.vtt", root / path.replace(".mp4", ".vtt"))
        (root / _described_path(name)).write_text(descriptions(name), encoding="utf-8")
        _transcript(name, root)
    shutil.copyfile(films / "A1.m4a", root / SOUND_PATH)
    _copy("captions/A1.vtt", root / SOUND_PATH.replace(".m4a", ".vtt"))
    _transcript("A1", root)
    for source, path in (
        ("handout.md", f"文本/{HANDOUT}.docx"), ("task_L4.md", _task_sheet("L4")), ("task_L5.md", _task_sheet("L5")),
        ("introduction.md", INTRODUCTION), ("supplier.md", SUPPLIER),
    ):  # fmt: skip
        _document(_words(source), root / path)
    chart_image().save(root / f"图表/{CHART}.png", optimize=True)
    _copy("chart.csv", root / f"图表/{CHART}.csv")
    _copy("chart.txt", root / f"图表/{CHART}文字说明.txt")
    _copy("simulation.html", root / f"仿真/{_plain(SIMULATION)}.html")
    _copy("simulation.txt", root / f"仿真/{_plain(SIMULATION)}文字版.txt")
    write_undertaking(root / UNDERTAKING, unit=described.supplier.name, title=described.title)
    write_faces(root, described, papers())


def write_faces(root: Path, described: Manifest, questions: dict[str, QuestionPaper]) -> None:
    """The workbook, the form and the papers: what a teacher fills in."""
    write_workbook(described, root / WORKBOOK)
    write_form(form_fields(described), root / described.materials.form)
    for path, paper in questions.items():
        write_paper(paper, root / path)


def _resources() -> Iterator[dict[str, Any]]:
    for name, (title, role) in LESSONS.items():
        path = film_path(name)
        film = {"id": name, "kind": "video", "role": role, "title": title, "path": path, "licence": _LICENCE}
        film |= {"captions": path.replace(".mp4", ".vtt"), "transcript": _transcript_path(title)}
        film |= {"description": _described_path(name)}
        yield film | ({"task_sheet": _task_sheet(name)} if role == "实操" else {})
    yield {
        "id": "A1", "kind": "audio", "role": "素养", "title": REVIEW, "path": SOUND_PATH, "licence": _LICENCE,
        "captions": SOUND_PATH.replace(".m4a", ".vtt"), "transcript": _transcript_path(REVIEW),
    }  # fmt: skip
    for name, more in (
        ("handout", {"kind": "text", "title": HANDOUT, "path": f"文本/{HANDOUT}.docx"}),
        (
            "chart",
            {
                "kind": "chart", "title": CHART, "path": f"图表/{CHART}.png", "table": f"图表/{CHART}.csv",
                "alt": _words("chart.txt").split("\n")[2], "text_alternative": f"图表/{CHART}文字说明.txt",
            },
        ),
        (
            "simulation",
            {
                "kind": "simulation", "title": SIMULATION, "path": f"仿真/{_plain(SIMULATION)}.html",
                "text_alternative": f"仿真/{_plain(SIMULATION)}文字版.txt",
            },
        ),
    ):  # fmt: skip
        role, minutes = STILLS[name]
        yield {"id": name, "role": role, "minutes": minutes, "licence": _LICENCE, **more}


def _item_seconds(name: str) -> Fraction:
    return Fraction(STILLS[name][1] * 60) if name in STILLS else Fraction(str(seconds(name)))


def _course_seconds() -> Fraction:
    return sum(map(_item_seconds, (*LESSONS, "A1", *STILLS)), Fraction(0))


def _lesson_hours(name: str) -> Decimal:
    """Hours of a lesson; they are short, so to a hundredth, cut off."""
    whole = sum(map(_item_seconds, (name, *_USES.get(name, ()))), Fraction(0))
    return Decimal(int(whole * 100 / SECONDS_PER_HOUR)) / 100


def _task_sheet(name: str) -> str:
    return f"文本/任务单-{_plain(LESSONS[name][0])}.docx"


def _described_path(name: str) -> str:
    return f"口述/{_plain(LESSONS[name][0])}.vtt"


def _transcript_path(title: str) -> str:
    return f"文本/文字稿-{_plain(title)}.txt"


def _transcript(name: str, root: Path) -> None:
    """What is spoken, and what the slides show meanwhile."""
    title = LESSONS[name][0] if name in LESSONS else REVIEW
    shown = _yaml("slides.yaml").get(name, [])
    lines = [f"文字稿：{title}（合成演示素材）", "", "一、讲的话", "", _words(f"scripts/{name}.txt").strip(), ""]
    if shown:
        lines += ["二、画面上的字", ""]
        lines += ["；".join((slide["title"], *slide.get("bullets", ()))) for slide in shown]
    (root / _transcript_path(title)).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _paper(number: int, path: str) -> QuestionPaper:
    rows = _table(f"questions/paper{number}.tsv", delimiter="\t")
    return QuestionPaper(
        path=path,
        title=f"{TITLE}　试卷{number}",
        questions=tuple(map(_question, rows)),
        total=Decimal(100),
        pass_mark=Decimal(60),
    )


def _question(row: dict[str, str]) -> Question:
    kind = _KINDS[row["题型"]]
    options = tuple(row[f"选项{letter}"] for letter in "ABCD" if row[f"选项{letter}"])
    answer = (row["答案"],) if kind is QuestionKind.TRUE_FALSE else tuple(row["答案"])
    return Question(
        number=row["题号"], kind=kind, kind_raw=kind.label.zh, stem=row["题干"], answer=answer, score=Decimal(row["分值"]),
        options=() if kind is QuestionKind.TRUE_FALSE else options, explanation=row["解析"], topic=row["知识点"],
        lesson=row["对应目录"], difficulty=row["难度"],
    )  # fmt: skip


def _document(markdown: str, path: Path) -> None:
    """Our plain texts as .docx: `#` is the title, `##` a heading, every other line a paragraph."""
    lines = markdown.splitlines()
    title = next(line for line in lines if line.startswith("# ")).removeprefix("# ")
    paper = Paper(title)
    for line in lines:
        if line.startswith("# "):
            paper.title(title)
        elif line.startswith("## "):
            paper.heading(line.removeprefix("## "), 2)
        elif line.strip():
            paper.paragraph(line.replace("- [ ] ", "□ ").replace("- ", "· ", 1) if "- " in line[:5] else line)
    paper.save(path)


def _plain(title: str) -> str:
    """A title as part of a file's name: people retype a wide colon as a narrow one, which Windows forbids."""
    return title.replace("：", "-")


def _words(name: str) -> str:
    return (MATERIAL / name).read_text(encoding="utf-8")


def _yaml(name: str) -> Any:
    return yaml.safe_load(_words(name))


def _table(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (MATERIAL / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def _copy(name: str, target: Path) -> None:
    shutil.copyfile(MATERIAL / name, target)
