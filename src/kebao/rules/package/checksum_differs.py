"""A file that is not the one SHA256SUMS was written for (A2(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.references import left_behind, mentioned
from kebao.subjects.sketch import SketchedFile, course


def _stated(digest: str) -> Package:
    files = {"文本/饮水要点.md": SketchedFile(text="少量多次。", digest="aa")}
    return course(files=files, package={"digests_stated": {"文本/饮水要点.md": digest}})


_CHANGED = Text(zh="和 SHA256SUMS 里的校验值不符", en="does not fit its digest in SHA256SUMS")
_GONE = Text(zh="写在 SHA256SUMS 里，包里却没有", en="is named in SHA256SUMS and not in the package")


@rule(
    id="checksum-differs",
    clauses=("A2(1)",),
    severity=Severity.ERROR,
    title=Text(zh="校验值不符", en="Digest differs"),
    rationale=Text(
        zh="校验值不符，说明文件在打包后改过或者没有复制完整。",
        en="A digest that differs shows that the file was changed after packing or not copied whole.",
    ),
    message=Text(zh="“{title}”{what}。", en="“{title}” {what}."),
    mend=Text(
        zh="确认哪份文件是对的，放好后重新运行 kebao kit 生成 SHA256SUMS。",
        en="Make sure which file is right, and run kebao kit to write SHA256SUMS anew.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: _stated("aa"), Outcome.PASSED),
        Example(lambda: _stated("bb"), Outcome.FAILED, "文件后来改过"),
        Example(lambda: course(package={"digests_stated": {"视频/花絮.mp4": "aa"}}), Outcome.FAILED, "文件后来删了"),
        Example(course, Outcome.INAPPLICABLE, "没有 SHA256SUMS"),
    ),
)
def checksum_differs(package: Package) -> Iterator[Yielded]:
    """One finding for each stated file whose digest differs, or that is gone and that nothing else names.

    A file that does not open is told of as damaged, an absent one that the manifest names as absent.
    """
    if package.digests_stated is None:
        yield inapplicable("没有 SHA256SUMS。", "There is no SHA256SUMS.")
        return
    named, facts = mentioned(package), package.facts
    for path, stated in sorted(package.digests_stated.items()):
        if facts.exists(path):
            is_other = facts.fault(path) is None and facts.digest(path).lower() != stated.lower()
            what = _CHANGED if is_other else None
        else:
            what = None if path in named or left_behind(path) else _GONE
        if what is not None:
            at = package.at(path=path, item=path, title=path)
            yield Finding(at=at, evidence=(Quoted("stated", stated),), values={"what": what})
