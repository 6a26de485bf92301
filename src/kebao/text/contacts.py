"""Telephone numbers and mail addresses of the form (F1): what is wrong with one, in words."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from kebao.model.text import Text

_EXTENSION = re.compile(r"\s*(?:转|分机号?|内线|extension|ext\.?|x|#)\s*[:.]?\s*([0-9]{1,6})$", re.IGNORECASE)
_DASH_EXTENSION = re.compile(r"^(\(?0[0-9]{2,3}\)?[\s-]*[0-9]{7,8})-([0-9]{1,6})$")
_DASHES = re.compile(r"[‐‑‒–—―−－]")
_NUMBER_CHARACTERS = re.compile(r"\+?[0-9()\s.-]+")
_SEVERAL = re.compile(r"[、/,;，；]|或|\s{2,}(?=\+?[0-9]{7})")
_SERVICE_DIGITS = range(3, 7)
_LOCAL_DIGITS = range(7, 9)
_WIDE_AT = "＠"
_WIDE_DOTS = "。．｡"


def phone_fault(raw: str) -> Text | None:
    """What is wrong with a telephone number, or None. The number itself is not repeated.

    Good are numbers of mainland China: mobile, 400/800, and landlines with area code, with or without an extension (转801, -801); and
    numbers of elsewhere that start with + and the country.
    """
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", raw)).strip()
    if not text:
        return Text(zh="没有填写电话号码。", en="The telephone number is empty.")
    if _SEVERAL.search(text):
        return Text(
            zh="这里只能填一个电话号码，其余的请写在备注里。",
            en="Give one telephone number here; put the others in the remarks.",
        )
    text = _EXTENSION.sub("", text)
    dashed = _DASH_EXTENSION.match(text)
    if dashed:
        text = dashed[1]
    if not _NUMBER_CHARACTERS.fullmatch(text):
        return Text(zh="电话号码里有不是数字的内容。", en="The telephone number holds something that is not a digit.")
    digits = re.sub(r"[^0-9]", "", text)
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return _not_a_number(digits)
    return None if phonenumbers.is_valid_number(number) else _not_a_number(digits)


def mail_fault(raw: str) -> Text | None:
    """What is wrong with a mail address, or None. Only its form is checked; nothing is asked of the network."""
    text = raw.strip()
    if not text:
        return Text(zh="没有填写电子邮箱。", en="The mail address is empty.")
    if _WIDE_AT in text:
        return Text(
            zh="邮箱里的“＠”是全角字符，请在英文输入状态下改成“@”。",
            en="The ＠ in the mail address is full-width; type a plain @ instead.",
        )
    if any(dot in text for dot in _WIDE_DOTS):
        return Text(
            zh="邮箱里的句点是中文符号，请在英文输入状态下改成“.”。",
            en="A dot in the mail address is a Chinese one; type a plain . instead.",
        )
    if unicodedata.normalize("NFKC", text) != text:
        return Text(
            zh="邮箱里有全角字符，请在英文输入状态下重新输入。",
            en="The mail address holds full-width characters; type it again in plain ones.",
        )
    if text.count("@") == 0:
        return Text(zh="邮箱里缺少“@”。", en="The mail address has no @.")
    if _SEVERAL.search(text) or text.count("@") > 1:
        return Text(zh="这里只能填一个邮箱，地址里只有一个“@”。", en="Give one mail address here; it has one @ in it.")
    if any(c.isspace() for c in text):
        return Text(zh="邮箱里有空格，请删去。", en="The mail address holds a space; take it out.")
    name, _, domain = text.partition("@")
    if not name:
        return Text(zh="邮箱“@”前面缺少用户名。", en="The mail address has nothing before the @.")
    if "." not in domain.strip("."):
        return Text(
            zh="邮箱“@”后面的域名不完整，例如应为 qq.com。",
            en="The part after the @ is not a whole domain such as qq.com.",
        )
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return Text(
            zh="邮箱的写法不对，请核对每一个字符。", en="This is not the form of a mail address; check every character."
        )
    return None


def _not_a_number(digits: str) -> Text:
    """Why a number is none, from how many digits it has."""
    count = len(digits)
    if count in _LOCAL_DIGITS and not digits.startswith("0"):
        return Text(
            zh="固定电话请加区号，例如 022-。", en="Put the area code before a landline number, for example 022-."
        )
    if count in _SERVICE_DIGITS:
        return Text(
            zh=f"电话号码只有 {count} 位，请填写完整的手机号码或带区号的固定电话。",
            en=f"The telephone number has only {count} digits; give a whole one.",
        )
    if digits.startswith("1") and not digits.startswith("10") and count != len("13800138000"):
        return Text(
            zh=f"手机号码应为 11 位，这里是 {count} 位。", en=f"A mobile number has 11 digits; this one has {count}."
        )
    return Text(
        zh="没有这样的电话号码，请核对号段、区号和位数。",
        en="There is no such telephone number; check its prefix, area code and length.",
    )
