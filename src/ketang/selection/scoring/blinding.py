"""Taking out of a text what tells who made it: names, their short forms, telephone, mail, addresses, codes.

A phrase is found however it is spaced, and in full-width or half-width letters. What it stood for is told in its place, so that a
sentence stays one: 〔供应单位〕, 〔姓名〕. What stands in a picture or is spoken is out of reach here; `copying` lists it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, partial

from kebao.text.persons import TITLES

UNIT, PERSON, PHONE, MAIL, PLACE, CODE, SITE, FILE = (
    "供应单位", "姓名", "电话", "邮箱", "地址", "代码", "网址", "文件",
)  # fmt: skip
"""What a phrase was; its mark is the word in 〔〕. Marks are Chinese in every language, as the text that they stand in is."""

_REGIONS = re.compile(
    r"^(?:中国|(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,3}市)?(?:[\u4e00-\u9fff]{1,4}[区县])?|天津|北京|上海|重庆|河北)"
)
_LEGAL = re.compile(
    r"[（(][^（）()]{1,10}[）)]|(?:有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|总公司|分公司|公司)$"
)
_WORK = (
    "职业技术学院", "职业培训学校", "职业技能培训学校", "技工学校", "职业学校", "培训学校", "培训中心", "技师学院", "职业学院",
    "大学", "学院", "学校", "中心", "协会", "学会", "基金会", "研究院", "研究所", "工作室", "科技", "教育", "文化", "传媒",
    "信息技术", "网络科技", "教育科技", "集团", "公司", "厂", "店", "社",
)  # fmt: skip
"""Words that many units share: what stands before them is the unit's own."""
_LETTERS = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_OPEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"[{_LETTERS}._%+-]+[@＠][{_LETTERS}-]+(?:[.．][{_LETTERS}-]+)+"), MAIL),
    (re.compile(r"(?:https?://|www\.)(?![^\s/]*\.gov\.cn)[A-Za-z0-9./?=&%_#:~-]+", re.IGNORECASE), SITE),
    (re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])"), CODE),
    (re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])"), CODE),
    (re.compile(r"(?<![0-9.])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])"), PHONE),
    (re.compile(r"(?<![0-9.])[（(]?0[1-9][0-9]{1,2}[)）]?[- ]?[2-8][0-9]{6,7}(?:-[0-9]{1,6})?(?![0-9])"), PHONE),
    (
        re.compile(r"(?<=微信号)[:：]?\s*[A-Za-z][-_A-Za-z0-9]{5,19}|(?<=QQ)[:：]?\s*[1-9][0-9]{4,10}", re.IGNORECASE),
        PHONE,
    ),
)
"""Forms that give somebody away whoever it is. Addresses of the state (gov.cn) stay: courses cite them."""


class Blinder:
    """Takes phrases and forms out of texts, and counts what it took."""

    def __init__(self, masks: Iterable[Sequence[str]]) -> None:
        """Args: masks: (phrase, what it was), longest first or not; phrases of one sign are left."""
        known: dict[str, str] = {}
        for phrase, what in masks:
            if len(key := _key(phrase)) > 1:
                known.setdefault(key, what)
        self._known = known
        self.taken: Counter[str] = Counter()

    def text(self, words: str) -> str:
        """The words without what gives away."""
        if not words:
            return words
        if self._pattern is not None:
            words = self._pattern.sub(self._by_name, words)
        for form, what in _OPEN:
            words = form.sub(partial(self._by_form, what), words)
        return words

    def spans(self, words: str) -> list[tuple[int, int, str]]:
        """(first, after, what) of each thing that gives away, in the order of places; they may overlap."""
        found = (
            []
            if self._pattern is None
            else [(m.start(), m.end(), self._what(m)) for m in self._pattern.finditer(words)]
        )
        for form, what in _OPEN:
            found += [(m.start(), m.end(), what) for m in form.finditer(words) if m.end() > m.start()]
        return sorted(found)

    def page(self, markup: str) -> str:
        """A page's markup without the names. Names alone: what looks like a number may be part of a page."""
        if self._page_pattern is None:
            return markup
        return self._page_pattern.sub(self._by_name, markup)

    def gives_away(self, words: str) -> list[str]:
        """Phrases of the masks that stand in the words, as they stand there."""
        return [] if self._pattern is None else [found.group() for found in self._pattern.finditer(words)]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _any_of(self._known)

    @cached_property
    def _page_pattern(self) -> re.Pattern[str] | None:
        return _any_of({html.escape(key): what for key, what in self._known.items()} | self._known)

    def _by_name(self, found: re.Match[str]) -> str:
        return self._mark(self._what(found))

    def _what(self, found: re.Match[str]) -> str:
        return self._known.get(_key(html.unescape(found.group())), UNIT)

    def _by_form(self, what: str, found: re.Match[str]) -> str:
        del found
        return self._mark(what)

    def _mark(self, what: str) -> str:
        self.taken[what] += 1
        return f"〔{what}〕"


def short_names(unit: str) -> list[str]:
    """A unit's name without region and legal form, and its own word before what many units share; the whole name first.

    `天津市海河示例职业培训学校有限公司` gives itself, `海河示例职业培训学校` and `海河示例`. A word of two
    signs is too common to stand alone: it is looked for before such a word (`海河学校`).
    """
    whole = unit.strip()
    if not whole:
        return []
    core = _LEGAL.sub("", whole).strip()
    found = [whole, core, _REGIONS.sub("", core)]
    own = found[-1]
    for _ in range(3):
        tail = next((word for word in _WORK if own.endswith(word) and len(own) > len(word)), "")
        if not tail:
            break
        own = own.removesuffix(tail)
        found += [own] if len(own) >= 3 else [f"{own}{word}" for word in _WORK]
    return [name for name in dict.fromkeys(found) if len(name) >= 3 and name not in _WORK]


def person_forms(name: str) -> list[str]:
    """A person's name, and its family name with a title is found by `titled`."""
    name = re.sub(r"\s+", "", name)
    return [name] if 2 <= len(name) <= 20 else []


def titled(name: str) -> list[str]:
    """Ways in which a person of a Chinese name is called by title: 王老师, 王教授."""
    name = re.sub(r"\s+", "", name)
    if not re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", name):
        return []
    return [f"{name[0]}{title}" for title in TITLES.split("|")]


def _key(phrase: str) -> str:
    """A phrase as it is compared: half-width, no spaces, lower case."""
    return re.sub(r"\s+", "", phrase.translate(_HALF)).casefold()


_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _any_of(known: dict[str, str]) -> re.Pattern[str] | None:
    """A pattern of all phrases, the longest first."""
    if not known:
        return None
    return re.compile("|".join(_spaced(key) for key in sorted(known, key=lambda key: (-len(key), key))), re.IGNORECASE)


def _spaced(key: str) -> str:
    """A phrase however it is spaced and however wide its letters are; a word of Latin letters is whole."""
    signs = [f"[{re.escape(sign)}{chr(ord(sign) + 0xFEE0)}]" if "!" <= sign <= "~" else re.escape(sign) for sign in key]
    body = r"\s*".join(signs)
    before = r"(?<![A-Za-z0-9])" if key[0].isascii() and key[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if key[-1].isascii() and key[-1].isalnum() else ""
    return f"{before}{body}{after}"
