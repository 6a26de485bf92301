"""The form F: every field printed in the original's layout, and read back the same."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kebao.documents.form import LABELS, TOPICS, read_form, write_form
from kebao.documents.templates import write_label, write_task_sheet, write_undertaking

WORDS = st.text(
    st.characters(categories=("L", "N", "Po", "Sm"), exclude_characters="：:□☑√■●()（）.、．"), max_size=40
).map(lambda text: " ".join(text.split()))
NAMES = [name for name in (*LABELS, *TOPICS, "remark") if name not in ("own_rights", "digital_skills")]


def written(fields: dict[str, str], path: Path) -> dict[str, str] | None:
    write_form(fields, path)
    with path.open("rb") as stream:
        return read_form(stream)


def test_every_field_comes_back(tmp_path: Path) -> None:
    fields = {name: f"{label}的内容" for name, label in {**LABELS, **TOPICS}.items()}
    fields |= {"own_rights": "是", "digital_skills": "否", "remark": "无"}
    assert written(fields, tmp_path / "f.docx") == fields


def test_a_blank_form_comes_back_blank(tmp_path: Path) -> None:
    assert written({}, tmp_path / "f.docx") == dict.fromkeys((*LABELS, *TOPICS, "remark"), "")


@settings(max_examples=25, deadline=None)
@given(values=st.fixed_dictionaries(dict.fromkeys(NAMES, WORDS)), own=st.sampled_from(["是", "否", ""]))
def test_any_words_come_back(values: dict[str, str], own: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    fields = {**values, "own_rights": own, "digital_skills": "否"}
    if fields["remark"].startswith("填表说明"):
        fields["remark"] = ""
    assert written(fields, tmp_path_factory.mktemp("form") / "f.docx") == fields


def test_a_form_typed_again_is_read(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("网络课程资源基本情况表")
    table = paper.add_table(rows=3, cols=2)
    for row, (label, value) in zip(
        table.rows,
        [("课程 名称", "插花"), ("单位名称：", "某花店"), ("是否具有自主知识产权", "是 √   否 □")],
        strict=True,
    ):
        row.cells[0].text, row.cells[1].text = label, value
    paper.add_paragraph("二、课程介绍")
    paper.add_paragraph("1、培训大纲：先认花，再修剪。")
    paper.add_paragraph("每周两次。")
    paper.add_paragraph("2. 培训师资: 花艺师两名")
    paper.add_paragraph("三、备注：周末班")
    buffer = io.BytesIO()
    paper.save(buffer)
    assert read_form(buffer) == {
        "title": "插花", "unit": "某花店", "own_rights": "是", "introduction.outline": "先认花，再修剪。\n每周两次。",
        "introduction.teachers": "花艺师两名", "remark": "周末班",
    }  # fmt: skip


def test_another_document_is_no_form(tmp_path: Path) -> None:
    write_task_sheet(tmp_path / "t.docx")
    with (tmp_path / "t.docx").open("rb") as stream:
        assert read_form(stream) is None
    assert read_form(io.BytesIO(b"not a document")) is None


def test_documents_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_undertaking(tmp_path / f"{name}1.docx", unit="某校", title="某课")
        write_label(tmp_path / f"{name}2.docx", unit="某校", title="某课", name="网络课程+某校+某课")
        write_form({"title": "某课"}, tmp_path / f"{name}3.docx")
    for number in "123":
        assert (tmp_path / f"a{number}.docx").read_bytes() == (tmp_path / f"b{number}.docx").read_bytes()


def test_the_undertaking_agrees_to_free_use_and_the_label_bears_the_calls_words(tmp_path: Path) -> None:
    write_undertaking(tmp_path / "u.docx", unit="某校", title="某课")
    words = "\n".join(p.text for p in docx.Document(str(tmp_path / "u.docx")).paragraphs)
    assert "不再收取任何费用" in words
    assert "独立版权" in words
    write_label(tmp_path / "l.docx", unit="某校", title="某课", name="网络课程+某校+某课")
    label = docx.Document(str(tmp_path / "l.docx"))
    assert label.paragraphs[0].text == "职业技能培训网络课程资源申报材料"
    assert label.tables[0].rows[2].cells[1].text == "网络课程+某校+某课"
    assert len(label.inline_shapes) == 1


def test_control_characters_do_not_break_a_document(tmp_path: Path) -> None:
    assert written({"title": "a\x00b\x0bc"}, tmp_path / "f.docx")["title"] == "abc"  # type: ignore[index]
