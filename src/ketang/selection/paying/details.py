"""Bank and identity data: what is asked of persons and units, its checks, and the one encrypted text that is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kebao.identity import credit_code, resident_number
from kebao.identity.masking import as_typed
from kebao.model.text import Text
from ketang.people.organisation.models import OrganisationKind
from ketang.platform.encryption import decrypt, encrypt
from ketang.platform.refusal import Refused

FIELDS = {
    OrganisationKind.PERSON: {
        "name": gettext_lazy("姓名"),
        "resident_number": gettext_lazy("身份证号"),
        "account": gettext_lazy("银行卡号"),
        "bank": gettext_lazy("开户银行（写到支行）"),
    },
    OrganisationKind.UNIT: {
        "name": gettext_lazy("账户名称"),
        "credit_code": gettext_lazy("统一社会信用代码"),
        "account": gettext_lazy("银行账号"),
        "bank": gettext_lazy("开户银行（写到支行）"),
        "bank_code": gettext_lazy("开户行联行号"),
    },
}
"""What is asked, by the kind of supplier."""
LONGEST = 120


def checked(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """The fields of the kind, cleaned.

    Raises:
        Refused: the first field that is empty or cannot be right; no message repeats a whole number.
    """
    found: dict[str, str] = {}
    for field, label in FIELDS[OrganisationKind(kind)].items():
        value = " ".join(str(given.get(field, "")).split())
        if not value or len(value) > LONGEST:
            raise Refused(_("请填写：%(label)s。") % {"label": label}, field=field)
        found[field] = value if field in ("name", "bank") else as_typed(value)
    if "resident_number" in found:
        _refuse(resident_number.fault(found["resident_number"]), "resident_number")
        if not is_card(found["account"]):
            raise Refused(_("银行卡号写错了：应为 16 到 19 位数字，请照卡面逐位核对。"), field="account")
        return found
    _refuse(credit_code.fault(found["credit_code"]), "credit_code")
    if not found["account"].isdecimal() or not 6 <= len(found["account"]) <= 32:
        raise Refused(_("银行账号应为 6 到 32 位数字。"), field="account")
    if not found["bank_code"].isdecimal() or len(found["bank_code"]) != 12:
        raise Refused(_("联行号是 12 位数字，可以向开户银行查询。"), field="bank_code")
    return found


def is_card(number: str) -> bool:
    """Whether a number may be that of a bank card: 16 to 19 digits whose last one checks the others (Luhn, ISO/IEC 7812-1)."""
    if not (number.isascii() and number.isdecimal() and 16 <= len(number) <= 19):
        return False
    total = 0
    for place, sign in enumerate(reversed(number)):
        digit = int(sign) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def seal(details: Mapping[str, str]) -> str:
    """The data as it is kept."""
    return encrypt(json.dumps(dict(details), ensure_ascii=False))


def unsealed(sealed: str) -> dict[str, str]:
    """The data of a sealed text. Whoever calls records the look."""
    return {str(key): str(value) for key, value in json.loads(decrypt(sealed)).items()}


def masked(account: str) -> str:
    """An account number of which the last four are seen."""
    return f"**** {account[-4:]}"


def _refuse(fault: Text | None, field: str) -> None:
    if fault is not None:
        raise Refused(fault.en if (get_language() or "").startswith("en") else fault.zh, field=field)
