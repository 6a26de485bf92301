"""The course folder's own names, and where a loose file belongs in it by its name alone."""

from __future__ import annotations

import re
from collections.abc import Collection

from kebao.package.bare import kind_by_suffix
from kebao.package.manifest import KIND_WORDS, Manifest

FOLDERS = ("视频", "音频", "文本", "图表", "仿真", "试卷", "材料")
WORKBOOK, FORM, SUMS = "培训包.xlsx", "材料/基本情况表.docx", "SHA256SUMS"
_WORKBOOK = re.compile(r"^培训包\s*(?:[(（]\d+[)）]|-\s*副本)?\.xlsx$", re.IGNORECASE)
_AT_TOP = re.compile(
    r"^(?:培训包\.ya?ml|SHA256SUMS(?:\.txt)?|(?:课程介绍|课程简介).*\.(?:md|docx?|wps|pdf|txt))$", re.IGNORECASE
)
_PAPER = re.compile(
    r"(?:试卷|题库|考题|试题|模拟卷|测试题|考核题).*\.(?:xlsx?|et|docx?|wps|txt|csv|gift|xml|json|pdf)$", re.IGNORECASE
)
_MATERIAL = re.compile(
    "基本情况表|承诺书|承诺函|授权书|授权函|推荐函|推荐信|推荐表|版权证明|著作权|版权登记|(?:单位|个人|公司|学校|机构)简介"
)
_CAPTIONS = (".vtt", ".srt")


def place(name: str, named: Collection[str] = ()) -> str:
    """A path for the file: the one that the workbook names for it, else the folder of its kind; at the top where nothing tells.

    Args:
        name: of the file, without folders.
        named: paths that the workbook speaks of.
    """
    meant = [path for path in named if path.rpartition("/")[2].casefold() == name.casefold()]
    if len(meant) == 1:
        return meant[0]
    if _WORKBOOK.match(name):
        return WORKBOOK
    if _AT_TOP.match(name):
        return name
    if _PAPER.search(name):
        return f"试卷/{name}"
    if _MATERIAL.search(name):
        return f"材料/{name}"
    if name.lower().endswith(_CAPTIONS):
        return f"{KIND_WORDS['video']}/{name}"
    kind = kind_by_suffix(name)
    return f"{KIND_WORDS[kind]}/{name}" if kind is not None else name


def named_paths(manifest: Manifest) -> tuple[str, ...]:
    """Every file that a manifest speaks of, each once, in its order."""
    found = [manifest.intro, manifest.supplier.introduction]
    for one in manifest.resources:
        found += [one.path, one.captions, one.transcript, one.description, one.sign, one.table]
        found += [one.text_alternative, one.task_sheet]
    found += [paper.path for paper in manifest.papers]
    materials = manifest.materials
    found += [materials.form, materials.proof, materials.undertaking, materials.authorisation, materials.recommendation]
    return tuple(dict.fromkeys(path for path in (*found, *materials.others) if path))
