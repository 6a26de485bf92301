"""An e-mail address of the form that cannot be right (F1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.personal import without_numbers
from kebao.subjects.sketch import course
from kebao.text.contacts import mail_fault


@rule(
    id="form-email-invalid",
    clauses=("F1",),
    severity=Severity.ERROR,
    title=Text(zh="电子邮箱不对", en="The e-mail address is not valid"),
    rationale=Text(
        zh="联系不上，补正通知就送不到。", en="If nobody can be reached, a notice of what is missing never arrives."
    ),
    message=Text(zh="电子邮箱“{given}”有误：{because}", en="The e-mail address “{given}” is wrong: {because}"),
    mend=Text(zh="在“基本情况”页重新填写电子邮箱。", en="Fill in the e-mail address again on the sheet 基本情况."),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(form={"email": "course#qinghe"}), Outcome.FAILED, "写错了"),
        Example(lambda: course(form={"email": ""}), Outcome.INAPPLICABLE, "没填"),
    ),
)
def form_email_invalid(package: Package) -> Iterator[Yielded]:
    """One finding when it is given and cannot be right."""
    given = package.manifest.form.email
    if not given:
        yield inapplicable("没有填，另有指出。", "It is not filled in; that is told elsewhere.")
    elif (because := mail_fault(given)) is not None:
        at = package.at("form.email", item="form.email")
        yield Finding(at=at, evidence=(Quoted("given", without_numbers(given)),), values={"because": because})
