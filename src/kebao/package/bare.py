"""A bare folder as a manifest, so that a first check needs no form at all: folders are chapters, files are lessons.

Nothing is guessed that no name says: a role is given only where a file's or folder's name has the word for it. What is
missing comes back as findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kebao.package.manifest import (
    KIND_WORDS,
    CatalogueItem,
    Manifest,
    Materials,
    Origin,
    PaperEntry,
    Resource,
    ResourceKind,
    Role,
    Supplier,
)
from kebao.text.names import fold, natural_key
from kebao.text.package_name import parse_package_name


def _suffixes(names: str) -> frozenset[str]:
    return frozenset(f".{name}" for name in names.split())


_SUFFIXES: dict[ResourceKind, frozenset[str]] = {
    "video": _suffixes("mp4 m4v mov mkv avi wmv flv f4v webm mpg mpeg ts mts m2ts 3gp rm rmvb vob asf ogv"),
    "audio": _suffixes("mp3 m4a wav aac flac ogg opus oga wma amr"),
    "text": _suffixes("md txt docx doc wps odt rtf pdf pptx ppt dps odp html htm epub"),
    "chart": _suffixes("png jpg jpeg gif webp bmp svg tif tiff xlsx xls et ods csv"),
    "simulation": frozenset(),
    "animation": frozenset({".swf"}),
}  # fmt: skip


def kind_by_suffix(path: str) -> ResourceKind | None:
    """The kind of resource that a file of this name usually is; None where its name does not tell."""
    suffix = PurePosixPath(path).suffix.lower()
    return next((kind for kind, suffixes in _SUFFIXES.items() if suffix in suffixes), None)


_CAPTIONS = frozenset({".vtt", ".srt"})
_PAPER_SUFFIXES = _suffixes("xlsx xls et docx doc wps txt csv gift xml json pdf")
_KIND_FOLDERS: dict[str, ResourceKind | None] = {
    **{fold(word): kind for kind, word in KIND_WORDS.items()},
    **{fold(word): None for word in ("课件", "文档", "图片", "字幕", "文字稿", "资源", "学习资源", "课程资源", "课程", "素材")},
}  # fmt: skip
_PAPER_FOLDERS = ("试卷", "题库", "考题", "试题", "考试")
_PAPER_NAMES = re.compile("试卷|题库|考题|试题|模拟卷|测试题|考核题")
_MATERIAL_FOLDERS = ("材料", "申报材料", "报送材料", "证明材料")
_MATERIALS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("form", re.compile("基本情况表|附件2|附件二")),
    ("undertaking", re.compile("承诺书|承诺函")),
    ("authorisation", re.compile("授权书|授权函|授权使用|授权证明")),
    ("recommendation", re.compile("推荐函|推荐信|推荐表|推荐意见")),
    ("proof", re.compile("版权证明|著作权|版权登记|作品登记|权属证明|产权证明")),
)
_SUPPLIER_INTRODUCTION = re.compile("(?:单位|个人|公司|学校|机构|企业|院校|中心|供应方)(?:情况)?(?:简介|介绍)")
_COURSE_INTRODUCTION = re.compile("课程介绍|课程简介|课程说明")
_NOT_LESSONS = re.compile("^(?:课程)?目录$|^readme$|^说明$|^填写说明$|^sha256sums$")
_ROLE_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("讲授", re.compile("讲授|讲课|理论")),
    ("演示", re.compile("演示|示范")),
    ("实操", re.compile("实操|实训|练习|操作练|实际操作")),
    ("素养", re.compile("素养|职业道德|职业规范|工匠精神|质量意识|法律|法规|安全|环保|就业指导")),
)
_ATTACHED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("sign", re.compile("手语")),
    ("description", re.compile("口述影像|口述|画面描述")),
    ("transcript", re.compile("文字稿|逐字稿|讲稿|字幕稿|文稿|transcript", re.IGNORECASE)),
    ("captions", re.compile("字幕")),
    ("task_sheet", re.compile("任务单")),
    ("text_alternative", re.compile("文字版")),
)
_LANGUAGE_TAG = re.compile(r"\.(?:zh|en|chs|cht|chi|sc|tc|cn)(?:[-_][a-z]{2,4})*$", re.IGNORECASE)
_FIRST_PAGES = ("index", "default", "main")
_JOINTS = " _-－—·.()（）[]【】"


def manifest_from_files(paths: Sequence[str], name: str) -> Manifest:
    """Make a manifest out of file names.

    Args:
        paths: every file, relative, forward slashes.
        name: the package's name; title and supplier are taken from it where it has the form of P7.1.
    """
    files = [_File(path) for path in sorted(paths, key=natural_key)]
    made = _Sorted()
    for file in files:
        made.take(file)
    made.attach()
    resources, catalogue = made.course()
    named = parse_package_name(name)
    return Manifest(
        title=named.title if named else "",
        supplier=Supplier(name=named.unit if named else "", introduction=made.supplier_introduction),
        intro=made.introduction,
        catalogue=catalogue,
        resources=resources,
        papers=tuple(
            PaperEntry(id=f"p{number}", title=paper.stem, path=paper.path)
            for number, paper in enumerate(made.papers, 1)
        ),
        materials=Materials(**made.materials, others=tuple(made.other_materials)),
        origin=Origin(format="bare"),
    )


class _File:
    """A file by its name."""

    def __init__(self, path: str) -> None:
        parts = PurePosixPath(path)
        self.path = path
        self.folders = parts.parts[:-1]
        self.suffix = parts.suffix.lower()
        self.stem = parts.name[: -len(parts.suffix)] if parts.suffix else parts.name
        self.chapters = tuple(folder for folder in self.folders if fold(folder) not in _KIND_FOLDERS)
        """Its folders but those that only say what kind of file lies in them."""
        self.fields: dict[str, str] = {}
        """Files that belong to it, by the manifest's field."""

    @property
    def kind(self) -> ResourceKind | None:
        """What it is by its suffix, and by the folder it lies in; None for what is no learning resource."""
        by_suffix = next((kind for kind, suffixes in _SUFFIXES.items() if self.suffix in suffixes), None)
        by_folder = next((kind for folder in reversed(self.folders) if (kind := _KIND_FOLDERS.get(fold(folder)))), None)
        if by_folder == "simulation" and self.suffix in (".html", ".htm"):
            return "simulation"
        if by_folder == "animation" and by_suffix in ("video", "chart"):
            return "animation"
        return by_suffix

    @property
    def role(self) -> Role | None:
        """The role that its name says, else the nearest folder's; None where no word says it, or two say different ones."""
        for text in (self.stem, *reversed(self.folders)):
            said = [role for role, words in _ROLE_WORDS if words.search(text)]
            if said:
                return said[0] if len(said) == 1 else None
        return None

    @property
    def program(self) -> tuple[str, ...]:
        """The folder of the simulation that it is a part of; empty for what is none, or lies alone in 仿真."""
        place = next(
            (n for n, folder in enumerate(self.folders) if _KIND_FOLDERS.get(fold(folder)) == "simulation"), None
        )
        return self.folders[: place + 2] if place is not None and len(self.folders) > place + 1 else ()


@dataclass
class _Sorted:
    """Files by what they are for."""

    lessons: list[_File] = field(default_factory=list)
    papers: list[_File] = field(default_factory=list)
    loose: list[_File] = field(default_factory=list)
    materials: dict[str, str] = field(default_factory=dict)
    other_materials: list[str] = field(default_factory=list)
    supplier_introduction: str = ""
    introduction: str = ""

    def take(self, file: _File) -> None:
        """Put one file where it belongs."""
        if self._is_material(file) or _NOT_LESSONS.search(fold(file.stem)):
            return
        in_papers = any(fold(folder).startswith(_PAPER_FOLDERS) for folder in file.folders)
        if in_papers or (_PAPER_NAMES.search(file.stem) and file.kind in ("text", "chart", None)):
            if file.suffix in _PAPER_SUFFIXES:
                self.papers.append(file)
            return
        if file.suffix in _CAPTIONS or any(words.search(file.stem) for _, words in _ATTACHED):
            self.loose.append(file)
        elif file.kind:
            self.lessons.append(file)

    def _is_material(self, file: _File) -> bool:
        """Take a file of P4's materials, or the course's introduction."""
        inside = any(fold(folder) in _MATERIAL_FOLDERS for folder in file.folders)
        if not inside and file.kind not in ("text", "chart"):
            return False
        if not self.introduction and not inside and _COURSE_INTRODUCTION.search(file.stem) and not file.chapters:
            self.introduction = file.path
            return True
        for name, words in _MATERIALS:
            if words.search(file.stem) and name not in self.materials and (inside or not file.chapters):
                self.materials[name] = file.path
                return True
        is_introduction = _SUPPLIER_INTRODUCTION.search(file.stem) or (inside and "简介" in file.stem)
        if is_introduction and not self.supplier_introduction and (inside or not file.chapters):
            self.supplier_introduction = file.path
        elif inside:
            self.other_materials.append(file.path)
        else:
            return False
        return True

    def attach(self) -> None:
        """Captions, transcripts and the like to what they belong to; those of nothing become lessons if they can."""
        self._programs()
        by_stem: dict[str, list[_File]] = {}
        for lesson in self.lessons:
            by_stem.setdefault(_bare_stem(lesson.stem), []).append(lesson)
        spare: list[_File] = []
        for file in self.loose:
            owner = _owner(file, by_stem.get(_bare_stem(file.stem), ()))
            name = (
                "captions" if file.suffix in _CAPTIONS else next(n for n, words in _ATTACHED if words.search(file.stem))
            )
            if owner is None or name in owner.fields:
                spare.append(file)
            else:
                owner.fields[name] = file.path
        self._scripts(by_stem)
        self.lessons += [file for file in spare if file.kind and file.suffix not in _CAPTIONS]
        self.lessons.sort(key=lambda file: natural_key(file.path))

    def _programs(self) -> None:
        """A simulation of many files is one lesson: its first page, called by its folder."""
        pages: dict[tuple[str, ...], _File] = {}
        for file in self.lessons:
            if file.program and file.kind == "simulation":
                known = pages.get(file.program)
                if known is None or (fold(file.stem) in _FIRST_PAGES and fold(known.stem) not in _FIRST_PAGES):
                    pages[file.program] = file
        self.lessons = [file for file in self.lessons if pages.get(file.program, file) is file]
        for folder, file in pages.items():
            file.stem, file.chapters = folder[-1], tuple(one for one in file.chapters if one in folder[:-1])

    def _scripts(self, by_stem: dict[str, list[_File]]) -> None:
        """A plain text beside a medium of the same name is its transcript."""
        for file in [lesson for lesson in self.lessons if lesson.suffix in (".txt", ".md")]:
            beside = [
                other for other in by_stem[_bare_stem(file.stem)] if other.kind in ("video", "audio", "animation")
            ]
            owner = next((other for other in beside if other.folders == file.folders), None)
            if owner and "transcript" not in owner.fields:
                owner.fields["transcript"] = file.path
                self.lessons.remove(file)

    def course(self) -> tuple[tuple[Resource, ...], tuple[CatalogueItem, ...]]:
        """Resources, and the catalogue with a chapter a folder and a lesson a name."""
        resources: list[Resource] = []
        root = _Branch()
        for number, file in enumerate(self.lessons, start=1):
            entry = Resource(id=f"r{number}", kind=file.kind or "text", role=file.role, title=file.stem, path=file.path)
            resources.append(entry.model_copy(update=file.fields))
            branch = root
            for chapter in file.chapters:
                branch = branch.chapters.setdefault(chapter, _Branch())
            branch.lessons.setdefault(fold(file.stem), (file.stem, []))[1].append(entry.id)
        return tuple(resources), tuple(_items(root, "k"))


@dataclass
class _Branch:
    """A folder: lessons by folded name with their resources' ids, and folders below it."""

    lessons: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    chapters: dict[str, _Branch] = field(default_factory=dict)


def _items(branch: _Branch, prefix: str) -> Iterable[CatalogueItem]:
    rows: list[tuple[str, CatalogueItem]] = [
        (title, CatalogueItem(title=title, use=tuple(ids))) for title, ids in branch.lessons.values()
    ]
    rows += [(title, CatalogueItem(title=title)) for title in branch.chapters]
    rows.sort(key=lambda row: natural_key(row[0]))
    for number, (title, item) in enumerate(rows, start=1):
        called = f"{prefix}{number}"
        below = branch.chapters[title] if not item.use else None
        children = tuple(_items(below, f"{called}-")) if below else ()
        yield item.model_copy(update={"id": called, "children": children})


def _bare_stem(stem: str) -> str:
    """A stem without the words and language tags that only tell what is attached: 洗手_字幕.zh → 洗手."""
    stem = _LANGUAGE_TAG.sub("", stem)
    for _, words in _ATTACHED:
        stem = words.sub("", stem)
    return fold(stem).strip(_JOINTS)


def _owner(file: _File, candidates: Sequence[_File]) -> _File | None:
    """What a file is attached to: a medium of its name in its folder, else the only one of that name anywhere."""
    media = [other for other in candidates if other.kind in ("video", "audio", "animation")] or list(candidates)
    beside = [other for other in media if other.folders == file.folders]
    if beside:
        return beside[0]
    same_chapter = [other for other in media if other.chapters == file.chapters]
    if len(same_chapter) == 1:
        return same_chapter[0]
    return media[0] if len(media) == 1 else None
