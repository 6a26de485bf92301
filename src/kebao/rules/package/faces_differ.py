"""The workbook and the YAML of one package say different things (A2(1))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.location import Location
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.package.faces import Face, differences
from kebao.package.manifest import Manifest
from kebao.subjects.course import Package
from kebao.subjects.personal import without_numbers
from kebao.subjects.sketch import course

_EMPTY = "（空）"


def _two(title: str) -> Package:
    manifest = course().manifest
    other = manifest.model_copy(update={"title": title})
    faces = (Face("培训包.yaml", "yaml", other), Face("培训包.xlsx", "xlsx", manifest))
    return course(package={"faces": faces})


@rule(
    id="faces-differ",
    clauses=("A2(1)",),
    severity=Severity.WARNING,
    title=Text(zh="两份清单不一致", en="The two manifests differ"),
    rationale=Text(
        zh="两份清单说法不同，办事的人不知道以哪份为准。",
        en="When the two lists differ, nobody knows which one counts.",
    ),
    message=Text(
        zh="“{called}”在培训包.xlsx 里是“{workbook}”，在培训包.yaml 里是“{machine}”。",
        en="“{called}” is “{workbook}” in 培训包.xlsx and “{machine}” in 培训包.yaml.",
    ),
    mend=Text(
        zh="改好培训包.xlsx 后重新运行 kebao kit，它会重写培训包.yaml；或者删去培训包.yaml。",
        en="Mend 培训包.xlsx and run kebao kit, which writes 培训包.yaml anew; or delete 培训包.yaml.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: _two("老年人饮水照护入门"), Outcome.PASSED),
        Example(lambda: _two("老年人饮水"), Outcome.FAILED, "课程名称不同"),
        Example(course, Outcome.INAPPLICABLE, "只有一份清单"),
    ),
)
def faces_differ(package: Package) -> Iterator[Yielded]:
    """One finding for each field that differs, at its cell in the workbook."""
    faces = {face.format: face for face in package.faces}
    if len(faces) < 2:
        yield inapplicable("只有一份清单。", "There is one manifest alone.")
        return
    path = faces["xlsx"].path
    for difference in differences(faces["xlsx"].manifest, faces["yaml"].manifest):
        field = difference.field
        at = package.at(field, item=field)
        is_row_lacking = not difference.a and field.rpartition(".")[2].isdigit()
        if not at.sheet or is_row_lacking:
            at = Location(path=path, item=field, field=field)
        evidence = (
            Quoted("called", _called(field)),
            Quoted("workbook", without_numbers(difference.a) or _EMPTY),
            Quoted("machine", without_numbers(difference.b) or _EMPTY),
        )
        yield Finding(at=at, evidence=evidence)


def _called(field: str) -> str:
    """What a field is called on screen: 学习资源 第 2 行 资源名称."""
    words: list[str] = []
    model: type[BaseModel] | None = Manifest
    for part in field.split("."):
        if part.isdigit():
            words.append(f"第 {int(part) + 1} 行")
            continue
        known = model.model_fields.get(part) if model else None
        if known is None:
            words.append(part)
            continue
        said = re.split(r"[：:，,（(]", known.description or "")[0]
        words += [said] if said else []
        model = _part(known.annotation)
    return " ".join(words) or field


def _part(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation (`tuple[Resource, ...]`, `Form`); None for plain values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _part(inner)) is not None), None)
