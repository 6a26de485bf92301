from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kebao.model.errors import UsageFault
from kebao.text.package_name import (
    MAX_BYTES,
    PackageName,
    PackageNameFault,
    archive_name,
    canonical,
    parcel_text_ok,
    parse_package_name,
)

UNIT, TITLE = "天津市某某职业培训学校", "养老护理员急救入门"
PARTS = PackageName("网络课程", UNIT, TITLE)
WORDS = st.text(alphabet="天津市某校养老护理员入门（上）ab12《》", min_size=1, max_size=20).filter(
    lambda s: s == s.strip()
)


@pytest.mark.parametrize("between", ["+", "＋", "-", "_", " ", " + ", "－", "　"])
@pytest.mark.parametrize(
    "before", ["", "回复：", "转发: ", "Re: ", "RE：Fw: ", "Fwd：回复:转发：", "Re[2]: ", "  答复：", "【外部邮件】"]
)
@pytest.mark.parametrize("after", ["", ".zip", ".ZIP", " (1)", "(2).zip", " - 副本.zip", ".zip "])
def test_every_accepted_spelling(between: str, before: str, after: str) -> None:
    assert parse_package_name(f"{before}网络课程{between}{UNIT}{between}{TITLE}{after}") == PARTS


@pytest.mark.parametrize(("unit", "title"), [(UNIT, TITLE), (UNIT, ""), ("", TITLE), (f" {UNIT} ", "别的课")])
def test_nothing_between_needs_a_known_part(unit: str, title: str) -> None:
    assert parse_package_name(f"网络课程{UNIT}{TITLE}.zip", unit=unit, title=title) == PARTS


def test_nothing_between_and_nothing_known() -> None:
    assert parse_package_name(f"网络课程{UNIT}{TITLE}") is None


@pytest.mark.parametrize(
    ("text", "known", "parts"),
    [
        ("网络课程-某市-某某学校-急救-上", {}, ("某市-某某学校", "急救-上")),
        ("网络课程-某市-急救", {}, ("某市", "急救")),
        ("网络课程+A-B+C_D", {}, ("A-B", "C_D")),
        ("网络课程+某校+C++", {}, ("某校", "C++")),
        ("网络课程+某校+急救(1)", {"title": "急救(1)"}, ("某校", "急救(1)")),
        ("网络课程+某校+急救(1)", {}, ("某校", "急救")),
        ("网络课程+某校+急救（1）", {}, ("某校", "急救（1）")),
        ("网络课程某校急救(1).zip", {"unit": "某校", "title": "急救(1)"}, ("某校", "急救(1)")),
        # what was written wins over what is known, so that a rule can tell the difference
        ("网络课程+别校+急救", {"unit": "某校", "title": "护理"}, ("别校", "急救")),
        ("网络课程+某校附属中心+急救", {"unit": "某校", "title": "护理"}, ("某校附属中心", "急救")),
        ("网络课程某校急救", {"unit": "某校", "title": "护理"}, ("某校", "急救")),
        # widths and case of a known part do not matter, and the written form is kept
        ("网络课程ＡＢＣ公司急救", {"unit": "abc公司"}, ("ＡＢＣ公司", "急救")),
        ("“网络课程+某校+急救”", {}, ("某校", "急救")),
        ("“网络课程+某校+急救”.zip", {}, ("某校", "急救")),
        ("网络课程+某校+《急救》.zip", {}, ("某校", "《急救》")),
    ],
)
def test_where_it_is_split(text: str, known: dict[str, str], parts: tuple[str, str]) -> None:
    assert parse_package_name(text, **known) == PackageName("网络课程", *parts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "网络课程",
        "网络课程+",
        "网络课程+某校",
        "网络课程+某校+",
        "网络课程++急救",
        "课程+某校+急救",
        "网课+某校+急救",
        "回复：",
        f"{UNIT}+{TITLE}",
        "+++",
    ],
)
def test_what_is_not_in_the_form(text: str) -> None:
    assert parse_package_name(text) is None


@given(WORDS, WORDS)
def test_the_written_form_is_read_back(unit: str, title: str) -> None:
    assert parse_package_name(canonical(unit, title), unit=unit, title=title) == PackageName("网络课程", unit, title)
    assert parse_package_name(f"Re: {archive_name(unit, title)}") == PackageName("网络课程", unit, title)


@given(WORDS, WORDS, st.sampled_from(["+", "＋", "-", "_", " ", ""]))
def test_known_parts_are_found_whatever_stands_between(unit: str, title: str, between: str) -> None:
    assert parse_package_name(f"网络课程{between}{unit}{between}{title}", unit=unit, title=title) == PackageName(
        "网络课程", unit, title
    )


@given(st.text(max_size=200), st.text(max_size=10), st.text(max_size=10))
def test_any_text_is_survived(text: str, unit: str, title: str) -> None:
    found = parse_package_name("网络课程" + text, unit=unit, title=title)
    assert found is None or (found.prefix == "网络课程" and found.unit != "" and found.title != "")


def test_the_canonical_form() -> None:
    assert canonical(f" {UNIT} ", TITLE) == f"网络课程+{UNIT}+{TITLE}"
    assert archive_name(UNIT, TITLE) == f"网络课程+{UNIT}+{TITLE}.zip"


@pytest.mark.parametrize(
    ("unit", "title", "code"),
    [
        ("", "急救", "empty"),
        ("某校", "  ", "empty"),
        *(("某校", f"急{c}救", "forbidden") for c in '\\/:*?"<>|\x00\n\t\x7f\u202e\u200b\u2028'),
        ("某/校", "急救", "forbidden"),
        ("某校", "急救.", "ending"),
        ("某校", "急" * 80, "too-long"),
    ],
)
def test_what_cannot_be_a_name(unit: str, title: str, code: str) -> None:
    with pytest.raises(PackageNameFault) as caught:
        canonical(unit, title)
    assert isinstance(caught.value, UsageFault)
    assert caught.value.code == code


def test_the_sentence_says_what_to_do() -> None:
    with pytest.raises(PackageNameFault) as caught:
        canonical("某校", "急救：A/B?")
    assert caught.value.message.zh == "课程名称里有文件名不能用的字符：/ ?。请换成全角字符，或删去。"
    with pytest.raises(PackageNameFault) as caught:
        canonical("某校", "急" * 80)
    assert caught.value.message.zh == "课程资源包名太长：260 字节，最多 255 字节（一个汉字占 3 字节）。请缩短课程名称。"


def test_the_longest_name() -> None:
    room = MAX_BYTES - len("网络课程+某校+".encode())
    title = "a" * room
    assert len(canonical("某校", title).encode()) == MAX_BYTES
    for write, too_long in ((canonical, title + "a"), (archive_name, title)):
        with pytest.raises(PackageNameFault) as caught:
            write("某校", too_long)
        assert caught.value.code == "too-long"


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("职业技能培训网络课程资源申报材料", True),
        ("职业技能培训网络程资源申报材料", True),
        ("“职业技能培训 网络课程资源　申报材料”（某校）", True),
        ("职业技能培训课程资源申报材料", False),
        ("", False),
    ],
)
def test_words_on_the_parcel(text: str, good: bool) -> None:
    assert parcel_text_ok(text) is good
