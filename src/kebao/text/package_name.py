"""The name of a package and the subject of its mail: 网络课程+单位名称（全称）+课程名称 (P7.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kebao.model.errors import UsageFault
from kebao.model.text import Text
from kebao.text.names import fold

PREFIX = "网络课程"
MAX_BYTES = 255
"""Longest file name, in bytes of UTF-8, on the file systems in use (ext4, APFS, exFAT by units of 16 bits, S3 keys are longer)."""

PARCEL_TEXT = "职业技能培训网络课程资源申报材料"
_PARCEL_MISPRINT = "职业技能培训网络程资源申报材料"  # as the original prints P7.1

_LONGEST_READ = 600
_FORBIDDEN = frozenset('\\/:*?"<>|')
_REPLY = re.compile(
    r"^\s*(?:[【\[](?:外部邮件|外部|external|ext)[】\]]|(?:自动回复|回复|答复|转发|回覆|轉寄|reply|forward|re|fwd|fw)\s*(?:\[\d+\]|\(\d+\))?\s*[:：])\s*",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:\.zip|(?<=\S)\s*\(\d{1,3}\)|\s*-\s*(?:副本|copy)|的副本)\s*$", re.IGNORECASE)
_PLUS = re.compile(r"\s*[+＋﹢]\s*")
_OTHERS = (re.compile(r"\s*[_＿]\s*"), re.compile(r"\s*[-－—–]+\s*"), re.compile(r"\s+"))
_AT_START = re.compile(r"^[\s+＋﹢_＿－—–-]+")
_AT_END = re.compile(r"[\s+＋﹢_＿－—–-]+$")
_UNIT_ENDS = (
    *("公司", "集团", "厂", "合作社", "工作室", "服务社", "医院", "基地", "中心", "站", "社", "馆", "局", "残联"),
    *("学校", "学院", "大学", "研究院", "研究所", "研究会", "院", "所", "协会", "学会", "商会", "联合会", "基金会"),
)
_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", '"': '"', "'": "'"}


class PackageNameFault(UsageFault):
    """A name that cannot be used. `code` is `empty`, `forbidden`, `ending` or `too-long`."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class PackageName:
    """The three parts as they were written; `prefix` is always 网络课程, for an individual `unit` is their own name."""

    prefix: str
    unit: str
    title: str


def parse_package_name(text: str, *, unit: str = "", title: str = "") -> PackageName | None:
    """Read the name of a file or folder, or the subject of a mail, in the form of P7.1; None when it is not in that form.

    Accepted between the parts: + ＋ - _ space, or nothing. Dropped: 回复/转发/Re/Fw/Fwd (nested), `.zip`, and what a second
    download adds (` (1)`, ` - 副本`). A full-width （1） belongs to the title.

    Args:
        text: the name; only the first 600 characters are looked at.
        unit, title: the true names if they are known. They decide where to split, which they alone can where nothing
            stands between, and keep an ending `(1)` that belongs to the title. A known name that is not found is ignored, so that the
            caller sees what was written instead.
    """
    rests = tuple(_rests(text))
    found = _split_known(rests, fold(unit), fold(title))
    return PackageName(PREFIX, *found) if found else None


def canonical(unit: str, title: str) -> str:
    """网络课程+单位全称+课程名称, the form that is written.

    Raises:
        PackageNameFault: a part is empty; a character that Windows forbids in names, a line break or an invisible character;
            a dot at the end; over 255 bytes of UTF-8.
    """
    unit, title = " ".join(unit.split(" ")).strip(), " ".join(title.split(" ")).strip()
    for part, zh, en in ((unit, "单位名称", "name of the unit"), (title, "课程名称", "title of the course")):
        if not part:
            raise PackageNameFault(
                "empty",
                Text(
                    zh=f"还没有填写{zh}，无法生成课程资源包名。",
                    en=f"The {en} is empty, so the package cannot be named.",
                ),
            )
        _refuse_forbidden(part, zh, en)
    name = f"{PREFIX}+{unit}+{title}"
    if name.endswith("."):
        raise PackageNameFault(
            "ending",
            Text(
                zh="课程名称不能以英文句点结尾，Windows 会把它去掉。",
                en="The title of the course must not end with a dot: Windows drops it.",
            ),
        )
    _refuse_long(name)
    return name


def archive_name(unit: str, title: str) -> str:
    """`canonical` with `.zip`; the ending counts towards the 255 bytes. Raises like `canonical`."""
    name = canonical(unit, title) + ".zip"
    _refuse_long(name)
    return name


def parcel_text_ok(text: str) -> bool:
    """True when the words on a parcel hold 职业技能培训网络课程资源申报材料, or the original's misprint 网络程资源 (P7.1)."""
    words = "".join(fold(text).split())
    return PARCEL_TEXT in words or _PARCEL_MISPRINT in words


def _rests(text: str) -> Iterator[str]:
    """What follows 网络课程, first with its endings, then with each ending taken off; the last is the barest. None without it."""
    kept = "".join(c for c in text[:_LONGEST_READ] if unicodedata.category(c) not in {"Cc", "Cf"} or c.isspace())
    while True:
        shorter = _REPLY.sub("", kept, count=1)
        if shorter == kept:
            break
        kept = shorter
    kept = kept.strip()
    closing = _CLOSING.get(kept[:1], "")
    if closing:
        kept = kept[1:].lstrip()
    if not kept.startswith(PREFIX):
        yield ""
        return
    rest = kept[len(PREFIX) :]
    while True:
        rest = rest.rstrip().removesuffix(closing)
        yield _AT_START.sub("", rest).rstrip()
        shorter = _ENDING.sub("", rest)
        if shorter == rest:
            return
        rest = shorter


def _split_known(rests: tuple[str, ...], unit: str, title: str) -> tuple[str, str] | None:
    """Split by what is known (folded names, empty when unknown), else by separators."""
    if title:
        for rest in rests:
            for left, right, _ in _places(rest):
                if fold(right) == title and (not unit or fold(left) == unit):
                    return left, right
    barest = rests[-1]
    whole = [(left, right) for left, right, _ in _places(barest) if unit and fold(left) == unit]
    parted = [(left, right) for left, right, apart in _places(barest) if apart and (left, right) in whole]
    by_title = [
        (left, right)
        for rest in rests
        for left, right, apart in _places(rest)
        if apart and title and fold(right) == title
    ]
    for found in (parted, by_title, _split_at(_PLUS, barest), whole, *(_split_at(kind, barest) for kind in _OTHERS)):
        if found:
            return found[0]
    return None


def _places(rest: str) -> Iterator[tuple[str, str, bool]]:
    """Every way to cut in two, separators at the cut taken off; the third tells whether there were any."""
    for at in range(1, len(rest)):
        left, right = _AT_END.sub("", rest[:at]), _AT_START.sub("", rest[at:])
        if left and right:
            yield left, right, len(left) + len(right) < len(rest)


def _split_at(kind: re.Pattern[str], rest: str) -> list[tuple[str, str]]:
    """Ways to cut at one kind of separator; first those after a word that ends a unit's name."""
    places = [(rest[: m.start()], rest[m.end() :]) for m in kind.finditer(rest)]
    return sorted((place for place in places if all(place)), key=lambda place: not place[0].endswith(_UNIT_ENDS))


def _refuse_forbidden(part: str, zh: str, en: str) -> None:
    seen = sorted({c for c in part if c in _FORBIDDEN})
    if seen:
        raise PackageNameFault(
            "forbidden",
            Text(
                zh=f"{zh}里有文件名不能用的字符：{' '.join(seen)}。请换成全角字符，或删去。",
                en=f"The {en} holds characters that no file name may hold: {' '.join(seen)}. Use the full-width ones, or leave them out.",
            ),
        )
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in part):
        raise PackageNameFault(
            "forbidden",
            Text(
                zh=f"{zh}里有换行或看不见的字符，请重新输入一遍。",
                en=f"The {en} holds a line break or an invisible character; please type it again.",
            ),
        )


def _refuse_long(name: str) -> None:
    size = len(name.encode())
    if size > MAX_BYTES:
        raise PackageNameFault(
            "too-long",
            Text(
                zh=f"课程资源包名太长：{size} 字节，最多 {MAX_BYTES} 字节（一个汉字占 3 字节）。请缩短课程名称。",
                en=f"The package's name is too long: {size} bytes of at most {MAX_BYTES} (a Chinese character takes 3). Shorten the title of the course.",
            ),
        )
