"""A supplier's whole way: an empty kit, LibreOffice, typing, a first check, mending, packing, and a zip that conforms."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kebao.engine.check import check
from kebao.kit.new import GUIDE, LABEL, TASK_SHEET, make_kit
from kebao.kit.pack import pack
from kebao.kit.placing import WORKBOOK
from kebao.model.report import Report
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.opening import open_any
from libreoffice import needs_libreoffice, resaved
from making import NAME, make_package

UNIT, TITLE = "天津市晴禾职业培训学校", "老年人饮水照护入门"
BOOKS = tuple(load(name, all_rules()) for name in shipped_ids())


@pytest.fixture(scope="module")
def conforming(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("source"))


def judged(path: Path) -> Report:
    with open_any(path, occupations=None, as_of=date(2023, 8, 1)) as opened:
        return check(opened.package, BOOKS)


def found(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.at.words.zh) for finding in report.findings]


def type_workbook(source: Path, target: Path) -> None:
    """What stands in the one workbook, typed into the other: by label where a sheet has labels, below the examples else."""
    told, typed = openpyxl.load_workbook(source), openpyxl.load_workbook(target)
    for sheet in told:
        if sheet.title == "填写说明":
            continue
        if sheet.cell(1, 2).value == "填写":
            _type_labels(sheet, typed[sheet.title])
        else:
            _type_rows(sheet, typed[sheet.title])
    typed.save(target)


def _type_labels(told: Worksheet, typed: Worksheet) -> None:
    rows = {typed.cell(row, 1).value: row for row in range(2, typed.max_row + 1)}
    for row in range(2, told.max_row + 1):
        label, value = told.cell(row, 1).value, told.cell(row, 2).value
        if value is not None:
            typed.cell(rows[label], 2).value = value


def _type_rows(told: Worksheet, typed: Worksheet) -> None:
    columns = {cell.value: cell.column for cell in typed[1] if cell.value}
    at = next(row for row in range(2, 2000) if not _is_note(typed, row))
    for row in _filled(told):
        for cell in told[row]:
            if cell.value is not None:
                typed.cell(at, columns[told.cell(1, cell.column).value]).value = cell.value
        at += 1


def _is_note(sheet: Worksheet, row: int) -> bool:
    return str(sheet.cell(row, 1).value or "").startswith("〔")


def _filled(sheet: Worksheet) -> Iterator[int]:
    for row in range(2, sheet.max_row + 1):
        if not _is_note(sheet, row) and any(cell.value is not None for cell in sheet[row]):
            yield row


def cell_of(sheet: Worksheet, label: str) -> str:
    return next(f"B{row}" for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == label)


def put(path: Path, label: str, value: str | None) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["基本情况"]
    sheet[cell_of(sheet, label)] = value
    book.save(path)


def fill_in(folder: Path, conforming: Path, scratch: Path) -> None:
    """Type everything, and put the files where the kit has folders for them."""
    scratch.mkdir()
    shutil.copy2(resaved(folder / WORKBOOK, scratch / "book"), folder / WORKBOOK)
    type_workbook(conforming / WORKBOOK, folder / WORKBOOK)
    for number in (1, 2, 3):
        paper = folder / f"试卷/试卷{number}.xlsx"
        shutil.copy2(resaved(paper, scratch / f"paper{number}"), paper)
        type_paper(conforming / f"试卷/试卷{number}.xlsx", paper)
    for path in conforming.rglob("*"):
        place = folder / path.relative_to(conforming)
        if path.is_file() and path.suffix != ".xlsx":
            place.parent.mkdir(exist_ok=True)
            shutil.copy2(path, place)
    for unused in ("课程介绍.docx", "材料/单位简介.docx"):  # this supplier wrote both as .md
        (folder / unused).unlink()


def type_paper(source: Path, target: Path) -> None:
    told, typed = openpyxl.load_workbook(source), openpyxl.load_workbook(target)
    _type_rows(told["试题"], typed["试题"])
    typed.save(target)


@needs_libreoffice
def test_from_an_empty_kit_to_a_zip_that_conforms(conforming: Path, tmp_path: Path) -> None:
    folder = tmp_path / NAME
    make_kit(folder, unit=UNIT, title=TITLE)
    fill_in(folder, conforming, tmp_path / "libreoffice")
    put(folder / WORKBOOK, "联系电话", None)
    first = judged(folder)
    assert [(rule, where.split("，")[0]) for rule, where in found(first)] == [("form-field-missing", WORKBOOK)]
    assert first.verdict.word == "failed"

    put(folder / WORKBOOK, "联系电话", "022-12345678")
    packed = pack(folder, tmp_path / "out")
    last = judged(packed.archive)
    assert (found(last), last.crashes, last.verdict.word) == ([], (), "review")
    assert (last.summary.name, packed.name) == (NAME, NAME)
    assert {GUIDE, LABEL, TASK_SHEET, "SHA256SUMS", "培训包.yaml"} <= {file.path for file in last.files}


def test_what_is_mended_after_packing_counts_and_is_packed_again(conforming: Path, tmp_path: Path) -> None:
    folder = tmp_path / NAME
    shutil.copytree(conforming, folder)
    pack(folder, tmp_path / "out")
    put(folder / WORKBOOK, "职务", "副校长")
    assert {rule for rule, _ in found(judged(folder))} == {"faces-differ", "form-document-differs", "checksum-differs"}
    again = pack(folder, tmp_path / "out", force=True)
    report = judged(again.archive)
    assert (found(report), report.verdict.word) == ([], "review")


@pytest.mark.parametrize("person, name", [(False, "单位简介"), (True, "个人简介")])
def test_templates_handed_in_as_they_were_are_told(tmp_path: Path, person: bool, name: str) -> None:
    make_kit(tmp_path / NAME, unit=UNIT, title=TITLE, person=person)
    rules = {finding.rule: finding for finding in judged(tmp_path / NAME).findings}
    blank = rules["supplier-introduction-blank"]
    assert (blank.at.path, blank.message.zh) == (f"材料/{name}.docx", "简介里除了名称和栏目，只写了 0 个字。")
