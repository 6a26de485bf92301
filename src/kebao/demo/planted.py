"""The faults planted in the second package: mistakes that suppliers make, each with the findings that it must bring.

The list is data: what is done on disk or in the workbook, which rules must speak, and at which place. A test and the
demonstration itself hold it against what the check finds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from kebao.demo import course
from kebao.demo.course import HANDOUT, LESSONS, film_path
from kebao.model.report import Report
from kebao.model.text import Text
from kebao.package.manifest import Manifest
from kebao.questions.model import QuestionPaper
from kebao.text.package_name import PREFIX

PACKAGE_NAME = f"{PREFIX}+晴禾学校+老年人饮水照护"
"""Name of the faulty folder: short names, where P7.1 asks for the full ones."""

Found: TypeAlias = tuple[str, str, str, str]
"""A finding in short: rule, outcome, item and field."""


@dataclass
class Draft:
    """A package on its way to be handed in: the folder, and what goes into workbook and papers."""

    root: Path
    manifest: Manifest
    papers: dict[str, QuestionPaper]

    def set(self, part: str, **changes: Any) -> None:
        """Change fields of the manifest (`part` empty) or of one of its parts, by dotted name."""
        self.manifest = _changed(self.manifest, [name for name in part.split(".") if name], changes)

    def set_resource(self, resource: str, **changes: Any) -> None:
        """Change fields of the resource of that id."""
        rows = tuple(row.model_copy(update=changes) if row.id == resource else row for row in self.manifest.resources)
        self.set("", resources=rows)


@dataclass(frozen=True)
class Planted:
    """One fault: what the supplier did, how it is done here, and the findings that must follow."""

    told: Text
    plant: Callable[[Draft], None]
    finds: tuple[Found, ...]


def found(report: Report) -> list[Found]:
    """Every finding of a report in short, sorted."""
    return sorted((f.rule, str(f.outcome), f.at.item, f.at.field or f.at.column) for f in report.findings)


def expected() -> list[Found]:
    """Every finding that the planted faults must bring, sorted."""
    return sorted(one for fault in PLANTED for one in fault.finds)


def _changed(part: Any, names: list[str], changes: dict[str, Any]) -> Any:
    if not names:
        return part.model_copy(update=changes)
    below = _changed(getattr(part, names[0]), names[1:], changes)
    return part.model_copy(update={names[0]: below})


def _name_folder(draft: Draft) -> None:
    draft.root = draft.root.rename(draft.root.with_name(PACKAGE_NAME))


def _forget_handout(draft: Draft) -> None:
    (draft.root / f"文本/{HANDOUT}.docx").unlink()


def _keep_camera_name(draft: Draft) -> None:
    old, new = film_path("L3"), "视频/IMG_0001.mp4"
    for suffix in (".mp4", ".vtt"):
        (draft.root / old.replace(".mp4", suffix)).rename(draft.root / new.replace(".mp4", suffix))
    draft.set_resource("L3", title="IMG_0001", path=new, captions=new.replace(".mp4", ".vtt"))


def _forget_captions(draft: Draft) -> None:
    (draft.root / film_path("L2").replace(".mp4", ".vtt")).unlink()
    draft.set_resource("L2", captions="")


def _answer_outside(draft: Draft) -> None:
    path = "试卷/试卷2.xlsx"
    paper = draft.papers[path]
    questions = tuple(replace(q, answer=("E",)) if q.number == "3" else q for q in paper.questions)
    draft.papers[path] = replace(paper, questions=questions)


def _copy_paper(draft: Draft) -> None:
    """Paper 3 is paper 1 backwards, with its own last five questions kept."""
    first, third = draft.papers["试卷/试卷1.xlsx"], draft.papers["试卷/试卷3.xlsx"]
    copied = [*reversed(first.questions[5:]), *third.questions[-5:]]
    questions = tuple(replace(q, number=str(number)) for number, q in enumerate(copied, start=1))
    draft.papers["试卷/试卷3.xlsx"] = replace(third, questions=questions)


PLANTED: tuple[Planted, ...] = (
    Planted(
        Text(zh="文件夹用了简称", en="The folder bears short names"),
        _name_folder,
        (("package-name-differs", "failed", "name", "name"),),
    ),
    Planted(
        Text(zh="讲义忘了放进来", en="The handout was left out"),
        _forget_handout,
        (("file-absent", "failed", "handout", "path"),),
    ),
    Planted(
        Text(zh="两个视频同名", en="Two films bear one title"),
        lambda draft: draft.set_resource("L5", title=LESSONS["L4"][0]),
        (("resource-title-repeated", "failed", "L5", "title"),),
    ),
    Planted(
        Text(zh="视频还叫相机起的名字", en="A film keeps the camera's name"),
        _keep_camera_name,
        (("name-says-nothing", "failed", "L3", "title"),),
    ),
    Planted(
        Text(zh="一个视频没做字幕", en="One film has no captions"),
        _forget_captions,
        (("captions-missing", "failed", "L2", "captions"),),
    ),
    Planted(
        Text(zh="一题的答案不在选项里", en="A question's answer is none of its options"),
        _answer_outside,
        (("answer-outside-options", "failed", "p2#3", "答案"),),
    ),
    Planted(
        Text(zh="第三套试卷大多抄自第一套", en="The third paper is mostly the first"),
        _copy_paper,
        (("paper-repeats-another", "failed", "p3", ""),),
    ),
    Planted(
        Text(zh="一节实操课标成了演示", en="A practice lesson is marked as demonstration"),
        lambda draft: draft.set_resource("L5", role="演示"),
        (("share-practice-low", "failed", "", "resources"), ("share-theory-high", "failed", "", "resources")),
    ),
    Planted(
        Text(zh="没有自主知识产权，也没有授权书", en="No own rights, and no authorisation"),
        lambda draft: draft.set("form", own_rights=False),
        (("authorisation-missing", "failed", "", "materials.authorisation"),),
    ),
    Planted(
        Text(zh="联系电话少了几位", en="The telephone number lacks digits"),
        lambda draft: draft.set("form", phone="022-2800"),
        (("form-phone-invalid", "failed", "form.phone", "form.phone"),),
    ),
    Planted(
        Text(zh="基本情况表的课时和清单不同", en="The form's hours are not the manifest's"),
        lambda draft: draft.set("form.introduction", hours="总学时 2 学时。"),
        (("form-hours-differ", "failed", "form.introduction.hours", "form.introduction.hours"),),
    ),
    Planted(
        Text(zh="统一社会信用代码抄错一位", en="One sign of the credit code is wrong"),
        lambda draft: draft.set("supplier", credit_code="52120101MJ0000001T"),
        (("credit-code-invalid", "failed", "supplier.credit_code", "supplier.credit_code"),),
    ),
)


def plant_all(root: Path) -> Path:
    """Turn a copy of the conforming package into the faulty one; its new folder is returned.

    The supplier has filled the workbook in and not packed yet: the tool's own files are taken away.
    """
    for name in ("培训包.yaml", "SHA256SUMS", "快递封面.docx"):
        (root / name).unlink(missing_ok=True)
    draft = Draft(root, course.manifest(), course.papers())
    for fault in PLANTED:
        fault.plant(draft)
    course.write_faces(draft.root, draft.manifest, draft.papers)
    return draft.root
