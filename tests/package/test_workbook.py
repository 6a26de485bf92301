"""培训包.xlsx: what is written is read again, also after LibreOffice and after a teacher's own hand; findings can point at its cells."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import Phase, example, given, settings
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel

from effort import calls
from kebao.archive.limits import Limits
from kebao.archive.office import vet_office
from kebao.model.errors import Unreadable, Unsafe, UsageFault
from kebao.model.location import Location
from kebao.package.faces import Face
from kebao.package.manifest import CatalogueItem, Manifest, Origin, PaperEntry, Resource, RightsEntry
from kebao.package.workbook.cells import label_key
from kebao.package.workbook.layout import SHEETS, LabelSheet, RowSheet
from kebao.package.workbook.reader import is_workbook, read_workbook
from kebao.package.workbook.writer import write_workbook
from libreoffice import needs_libreoffice, resaved
from package.manifests import FULL, MANIFESTS, full

PATH = "培训包.xlsx"
NAMES = ["填写说明", "基本情况", "课程介绍", "课程目录", "学习资源", "试卷", "权利清单"]


def book(
    manifest: Manifest, *, examples: bool = False, change: Callable[[openpyxl.Workbook], None] | None = None
) -> io.BytesIO:
    stream = io.BytesIO()
    write_workbook(manifest, stream, examples=examples)  # type: ignore[arg-type]  openpyxl takes a stream as well
    if change:
        stream.seek(0)
        opened = openpyxl.load_workbook(stream)
        change(opened)
        stream = io.BytesIO()
        opened.save(stream)
    stream.seek(0)
    return stream


def read(
    manifest: Manifest, change: Callable[[openpyxl.Workbook], None] | None = None, *, examples: bool = True
) -> Face:
    return read_workbook(book(manifest, examples=examples, change=change), PATH)


def told(face: Face) -> list[tuple[str, int | None, str, str, str]]:
    return [(item.at.sheet, item.at.row, item.at.column, item.raw, item.because.zh) for item in face.not_understood]


def find(sheet: Worksheet, text: str) -> tuple[int, int]:
    return next((cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == text)


# Not shrunk: a manifest of a hundred fields, each try a workbook of its own, shrinks for minutes and ends as a timeout.
@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(MANIFESTS)
@example(Manifest(categories=("a、b，c；d",)))
@example(Manifest(categories=('"双引号"', "+86 22")))
@example(Manifest(categories=('"a"、"b"', "P2(3)")))
def test_what_is_written_is_read_again(manifest: Manifest) -> None:
    face = read(manifest)
    assert (face.manifest, face.not_understood, face.format, face.path) == (manifest, (), "xlsx", PATH)


@pytest.mark.parametrize("examples", [True, False])
def test_full_and_empty(examples: bool) -> None:
    for manifest in (full(), Manifest()):
        face = read(manifest, examples=examples)
        assert (face.manifest, face.not_understood) == (manifest, ())


def test_it_passes_the_vetting_of_office_files_and_is_told_from_other_workbooks() -> None:
    stream = book(full(), examples=True)
    facts = vet_office(stream, Limits(), PATH)
    assert (facts.kind, facts.external, facts.embedded) == ("xlsx", (), ())
    assert is_workbook(stream)
    other = io.BytesIO()
    openpyxl.Workbook().save(other)
    other.seek(0)
    assert not is_workbook(other)
    assert not is_workbook(io.BytesIO(b"no workbook"))


def test_cells_name_the_place_of_every_field_by_its_dotted_path() -> None:
    cells = read(full(), examples=False).cells
    places = {
        "title": ("基本情况", 3, "课程名称"),
        "form.phone": ("基本情况", 33, "联系电话"),
        "form.introduction.picture": ("课程介绍", 16, "画面质量"),
        "catalogue.0.title": ("课程目录", 3, "章"),
        "catalogue.0.children.1.hours": ("课程目录", 5, "学时"),
        "catalogue.0.children.1.children.0.use": ("课程目录", 6, "所用资源编号"),
        "catalogue.1.title": ("课程目录", 7, "章"),
        "resources.0.minutes": ("学习资源", 3, "分钟数"),
        "resources.3.table": ("学习资源", 6, "数据表"),
        "papers.2.pass_mark": ("试卷", 5, "及格分"),
        "rights.0.own": ("权利清单", 3, "是否自有"),
        "rights.0": ("权利清单", 3, ""),
        "papers": ("试卷", None, ""),
    }
    wanted = {
        name: Location(path=PATH, field=name, sheet=sheet, row=row, column=column)
        for name, (sheet, row, column) in places.items()
    }
    assert {name: cells.get(name) for name in places} == wanted


def test_cells_follow_the_manifest_when_a_row_above_was_refused() -> None:
    def change(opened: openpyxl.Workbook) -> None:
        opened["学习资源"]["G4"] = "上半段 讲授；05:30-06:00 听；06:00-07:00 演示"

    face = read(full(), change, examples=False)
    assert [part.start for part in face.manifest.resources[1].ranges] == ["06:00"]
    assert face.cells["resources.1.ranges.0.start"].row == 4
    assert told(face) == [
        (
            "学习资源",
            4,
            "分段角色",
            "上半段 讲授",
            "时间段应写成“开始-结束 角色”，例如 00:00-05:30 讲授；05:30-10:00 演示。",
        ),
        ("学习资源", 4, "分段角色", "听", "这里只能填：讲授、演示、实操、素养。"),
    ]


def test_values_not_understood_are_told_with_their_cell() -> None:
    def change(opened: openpyxl.Workbook) -> None:
        basics, resources = opened["基本情况"], opened["学习资源"]
        basics.cell(find(basics, "申报总学时")[0], 2).value = "约一小时"
        basics.cell(find(basics, "是否具有自主知识产权")[0], 2).value = "部分"
        resources["C3"], resources["D3"] = "影片", "听讲"
        opened["试卷"]["D4"] = "一百"

    face = read(full(), change, examples=False)
    assert sorted(told(face)) == [
        ("基本情况", 6, "申报总学时", "约一小时", "这里应填数字，例如 1.5。"),
        ("基本情况", 28, "是否具有自主知识产权", "部分", "这里应填“是”或“否”。"),
        ("学习资源", 3, "类型", "影片", "这里只能填：视频、音频、文本、图表、仿真、动画。"),
        ("学习资源", 3, "角色", "听讲", "这里只能填：讲授、演示、实操、素养。"),
        ("试卷", 4, "总分", "一百", "这里应填数字，例如 1.5。"),
    ]
    assert {item.at.path for item in face.not_understood} == {PATH}
    assert sorted(item.at.field for item in face.not_understood) == [
        "form.own_rights", "hours", "papers.1.total", "resources.0.kind", "resources.0.role",
    ]  # fmt: skip
    kept = {**FULL, "hours": None, "form": {**FULL["form"], "own_rights": None}}
    kept["papers"] = [{**entry, "total": None if entry["id"] == "p2" else 100} for entry in FULL["papers"]]
    kept["resources"] = [{**FULL["resources"][0], "role": None}, *FULL["resources"][1:]]
    assert face.manifest == Manifest.model_validate(kept)


def test_what_excel_makes_of_numbers_dates_and_ticks_is_taken_back() -> None:
    def change(opened: openpyxl.Workbook) -> None:
        sheet = opened["基本情况"]
        for label, value in (
            ("联系电话", 13800138000), ("同意日期", date(2023, 8, 1)), ("是否数字技能培训课程", True), ("课程包版本", 2.0),
            ("申报总学时", "1.5 学时"), ("是否同意免费使用", "√"), ("征集类别", "现代服务业"),
        ):  # fmt: skip
            cell = sheet.cell(find(sheet, label)[0], 2)
            cell.value, cell.number_format = value, "yyyy-mm-dd" if isinstance(value, date) else "General"

    face = read(Manifest(), change)
    assert told(face) == []
    assert face.manifest == Manifest(
        hours=Decimal("1.5"), version="2", categories=("P2(3)",), form={"phone": "13800138000", "digital_skills": True},
        free_use={"agreed": True, "on": "2023-08-01"},
    )  # fmt: skip


def test_moved_and_renamed_columns_and_sheets_are_found_again() -> None:
    def change(opened: openpyxl.Workbook) -> None:
        opened["学习资源"].title = "我的资源表"
        opened["试卷"].title = "试卷清单"
        sheet = opened["课程目录"]
        sheet["B1"], sheet["D1"], sheet["E1"] = "课名称", "课时数 ", "资源编号（可多个）"
        sheet.move_range("A1:A20", cols=9)
        opened["基本情况"].insert_rows(1, amount=3)
        opened["权利清单"].insert_rows(1)
        opened["权利清单"]["A1"] = "天津市晴禾职业培训学校权利清单"

    face = read(full(), change)
    assert (face.manifest, told(face)) == (full(), [])
    assert face.cells["resources.0.title"].sheet == "我的资源表"
    assert face.cells["catalogue.0.title"].column == "章"


def test_the_teachers_additions_are_told_only_where_something_stands() -> None:
    def change(opened: openpyxl.Workbook) -> None:
        resources, basics = opened["学习资源"], opened["基本情况"]
        resources["Q1"], resources["R1"], resources["R5"] = "空列", "拍摄人", "甲老师"
        resources["S6"] = "没有表头"
        resources["T1"], resources["T4"] = "名称", "又一个名称"
        last = basics.max_row
        basics.cell(last + 1, 1).value, basics.cell(last + 1, 2).value = "课题编号", "2023-1"
        basics.cell(last + 2, 1).value = "空栏目"
        basics.cell(last + 3, 1).value, basics.cell(last + 3, 2).value = "课程名称", "又一个"
        basics["E1"], basics["E3"] = "批注", "请核对"
        opened.create_sheet("草稿")["B2"] = "草稿内容"
        opened.create_sheet("Sheet1")

    face = read(full(), change)
    assert face.manifest == full()
    last = sum(1 for _ in SHEETS[0].rows) + 1  # type: ignore[union-attr]
    assert told(face) == [
        ("基本情况", last + 1, "课题编号", "2023-1", "“课题编号”不是模板里的栏目，内容没有读入。"),
        ("基本情况", last + 3, "课程名称", "又一个", "“课程名称”在这张表里出现了两次，只采用了前面的一次。"),
        ("基本情况", 3, "批注", "请核对", "“批注”列不是模板里的列，内容没有读入。"),
        ("学习资源", 5, "拍摄人", "甲老师", "“拍摄人”列不是模板里的列，内容没有读入。"),
        ("学习资源", 6, "S", "没有表头", "“S”列不是模板里的列，内容没有读入。"),
        ("学习资源", 4, "名称", "又一个名称", "“名称”在这张表里出现了两次，只采用了前面的一次。"),
        ("草稿", None, "", "草稿内容", "工作表“草稿”不属于培训包工作簿，里面的内容没有读入。"),
    ]


def test_an_example_that_was_typed_over_is_told_and_one_taken_over_is_read() -> None:
    def change(opened: openpyxl.Workbook) -> None:
        opened["试卷"]["B3"] = "试卷二"
        rights = opened["权利清单"]
        rights["A3"] = str(rights["A3"].value).removeprefix("〔示例〕")

    face = read(Manifest(), change)
    assert told(face) == [
        ("试卷", 3, "", "〔示例〕p1 | 试卷二 | 试卷/试卷1.xlsx | 100 | 60 | 60", "这一行带有〔说明〕或〔示例〕字样，没有读入。要采用这一行，请删去这几个字。")
    ]  # fmt: skip
    assert face.manifest.papers == ()
    assert [entry.what for entry in face.manifest.rights] == ["片头音乐"]


def rows(*lines: tuple[str, str, str]) -> Callable[[openpyxl.Workbook], None]:
    """Rows of chapter, lesson and level in the sheet 课程目录."""

    def change(opened: openpyxl.Workbook) -> None:
        sheet = opened["课程目录"]
        for number, (chapter, lesson, level) in enumerate(lines, start=3):
            sheet.cell(number, 1).value, sheet.cell(number, 2).value, sheet.cell(number, 7).value = (
                chapter or None,
                lesson or None,
                level or None,
            )

    return change


def tree(*items: str | tuple[str, list]) -> tuple[CatalogueItem, ...]:
    return tuple(
        CatalogueItem(title=item) if isinstance(item, str) else CatalogueItem(title=item[0], children=tree(*item[1]))
        for item in items
    )


@pytest.mark.parametrize(
    "lines, wanted",
    [
        ([("甲章", "", ""), ("", "一", ""), ("", "二", ""), ("乙章", "", "")], [("甲章", ["一", "二"]), "乙章"]),
        ([("甲章", "一", ""), ("", "二", ""), ("乙章", "三", "")], [("甲章", ["一", "二"]), ("乙章", ["三"])]),
        ([("甲章", "一", ""), ("甲章 ", "二", ""), ("乙章", "三", "")], [("甲章", ["一", "二"]), ("乙章", ["三"])]),
        ([("", "一", ""), ("", "二", "")], ["一", "二"]),
        ([("一", "", ""), ("二", "", "")], ["一", "二"]),
        ([("甲章", "", "1"), ("", "一节", "2"), ("", "一课", "3"), ("", "二节", "2")], [("甲章", [("一节", ["一课"]), "二节"])]),
        ([("", "甲章", "1"), ("", "一", "")], [("甲章", ["一"])]),
    ],
)  # fmt: skip
def test_chapters_and_lessons_in_the_ways_that_teachers_write_them(lines, wanted) -> None:
    face = read(Manifest(), rows(*lines), examples=False)
    assert (face.manifest.catalogue, told(face)) == (tree(*wanted), [])


def test_levels_that_make_no_sense_are_told() -> None:
    face = read(Manifest(), rows(("甲章", "", ""), ("", "一", "3"), ("", "二", "深")), examples=False)
    assert face.manifest.catalogue == tree(("甲章", ["一", "二"]))
    assert told(face) == [
        ("课程目录", 4, "", "一", "层级 3 的上面没有第 2 级目录，已接在最近的一级下面。"),
        ("课程目录", 5, "层级", "深", "层级应填 1 到 20 的整数，或者不填；这里当作没有填。"),
    ]


def test_a_later_version_and_other_files_are_refused() -> None:
    def later(opened: openpyxl.Workbook) -> None:
        sheet = opened["基本情况"]
        sheet.cell(find(sheet, "模板版本")[0], 2).value = 2

    other = io.BytesIO()
    openpyxl.Workbook().save(other)
    refusals = []
    for stream in (book(full(), change=later), other, io.BytesIO(b"PK\3\4 no workbook"), io.BytesIO()):
        stream.seek(0)
        with pytest.raises(Unreadable) as refusal:
            read_workbook(stream, PATH)
        refusals.append(refusal.value.code)
    assert refusals == ["newer-version", "not-workbook", "not-xlsx", "not-xlsx"]


def test_a_cell_far_outside_is_refused_before_it_eats_the_memory() -> None:
    def change(opened: openpyxl.Workbook) -> None:
        opened["试卷"]["XFD1048576"] = "远"

    with pytest.raises(Unsafe) as refusal:
        read(Manifest(), change)
    assert refusal.value.code == "far-cells"


def test_a_sheet_without_its_header_is_told() -> None:
    def change(opened: openpyxl.Workbook) -> None:
        opened["试卷"].delete_rows(1, 2)

    face = read(full(), change, examples=False)
    assert told(face) == [
        (
            "试卷",
            None,
            "",
            "",
            "工作表“试卷”里没有找到表头（编号、试卷名称、文件……），没有读入。请把表头改回模板的样子。",
        )
    ]
    assert face.manifest == full().model_copy(update={"papers": ()})


def test_a_text_too_long_for_a_cell_is_said_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as fault:
        write_workbook(Manifest(content="长" * 32_768), tmp_path / PATH)
    assert fault.value.message.zh.startswith("“主要学习内容”太长")
    assert list(tmp_path.iterdir()) == []


# ── what the teacher meets ──────────────────────────────────────────────────────────────────────────────────────────


def drop_downs(opened: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    """Words of each drop-down by sheet and first cell."""
    return {
        (sheet.title, str(area.coord).partition(":")[0]): check.formula1
        for sheet in opened
        for check in sheet.data_validations.dataValidation
        if check.type == "list"
        for area in check.sqref.ranges
    }


def test_every_chosen_word_has_its_drop_down() -> None:
    opened = openpyxl.load_workbook(book(Manifest()))
    assert opened.sheetnames == NAMES
    assert sorted((sheet, words) for (sheet, _), words in drop_downs(opened).items()) == sorted(
        [
            ("基本情况", '"P2(1) 法律法规及政策解读,P2(2) 制造业新技术新工艺,P2(3) 现代服务业,P2(4) 平台经济与共享经济新业态,P2(5) 疏解承载地相关产业,P2(6) 天津港产业集群,P2(7) 非遗文创与生活美学"'),
            ("基本情况", '"五级,四级,三级,二级,一级,专项能力,不分级"'),
            ("基本情况", '"全部,模块"'),
            ("基本情况", '"单位,个人"'),
            ("基本情况", '"是,否"'), ("基本情况", '"是,否"'), ("基本情况", '"是,否"'),
            ("学习资源", '"视频,音频,文本,图表,仿真,动画"'),
            ("学习资源", '"讲授,演示,实操,素养"'),
            ("权利清单", '"文字,图片,视频素材,音乐,字体,配音,软件,其他"'),
            ("权利清单", '"是,否"'),
        ]
    )  # fmt: skip


def test_sheets_print_and_scroll_well_and_text_is_never_a_formula() -> None:
    manifest = Manifest.model_validate({**FULL, "title": '=HYPERLINK("http://x")', "form": {"phone": "+86"}})
    opened = openpyxl.load_workbook(book(manifest))
    for sheet in opened.worksheets[1:]:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.freeze_panes in ("B2", "A3")
    title, phone = opened["基本情况"]["B3"], opened["基本情况"]["B33"]
    assert (title.value, title.data_type, title.number_format, title.quotePrefix) == (
        '=HYPERLINK("http://x")',
        "s",
        "@",
        True,
    )
    assert (phone.value, phone.data_type, phone.quotePrefix) == ("+86", "s", True)
    assert read(manifest).manifest == manifest


def test_labels_are_told_apart_within_each_sheet() -> None:
    for layout in SHEETS:
        slots = tuple(layout.slots)
        assert len({label_key(slot.label) for slot in slots}) == len(slots)
        names = [label_key(name) for slot in slots for name in (slot.label, *slot.aliases)]
        assert sorted({name for name in names if names.count(name) > 1}) == []
        assert [
            slot.label for slot in slots if any("," in word for word in slot.words) or len('","'.join(slot.words)) > 250
        ] == []


def fields(part: type[BaseModel], prefix: str = "") -> set[str]:
    """Dotted names of every field that is not itself a group of fields."""
    found: set[str] = set()
    for name, value in part():
        model = Origin if name == "origin" else type(value)
        found |= fields(model, f"{prefix}{name}.") if issubclass(model, BaseModel) else {prefix + name}
    return found


def test_the_layout_has_a_place_for_every_field_of_the_manifest() -> None:
    labelled = {slot.field for layout in SHEETS if isinstance(layout, LabelSheet) for slot in layout.slots}
    listed = {layout.field: {slot.field for slot in layout.slots} for layout in SHEETS if isinstance(layout, RowSheet)}
    assert fields(Manifest) == labelled - {"categories.rest"} | set(listed)
    assert listed == {
        "catalogue": set(CatalogueItem.model_fields) - {"children"} | {"chapter", "level"},
        "resources": set(Resource.model_fields),
        "papers": set(PaperEntry.model_fields),
        "rights": set(RightsEntry.model_fields),
    }


def test_five_hundred_files_cost_ten_times_as_much_as_fifty() -> None:
    def effort(count: int) -> int:
        template = full().resources[1]
        many = full().model_copy(
            update={"resources": tuple(template.model_copy(update={"id": f"v{n}"}) for n in range(count))}
        )
        stream = book(many)
        assert read_workbook(stream, PATH).manifest == many
        return calls(lambda: read_workbook(stream, PATH))

    assert effort(500) < 10 * effort(50)


@needs_libreoffice
def test_libreoffice_keeps_values_and_drop_downs(tmp_path: Path) -> None:
    before = tmp_path / PATH
    write_workbook(full(), before, examples=True)
    after = resaved(before, tmp_path / "resaved")
    with after.open("rb") as stream:
        vet_office(stream, Limits(), PATH)
        face = read_workbook(stream, PATH)
    assert (face.manifest, face.not_understood) == (full(), ())
    assert drop_downs(openpyxl.load_workbook(after)) == drop_downs(openpyxl.load_workbook(before))
