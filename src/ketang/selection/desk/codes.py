"""What a scanner types: label codes of our own, numbers, addresses in QR codes, tracking numbers; and words that people type."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from kebao.text.package_name import parse_package_name

MARK = "KT"
"""With which every label code begins: no courier's number does."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, without I L O U."""
SIGNS = 8
"""Signs of a code between mark and check sign: the first 40 bits of the submission's uuid."""
_AS_READ = str.maketrans({"O": "0", "I": "1", "L": "1"})
_ARRIVAL = re.compile(r"SJ\d{4}-\d{6}")
_SUBMISSION = re.compile(r"[A-Z0-9][A-Z0-9-]*-\d{4,}")
_RECEIPT = re.compile(r"[A-Z0-9][A-Z0-9-]*-R\d{5,}")
_ADDRESS = re.compile(r"/receipts/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_TRACKING = re.compile(r"(?=(?:.*\d){6})[A-Z0-9]{8,40}")
_DIGEST = re.compile(r"[0-9A-F]{64}")


class Kind(Enum):
    """What was scanned."""

    LABEL = "label"
    BROKEN = "broken"
    SUBMISSION = "submission"
    RECEIPT = "receipt"
    ADDRESS = "address"
    ARRIVAL = "arrival"
    NAME = "name"
    TRACKING = "tracking"
    WORDS = "words"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a text is, and its value: ten hexadecimal signs of a label, a number, a uuid, a tracking number, or words.

    Of a package's name the parts are `unit` and `title`.
    """

    kind: Kind
    value: str = ""
    unit: str = ""
    title: str = ""


def label_code(uuid: UUID) -> str:
    """The code on the label of a submission, as people read it: `KT-7K3M-9QXZ-4`."""
    number = int(uuid.hex[:10], 16)
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(SIGNS)))
    return f"{MARK}-{signs[:4]}-{signs[4:]}-{check_sign(signs)}"


def check_sign(signs: str) -> str:
    """Luhn's check sign modulo 32: one wrong sign is always noticed, two neighbours changed over nearly always (not 0 and Z)."""
    total = 0
    for place, sign in enumerate(reversed(signs)):
        value = ALPHABET.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def read(text: str) -> Scanned:
    """Say what was scanned or typed. A scanner under a Chinese input method types full-width letters: they are the same."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return Scanned(Kind.NOTHING)
    if found := _ADDRESS.search(plain):
        return Scanned(Kind.ADDRESS, found[1].lower())
    if named := parse_package_name(plain):
        return Scanned(Kind.NAME, plain, named.unit, named.title)
    upper = plain.upper()
    if (label := _label(upper)) is not None:
        return label
    for kind, pattern in (
        (Kind.ARRIVAL, _ARRIVAL), (Kind.RECEIPT, _RECEIPT), (Kind.SUBMISSION, _SUBMISSION),
    ):  # fmt: skip
        if pattern.fullmatch(upper):
            return Scanned(kind, upper)
    if (number := tracking_number(plain)) and _TRACKING.fullmatch(number):
        return Scanned(Kind.TRACKING, number)
    return Scanned(Kind.WORDS, plain)


def tracking_number(text: str) -> str:
    """A tracking number as it is kept: capital letters and digits alone, at most 40; empty for what can be none."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())
    return plain if plain.isascii() and len(plain) <= 40 else ""


def is_own(text: str) -> bool:
    """Whether a text in the place of a tracking number is one of our own codes: a scanner was held at the wrong one."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    own = (_ARRIVAL, _RECEIPT, _DIGEST)
    return any(one.fullmatch(plain) for one in own) or _label(plain) is not None or bool(_ADDRESS.search(text))


def _label(upper: str) -> Scanned | None:
    signs = "".join(sign for sign in upper if sign.isalnum())
    if not signs.startswith(MARK) or len(signs) != len(MARK) + SIGNS + 1:
        return None
    body, check = signs[len(MARK) : -1].translate(_AS_READ), signs[-1].translate(_AS_READ)
    if any(sign not in ALPHABET for sign in body) or check_sign(body) != check:
        return Scanned(Kind.BROKEN, upper)
    number = 0
    for sign in body:
        number = number << 5 | ALPHABET.index(sign)
    return Scanned(Kind.LABEL, f"{number:010x}")
