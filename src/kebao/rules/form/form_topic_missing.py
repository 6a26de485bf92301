"""A topic that the course introduction of the form leaves out (F2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.documents.form import TOPICS
from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


def _without_teachers() -> Package:
    told = course().manifest.form.introduction.model_copy(update={"teachers": ""})
    return course(form={"introduction": told.model_dump()})


@rule(
    id="form-topic-missing",
    clauses=("F2",),
    severity=Severity.ERROR,
    title=Text(zh="课程介绍缺少主题", en="A topic of the form is missing"),
    rationale=Text(
        zh="表上写明要叙述这十个方面，专家据此了解课程。",
        en="The form names ten topics, from which the experts learn of the course.",
    ),
    message=Text(
        zh="基本情况表的课程介绍没有写“{topic}”。", en="The form’s course introduction says nothing of “{topic}”."
    ),
    mend=Text(
        zh="在“课程介绍”页的“{topic}”一栏写一两句话。",
        en="Write a sentence or two beside “{topic}” on the sheet 课程介绍.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(_without_teachers, Outcome.FAILED, "没写师资"),
        Example(lambda: course(package={"kind": "bare"}), Outcome.INAPPLICABLE, "没有清单"),
    ),
)
def form_topic_missing(package: Package) -> Iterator[Yielded]:
    """One finding for each of the ten topics that is empty."""
    if package.kind == "single":
        yield ALONE
        return
    if package.kind != "native":
        yield inapplicable("没有清单，另有指出。", "There is no manifest; that is told elsewhere.")
        return
    told = package.manifest.form.introduction
    for field, label in TOPICS.items():
        if not getattr(told, field.removeprefix("introduction.")):
            yield Finding(at=package.at(f"form.{field}", item=f"form.{field}"), evidence=(Quoted("topic", label),))
