"""An identity or disability number where none is asked for (P4(1))."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from kebao.model.finding import Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.personal import personal_numbers
from kebao.subjects.sketch import course

_IDENTITY = Text(zh="身份证号", en="an identity number")
_DISABILITY = Text(zh="残疾人证号", en="a disability certificate number")


def _fields(prefix: str, value: object) -> Iterator[tuple[str, str]]:
    """Every text of the manifest with its dotted field."""
    if isinstance(value, str):
        yield prefix, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _fields(f"{prefix}.{index}", item)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _fields(f"{prefix}.{name}" if prefix else name, getattr(value, name))


@rule(
    id="personal-number-needless",
    clauses=("P4(1)",),
    severity=Severity.ADVICE,
    title=Text(zh="写了不需要的证件号码", en="Personal number that nobody asked for"),
    rationale=Text(
        zh="身份证号、残疾人证号是敏感信息，申报时不需要，写了反而有泄露的风险。",
        en="Identity and disability numbers are sensitive and not asked for here; writing them down only risks a leak.",
    ),
    message=Text(
        zh="这里写了{what} {masked}，申报时不需要。", en="This holds {what} {masked}, which is not asked for."
    ),
    mend=Text(
        zh="把号码删去；发放费用时会由财务单独收集。",
        en="Take the number out; finance collects it by itself if a fee is paid.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(
            lambda: course(form={"remark": "联系人身份证 11010519491231002X"}), Outcome.FAILED, "备注里写了身份证号"
        ),
        Example(lambda: course(form={"remark": "订单号 123456789012345678"}), Outcome.PASSED, "不是证件号码"),
    ),
)
def personal_number_needless(package: Package) -> Iterator[Yielded]:
    """One finding for each field of the manifest with a number that checks as one of a person."""
    for field, words in _fields("", package.manifest):
        found = next(personal_numbers(words), None)
        if found is not None:
            values = {"what": _DISABILITY if found.is_disability else _IDENTITY, "masked": found.masked}
            yield Finding(at=package.at(field, item=field), values=values)
