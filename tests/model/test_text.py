"""A Text keeps both languages together."""

from __future__ import annotations

import pytest

from kebao.model.text import Text, is_code


def test_both_languages_are_filled_and_nested_texts_speak_their_own() -> None:
    said = Text(zh="“{title}”超过{limit:.0f}分钟：{why}", en="{title} is over {limit:.0f} min: {why}")
    filled = said.format(title="洗手", limit=25.0, why=Text(zh="太长", en="too long"))
    assert filled == Text(zh="“洗手”超过25分钟：太长", en="洗手 is over 25 min: too long")


@pytest.mark.parametrize("zh, en", [("", "x"), ("x", " ")])
def test_a_missing_language_is_refused(zh: str, en: str) -> None:
    with pytest.raises(ValueError, match="both languages"):
        Text(zh=zh, en=en)


def test_placeholders_must_agree() -> None:
    assert Text(zh="{a}{b}", en="{b} {a}").placeholders == {"a", "b"}
    with pytest.raises(ValueError, match="differ"):
        _ = Text(zh="{a}", en="{b}").placeholders


@pytest.mark.parametrize("template", ["{a.__class__}", "{a[0]}"])
def test_a_placeholder_never_looks_inside_its_value(template: str) -> None:
    with pytest.raises(ValueError, match="looks inside"):
        Text(zh=template, en=template).format(a="secret")


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert Text(zh="{name}", en="{name}").format(name="{x}").zh == "{x}"


@pytest.mark.parametrize(
    "words", ["A2(2).3", "P2(1)–P2(7)", "A2(2).1, A2(2).3", "EBU R 128", "WCAG 2.2, 1.4.7", "GB/T 7714—2015", "C1"]
)
def test_a_code_reads_the_same_in_every_language(words: str) -> None:
    assert is_code(words)


@pytest.mark.parametrize(
    "words", ["", " ", "C", "M-level", "s1", "A2(2).3: two", "A2(2).3：多种", "EBU Tech 3341", "SEVERAL 3", "A1\nA2"]
)
def test_words_are_no_code(words: str) -> None:
    assert not is_code(words)
