"""培训包.yaml: what is written is read again; what is not understood is told with its place; what could harm is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import calls
from kebao.model.errors import Unreadable, Unsafe
from kebao.package.manifest import CatalogueItem, Manifest, Resource, TimeRange
from kebao.package.yaml_face import MOST_BYTES, TOP_LINE, read_yaml, write_yaml
from package.manifests import MANIFESTS, full

PATH = "培训包.yaml"


def lost(text: str) -> tuple[Manifest, list[tuple[int | None, str, str, str]]]:
    face = read_yaml(text.encode(), PATH)
    return face.manifest, [(item.at.row, item.at.field, item.raw, item.because.zh) for item in face.not_understood]


@settings(max_examples=200, deadline=None)
@given(MANIFESTS)
def test_what_is_written_is_read_again(manifest: Manifest) -> None:
    face = read_yaml(write_yaml(manifest).encode(), PATH)
    assert (face.manifest, face.not_understood, face.format, face.path) == (manifest, (), "yaml", PATH)


def test_a_full_manifest_reads_again_and_is_readable() -> None:
    text = write_yaml(full())
    assert read_yaml(text.encode(), PATH).manifest == full()
    assert text.startswith(
        TOP_LINE + "kebao: 1\nid: yinshui\nversion: '2'\ntitle: 老年人饮水照护入门\ncategories:\n- P2(3)\n- P2(7)\n"
    )
    assert "  minutes: 12.5\n" in text
    assert "audience: |-\n  初学者\n  家庭照护者\n" in text


def test_empty_fields_are_left_out() -> None:
    assert write_yaml(Manifest()) == TOP_LINE + "kebao: 1\n"
    assert (
        write_yaml(Manifest(resources=(Resource(id="v1"),)))
        == TOP_LINE + "kebao: 1\nresources:\n- id: v1\n  kind: video\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    assert read_yaml(write_yaml(full()).encode(encoding), PATH).manifest == full()


def test_words_stay_what_was_written_unless_the_field_says_otherwise() -> None:
    manifest, told = lost(
        "title: 2023\nversion: 1.10\nid: on\nlanguage: no\naudience: 2023-08-01\nhours: 1.10\n"
        "form: {own_rights: 是, digital_skills: no, phone: 02228000000}\nfree_use: {agreed: true, on: 2023-08-01}\n"
    )
    assert told == []
    assert manifest == Manifest(
        title="2023", version="1.10", id="on", language="no", audience="2023-08-01", hours=Decimal("1.1"),
        form={"own_rights": True, "digital_skills": False, "phone": "02228000000"}, free_use={"agreed": True, "on": "2023-08-01"},
    )  # fmt: skip


def test_what_people_write_for_numbers_lists_and_stretches() -> None:
    manifest, told = lost(
        "hours: １２．５学时\ncatalogue:\n- title: 洗手\n  use: v1、v2\n- title: 试温\n  use: v1 v2\n  hours:\nresources:\n"
        "- id: v1\n  kind: 视频\n  ranges: 00:00-05:30 讲授；05：30～３分钟 演示\n- id: v2\n  ranges: ['75:00—1:20:00 实操']\n"
    )
    assert told == []
    assert manifest == Manifest(
        hours=Decimal("12.5"),
        catalogue=(CatalogueItem(title="洗手", use=("v1", "v2")), CatalogueItem(title="试温", use=("v1", "v2"))),
        resources=(
            Resource(
                id="v1",
                ranges=(
                    TimeRange(start="00:00", end="05:30", role="讲授"),
                    TimeRange(start="05:30", end="03:00", role="演示"),
                ),
            ),
            Resource(id="v2", ranges=(TimeRange(start="1:15:00", end="1:20:00", role="实操"),)),
        ),
    )


ONE_OF_ROLES = "这里只能填：讲授、演示、实操、素养。"
NUMBER = "这里应填数字，例如 1.5。"
STRETCH = "时间段应写成“开始-结束 角色”，例如 00:00-05:30 讲授；05:30-10:00 演示。"


@pytest.mark.parametrize(
    "text, kept, told",
    [
        ("title: 甲\nhours: 约12\n", {"title": "甲"}, [(2, "hours", "约12", NUMBER)]),
        ("title: 甲\nhours: -1\n", {"title": "甲"}, [(2, "hours", "-1", "数字不能小于 0。")]),
        ("title: 甲\nhours: 1000001\n", {"title": "甲"}, [(2, "hours", "1000001", "数字太大，不能超过 1000000。")]),
        ("title: 甲\nhours: .nan\n", {"title": "甲"}, [(2, "hours", ".nan", NUMBER)]),
        ("title: 甲\nhours: [1]\n", {"title": "甲"}, [(2, "hours", "1", NUMBER)]),
        ("title: [甲, 乙]\n", {}, [(1, "title", "甲 乙", "这里应填文字，不能再分下级。")]),
        ("form: {own_rights: 也许}\n", {}, [(1, "form.own_rights", "也许", "这里应填“是”或“否”。")]),
        ("form: 见附件\n", {}, [(1, "form", "见附件", "这里应填下一级的各个栏目（每栏一行，写成“栏目: 内容”）。")]),
        ("papers: 三套\n", {}, [(1, "papers", "三套", "这里应填若干项（每项一行，前面加“- ”）。")]),
        ("titel: 甲\n", {}, [(1, "titel", "甲", "没有名为“titel”的栏目，是不是“title”？")]),
        ("课程名称: 甲\n", {}, [(1, "课程名称", "甲", "没有名为“课程名称”的栏目，是不是“title”？")]),
        ("xyzzy: 甲\n", {}, [(1, "xyzzy", "甲", "没有名为“xyzzy”的栏目。")]),
        ("kebao: 一\ntitle: 甲\n", {"title": "甲"}, [(1, "kebao", "一", "这里只能填：1。")]),
        ("supplier: {kind: 学校, name: 甲}\n", {"supplier": {"name": "甲"}}, [(1, "supplier.kind", "学校", "这里只能填：单位、个人。")]),
        (
            "resources:\n- {id: v1, kind: 电影, role: 讲}\n- v2\n- {id: v3, minutes: 三}\n",
            {"resources": [{"id": "v1"}, {"id": "v3"}]},
            [
                (2, "resources.0.kind", "电影", "这里只能填：视频、音频、文本、图表、仿真、动画。"),
                (2, "resources.0.role", "讲", ONE_OF_ROLES),
                (3, "resources.1", "v2", "这里应填下一级的各个栏目（每栏一行，写成“栏目: 内容”）。"),
                (4, "resources.2.minutes", "三", NUMBER),
            ],
        ),
        (
            "resources:\n- id: v1\n  ranges:\n  - {start: '0:00', end: 五分, role: 讲授}\n  - {start: '0:00', role: 讲授}\n"
            "  - {start: '0:00', end: '1:00', role: 听}\n  - {start: '0:00', end: '1:00', role: 实操, note: 甲}\n  - 上半段 讲授\n",
            {"resources": [{"id": "v1", "ranges": [{"start": "0:00", "end": "1:00", "role": "实操"}]}]},
            [
                (8, "resources.0.ranges.4", "上半段 讲授", STRETCH),
                (4, "resources.0.ranges.0.end", "五分", "时间应写成“分:秒”或“时:分:秒”，例如 05:30。"),
                (5, "resources.0.ranges.1", "start: 0:00 role: 讲授", "这一段缺少结束时间，应写成“开始-结束 角色”，例如 00:00-05:30 讲授。"),
                (6, "resources.0.ranges.2.role", "听", ONE_OF_ROLES),
                (7, "resources.0.ranges.3.note", "甲", "没有名为“note”的栏目。"),
            ],
        ),
        ("title: 甲\ntitle: 乙\n", {"title": "甲"}, [(2, "title", "乙", "“title”在这里写了两次，只采用了前面的一次。")]),
        ("title: 甲\n---\ntitle: 乙\n", {"title": "甲"}, [(2, "", "---", "“---”之后是另一份清单，没有读入。")]),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told_and_the_rest_kept(text, kept, told) -> None:
    assert lost(text) == (Manifest.model_validate(kept), told)


@pytest.mark.parametrize(
    "text, kind, code",
    [
        ("a: &x 1\nb: *x\n", Unsafe, "yaml-alias"),
        ("a: *x\n", Unsafe, "yaml-alias"),
        ("a: !!python/object/apply:os.system [ls]\n", Unsafe, "yaml-tag"),
        ("a: !x 1\n", Unsafe, "yaml-tag"),
        ("a: " + "[" * 60 + "]" * 60, Unsafe, "yaml-depth"),
        ("catalogue:\n" + "".join("  " * n + "- children:\n" for n in range(60)), Unsafe, "yaml-depth"),
        ("a: [" + "1," * 250_000 + "1]", Unsafe, "yaml-values"),
        ("a: " + "x" * MOST_BYTES, Unsafe, "too-large"),
        ("", Unreadable, "not-yaml"),
        ("# 只有注释\n", Unreadable, "not-yaml"),
        ("只是一段话。", Unreadable, "not-yaml"),
        ("标题：甲\n学时：1\n", Unreadable, "not-yaml"),
        ("- a\n- b\n", Unreadable, "not-yaml"),
        ("a: [1, 2\n", Unreadable, "not-yaml"),
        ("a: 1\n  b: 2\n", Unreadable, "not-yaml"),
        ("? [a]\n: 1\n", Unreadable, "not-yaml"),
        ("a\0b", Unreadable, "not-yaml"),
        ("kebao: 2\n", Unreadable, "newer-version"),
        ("kebao: 10.5\n", Unreadable, "newer-version"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, kind: type[Unreadable], code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_yaml(text.encode(), PATH)
    assert (type(refusal.value), refusal.value.code) == (kind, code)


def test_the_line_of_a_mistake_is_named() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_yaml("title: 甲\nhours: 1\n  intro: 乙\n".encode(), PATH)
    assert refusal.value.message.zh == (
        "“培训包.yaml”第 3 行附近写法不对，读不下去。请检查缩进和冒号（英文半角，后面空一格）。"
    )


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(st.sampled_from("abtitle:- \n[]{}\"'&*!?|>%#,~1."), max_size=60).map(str.encode),
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_yaml(data, PATH)
    except Unreadable as refusal:
        assert refusal.message.zh  # noqa: PT017  either way is right; nothing else may be raised


def test_five_hundred_files_cost_ten_times_as_much_as_fifty() -> None:
    def effort(count: int) -> int:
        template = full().resources[1]
        many = full().model_copy(
            update={"resources": tuple(template.model_copy(update={"id": f"v{n}"}) for n in range(count))}
        )
        data = write_yaml(many).encode()
        assert read_yaml(data, PATH).manifest == many
        return calls(lambda: read_yaml(data, PATH))

    assert effort(500) < 10 * effort(50)


def test_a_thousand_mistakes_cost_ten_times_as_much_as_a_hundred() -> None:
    def effort(count: int) -> int:
        text = "resources:\n" + "".join(f"- {{id: v{n}, role: 讲, hours: 1, minutes: 三}}\n" for n in range(count))
        data = text.encode()
        assert len(read_yaml(data, PATH).not_understood) == 3 * count
        return calls(lambda: read_yaml(data, PATH))

    assert effort(1000) < 11 * effort(100)
