"""Picking out of the print on a cover what a clerk would type. What is picked is proposed, never taken by itself.

Print of a photograph is read with mistakes: O for 0, S for 5. In codes with a check sign a mistake is noticed, and mended where
one change alone makes the sign right; in a courier's number letters among its digits are read as the digits they look like,
and what was read stands beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import Enum
from itertools import combinations
from uuid import UUID

from ketang.selection.desk.codes import MARK, SIGNS, Kind, is_own, label_code, read

MOST = 3
"""Proposals of one kind."""
OLDEST = timedelta(days=366)
"""A postmark is younger."""
NEAR = 0.8
"""The share of a name that is found in the print, from which on it is taken for that name."""
_ALIKE = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "|": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}
_DIGITS = str.maketrans(_ALIKE)
_LIKE_DIGIT = f"[0-9{''.join(re.escape(sign) for sign in _ALIKE)}]"
_MISREAD = {
    "0": "Q", "Q": "0", "1": "J", "J": "1", "2": "Z", "Z": "2", "5": "S", "S": "5", "6": "G", "G": "6", "8": "B", "B": "8",
    "V": "Y", "Y": "V", "M": "N", "N": "M", "C": "G", "E": "F", "F": "E", "P": "R", "R": "P", "H": "N", "D": "0", "7": "1",
}  # fmt: skip
"""Signs of a label code that print exchanges. O, I and L are no signs of it: they are 0 and 1 anyway."""
_LABEL = re.compile(rf"K[T7I][-—–_.·\s]*((?:[0-9A-Z][-—–_.·\s]*){{{SIGNS + 1}}})(?![0-9A-Z])")
_SUBMISSION = re.compile(rf"(?<![0-9A-Z-])(?!{MARK}-)[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d{{4,6}}(?![0-9A-Z-])")
_PREFIXED = {
    "SF": rf"[S5]F((?:[ -]?{_LIKE_DIGIT}){{12,13}})", "YT": rf"YT((?:[ -]?{_LIKE_DIGIT}){{13}})",
    "JT": rf"JT((?:[ -]?{_LIKE_DIGIT}){{13}})", "DPK": rf"DPK((?:[ -]?{_LIKE_DIGIT}){{12}})",
    "JD": r"JD((?=[A-Z]*\d{8})[0-9A-Z]{11,18})",
}  # fmt: skip
_POSTAL = re.compile(rf"(?<![0-9A-Z])([A-Z]{{2}})((?: ?{_LIKE_DIGIT}){{9}}) ?(CN)(?![0-9A-Z])")
_BARE = re.compile(r"(?<![0-9A-Z-])\d(?: ?\d){11,14}(?![0-9A-Z-])")
_CALLED_TRACKING = re.compile(r"(?:运单|快递单|快递|物流单|物流|邮件|面单|单)(?:号码|编号|号)\s*[:：]?\s*(.*)")
_TRACKING = re.compile(r"(?=(?:.*\d){6})[A-Z0-9]{8,40}")
_DAY = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})(?!\d)")
_DAY_RUN = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?:\d{4}|\d{6})?(?!\d)")
_CALLED_DAY = re.compile(r"收寄|寄件(?:日期|时间)|邮戳|揽收|揽件|寄出")
_SUPPLIER = re.compile(r"(?:供应单位|申报单位|报送单位|单位名称|申报人|供应者)(?:（全称）|\(全称\))?\s*[:：]?\s*(.*)")
_TITLE = re.compile(r"(?:课程名称|申报课程)\s*[:：]?\s*(.*)")
_COURIERS = {
    "顺丰": "顺丰速运", "圆通": "圆通速递", "中通": "中通快递", "申通": "申通快递", "韵达": "韵达快递", "京东": "京东快递",
    "极兔": "极兔速递", "德邦": "德邦快递", "EMS": "EMS", "中国邮政": "中国邮政",
}  # fmt: skip
_COURIER_OF = {"SF": "顺丰速运", "YT": "圆通速递", "JT": "极兔速递", "DPK": "德邦快递", "JD": "京东快递"}


class Part(Enum):
    """What a proposal is for; the values are names of the form's fields."""

    SUBMISSION = "submission"
    TRACKING = "tracking"
    POSTMARK = "postmark"
    COURIER = "courier"
    SUPPLIER = "supplier"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print and its upright box, as shares of the picture."""

    words: str
    left: float = 0.0
    right: float = 1.0
    top: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """What was picked: for what, its value as the form takes it, and the print it was read from."""

    part: Part
    value: str
    seen: str


@dataclass(frozen=True, slots=True)
class Known:
    """A submission that is known: its number, its supplier and its course."""

    number: str
    supplier: str
    title: str


def pick(lines: Sequence[Line], today: date, known: Iterable[Known] = ()) -> tuple[Found, ...]:
    """Everything on a cover that may be proposed, for each part the likeliest first and `MOST` at most.

    Args:
        lines: the print.
        today: no postmark is later.
        known: among what suppliers and courses are looked for.

    Returns:
        A submission is proposed by label code or number, as they can be typed into the desk's field: whether there is one
        of that code is asked afterwards. A code with a wrong sign gives every code that it may have been.
    """
    plain = [_plain(line) for line in lines]
    named = _named(plain, known)
    found = [*_labels(plain), *_numbers(plain), *named, *_trackings(plain), *_days(plain, today), *_couriers(plain)]
    kept: list[Found] = []
    for one in found:
        same = [other for other in kept if other.part is one.part]
        if one.value not in {other.value for other in same} and (len(same) < MOST or one.part is Part.SUBMISSION):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: list(Part).index(one.part)))


def _plain(line: Line) -> Line:
    words = " ".join(unicodedata.normalize("NFKC", line.words).split())
    return Line(words, line.left, line.right, line.top, line.bottom)


def _labels(lines: Sequence[Line]) -> Iterator[Found]:
    for line in lines:
        for match in _LABEL.finditer(line.words.upper()):
            signs = re.sub(r"[^0-9A-Z]", "", match[1])
            for code in _codes(signs):
                yield Found(Part.SUBMISSION, code, line.words)


def _codes(signs: str) -> list[str]:
    """The code that was read; with a wrong sign, those that differ from it where print exchanges signs, fewest changes first."""
    places = [place for place, sign in enumerate(signs) if sign in _MISREAD]
    for changes in range(3):
        found = []
        for changed in combinations(places, changes):
            tried = "".join(_MISREAD[sign] if place in changed else sign for place, sign in enumerate(signs))
            code = f"{MARK}-{tried[:4]}-{tried[4:8]}-{tried[8:]}"
            if read(code).kind is Kind.LABEL:
                found.append(_canonical(read(code).value))
        if found:
            return list(dict.fromkeys(found))
    return []


def _canonical(value: str) -> str:
    """A code as it is printed, from its ten hexadecimal signs."""
    return label_code(UUID(hex=f"{value:0<32}"))


def _numbers(lines: Sequence[Line]) -> Iterator[Found]:
    for line in lines:
        for match in _SUBMISSION.finditer(line.words.upper()):
            if read(match[0]).kind is Kind.SUBMISSION:
                yield Found(Part.SUBMISSION, match[0], line.words)


def _trackings(lines: Sequence[Line]) -> Iterator[Found]:
    """First what stands behind “运单号”, then what has the form of a courier or of the post, then digits of that length alone."""
    for line in lines:
        for value in _right_of(line, _CALLED_TRACKING, lines):
            known = next(_formed(value.upper()), None)
            number = re.sub(r"[^0-9A-Z]", "", value.upper())
            if known is None and _TRACKING.fullmatch(number) and not is_own(value) and not _is_phone(number):
                known = number
            if known is not None:
                yield Found(Part.TRACKING, known, value)
    for line in lines:
        for number in _formed(line.words.upper()):
            yield Found(Part.TRACKING, number, line.words)
    for line in lines:
        formed = list(_formed(line.words.upper()))
        for match in _BARE.finditer(line.words.upper()):
            number = match[0].replace(" ", "")
            if any(number in one for one in formed):
                continue
            if not _is_phone(number) and not _DAY_RUN.fullmatch(number):
                yield Found(Part.TRACKING, number, line.words)


def _formed(words: str) -> Iterator[str]:
    """Numbers with the letters of a courier, and those of the post (UPU S10) whose check digit is right."""
    for letters, pattern in _PREFIXED.items():
        for match in re.finditer(rf"(?<![0-9A-Z]){pattern}(?![0-9A-Z])", words):
            rest = re.sub(r"[ -]", "", match[1])
            yield letters + (rest if letters == "JD" else rest.translate(_DIGITS))
    for match in _POSTAL.finditer(words):
        digits = match[2].replace(" ", "").translate(_DIGITS)
        if _postal_check(digits[:8]) == int(digits[8]):
            yield match[1] + digits + match[3]


def _postal_check(digits: str) -> int:
    left = 11 - sum(int(digit) * weight for digit, weight in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return {10: 0, 11: 5}.get(left, left)


def _is_phone(number: str) -> bool:
    return bool(re.fullmatch(r"(?:0086|86)?1[3-9]\d{9}|0\d{9,11}|[48]00\d{7}", number))


def _days(lines: Sequence[Line], today: date) -> Iterator[Found]:
    """Days that a postmark can have: those beside “收寄” and the like first."""
    called: list[Found] = []
    others: list[Found] = []
    for line in lines:
        beside = any(_CALLED_DAY.search(one.words) for one in (line, *_row_of(line, lines)))
        for match in (*_DAY.finditer(line.words), *_DAY_RUN.finditer(line.words)):
            try:
                day = date(*(int(part) for part in match.groups()))
            except ValueError:
                continue
            if today - OLDEST <= day <= today:
                (called if beside else others).append(Found(Part.POSTMARK, day.isoformat(), line.words))
    yield from called
    yield from others


def _couriers(lines: Sequence[Line]) -> Iterator[Found]:
    for line in lines:
        for word, name in _COURIERS.items():
            if word in line.words.upper():
                yield Found(Part.COURIER, name, line.words)
    for found in _trackings(lines):
        letters = re.match(r"[A-Z]*", found.value)
        if letters and letters[0] in _COURIER_OF:
            yield Found(Part.COURIER, _COURIER_OF[letters[0]], found.seen)


def _named(lines: Sequence[Line], known: Iterable[Known]) -> list[Found]:
    """Suppliers and courses: those that are known first, then what stands behind their words on a label.

    A submission both of whose names are there is proposed by its number, where it is the only one.
    """
    told = _Print(lines)
    rows = list(known)
    suppliers = told.matches({one.supplier for one in rows})
    titles = told.matches({one.title for one in rows})
    both = [one for one in rows if one.supplier in suppliers and one.title in titles]
    found = [Found(Part.SUBMISSION, both[0].number, both[0].title)] if len({one.number for one in both}) == 1 else []
    for part, names, pattern in ((Part.SUPPLIER, suppliers, _SUPPLIER), (Part.TITLE, titles, _TITLE)):
        found += [Found(part, name, seen) for name, seen in names.items()]
        for line in lines:
            for value in _right_of(line, pattern, lines):
                if len(value) >= 2 and not any(_near(_bare(name), _bare(value)) >= NEAR for name in names):
                    found.append(Found(part, value, value))
    return found


class _Print:
    """All print of a cover, in which names are looked for: whole ones first, then those with a sign or two read wrong."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = [(line.words, _bare(line.words)) for line in lines]
        together = [(f"{a[0]} {b[0]}", a[1] + b[1]) for a, b in zip(self._lines, self._lines[1:], strict=False)]
        self._places = self._lines + together
        self._pairs = {pair for _words, bare in self._places for pair in _pairs_of(bare)}

    def matches(self, names: set[str]) -> dict[str, str]:
        """Those that are there, the best first, each with the print it was seen in; none that is a part of a longer one."""
        scored: list[tuple[float, str, str]] = []
        for name in names:
            bare = _bare(name)
            pairs = _pairs_of(bare)
            if len(bare) >= 4 and pairs and sum(pair in self._pairs for pair in pairs) < len(pairs) * 0.5:
                continue  # the many that are not there cost no more than this
            score, seen = self._best(bare)
            if score >= NEAR:
                scored.append((score, name, seen))
        scored.sort(key=lambda one: (-one[0], -len(one[1]), one[1]))
        kept: dict[str, str] = {}
        for _score, name, seen in scored:
            if not any(_bare(name) in _bare(longer) for longer in kept) and len(kept) < MOST:
                kept[name] = seen
        return kept

    def _best(self, bare: str) -> tuple[float, str]:
        if len(bare) < 4:  # a short one is a part of too many words: it must stand alone
            for words, line in self._lines:
                if line == bare or re.fullmatch(rf".*(?:单位|人|者|名称|课程)[:]?{re.escape(bare)}", line):
                    return 1.0, words
            return 0.0, ""
        return max(((_near(bare, line), words) for words, line in self._places), default=(0.0, ""))


def _near(bare: str, line: str) -> float:
    """How much of a name a line holds in one stretch, 0 to 1."""
    if not bare:
        return 0.0
    if bare in line:
        return 1.0
    blocks = [block for block in SequenceMatcher(None, bare, line, autojunk=False).get_matching_blocks() if block.size]
    if not blocks or blocks[-1].b + blocks[-1].size - blocks[0].b > len(bare) * 1.3:
        return 0.0
    return sum(block.size for block in blocks) / len(bare)


def _pairs_of(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(len(text) - 1)]


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())


def _right_of(line: Line, pattern: re.Pattern[str], lines: Sequence[Line]) -> Iterator[str]:
    """What stands behind a name: on its own line, or in the next box of the same row of a table."""
    match = pattern.match(line.words)
    if match is None:
        return
    if rest := match[1].strip(": "):
        yield rest
        return
    following = [one for one in _row_of(line, lines) if one.left >= line.right - 0.02]
    if following:
        yield min(following, key=lambda one: one.left).words


def _row_of(line: Line, lines: Sequence[Line]) -> list[Line]:
    """Other boxes whose middle lies at the height of this one, turned a little or not."""
    height = line.bottom - line.top
    middle = (line.top + line.bottom) / 2
    return [
        one for one in lines if one is not line and height and abs((one.top + one.bottom) / 2 - middle) < height * 0.6
    ]
