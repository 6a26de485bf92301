"""Number of a 残疾人证: identity number, kind 1–7, grade 1–4."""

from __future__ import annotations

import re
from datetime import date

from kebao.identity import resident_number
from kebao.identity.masking import as_typed, masked
from kebao.model.text import Text

KINDS: dict[str, Text] = {
    "1": Text(zh="视力", en="vision"),
    "2": Text(zh="听力", en="hearing"),
    "3": Text(zh="言语", en="speech"),
    "4": Text(zh="肢体", en="physical"),
    "5": Text(zh="智力", en="intellectual"),
    "6": Text(zh="精神", en="mental"),
    "7": Text(zh="多重", en="multiple"),
}
GRADES = "1234"
LENGTH = 20

_REISSUED = re.compile(r"B[1-9]$")


def fault(code: str, *, on: date | None = None) -> Text | None:
    """What is wrong with the number of a 残疾人证, or None. The sentence gives neither the whole number nor the kind of disability.

    A first certificate has 20 characters; one issued again after a loss carries B and a digit behind them, and is accepted.

    Args:
        code: the number as typed.
        on: as in `resident_number.fault`.
    """
    typed = as_typed(code)
    if not typed:
        return Text(zh="没有填写残疾人证号。", en="The number of the disability certificate is empty.")
    core = _REISSUED.sub("", typed)
    if len(core) != LENGTH:
        return Text(
            zh=f"残疾人证号应为 {LENGTH} 位（公民身份号码加类别、等级各 1 位），{masked(typed)} 是 {len(typed)} 位。",
            en=f"A disability certificate's number has {LENGTH} characters (identity number, kind, grade); {masked(typed)} has {len(typed)}.",
        )
    within = resident_number.fault(core[:18], on=on)
    if within is not None:
        return Text(
            zh=f"残疾人证号的前 18 位有误：{within.zh}",
            en=f"The first 18 characters of the disability certificate's number are wrong. {within.en}",
        )
    if core[18] not in KINDS:
        return Text(
            zh=f"残疾人证号第 19 位是残疾类别，应为 1 至 7，这里是“{core[18]}”。",
            en=f"Character 19 of the disability certificate's number is the kind, 1 to 7; here stands “{core[18]}”.",
        )
    if core[19] not in GRADES:
        return Text(
            zh=f"残疾人证号第 20 位是残疾等级，应为 1 至 4，这里是“{core[19]}”。",
            en=f"Character 20 of the disability certificate's number is the grade, 1 to 4; here stands “{core[19]}”.",
        )
    return None


def is_valid(code: str, *, on: date | None = None) -> bool:
    """True when `fault` finds none."""
    return fault(code, on=on) is None
