"""A call as a file: the shipped one says the call's own words; a file with mistakes is told where they are."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.utils.translation import override

from ketang.selection.calls.callfile import TEMPLATES, CallFile, NotACall, call_yaml, read_call
from ketang.selection.calls.templates import TEMPLATES as MADE

CALL = Path(__file__).resolve().parents[3] / "calls" / "tianjin-2023.yaml"


def shipped() -> CallFile:
    return read_call(CALL.read_bytes())


def test_the_shipped_call_uses_the_words_of_the_text(shared: Path) -> None:
    text = (shared / "spec" / "solicitation.zh.md").read_text(encoding="utf-8")
    words = dict(re.findall(r"^\| ([PAF]\d[\d().]*) \| (.*) \|$", text, re.MULTILINE))
    call = shipped()
    assert {part.clause: part.zh for part in call.announcement} == {
        clause: words[clause] for clause in ("P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7.1", "P7.2", "P8(1)", "P8(2)")
    }
    assert {category.id: category.clause for category in call.categories} == {
        f"P2({number})": words[f"P2({number})"] for number in range(1, 8)
    }
    assert [material.id for material in call.materials] == ["P4(1)", "P4(2)", "P4(3)"]


def test_the_shipped_call_has_the_text_s_deadline_and_cap() -> None:
    call = shipped()
    assert call.closes_at.isoformat() == "2023-08-31T23:59:59+08:00"
    assert (call.fee.cap, call.fee.scope, call.fee.budget) == (Decimal("20000.00"), "package", None)
    assert sum(criterion.weight for criterion in call.rubric.criteria) == 100


def test_the_shipped_call_s_contact_is_a_placeholder() -> None:
    assert shipped().contact.model_dump() == {
        "person": "（联系人）", "phone": "（电话）", "mail": "call@example.invalid", "fax": "（传真）", "address": "（联系地址）",
    }  # fmt: skip


def test_a_call_comes_back_from_its_file_as_it_was() -> None:
    assert read_call(call_yaml(shipped())) == shipped()


def test_every_template_that_a_call_may_offer_can_be_made() -> None:
    assert set(TEMPLATES) == set(MADE)


def _changed(**changes: object) -> str:
    return yaml.safe_dump({**yaml.safe_load(CALL.read_text(encoding="utf-8")), **changes}, allow_unicode=True)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (_changed(closes="tomorrow"), [("closes", "应当是日期和时间，例如 2026-08-31T23:59:59。")]),
        (_changed(colour="red"), [("colour", "没有这个字段，请检查拼写。")]),
        (_changed(categories=[]), [("categories", "至少要有一项。")]),
        (_changed(title={"en": "x"}), [("title.zh", "缺少这一项。")]),
        (_changed(id="天津 2023"), [("id", "只能用小写字母、数字和连字符。")]),
        ("a: [1\n", [("第 2 行", "不是正确的 YAML：请检查缩进、冒号和引号。")]),
        ("- 1", [("", "里面没有征集的内容。")]),
        ("x" * (2 << 20), [("", "文件超过 1 MB，不像一份征集文件。")]),
        ("!!python/object/apply:os.system ['true']", [("第 1 行", "不是正确的 YAML：请检查缩进、冒号和引号。")]),
    ],
)
def test_a_file_with_a_mistake_is_refused_and_told_where(text: str, problems: list[tuple[str, str]]) -> None:
    with pytest.raises(NotACall) as refused:
        read_call(text)
    assert refused.value.problems == problems


def test_two_mistakes_are_both_told_in_english_too() -> None:
    with override("zh-hans"), pytest.raises(NotACall) as refused:
        read_call(_changed(closes="tomorrow", colour="red"))
    assert [place for place, _ in refused.value.problems] == ["closes", "colour"]
