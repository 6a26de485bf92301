"""A credit code that breaks its own checksum (P4(1); GB 32100-2015)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.identity import resident_number
from kebao.identity.credit_code import fault
from kebao.model.finding import Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="credit-code-invalid",
    clauses=("P4(1)",),
    severity=Severity.ERROR,
    title=Text(zh="统一社会信用代码不对", en="Credit code is not valid"),
    rationale=Text(
        zh="代码错一位就对不上单位，发放费用时会退回。",
        en="One wrong character fits another unit, and the payment comes back.",
    ),
    message=Text(zh="统一社会信用代码有误：{because}", en="The credit code is wrong: {because}"),
    mend=Text(
        zh="对照营业执照或法人证书重填；不填也可以。", en="Copy it from the licence again; it may also be left out."
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.INAPPLICABLE, "没填"),
        Example(lambda: course(supplier={"credit_code": "91350100M000100Y43"}), Outcome.PASSED, "正确"),
        Example(lambda: course(supplier={"credit_code": "91350100M000100Y44"}), Outcome.FAILED, "末位不对"),
        Example(lambda: course(supplier={"credit_code": "11010519491231002X"}), Outcome.INAPPLICABLE, "填了身份证号"),
    ),
)
def credit_code_invalid(package: Package) -> Iterator[Yielded]:
    """One finding when a code is given and does not check."""
    code = package.manifest.supplier.credit_code
    if not code:
        yield inapplicable("没有填信用代码，可以不填。", "No credit code is given, and none is needed.")
    elif resident_number.is_valid(code):
        yield inapplicable("填的是身份证号，另有指出。", "It is an identity number; that is told elsewhere.")
    elif (because := fault(code)) is not None:
        yield Finding(at=package.at("supplier.credit_code", item="supplier.credit_code"), values={"because": because})
