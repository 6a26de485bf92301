"""The introduction of the unit or person is the kit's template, left blank (P4(1))."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kebao.model.finding import Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE, FILE_UNUSABLE
from kebao.subjects.course import Package
from kebao.subjects.sketch import SketchedFile, course
from kebao.text.names import fold

_READ = (".docx", ".md", ".txt")
_NOT_READ = inapplicable(
    "没有简介，或简介是扫描件等读不出文字的文件。", "There is none, or it is a scan whose words cannot be read."
)


def _told(text: str) -> Package:
    return course(files={"材料/单位简介.md": SketchedFile(text=text)})


@rule(
    id="supplier-introduction-blank",
    clauses=("P4(1)",),
    severity=Severity.ERROR,
    title=Text(zh="单位或个人简介没有填写", en="Introduction left blank"),
    rationale=Text(
        zh="模板原样交上来，等于没有简介，办公室还要再打电话补要。",
        en="A template handed in as it was is no introduction; the office would have to ask for it again.",
    ),
    message=Text(
        zh="简介里除了名称和栏目，只写了 {count} 个字。",
        en="Besides the name and the headings, the introduction says {count} characters.",
    ),
    mend=Text(
        zh="打开这个文件，在每一栏写一两句话并保存：做什么、教过什么、有什么师资和设备。",
        en="Open the file, write a sentence or two behind each heading, and save: what you do, taught, and have.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: _told("单位简介\n单位名称\n天津市晴禾职业培训学校\n成立时间和性质\n主要业务"),
            Outcome.FAILED,
            "模板没有填",
        ),
        Example(lambda: _told("主要业务\n家政、护理培训，办学十年"), Outcome.PASSED, "填了一栏"),
        Example(lambda: course(supplier={"introduction": "材料/简介.pdf"}), Outcome.INAPPLICABLE, "扫描件"),
        Example(lambda: course(supplier={"introduction": "材料/别的.md"}), Outcome.INAPPLICABLE, "文件不在"),
        Example(lambda: course(package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def supplier_introduction_blank(
    package: Package, *, least_characters: int, template_words: tuple[str, ...]
) -> Iterator[Yielded]:
    """One finding when hardly anything stands there besides the template's own words and the name."""
    path = package.manifest.supplier.introduction
    if package.kind == "single":
        yield ALONE
        return
    if PurePosixPath(path).suffix.lower() not in _READ:
        yield _NOT_READ
        return
    text = package.facts.text(path) if package.facts.exists(path) else None
    if not isinstance(text, str):
        yield FILE_UNUSABLE
        return
    words = fold(text)
    for known in sorted((package.manifest.supplier.name, *template_words), key=len, reverse=True):
        if known:
            words = words.replace(fold(known), "")
    count = sum(sign.isalnum() for sign in words)
    if count < least_characters:
        at = package.at("supplier.introduction", path=path, item="supplier.introduction")
        yield Finding(at=at, evidence=(Measured("count", count, limit=least_characters),))
