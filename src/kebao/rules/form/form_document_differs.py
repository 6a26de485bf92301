"""The filled .docx form says something else than the manifest (F1, F2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.documents.form import LABELS, TOPICS
from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.personal import without_numbers
from kebao.subjects.sketch import course
from kebao.text.names import fold

_FIELDS = {**LABELS, **TOPICS, "remark": "备注"}
_OF_THE_PACKAGE = ("title", "unit")
"""What `kebao new` writes into the blank form, and what the manifest says twice."""
_EMPTY = "（空）"


def _filled(package: Package, field: str) -> str:
    """The manifest's own words for a field of the form."""
    form = package.manifest.form
    value = getattr(form.introduction, field.split(".")[1]) if "." in field else getattr(form, field)
    return value if isinstance(value, str) else {True: "是", False: "否"}.get(value, "")


def _printed(**changes: str) -> Package:
    made = course()
    fields = {field: _filled(made, field) for field in _FIELDS}
    return course(package={"form_document": {**fields, **changes}})


@rule(
    id="form-document-differs",
    clauses=("F1", "F2"),
    severity=Severity.WARNING,
    title=Text(zh="打印的基本情况表和清单不一致", en="The printed form differs from the manifest"),
    rationale=Text(
        zh="盖章的是打印的那份，两份不同就要退回重盖。",
        en="The printed one is sealed; if it differs, it has to be sealed again.",
    ),
    message=Text(
        zh="基本情况表（docx）的“{field}”是“{printed}”，清单里是“{manifest}”。",
        en="The form (docx) gives “{field}” as “{printed}”, the manifest as “{manifest}”.",
    ),
    mend=Text(
        zh="改好清单后运行 kebao kit，它会重新生成基本情况表；再打印盖章。",
        en="Mend the manifest and run kebao kit, which makes the form anew; then print and seal it.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: _printed(), Outcome.PASSED),
        Example(lambda: _printed(title="饮水"), Outcome.FAILED, "课程名称不同"),
        Example(lambda: _printed(phone=""), Outcome.FAILED, "打印的表没填电话"),
        Example(
            lambda: course(package={"form_document": {"title": "老年人饮水照护入门"}}), Outcome.FAILED, "还是空白表"
        ),
        Example(course, Outcome.INAPPLICABLE, "没有读到表"),
    ),
)
def form_document_differs(package: Package) -> Iterator[Yielded]:
    """One finding for each field that differs, and one alone for a form that is still blank.

    A field that the manifest leaves empty is told of as missing; a title or unit of the form that is not the
    manifest's own, as differing there.
    """
    printed_form, form_path = package.form_document, package.manifest.materials.form
    if printed_form is None or package.kind != "native":
        yield inapplicable("没有能读的基本情况表文档。", "There is no form document that can be read.")
        return
    own = {"title": package.manifest.title, "unit": package.manifest.supplier.name}
    differing: list[tuple[str, str, str]] = []
    for field in _FIELDS:
        printed, filled = printed_form.get(field, ""), _filled(package, field)
        is_same = fold(printed) in (fold(filled), fold(own.get(field, filled)))
        if not is_same and (filled or field == "remark"):
            differing.append((field, printed, filled))
    rest = [field for field in _FIELDS if field not in _OF_THE_PACKAGE]
    if not any(printed_form.get(field) for field in rest) and any(_filled(package, field) for field in rest):
        at = package.at("form", path=form_path, item="form")
        yield Finding(
            at=at, evidence=(Quoted("field", "各栏"), Quoted("printed", _EMPTY), Quoted("manifest", "已填写"))
        )
        return
    for field, printed, filled in differing:
        evidence = (
            Quoted("field", _FIELDS[field]),
            Quoted("printed", without_numbers(printed) or _EMPTY),
            Quoted("manifest", without_numbers(filled) or _EMPTY),
        )
        yield Finding(at=package.at(f"form.{field}", path=form_path, item=f"form.{field}"), evidence=evidence)
