"""A folder without the list of what is in it (A2(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="manifest-missing",
    clauses=("A2(1)",),
    severity=Severity.WARNING,
    title=Text(zh="没有培训包清单", en="No manifest"),
    rationale=Text(
        zh="课程要按培训包的形式上报；没有清单，学时、角色和权利都无从核对。",
        en="Courses are handed in as training packages; without the list, hours, roles and rights cannot be checked.",
    ),
    message=Text(
        zh="“{title}”里没有培训包.xlsx（或培训包.yaml），只能按文件夹和文件名读出目录。",
        en="“{title}” has no 培训包.xlsx (or 培训包.yaml); the catalogue was read from folders and file names.",
    ),
    mend=Text(
        zh="运行 kebao new 生成一套空白材料，把视频和文本放进去，再填培训包.xlsx。",
        en="Run kebao new for an empty kit, put the videos and texts in, and fill in 培训包.xlsx.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(package={"kind": "bare"}), Outcome.FAILED, "只有文件夹"),
        Example(lambda: course(package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def manifest_missing(package: Package) -> Iterator[Yielded]:
    """One finding for a bare folder."""
    if package.kind == "single":
        yield ALONE
    elif package.kind == "bare":
        yield Finding(at=package.at(title=package.name))
