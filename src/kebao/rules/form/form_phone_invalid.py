"""A telephone number of the form that cannot be right (F1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.personal import personal_numbers
from kebao.subjects.sketch import course
from kebao.text.contacts import phone_fault


@rule(
    id="form-phone-invalid",
    clauses=("F1",),
    severity=Severity.ERROR,
    title=Text(zh="联系电话不对", en="The telephone number is not valid"),
    rationale=Text(
        zh="联系不上，补正通知就送不到。", en="If nobody can be reached, a notice of what is missing never arrives."
    ),
    message=Text(zh="联系电话“{given}”有误：{because}", en="The telephone number “{given}” is wrong: {because}"),
    mend=Text(zh="在“基本情况”页重新填写联系电话。", en="Fill in the telephone number again on the sheet 基本情况."),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(form={"phone": "12345"}), Outcome.FAILED, "写错了"),
        Example(lambda: course(form={"phone": ""}), Outcome.INAPPLICABLE, "没填"),
        Example(lambda: course(form={"phone": "11010519491231002X"}), Outcome.INAPPLICABLE, "填了身份证号"),
    ),
)
def form_phone_invalid(package: Package) -> Iterator[Yielded]:
    """One finding when it is given and cannot be right."""
    given = package.manifest.form.phone
    if not given:
        yield inapplicable("没有填，另有指出。", "It is not filled in; that is told elsewhere.")
    elif any(personal_numbers(given)):
        yield inapplicable("填的是证件号码，另有指出。", "It is a personal number; that is told elsewhere.")
    elif (because := phone_fault(given)) is not None:
        at = package.at("form.phone", item="form.phone")
        yield Finding(at=at, evidence=(Quoted("given", given),), values={"because": because})
