from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kebao.text.names import fold, hanzi_number, is_placeholder, natural_key, numbered_form

NAMES = st.text(max_size=40)
LESSON_WORDS = st.text(alphabet="洗手护理急救步骤包扎", min_size=1, max_size=8)


def in_hanzi(number: int) -> str:
    """The plain Chinese numeral for 1–9999, written here apart from the reader."""
    digits = "零一二三四五六七八九"
    said, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += ("零" if gap and said else "") + digits[digit] + unit
            gap = False
        else:
            gap = True
    return said.removeprefix("一") if 10 <= number < 20 else said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第1讲 洗手", "第１讲　洗手"),
        ("  CPR 入门 ", "cpr  入门"),
        ("洗手(上)", "洗手（上）"),
        ("ＡＥＤ", "aed"),
        ("洗\u200b手\ufeff", "洗手"),
        ("Straße", "STRASSE"),
        ("a\tb\nc", "A B C"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_names_that_differ() -> None:
    names = ["洗手", "洗 手", "洗手（上）", "洗手（下）", "洗手。", "第1讲", "第一讲"]
    assert len({fold(name) for name in names}) == len(names)


@given(NAMES)
def test_folding_twice_changes_nothing(name: str) -> None:
    once = fold(name)
    assert fold(once) == once
    assert once == once.strip()
    assert "  " not in once


@given(NAMES)
def test_width_and_case_never_matter(name: str) -> None:
    assert fold(unicodedata.normalize("NFKC", name)) == fold(name)
    assert fold(f" {name}\u3000") == fold(name)


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("〇", 0), ("零", 0), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("廿", 20), ("廿一", 21), ("卅五", 35), ("卌", 40),
        ("一百零五", 105), ("一百一十", 110), ("一百二", 120), ("两百", 200), ("三百六十五", 365), ("一千零一", 1001), ("两千五", 2500),
        ("一千零一十", 1010), ("九千九百九十九", 9999), ("二〇二三", 2023), ("一二", 12), ("壹佰贰拾叁", 123), ("叁拾", 30),
    ],
)  # fmt: skip
def test_numerals(numeral: str, number: int) -> None:
    assert hanzi_number(numeral) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "百",
        "十百",
        "一万",
        "一十百",
        "十十",
        "一零百",
        "一百零",
        "洗手",
        "一起",
        "五十六七",
        "一百零零一",
        "〇一二三四五",
    ],
)
def test_what_is_no_numeral(text: str) -> None:
    assert hanzi_number(text) is None


def test_every_numeral_to_9999() -> None:
    wrong = [n for n in range(1, 10_000) if hanzi_number(in_hanzi(n)) != n]
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["第1讲 洗手", "第一讲 洗手", "第01讲洗手", "第 1 讲：洗手", "第１讲、洗手", "第壹讲 — 洗手", "第①讲 洗手"]
)
def test_one_form_for_every_numbering(name: str) -> None:
    assert numbered_form(name) == "第1讲 洗手"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("单元一 洗手", "单元1 洗手"),
        ("模块二：洗手", "模块2:洗手"),
        ("任务一起做", "任务一起做"),
        ("洗手（二）", "洗手(2)"),
        ("一、洗手", "1. 洗手"),
        ("1、洗手", "1. 洗手"),
        ("1．洗手", "1. 洗手"),
        ("1.5倍速", "1.5倍速"),
        ("三明治", "三明治"),
        ("一次性手套", "一次性手套"),
        ("第三方支付", "第三方支付"),
        ("视频01", "视频1"),
        ("1.05 元", "1.05 元"),
        ("第一百二十三节", "第123节"),
        ("第一章第二节 洗手", "第1章 第2节 洗手"),
    ],
)
def test_numbers_are_touched_only_where_they_count(name: str, form: str) -> None:
    assert numbered_form(name) == form


@given(st.integers(1, 9999), st.sampled_from("章节讲课集回篇"), LESSON_WORDS)
def test_any_spelling_of_a_number_gives_one_form(number: int, unit: str, words: str) -> None:
    expected = f"第{number}{unit} {words}"
    spellings = (
        f"第{number}{unit} {words}",
        f"第{number:06d}{unit}{words}",
        f"第{in_hanzi(number)}{unit}：{words}",
        f"第 {number} {unit} {words}",
    )
    assert {numbered_form(spelling) for spelling in spellings} == {expected}


@given(NAMES)
def test_the_form_is_stable(name: str) -> None:
    once = numbered_form(name)
    assert numbered_form(once) == once


@pytest.mark.parametrize(
    "name",
    [
        "视频1", "视频 01.mp4", "IMG_0001", "IMG_0001.MOV", "未命名", "未命名-1", "未命名 - 副本 (2).mp4", "新建文件夹", "新建文件夹 (2)", "MVI_1234.MOV",
        "DSC01234.JPG", "mmexport1690000000000.mp4", "wx_camera_1690000000000.mp4", "VID_20230801_101112.mp4", "1", "01", "01.mp4", "第1讲", "第一讲",
        "第01讲.mp4", "录屏", "录屏2023-08-01", "屏幕录制 2023-08-01 10.20.30.mov", "2023年8月1日", "2023-08-01 10-20-30.mkv", "C0001.MP4", "GOPR1234.MP4",
        "New Folder (3)", "Untitled", "第一章 第二节", "第1讲 视频", "课件1", "单元一", "", "...", "（一）", "movie01", "Screenrecorder-2023-08-01.mp4",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "微信视频20230801", "最终版", "导出1", "十二", "lv_0_20230801101112.mp4",
    ],
)  # fmt: skip
def test_names_that_tell_nothing(name: str) -> None:
    assert is_placeholder(name)


@pytest.mark.parametrize(
    "name",
    [
        "第1讲 洗手", "第一讲：洗手.mp4", "洗手", "CPR", "AED", "3D打印", "5S管理", "视频剪辑", "图片处理", "录屏软件的使用", "文件归档", "ISO9001", "H5",
        "三七", "三明治", "part time", "department", "急救（一）", "课程介绍", "摄影测试卡", "单元格", "H5 视频", "1.洗手", "新建筑工艺",
    ],
)  # fmt: skip
def test_names_that_tell_something(name: str) -> None:
    assert not is_placeholder(name)


@given(st.text(alphabet="洗手护理急救包扎面点", min_size=2, max_size=10), st.integers(0, 99_999))
def test_a_word_of_content_makes_a_name(words: str, number: int) -> None:
    assert not is_placeholder(f"第{number}讲 {words}.mp4")
    assert not is_placeholder(f"IMG_{number} {words}")


@pytest.mark.parametrize(
    "ordered",
    [
        ["第1讲", "第2讲", "第10讲", "第11讲"],
        ["第一章", "第二章", "第三章", "第十章", "第十一章", "第二十章", "第一百章"],
        ["第一章 急救", "第2章 包扎", "第十章 转运"],
        ["1.mp4", "2.mp4", "10.mp4"],
        ["1.9 洗手", "1.10 洗手"],
        ["一、洗手", "二、包扎", "十、转运"],
        ["洗手（上）.mp4", "洗手（中）.mp4", "洗手（下）.mp4"],
        ["第1章/第2讲.mp4", "第1章/第10讲.mp4", "第2章/第1讲.mp4"],
        ["IMG_9.jpg", "IMG_10.jpg"],
        ["单元一", "单元二", "单元十"],
    ],
)
def test_files_stand_in_the_order_a_teacher_means(ordered: list[str]) -> None:
    shuffled = ordered[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=natural_key) == ordered


@given(st.lists(st.text(alphabet="第一二十0129讲章/ab上下（）. ", max_size=12), max_size=12))
def test_the_order_is_total(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(names, key=natural_key) == sorted(backwards, key=natural_key)
    assert len({natural_key(name) for name in names}) == len(set(names))


@given(st.lists(st.integers(1, 9999), min_size=1, max_size=12, unique=True), st.randoms())
def test_numbers_sort_by_value_in_any_spelling(numbers: list[int], chance: random.Random) -> None:
    def spell(number: int) -> str:
        return f"第{chance.choice([str(number), f'{number:05d}', in_hanzi(number)])}讲"

    named = {spell(number): number for number in numbers}
    assert [named[name] for name in sorted(named, key=natural_key)] == sorted(numbers)


def test_a_number_of_any_length_can_be_ordered() -> None:
    assert sorted(["9" * 6000, "8"], key=natural_key) == ["8", "9" * 6000]
