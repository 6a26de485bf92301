"""A file that nothing refers to (A2(2))."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from kebao.model.finding import Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_RESOURCES
from kebao.subjects.bank import is_read_whole
from kebao.subjects.course import Package
from kebao.subjects.facts import AUDIO_SUFFIXES, CAPTION_SUFFIXES, IMAGE_SUFFIXES, MEDIA_SUFFIXES, TEXT_SUFFIXES
from kebao.subjects.references import mentioned, references
from kebao.subjects.sketch import SketchedFile, course

_OWN = frozenset(
    (
        "sha256sums",
        "sha256sums.txt",
        "使用说明.txt",
        "快递封面.docx",
        "文本/实操任务单模板.docx",
        "培训包.xlsx",
        "培训包.yaml",
        "培训包.yml",
        "课程介绍.docx",
        "课程介绍.md",
    )
)
"""Files that the kit makes; the two faces as well, for a face that could not be read is told of elsewhere."""
_NOTICES = ("readme", "license", "licence", "notice", "说明")
_PAGES = (".html", ".htm")
_WITH_MEDIA = CAPTION_SUFFIXES | TEXT_SUFFIXES


@rule(
    id="file-unlisted",
    clauses=("A2(2)",),
    severity=Severity.ADVICE,
    title=Text(zh="文件没有列入清单", en="File that nothing refers to"),
    rationale=Text(
        zh="没有列入清单的文件，学习者看不到，也不计学时。",
        en="Learners never see a file that no list names, and its time is not counted.",
    ),
    message=Text(
        zh="“{title}”没有列入学习资源、试卷或材料。", en="“{title}” is listed neither as resource, paper nor material."
    ),
    mend=Text(
        zh="要用的，在培训包.xlsx 里加一行；不用的，从文件夹里删去。",
        en="Add a row for it in 培训包.xlsx, or take it out of the folder.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(files={"视频/花絮.mp4": SketchedFile(seconds=9)}), Outcome.FAILED, "多出一个视频"),
        Example(lambda: course(files={"材料/证书.jpg": SketchedFile()}), Outcome.PASSED, "材料文件夹里的附件"),
        Example(lambda: course(files={"视频/试水温.en.vtt": SketchedFile()}), Outcome.PASSED, "视频旁边的字幕"),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE, "一个资源也没有列"),
        Example(lambda: course(package={"kind": "bare"}), Outcome.INAPPLICABLE, "没有清单"),
    ),
)
def file_unlisted(package: Package) -> Iterator[Yielded]:
    """One finding for each file that no list names, but for those that another fault accounts for.

    A file that does not open is told of as damaged; one that an absent path or an empty one probably means, there.
    """
    if package.kind != "native":
        yield inapplicable("没有清单可以对照。", "There is no manifest to hold it against.")
        return
    if not package.resources:
        yield NO_RESOURCES
        return
    named = mentioned(package)
    programs = {
        str(PurePosixPath(path).parent)
        for resource in package.resources
        if (path := resource.entry.path).lower().endswith(_PAGES) or resource.entry.kind == "simulation"
    } - {"."}
    media = {
        str(place.with_suffix(""))
        for place in map(PurePosixPath, package.facts.paths)
        if place.suffix.lower() in MEDIA_SUFFIXES | AUDIO_SUFFIXES
    }
    spare = [
        path
        for path in package.facts.paths
        if path not in named
        and not _goes_without_saying(package, PurePosixPath(path), programs, media)
        and package.facts.fault(path) is None
    ]
    meant = _probably_meant(package, spare)
    for path in spare:
        if path not in meant:
            yield Finding(at=package.at(path=path, item=path, title=PurePosixPath(path).name))


def _goes_without_saying(package: Package, place: PurePosixPath, programs: set[str], media: set[str]) -> bool:
    """What needs no row: the kit's own files, materials, notices, parts of a program, texts beside a medium of their name."""
    if str(place).casefold() in _OWN or place.parts[0] == "材料" or place.name.lower().startswith(_NOTICES):
        return True
    if place.parts[0] == "试卷" and not package.papers:
        return True  # that no paper is listed is told of elsewhere
    if place.suffix.lower() in IMAGE_SUFFIXES and not (package.papers and is_read_whole(package)):
        return True  # a question that could not be read may show it
    if any(str(parent) in programs for parent in place.parents):
        return True
    if place.suffix.lower() not in _WITH_MEDIA:
        return False
    pieces = place.name.split(".")
    stems = (".".join(pieces[:end]) for end in range(1, len(pieces)))
    return any(str(place.parent / stem) in media for stem in stems)


def _probably_meant(package: Package, spare: list[str]) -> frozenset[str]:
    """Spare files that rows with a wrong path or none may mean: of the same name, else where no more are spare than missed."""
    lost = {
        path
        for path in (reference.path for reference in references(package))
        if not package.facts.exists(path) and package.facts.nearest(path) is None
    }
    titles = [resource.entry.title for resource in package.resources if not resource.entry.path]
    titles += [paper.entry.title for paper in package.papers if not paper.entry.path]
    by_name = {_name(path): path for path in spare}
    by_stem = {PurePosixPath(path).stem: path for path in spare}
    meant = {by_name[_name(path)] for path in lost if _name(path) in by_name}
    meant |= {by_stem[title] for title in titles if title in by_stem}
    rest = [path for path in spare if path not in meant]
    missed = Counter(_suffix(path) for path in lost if _name(path) not in by_name)
    there = Counter(_suffix(path) for path in rest)
    unnamed = sum(title not in by_stem for title in titles)
    meant |= {path for path in rest if there[_suffix(path)] <= missed[_suffix(path)] or len(rest) <= unnamed}
    return frozenset(meant)


def _name(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name.casefold()


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
