"""Where limits come from is told in both languages: what the loader takes and refuses, and what the shipped rulebooks say."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kebao.model.text import Text, is_code
from kebao.rulebook.book import BoundRule, Limit
from kebao.rulebook.loading import RulebookFault, load, parse, shipped_ids
from kebao.rules.pages import rule_page
from kebao.rules.registry import all_rules

RULES = all_rules()
BOOKS = tuple(load(name, RULES) for name in shipped_ids())
BOTH = '{ zh = "本系统的理解：够长", en = "long enough: our reading" }'
NAMES = {"WCAG", "ITU", "BT", "EBU", "LU", "dBTP", "kHz", "lg"}
"""Standards and units: the words in Latin letters that a Chinese source may hold."""


def book(limit: str = BOTH, own: str = BOTH) -> bytes:
    """A rulebook of one clause whose rule has one limit, with these sources."""
    return (
        f'id = "x/1"\nedition = "1"\nsource = {own}\ntitle = {{ zh = "书", en = "book" }}\n'
        '[[clause]]\nid = "C1"\nbinding = "strict"\nlooker = "office"\nzh = "文"\nen = "text"\n'
        f"[clause.rules.lecture-too-long]\nlimit_minutes = {{ value = 25, source = {limit} }}\n"
    ).encode()


@pytest.mark.parametrize(
    "written, read",
    [
        (BOTH, Text(zh="本系统的理解：够长", en="long enough: our reading")),
        ('"A2(2).3"', Text(zh="A2(2).3", en="A2(2).3")),
        ('"P2(1)–P2(7)"', Text(zh="P2(1)–P2(7)", en="P2(1)–P2(7)")),
        ('{ zh = "EBU Tech 3341", en = "EBU Tech 3341" }', Text(zh="EBU Tech 3341", en="EBU Tech 3341")),
    ],
)
def test_both_languages_or_a_bare_code_are_taken(written: str, read: Text) -> None:
    made = parse(book(limit=written, own=written), RULES)
    assert made.source == read
    assert made.clauses[0].rules == (BoundRule("lecture-too-long", {"limit_minutes": Limit(25, read)}, None),)


@pytest.mark.parametrize(
    "written",
    [
        '"our reading"', '"本系统的理解"', '"A2(2).3: our reading"', '"A2(2).4 不低于三套"', '"EBU Tech 3341"', '"OUR READING OF 3"',
        '"C"', '""', '" "', "3", "true", '["A2(2).3"]', '{ zh = "本系统的理解" }', '{ en = "our reading" }',
        '{ zh = "本系统的理解", en = " " }', '{ zh = "理解", en = "reading", fr = "lecture" }', '{ zh = "理解", en = 3 }', "{}",
    ],
)  # fmt: skip
def test_words_in_one_language_are_refused_with_their_place(written: str) -> None:
    with pytest.raises(RulebookFault) as refused:
        parse(book(limit=written), RULES, origin="try.toml")
    assert refused.value.message == Text(
        zh='规则册 try.toml C1：lecture-too-long.limit_minutes 的出处要写成 { zh = "…", en = "…" }；只有编号才可以只写一次，如 "A2(2).3"',
        en='Rulebook try.toml C1: the source of lecture-too-long.limit_minutes needs { zh = "…", en = "…" }; only a code may stand once, as "A2(2).3"',
    )
    with pytest.raises(RulebookFault) as refused:
        parse(book(own=written), RULES, origin="try.toml")
    assert refused.value.message.zh.startswith("规则册 try.toml：这本规则册的出处要写成")
    assert refused.value.message.en.startswith("Rulebook try.toml: the source of the rulebook needs")


def told() -> dict[str, Text]:
    """Every source that the shipped rulebooks tell, by its place."""
    found = {book.id: book.source for book in BOOKS}
    for one in BOOKS:
        for clause in one.clauses:
            for bound in clause.rules:
                for name, limit in bound.limits.items():
                    found[f"{one.id} {clause.id} {bound.rule}.{name}"] = limit.source
    return found


def faults(source: Text) -> list[str]:
    """What is wrong with a source: a language missing or within the other, or another thing said in it."""
    if is_code(source.zh):
        return [] if source.zh == source.en else ["a code that differs"]
    wrong = {
        "no hanzi in the Chinese": not re.search(r"[\u3400-\u9fff]", source.zh),
        "English in the Chinese": set(re.findall(r"[A-Za-z]{2,}", re.sub(r"W3C", "", source.zh))) - NAMES != set(),
        "Chinese in the English": bool(re.search(r"[\u3000-\u9fff\uff00-\uffef]", source.en)),
        "other numbers": numbers(source.zh) != numbers(source.en),
        "our reading in one alone": ("本系统的理解：" in source.zh) != (source.en.endswith(": our reading")),
        "measured in one alone": source.zh.startswith("实测") != source.en.startswith("measured"),
        "a path": "docs/" in source.zh + source.en,
        "the end of a sentence": source.zh.endswith("。") or source.en.endswith("."),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def numbers(words: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:\.\d+)*", words))


def test_every_shipped_source_is_told_in_both_languages_and_says_the_same() -> None:
    sources = told()
    assert len(sources) == 135  # 132 limits, three rulebooks
    assert {place: wrong for place, source in sources.items() if (wrong := faults(source))} == {}
    assert sum(is_code(source.zh) for source in sources.values()) == 6


@pytest.mark.parametrize(
    "source, wrong",
    [
        (Text(zh="seven seconds", en="seven seconds"), ["no hanzi in the Chinese", "English in the Chinese"]),
        (Text(zh="本系统的理解：七秒", en="七 seconds: our reading"), ["Chinese in the English"]),
        (Text(zh="本系统的理解：7 秒", en="8 seconds: our reading"), ["other numbers"]),
        (Text(zh="本系统的理解：七秒", en="seven seconds"), ["our reading in one alone"]),
        (Text(zh="实测：七秒", en="seven seconds"), ["measured in one alone"]),
        (Text(zh="A3(2).1", en="A3(2).2"), ["a code that differs"]),
        (
            Text(zh="说明见 docs/声音。", en="see docs/sound."),
            ["English in the Chinese", "a path", "the end of a sentence"],
        ),
    ],
)
def test_a_source_that_is_not_the_same_in_both_is_found(source: Text, wrong: list[str]) -> None:
    assert faults(source) == wrong


def test_a_rules_page_tells_its_limits_in_its_own_language() -> None:
    chinese, english = (rule_page(RULES["level-drift"], BOOKS, language) for language in ("zh", "en"))
    assert [line for line in chinese.splitlines() if line.startswith("- `")] == [
        "- `limit_lu` = 10（A4(2) 没有写数值；本系统的理解：差 10 LU，听起来响一倍或轻一半；tianjin/2023）",
        "- `seconds` = 6（本系统的理解：大约两句话的时间；tianjin/2023）",
    ]
    assert [line for line in english.splitlines() if line.startswith("- `")] == [
        "- `limit_lu` = 10 (A4(2) gives no number; 10 LU sound twice or half as loud: our reading; tianjin/2023)",
        "- `seconds` = 6 (about two sentences: our reading; tianjin/2023)",
    ]
