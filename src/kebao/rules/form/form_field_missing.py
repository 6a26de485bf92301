"""A field of the form that is not filled in (F1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.documents.form import LABELS
from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.subjects.unread import was_written
from kebao.text.names import fold

_NEVER_NONE = ("contact", "address")
"""Fields where 无 is no answer; elsewhere it is one (position), or other rules look at the words."""
_NONE = frozenset(("无", "没有", "暂无", "/", "-", "—", "——"))


@rule(
    id="form-field-missing",
    clauses=("F1",),
    severity=Severity.ERROR,
    title=Text(zh="基本情况表有空项", en="A field of the form is empty"),
    rationale=Text(
        zh="表上每一项办公室都要用，缺一项就要打电话来问。",
        en="The office uses every field; one that is empty means a telephone call.",
    ),
    message=Text(zh="基本情况表没有填“{field}”。", en="The form’s field “{field}” is not filled in."),
    mend=Text(
        zh="在“基本情况”页填上“{field}”；没有职务的，职务一栏写“无”。",
        en="Fill in “{field}” on the sheet 基本情况; who holds no position writes 无 beside 职务.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(form={"phone": ""}), Outcome.FAILED, "没填电话"),
        Example(lambda: course(form={"position": "无"}), Outcome.PASSED, "没有职务"),
        Example(lambda: course(form={"contact": "无"}), Outcome.FAILED, "联系人不能写无"),
        Example(lambda: course(form={"own_rights": None}), Outcome.FAILED, "没选是否自主知识产权"),
        Example(lambda: course(package={"kind": "bare"}), Outcome.INAPPLICABLE, "没有清单"),
    ),
)
def form_field_missing(package: Package) -> Iterator[Yielded]:
    """One finding for each field of F1 that says nothing; a word that was not understood is told of elsewhere."""
    if package.kind == "single":
        yield ALONE
        return
    if package.kind != "native":
        yield inapplicable("没有清单，另有指出。", "There is no manifest; that is told elsewhere.")
        return
    for field, label in LABELS.items():
        value = getattr(package.manifest.form, field)
        is_empty = value in ("", None) or (field in _NEVER_NONE and fold(value) in _NONE)
        if is_empty and not was_written(package, f"form.{field}"):
            yield Finding(at=package.at(f"form.{field}", item=f"form.{field}"), evidence=(Quoted("field", label),))
