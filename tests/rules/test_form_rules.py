"""Each fault planted into the form gives exactly its finding, and no rule of any area says anything else (F1, F2, P1)."""

from __future__ import annotations

from typing import Any

import pytest

from kebao.documents.form import LABELS, TOPICS
from kebao.model.location import Location
from kebao.model.text import Text
from kebao.questions.model import NotUnderstood
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from planting import LIMITS, RULES, Said, said

ALL = tuple(sorted({rule.area for rule in RULES.values()}))
UNIT, TITLE = "天津市晴禾职业培训学校", "老年人饮水照护入门"


def one(rule: str, field: str, path: str = "") -> list[Said]:
    return [(rule, "failed", f"{path}::form.{field}")]


def told(**changes: str) -> Package:
    """The base with topics of the form's introduction changed."""
    introduction = course().manifest.form.introduction.model_dump()
    return course(form={"introduction": {**introduction, **changes}})


def message(rule: str, package: Package) -> str:
    """The one message that a rule gives, in Chinese."""
    (finding,) = RULES[rule](package, **LIMITS[rule])
    return RULES[rule].message.format(**finding.message_values()).zh  # type: ignore[union-attr]


@pytest.mark.parametrize("field", sorted(LABELS))
def test_every_empty_field_is_told_once(field: str) -> None:
    nothing = None if field in ("own_rights", "digital_skills") else ""
    assert said(course(form={field: nothing}), ALL) == one("form-field-missing", field)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_every_empty_topic_is_told_once(topic: str) -> None:
    assert said(told(**{topic.removeprefix("introduction."): ""}), ALL) == one("form-topic-missing", topic)


FIELDS = [
    (course(form={"position": "无"}), []),
    (course(form={"contact": "无"}), one("form-field-missing", "contact")),
    (course(form={"address": "——"}), one("form-field-missing", "address")),
    (course(form={"phone": "无"}), one("form-phone-invalid", "phone")),
    (course(form={"phone": "28000000"}), one("form-phone-invalid", "phone")),
    (course(form={"phone": "1380013800"}), one("form-phone-invalid", "phone")),
    (course(form={"phone": "13800138000"}), []),
    (course(form={"phone": "022-28000000 转 801"}), []),
    (course(form={"email": "course＠qinghe.example.com"}), one("form-email-invalid", "email")),
    (course(form={"email": "course.qinghe"}), one("form-email-invalid", "email")),
    (course(form={"title": "饮水照护"}), one("form-title-differs", "title")),
    (course(form={"title": f" {TITLE[:3]}\u200b{TITLE[3:]} "}), []),
    (course(form={"unit": "晴禾学校"}), one("form-unit-differs", "unit")),
    (course(form={"address": "河北省廊坊市示例路 2 号"}), one("address-outside-city", "address")),
    (course(form={"address": "300000 北京市海淀区示例路 4 号"}), one("address-outside-city", "address")),
    (course(form={"address": "内蒙古自治区包头市示例路 5 号"}), one("address-outside-city", "address")),
    (course(form={"address": "上海浦东新区示例路 6 号"}), one("address-outside-city", "address")),
    (course(form={"address": "河北区中山路 1 号"}), []),
    (course(form={"address": "和平区重庆道 2 号"}), []),
    (course(form={"address": "和平区山西路 3 号"}), []),
    (course(form={"address": "上海道 4 号和平区小区"}), []),
    (course(form={"address": "天津市河北区北京市场旁"}), []),
    (course(supplier={"address": "山东省德州市示例路 7 号"}), [("address-outside-city", "failed", "::supplier.address")]),
    (course(form={"address": "北京市海淀区"}, supplier={"address": "北京市海淀区"}), one("address-outside-city", "address")),
]  # fmt: skip


@pytest.mark.parametrize("package, expected", FIELDS)
def test_a_fault_in_a_field_is_found_once(package: Package, expected: list[Said]) -> None:
    assert said(package, ALL) == expected


@pytest.mark.parametrize(
    "words, total",
    [
        ("总学时 3。", "3"),
        ("总学时：3", "3"),
        ("总课时数为 3 学时", "3"),
        ("总学时１２．５", "12.5"),
        ("共 3 学时", "3"),
        ("共计3个课时。", "3"),
        ("3 学时", "3"),
        ("培训课时：3 学时。", "3"),
        ("总学时 3（每45分钟计1学时）", "3"),
        ("理论 1 学时，实操 2 学时，总学时 3。", "3"),
        ("3 学时（每45分钟计1学时）。", "3"),
        ("总学时 1.1", None),
        ("总学时 0.9", None),
        ("总学时 1.00", None),
        ("总学时约 3", None),
        ("总学时 1.0，其中理论 0.4 学时，实操 0.6 学时", None),
        ("总学时 3，合计 4 学时", None),
        ("理论 4 学时，实操 6 学时", None),
        ("理论 4 学时", None),
        ("共 12 讲", None),
        ("总课时 12 讲", None),
        ("总学时 12-15", None),
        ("每讲 2 学时", None),
        ("每45分钟计3学时", None),
        ("45 分钟为 3 学时", None),
        ("总时长 90 分钟", None),
        ("三学时", None),
        ("", None),
    ],
)
def test_only_a_clear_total_is_held_against_the_manifest(words: str, total: str | None) -> None:
    package = told(hours=words)
    if total is None:
        assert said(package, ("form",)) == ([] if words else one("form-topic-missing", "introduction.hours"))
    else:
        assert said(package, ALL) == one("form-hours-differ", "introduction.hours")
        assert message("form-hours-differ", package) == f"基本情况表写总学时 {total}，清单申报 1.0。"


@pytest.mark.parametrize(
    "declared, form, differs",
    [
        ("10.0", "10.2", False),
        ("10.0", "10.21", True),
        ("10.0", "9.8", False),
        ("10.0", "9.79", True),
        ("1.0", "1.1", False),
        ("1.0", "1.11", True),
    ],
)
def test_the_tolerance_is_the_larger_of_both(declared: str, form: str, differs: bool) -> None:
    package = told(hours=f"总学时 {form}")
    package.manifest = type(package.manifest).model_validate({**package.manifest.model_dump(), "hours": declared})
    expected = one("form-hours-differ", "introduction.hours") if differs else []
    assert said(package, ("form",)) == expected


def filled() -> dict[str, str]:
    """The base's form as it would be read back from its print."""
    form = course().manifest.form
    words = {field: getattr(form, field) for field in LABELS}
    yes_no = {True: "是", False: "否"}
    topics = {topic: getattr(form.introduction, topic.removeprefix("introduction.")) for topic in TOPICS}
    return {**{field: yes_no.get(value, value) for field, value in words.items()}, **topics, "remark": ""}


def printed(form: dict[str, Any] | None = None, **changes: str) -> Package:
    """The base with its printed form, where fields of the print (and of the manifest) are changed."""
    named = {
        ("introduction." + field if "introduction." + field in TOPICS else field): v for field, v in changes.items()
    }
    return course(form=form or {}, package={"form_document": {**filled(), **named}})


FORM_FILE = "材料/基本情况表.docx"
PRINTED = [
    (printed(), []),
    (printed(title="饮水"), one("form-document-differs", "title", FORM_FILE)),
    (printed(own_rights="否"), one("form-document-differs", "own_rights", FORM_FILE)),
    (printed(own_rights=""), one("form-document-differs", "own_rights", FORM_FILE)),
    (printed(phone=""), one("form-document-differs", "phone", FORM_FILE)),
    (printed(phone="０２２－２８００００００"), []),
    (printed(teachers="外请教师。"), one("form-document-differs", "introduction.teachers", FORM_FILE)),
    (printed(teachers="本单位专职教师。\n"), []),
    (printed(remark="手写的备注"), one("form-document-differs", "remark", FORM_FILE)),
    # what another rule tells of the manifest is not told again of the print
    (printed({"phone": ""}), one("form-field-missing", "phone")),
    (printed({"title": "饮水照护"}), one("form-title-differs", "title")),
    (printed({"unit": "晴禾学校"}), one("form-unit-differs", "unit")),
    # a blank form is one fault
    (course(package={"form_document": {"title": TITLE, "unit": UNIT}}), [("form-document-differs", "failed", f"{FORM_FILE}::form")]),
    (course(package={"form_document": {}}), [("form-document-differs", "failed", f"{FORM_FILE}::form")]),
    (course(package={"form_document": None}), []),
]  # fmt: skip


@pytest.mark.parametrize("package, expected", PRINTED)
def test_the_printed_form_is_held_against_the_manifest(package: Package, expected: list[Said]) -> None:
    assert said(package, ALL) == expected


def test_the_printed_form_is_quoted_with_the_words_of_the_form() -> None:
    assert message("form-document-differs", printed(phone="")) == (
        "基本情况表（docx）的“联系电话”是“（空）”，清单里是“022-28000000”。"
    )
    assert message("form-document-differs", course(package={"form_document": {}})) == (
        "基本情况表（docx）的“各栏”是“（空）”，清单里是“已填写”。"
    )


def test_several_empty_fields_are_several_findings_in_the_order_of_the_form() -> None:
    assert said(course(form={"email": "", "contact": "", "own_rights": None}), ALL) == [
        ("form-field-missing", "failed", "::form.own_rights"),
        ("form-field-missing", "failed", "::form.contact"),
        ("form-field-missing", "failed", "::form.email"),
    ]


def test_a_word_that_was_not_understood_is_no_empty_field() -> None:
    because = Text(zh="这里应填“是”或“否”。", en="Yes or no belongs here.")
    lost = NotUnderstood(Location(field="form.own_rights"), "也许", because)
    package = course(form={"own_rights": None, "phone": ""}, package={"not_understood": (lost,)})
    assert said(package, ALL) == [
        ("form-field-missing", "failed", "::form.phone"),
        ("value-not-understood", "failed", "::form.own_rights"),
    ]


def test_without_a_manifest_the_form_is_not_asked_field_by_field() -> None:
    empty = dict.fromkeys(LABELS, "") | {"own_rights": None, "digital_skills": None, "introduction": {}}
    package = course(form=empty, package={"kind": "bare"})
    package.manifest = package.manifest.model_copy(update={"form": type(package.manifest.form)()})
    assert said(package, ALL) == [("manifest-missing", "failed", "::")]
