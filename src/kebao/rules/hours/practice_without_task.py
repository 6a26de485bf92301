"""A resource is tagged as practice but nothing shows that learners do anything (A3(2).3)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Resource
from kebao.subjects.sketch import clip, course
from kebao.subjects.timing import roles_stated

_PRACTICE = "实操"


@rule(
    id="practice-without-task",
    clauses=("A3(2).3",),
    severity=Severity.WARNING,
    title=Text(zh="标为实操但没有任务单", en="Practice without a task sheet"),
    rationale=Text(
        zh="拍摄下来的示范是技能演示，学习者自己动手才是实操；没有任务单就看不出要做什么、怎样算做好。",
        en="A filmed demonstration is no practice; without a task sheet nobody sees what learners do and when it is done well.",
    ),
    message=Text(
        zh="“{title}”标为实操，但没有任务单，也不是仿真，请专家判断是实操还是演示。",
        en="“{title}” is tagged as practice, but has no task sheet and is no simulation; an expert rules which it is.",
    ),
    mend=Text(
        zh="写一份任务单（步骤、材料、验收标准），放进“文本”文件夹，在“学习资源”工作表这一行填上它的路径；只是示范的，把用途改成“演示”。",
        en="Write a task sheet (steps, materials, acceptance), put it in 文本 and fill in its path in 学习资源; if it only shows, choose 演示.",
    ),
    looks_at=Resource,
    examples=(
        Example(lambda: course().resources[2], Outcome.PASSED),
        Example(lambda: clip(role="实操"), Outcome.CANT_TELL),
        Example(
            lambda: clip(role="演示", ranges=[{"start": "00:00", "end": "01:00", "role": "实操"}]),
            Outcome.CANT_TELL,
            "其中一段标为实操",
        ),
        Example(lambda: clip(role="实操", kind="simulation", path="仿真/洗手.html"), Outcome.PASSED, "仿真"),
        Example(lambda: clip(role="演示"), Outcome.INAPPLICABLE),
    ),
    cant_tell=Text(
        zh="资源或其中一段标为实操，既没有任务单也不是仿真时：机器看不出学习者是否动手，由专家判断。",
        en="A resource or a range of it is tagged 实操 and has neither a task sheet nor is a simulation: a machine cannot see whether learners act.",
    ),
)
def practice_without_task(resource: Resource) -> Iterator[Finding | Abstention]:
    """`cantTell` for such a resource; whether the task sheet's file is there is another rule's matter."""
    if _PRACTICE not in roles_stated(resource):
        yield inapplicable("不是实操。", "It is no practice.")
    elif not resource.entry.task_sheet and resource.entry.kind != "simulation":
        yield Finding(at=resource.at("task_sheet"), outcome=Outcome.CANT_TELL)
