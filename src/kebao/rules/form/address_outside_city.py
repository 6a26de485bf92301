"""An address in another province or city (P1): flagged, never rejected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course

_PROVINCES = "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾"
_MUNICIPALITIES = "北京|上海|重庆"
_REGIONS = "内蒙古|广西壮族|广西|西藏|宁夏回族|宁夏|新疆维吾尔|新疆"
_SPECIAL = "香港|澳门"
_NEXT = "[^路道街巷里号0-9\\s]{1,6}?"
_ELSEWHERE = re.compile(
    rf"(?:(?:{_PROVINCES})(?:省|(?={_NEXT}(?:市|自治州)))"
    rf"|(?:{_MUNICIPALITIES})(?:市|(?={_NEXT}区))"
    rf"|(?:{_REGIONS})(?:自治区|(?={_NEXT}(?:市|自治州|盟|地区)))"
    rf"|(?:{_SPECIAL})(?:特别行政区|(?={_NEXT}区)))"
)
"""Names of the other provinces, municipalities and regions (GB/T 2260), each with the word that makes it one or a place in it.

The name alone is not enough: 河北区 is a district of Tianjin, and 重庆道, 山西路 and 南京路 are streets there.
"""
_HERE = "天津"


@rule(
    id="address-outside-city",
    clauses=("P1",),
    severity=Severity.ADVICE,
    title=Text(zh="地址不在本市", en="Address outside the city"),
    rationale=Text(
        zh="征集面向全市；外地的可以受理，但要请经办人员留意。",
        en="The call addresses the whole city; others are accepted, but the office should know.",
    ),
    message=Text(zh="地址写的是{place}，不在天津市。", en="The address is in {place}, outside Tianjin."),
    mend=Text(zh="地址没有写错就不用改。", en="Nothing to mend if the address is right."),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(form={"address": "河北省廊坊市示例路 2 号"}), Outcome.FAILED, "外省地址"),
        Example(lambda: course(form={"address": "河北廊坊市示例路 2 号"}), Outcome.FAILED, "没有写“省”字"),
        Example(lambda: course(form={"address": "和平区示例路 3 号"}), Outcome.PASSED, "没有写省市"),
        Example(lambda: course(form={"address": "河北区山西路 3 号"}), Outcome.PASSED, "本市的河北区"),
        Example(lambda: course(supplier={"address": "北京市海淀区示例路 4 号"}), Outcome.FAILED, "供应方在外地"),
        Example(lambda: course(form={"address": ""}), Outcome.INAPPLICABLE, "没填"),
    ),
)
def address_outside_city(package: Package) -> Iterator[Yielded]:
    """One finding at the first of the two addresses that names another province or municipality."""
    manifest = package.manifest
    addresses = {"form.address": manifest.form.address, "supplier.address": manifest.supplier.address}
    if not any(addresses.values()):
        yield inapplicable("没有填地址，另有指出。", "No address is filled in; that is told elsewhere.")
        return
    for field, address in addresses.items():
        match = None if _HERE in address else _ELSEWHERE.search(address)
        if match is not None:
            yield Finding(at=package.at(field, item=field), evidence=(Quoted("place", match[0]),))
            return
