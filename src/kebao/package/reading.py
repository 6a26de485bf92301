"""A tree of files as a package: its faces, or its folders where it has none, its papers, and the digests that it states."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal
from xml.etree.ElementTree import Element

from kebao.archive.faults import unreadable
from kebao.archive.names import decode_text
from kebao.archive.office import vet_office
from kebao.archive.tree import Tree
from kebao.archive.xml import parse_xml
from kebao.model.errors import Unreadable, Unsafe
from kebao.model.location import Location
from kebao.model.text import Text
from kebao.package.bare import manifest_from_files
from kebao.package.faces import Face
from kebao.package.manifest import Manifest
from kebao.package.workbook.reader import is_workbook, read_workbook
from kebao.package.yaml_face import MOST_BYTES, read_yaml
from kebao.questions.formats.xlsx import read_paper
from kebao.questions.model import NotUnderstood, QuestionPaper
from kebao.text.names import natural_key
from kebao.text.package_name import parse_package_name

YAML_NAMES = ("培训包.yaml", "培训包.yml")
WORKBOOK_NAME = "培训包.xlsx"
DIGESTS_NAMES = ("SHA256SUMS", "SHA256SUMS.txt")

_MOST_DIGEST_BYTES = 16 * 1024 * 1024
_PAPER_SUFFIXES = (".xlsx", ".xls")
_DIGEST_LINE = re.compile(r"^(\\?)([0-9A-Fa-f]{64})[ \t]+\*?(.+)$")
_FOREIGN: tuple[tuple[str, str], ...] = (
    ("imsmanifest.xml", "SCORM 或 Common Cartridge 课件包"),
    ("h5p.json", "H5P 课件"),
    ("cmi5.xml", "cmi5 课件包"),
    ("moodle_backup.xml", "Moodle 课程备份"),
    ("course.xml", "OLX（Open edX）课程"),
)
_FOREIGN_EN = {
    "imsmanifest.xml": "a SCORM package or Common Cartridge",
    "h5p.json": "H5P content",
    "cmi5.xml": "a cmi5 package",
    "moodle_backup.xml": "a Moodle course backup",
    "course.xml": "an OLX (Open edX) course",
}
_NO_DIGEST = Text(zh="这一行不是“校验值 文件路径”，没有读入。", en="This line is not “digest path” and was not read.")
_PAPER_NOT_YET = Text(
    zh="试卷“{path}”现在还不能读取。请把考题填进 xlsx 格式的试卷模板（kebao new 会生成）。",
    en="The paper “{path}” cannot be read yet. Put its questions into the xlsx template that kebao new makes.",
)


@dataclass(frozen=True, slots=True)
class LoadedPackage:
    """A package as read.

    Attributes:
        kind: `native`, or `bare` where there is no face.
        manifest: the workbook's where there is one, for that is what people mend (with the `origin` that the YAML alone
            carries); else the YAML's, or made from the files' names.
        faces: in order yaml, xlsx.
        not_understood: of every face, of whole faces that could not be read beside one that could, of `SHA256SUMS`.
        question_papers: by the manifest's path; a paper that could not be read is kept as the reason. Papers whose file is
            absent are not in it.
        digests_stated: SHA-256 by path as `SHA256SUMS` says; None when there is no such file.
    """

    kind: Literal["native", "bare"]
    manifest: Manifest
    faces: tuple[Face, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    question_papers: Mapping[str, QuestionPaper | Unreadable] = field(default_factory=dict)
    digests_stated: Mapping[str, str] | None = None


def read_package(tree: Tree) -> LoadedPackage:
    """Read a package.

    Raises:
        Unreadable: no face could be read; `not-readable-yet`, it is a package of another format.
        Unsafe: a face, or another format's manifest, is made to harm.
    """
    faces, lost = _faces(tree)
    if not faces:
        _refuse_foreign(tree)
    manifest = _judged(faces) if faces else manifest_from_files([e.path for e in tree.entries], package_name(tree))
    digests, odd = _digests_stated(tree)
    return LoadedPackage(
        kind="native" if faces else "bare",
        manifest=manifest,
        faces=faces,
        not_understood=(*(item for face in faces for item in face.not_understood), *lost, *odd),
        question_papers=_papers(tree, manifest),
        digests_stated=digests,
    )


def _judged(faces: tuple[Face, ...]) -> Manifest:
    """The workbook's manifest before the YAML's: a supplier who mends a cell must not be judged by the old copy."""
    workbook = next((face.manifest for face in faces if face.format == "xlsx"), None)
    if workbook is None:
        return faces[0].manifest
    origin = workbook.origin or faces[0].manifest.origin
    return workbook.model_copy(update={"origin": origin})


def package_name(tree: Tree) -> str:
    """The name that says what the package is: its own, else that of the one folder inside."""
    return tree.name if not tree.wrapper or parse_package_name(tree.name) else tree.wrapper


def _faces(tree: Tree) -> tuple[tuple[Face, ...], tuple[NotUnderstood, ...]]:
    """Every face that can be read; one that cannot is only told of when another can."""
    waiting: list[tuple[str, Callable[[Tree, str], Face]]] = []
    stated = next((entry.path for name in YAML_NAMES if (entry := tree.find_casefold(name))), None)
    if stated:
        waiting.append((stated, _yaml))
    if book := _workbook_path(tree):
        waiting.append((book, _workbook))
    faces: list[Face] = []
    faults: list[tuple[str, Unreadable]] = []
    for path, read in waiting:
        try:
            faces.append(read(tree, path))
        except Unsafe:
            raise
        except Unreadable as fault:
            faults.append((path, fault))
    if faults and not faces:
        raise faults[0][1]
    return tuple(faces), tuple(NotUnderstood(Location(path=path), "", fault.message) for path, fault in faults)


def _yaml(tree: Tree, path: str) -> Face:
    return read_yaml(tree.read(path, MOST_BYTES), path)


def _workbook(tree: Tree, path: str) -> Face:
    with tree.open(path) as stream:
        vet_office(stream, tree.limits, path)
        stream.seek(0)
        return read_workbook(stream, path)


def _workbook_path(tree: Tree) -> str | None:
    """培训包.xlsx, else another workbook at the top that has its sheets (`培训包 (1).xlsx`)."""
    if entry := tree.find_casefold(WORKBOOK_NAME):
        return entry.path
    at_top = (e.path for e in tree.entries if "/" not in e.path and e.path.lower().endswith(".xlsx"))
    return next((path for path in sorted(at_top, key=natural_key) if _is_workbook(tree, path)), None)


def _is_workbook(tree: Tree, path: str) -> bool:
    try:
        with tree.open(path) as stream:
            vet_office(stream, tree.limits, path)
            stream.seek(0)
            return is_workbook(stream)
    except Unreadable:
        return False  # what is wrong with it is told when files are judged


def _refuse_foreign(tree: Tree) -> None:
    """Name another format's package. Its manifest is parsed first, so that a hostile one is refused as what it is."""
    for name, words in _FOREIGN:
        entry = tree.find_casefold(name)
        if entry is None:
            continue
        if name.endswith(".xml"):
            with tree.open(entry.path) as stream:
                root = parse_xml(stream, tree.limits, entry.path)
            if name == "course.xml" and _local(root) != "course":
                continue
        raise unreadable(
            "not-readable-yet",
            "这是 {words}（里面有 {entry}），现在还不能读取。请把其中的视频、文档和考题放进培训包文件夹（kebao new 会生成）再检查。{notes}",
            "This is {words_en} (it holds {entry}) and cannot be read yet. Put its videos, documents and questions into a course folder (see kebao new).{notes_en}",
            entry.path,
            words=words,
            words_en=_FOREIGN_EN[name],
            notes="".join(note.message.zh for note in tree.notes),
            notes_en="".join(f" {note.message.en}" for note in tree.notes),
        )


def _local(root: Element) -> str:
    return str(root.tag).rpartition("}")[2]


def _papers(tree: Tree, manifest: Manifest) -> dict[str, QuestionPaper | Unreadable]:
    papers: dict[str, QuestionPaper | Unreadable] = {}
    for entry in manifest.papers:
        if not entry.path or entry.path in papers or tree.get(entry.path) is None:
            continue
        try:
            papers[entry.path] = _paper(tree, entry.path)
        except Unreadable as fault:
            papers[entry.path] = fault
    return papers


def _paper(tree: Tree, path: str) -> QuestionPaper:
    if PurePosixPath(path).suffix.lower() not in _PAPER_SUFFIXES:
        raise Unreadable("not-readable-yet", _PAPER_NOT_YET.format(path=path), entry=path)
    with tree.open(path) as stream:
        vet_office(stream, tree.limits, path)
        stream.seek(0)
        return read_paper(stream, path=path)


def _digests_stated(tree: Tree) -> tuple[dict[str, str] | None, tuple[NotUnderstood, ...]]:
    entry = next((found for name in DIGESTS_NAMES if (found := tree.find_casefold(name))), None)
    if entry is None:
        return None, ()
    try:
        text, _ = decode_text(tree.read(entry.path, _MOST_DIGEST_BYTES))
    except Unsafe:
        raise
    except Unreadable as fault:
        return {}, (NotUnderstood(Location(path=entry.path), "", fault.message),)
    return parse_digests(text, entry.path)


def parse_digests(text: str, path: str) -> tuple[dict[str, str], tuple[NotUnderstood, ...]]:
    r"""Lines of `sha256sum`: digest, space, path, with `*` for binary, `\` for escaped names, Windows separators, any line end.

    Returns:
        lower-case digest by path, and the lines that are none.
    """
    digests: dict[str, str] = {}
    odd: list[NotUnderstood] = []
    for row, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _DIGEST_LINE.match(line.strip())
        if match is None:
            shown = line.strip()[:200]
            odd.append(NotUnderstood(Location(path=path, item=shown, row=row), shown, _NO_DIGEST))
            continue
        name = match[3]
        if match[1]:
            name = name.replace("\\n", "\n").replace("\\\\", "\\")
        name = unicodedata.normalize("NFC", name.replace("\\", "/"))
        while name.startswith("./"):
            name = name[2:]
        digests.setdefault(name, match[2].lower())
    return digests, tuple(odd)
