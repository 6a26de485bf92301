"""The package lists who owns what (A5)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="rights-list-missing",
    clauses=("A5",),
    severity=Severity.ERROR,
    title=Text(
        zh="没有权利清单",
        en="No rights list",
    ),
    rationale=Text(
        zh="不写明每样东西归谁，课程上线后出了纠纷就说不清。",
        en="If nobody writes down who owns what, a dispute after publication cannot be settled.",
    ),
    message=Text(
        zh="权利清单是空的。",
        en="The rights list is empty.",
    ),
    mend=Text(
        zh="在“权利清单”工作表里逐项填写：自己拍的视频写一行，用到的音乐、图片、字体、素材各写一行。",
        en="Fill in the sheet 权利清单: a row for your own videos, and one for each piece of music, picture, font or footage used.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "写了一行"),
        Example(lambda: course(rights=[]), Outcome.FAILED, "一行也没有"),
        Example(lambda: course(rights=[], package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def rights_list_missing(package: Package) -> Iterator[Yielded]:
    """One finding for a package without any row."""
    if package.kind == "single":
        yield inapplicable("只检查一个文件，不是整个课程包。", "Only one file is checked, not a whole package.")
        return
    if not package.rights:
        yield Finding(at=package.at("rights"))
