"""Each fault planted into files, materials or name gives exactly its finding, and no rule of any area says anything else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kebao.model.location import Location
from kebao.model.text import Text
from kebao.package.faces import Face
from kebao.questions.model import NotUnderstood
from kebao.subjects.course import Package
from kebao.subjects.facts import Fault
from kebao.subjects.personal import personal_numbers, without_numbers
from kebao.subjects.references import mentioned, references
from kebao.subjects.sketch import SketchedFile, course
from planting import RULES, Said, said

ALL = tuple(sorted({rule.area for rule in RULES.values()}))
FAULT = Fault("damaged", Text(zh="文件不完整。", en="The file is not whole."))
DAMAGED = SketchedFile(fault=FAULT)
UNSAFE = SketchedFile(fault=Fault("macro", Text(zh="文档里有宏。", en="The document holds macros."), unsafe=True))
VIDEO, TEXT, PAPER = "视频/试水温.mp4", "文本/饮水要点.md", "试卷/试卷1.xlsx"
PERSON, DISABLED, CODE = "11010519491231002X", "11010519491231002X23", "91350100M000100Y43"
UNIT, TITLE = "天津市晴禾职业培训学校", "老年人饮水照护入门"


def resources(number: int, **changes: Any) -> list[dict[str, Any]]:
    """The base's resources with one of them changed."""
    entries = [entry.model_dump() for entry in course().manifest.resources]
    entries[number].update(changes)
    return entries


def papers(path: str) -> list[dict[str, Any]]:
    """The base's list of papers, where the first names this file."""
    entries = [entry.model_dump() for entry in course().manifest.papers]
    return [{**entries[0], "path": path}, *entries[1:]]


def lost(raw: str, path: str = "培训包.yaml", field: str = "content") -> dict[str, Any]:
    because = Text(zh="没有这一栏。", en="There is no such field.")
    return {"not_understood": (NotUnderstood(Location(path=path, field=field), raw, because),)}


def two_faces(cells: dict[str, Location] | None = None, **changes: Any) -> dict[str, Any]:
    """Both faces: the machine's is the base, the workbook differs."""
    base = course().manifest
    workbook = Face("培训包.xlsx", "xlsx", course(**changes).manifest, cells=cells or {})
    return {"faces": (Face("培训包.yaml", "yaml", base), workbook)}


def one(rule: str, place: str, outcome: str = "failed") -> list[Said]:
    return [(rule, outcome, place)]


def cell(field: str, row: int, column: str) -> dict[str, Location]:
    return {field: Location(path="培训包.xlsx", field=field, sheet="课程介绍", row=row, column=column)}


FILES = [
    # absent
    (course(files={VIDEO: None}), one("file-absent", "::path")),
    (course(files={"视频/试水温.vtt": None}), one("file-absent", "::captions")),
    (course(files={"文本/试水温文字稿.md": None}), one("file-absent", "::transcript")),
    (course(files={"文本/任务单.md": None}), one("file-absent", "::task_sheet")),
    (course(files={TEXT: None}), one("file-absent", "::path")),
    (course(files={"材料/单位简介.md": None}), one("file-absent", "::supplier.introduction")),
    (course(files={"材料/基本情况表.docx": None}), one("file-absent", "::materials.form")),
    (course(files={"材料/版权承诺书.docx": None}), one("file-absent", "::materials.undertaking")),
    (course(materials={"recommendation": "材料/推荐函.pdf"}), one("file-absent", "::materials.recommendation")),
    (course(materials={"others": ["材料/证书.pdf"]}), one("file-absent", "::materials.others")),
    (course(resources=resources(1, description="文本/口述.md")), one("file-absent", "::description")),
    (course(resources=resources(1, sign="视频/手语.mp4")), one("file-absent", "::sign")),
    (course(resources=resources(3, table="图表/数据.csv")), one("file-absent", "::table")),
    (course(resources=resources(3, text_alternative="文本/文字版.md")), one("file-absent", "::text_alternative")),
    (course(listed=papers("试卷/没有.xlsx"), files={PAPER: None}), one("file-absent", "::path")),
    (course(intro="课程介绍.docx"), one("file-absent", "::intro")),
    # the same absent file named twice is one fault
    (course(materials={"proof": "材料/无.pdf", "authorisation": "材料/无.pdf"}), one("file-absent", "::materials.proof")),
    # renamed, or moved to another folder: the spare file is what is missed
    (course(files={VIDEO: None, "视频/测水温.mp4": SketchedFile(seconds=600)}), one("file-absent", "::path")),
    (course(files={TEXT: None, "文本/第一章/饮水要点.md": SketchedFile()}), one("file-absent", "::path")),
    # case and slashes
    (course(resources=resources(1, path="视频/试水温.MP4")), one("file-name-differs", "::path")),
    (course(resources=resources(1, path="视频\\试水温.mp4")), one("file-name-differs", "::path")),
    (course(resources=resources(2, task_sheet="文本\\任务单.md")), one("file-name-differs", "::task_sheet")),
    (course(listed=papers("试卷\\试卷1.xlsx")), one("file-name-differs", "::path")),
    # a row without a file
    (course(resources=resources(1, path="")), one("resource-path-missing", "::path")),
    (course(resources=resources(3, path="")), one("resource-path-missing", "::path")),
    (course(listed=papers("")), one("paper-empty", "::path")),
    # paths that may not be
    (course(resources=resources(1, path="../试水温.mp4")), one("path-unsound", "::path")),
    (course(resources=resources(1, path="D:\\课程\\试水温.mp4")), one("path-unsound", "::path")),
    (course(resources=resources(1, path="https://pan.example.com/试水温.mp4")), one("path-unsound", "::path")),
    (course(supplier={"introduction": "材料/简介?.md"}), one("path-unsound", "::supplier.introduction")),
    # damaged and unsafe
    (course(files={VIDEO: DAMAGED}), one("file-damaged", f"{VIDEO}::")),
    (course(files={TEXT: DAMAGED}), one("file-damaged", f"{TEXT}::")),
    (course(files={PAPER: DAMAGED}, papers={PAPER: FAULT}), one("file-damaged", f"{PAPER}::")),
    (course(files={"材料/证书.docx": DAMAGED}), one("file-damaged", "材料/证书.docx::")),
    (course(files={"视频/花絮.mp4": DAMAGED}), one("file-damaged", "视频/花絮.mp4::")),
    (course(files={TEXT: UNSAFE}), one("file-unsafe", f"{TEXT}::")),
    (course(files={"文本/宏.docx": UNSAFE}), one("file-unsafe", "文本/宏.docx::")),
    # unlisted
    (course(files={"视频/花絮.mp4": SketchedFile(seconds=9)}), one("file-unlisted", "视频/花絮.mp4::")),
    (course(files={"视频/花絮.mp4": SketchedFile(seconds=9), "视频/花絮.vtt": SketchedFile()}), one("file-unlisted", "视频/花絮.mp4::")),
    (course(files={"试卷/试卷4.xlsx": SketchedFile()}), one("file-unlisted", "试卷/试卷4.xlsx::")),
    (course(files={"视频/无关.srt": SketchedFile()}), one("file-unlisted", "视频/无关.srt::")),
    (course(files={"视频/试水温.en.vtt": SketchedFile(text="WEBVTT\n\n00:01.000 --> 00:03.000\nTest the water\n"), "视频/试水温.md": SketchedFile()}), []),
    (course(files={"使用说明.txt": SketchedFile(), "快递封面.docx": SketchedFile(), "SHA256SUMS": SketchedFile()}), []),
    (course(files={"文本/实操任务单模板.docx": SketchedFile(), "README.md": SketchedFile(), "LICENSE": SketchedFile()}), []),
    (course(files={"材料/营业执照.jpg": SketchedFile()}), []),
    (course(files={"授权/字体.pdf": SketchedFile()}, rights=[
        *({**r.model_dump()} for r in course().manifest.rights),
        {"what": "字体", "kind": "字体", "used_in": "v1", "owner": "某字库", "own": False, "licence": "购买", "evidence": "授权/字体.pdf", "citation": "某字库"},
    ]), []),
    # a missing list is told of once
    (course(intro=""), one("package-part-missing", "::intro")),
    (course(catalogue=[]), one("package-part-missing", "::catalogue")),
    (course(resources=[]), one("package-part-missing", "::resources")),
    (course(package={"kind": "bare"}), one("manifest-missing", "::")),
    # kinds of medium
    (course(resources=resources(1, path="视频/试水温.m4a"), files={VIDEO: None, "视频/试水温.m4a": SketchedFile(seconds=600)}),
     one("medium-of-another-kind", "视频/试水温.m4a::")),
    (course(resources=resources(1, kind="audio", path="音频/试水温.mp4"),
            files={VIDEO: None, "音频/试水温.mp4": SketchedFile(seconds=600, channels=0)}),
     one("medium-of-another-kind", "音频/试水温.mp4::")),
]  # fmt: skip


@pytest.mark.parametrize("package, expected", FILES, ids=[f"{n}-{e[0][0] if e else 'sound'}" for n, (_, e) in enumerate(FILES)])  # fmt: skip
def test_a_fault_in_the_files_is_found_once(package: Package, expected: list[Said]) -> None:
    assert said(package, ALL) == expected


FACES = [
    (course(package=lost("其他: 内容")), one("value-not-understood", "培训包.yaml::content")),
    (course(package=lost("", "培训包.xlsx"), files={"培训包.xlsx": SketchedFile()}), one("value-not-understood", "培训包.xlsx::content")),
    (course(package=lost("", "培训包.xlsx"), files={"培训包.xlsx": DAMAGED}), one("file-damaged", "培训包.xlsx::")),
    (course(supplier={"kind": ""}, package=lost("企业", "", "supplier.kind")), one("value-not-understood", "::supplier.kind")),
    (course(form={"own_rights": None}, package=lost("也许", "", "form.own_rights")), one("value-not-understood", "::form.own_rights")),
    (course(package=two_faces()), []),
    (course(package=two_faces(content="试温", cells=cell("content", 3, "填写"))), one("faces-differ", "培训包.xlsx:3:填写")),
    (course(package=two_faces(content="试温")), one("faces-differ", "培训包.xlsx::content")),
    (course(package=two_faces(resources=resources(1, licence="另议"))), one("faces-differ", "培训包.xlsx::resources.1.licence")),
    (course(package=two_faces(rights=[], cells=cell("rights.0", 3, "内容"))), one("faces-differ", "培训包.xlsx::rights.0")),
]  # fmt: skip


@pytest.mark.parametrize("package, expected", FACES)
def test_a_fault_in_what_is_written_is_found_once(package: Package, expected: list[Said]) -> None:
    assert said(package, ALL) == expected


def message(rule: str, package: Package) -> str:
    """The one message that a rule gives, in Chinese."""
    found = [finding for subject in package.subjects(RULES[rule].looks_at) for finding in RULES[rule](subject)]
    assert len(found) == 1
    return RULES[rule].message.format(**found[0].message_values()).zh  # type: ignore[union-attr]


def test_faces_that_differ_call_the_field_by_its_name() -> None:
    package = course(package=two_faces(resources=resources(1, licence="")))
    assert message("faces-differ", package) == (
        "“学习资源 第 2 行 许可方式”在培训包.xlsx 里是“（空）”，在培训包.yaml 里是“本单位自有”。"
    )


@pytest.mark.parametrize(
    "stated, files, expected",
    [
        ({VIDEO: "aa"}, {VIDEO: SketchedFile(seconds=600, digest="AA")}, []),
        ({VIDEO: "aa"}, {VIDEO: SketchedFile(seconds=600, digest="bb")}, one("checksum-differs", f"{VIDEO}::")),
        ({"视频/花絮.mp4": "aa"}, {}, one("checksum-differs", "视频/花絮.mp4::")),
        ({VIDEO: "aa"}, {VIDEO: None}, one("file-absent", "::path")),
        ({VIDEO: "aa"}, {VIDEO: DAMAGED}, one("file-damaged", f"{VIDEO}::")),
        ({"视频/Thumbs.db": "aa"}, {}, []),
        ({}, {}, []),
    ],
)
def test_digests_are_held_against_the_files(
    stated: dict[str, str], files: dict[str, SketchedFile | None], expected: list[Said]
) -> None:
    assert said(course(files=files, package={"digests_stated": stated}), ALL) == expected


def test_a_digest_says_whether_the_file_changed_or_is_gone() -> None:
    changed = course(files={VIDEO: SketchedFile(seconds=600, digest="bb")}, package={"digests_stated": {VIDEO: "aa"}})
    gone = course(package={"digests_stated": {"视频/花絮.mp4": "aa"}})
    assert message("checksum-differs", changed) == f"“{VIDEO}”和 SHA256SUMS 里的校验值不符。"
    assert message("checksum-differs", gone) == "“视频/花絮.mp4”写在 SHA256SUMS 里，包里却没有。"


def named(name: str, **changes: Any) -> Package:
    return course(package={"name": name}, **changes)


MATERIALS_AND_NAME = [
    (course(supplier={"introduction": ""}), one("supplier-introduction-missing", "::supplier.introduction")),
    (course(materials={"form": ""}), one("form-missing", "::materials.form")),
    (course(materials={"undertaking": ""}), one("copyright-proof-missing", "::materials.undertaking")),
    (course(materials={"undertaking": "", "proof": "材料/版权承诺书.docx"}), []),
    (course(supplier={"kind": ""}), one("supplier-kind-missing", "::supplier.kind")),
    (course(supplier={"credit_code": CODE}), []),
    (course(supplier={"credit_code": CODE[:-1] + "4"}), one("credit-code-invalid", "::supplier.credit_code")),
    (course(supplier={"credit_code": PERSON}), one("personal-number-needless", "::supplier.credit_code")),
    (course(form={"phone": PERSON}), one("personal-number-needless", "::form.phone")),
    (course(form={"remark": f"联系人身份证：{PERSON}。"}), one("personal-number-needless", "::form.remark")),
    (course(form={"remark": f"{PERSON}，{DISABLED}"}), one("personal-number-needless", "::form.remark")),
    (course(form={"remark": "110105 19491231 002X"}), one("personal-number-needless", "::form.remark")),
    (course(form={"remark": "110105194912310021"}), []),
    (named(f"网络课程+{UNIT}+{TITLE}"), []),
    (named(f"网络课程＋{UNIT}＋{TITLE}"), []),
    (named(f"网络课程-{UNIT} {TITLE}"), []),
    (named(f"网络课程{UNIT}{TITLE}"), []),
    (named("新建文件夹"), one("package-name-differs", "::name")),
    (named(f"{UNIT}+{TITLE}"), one("package-name-differs", "::name")),
    (named(f"网络课程+晴禾学校+{TITLE}"), one("package-name-differs", "::name")),
    (named(f"网络课程+{UNIT}+饮水"), one("package-name-differs", "::name")),
    (named(""), one("package-name-differs", "::name")),
]  # fmt: skip


@pytest.mark.parametrize("package, expected", MATERIALS_AND_NAME)
def test_a_fault_in_materials_or_name_is_found_once(package: Package, expected: list[Said]) -> None:
    assert said(package, ALL) == expected


def test_a_title_that_makes_no_name_is_the_only_fault_of_the_name() -> None:
    for title in ("饮水?", "饮水" * 60):
        package = course(title=title, form={"title": title}, intro=f"课程名称：{title}。课程目录：职业守则。")
        assert said(package, ALL) == one("package-name-impossible", "::title")


def test_a_unit_that_makes_no_name_is_told_at_the_unit() -> None:
    unit = "晴禾/学校"
    rights = [{**entry.model_dump(), "owner": unit} for entry in course().manifest.rights]
    package = course(supplier={"name": unit}, form={"unit": unit}, rights=rights, free_use={"by": unit})
    assert said(package, ALL) == one("package-name-impossible", "::supplier.name")


def test_a_supplier_without_name_is_told_once() -> None:
    assert said(course(supplier={"name": ""}), ("package", "form")) == one("supplier-name-missing", "::supplier.name")


def test_the_name_that_is_wanted_is_shown() -> None:
    assert message("package-name-differs", named("资料")) == (f"课程包现在叫“资料”，应为“网络课程+{UNIT}+{TITLE}”。")


def test_a_number_of_a_person_is_never_shown_whole() -> None:
    package = course(form={"remark": f"残疾人证 {DISABLED}"})
    assert message("personal-number-needless", package) == "这里写了残疾人证号 110" + "*" * 17 + "，申报时不需要。"
    assert without_numbers(f"甲 {PERSON}，乙 {DISABLED}") == f"甲 110{'*' * 15}，乙 110{'*' * 17}"
    assert without_numbers("一" * 300) == "一" * 199 + "…"
    assert message("value-not-understood", course(package=lost(f"身份证 {PERSON}"))) == (
        f"“身份证 110{'*' * 15}”没有读懂：没有这一栏。"
    )


@pytest.mark.parametrize(
    "words, expected",
    [
        (PERSON, [(0, 18, False)]),
        (f"证号{DISABLED}。", [(2, 22, True)]),
        (f"{DISABLED}B1", [(0, 22, True)]),
        (PERSON.lower(), [(0, 18, False)]),
        ("１１０１０５１９４９１２３１００２Ｘ", [(0, 18, False)]),
        ("110105-19491231-002X", [(0, 20, False)]),
        (f"A{PERSON}", []),
        (f"9{PERSON}", []),
        ("11010519491231002123", []),
        (CODE, []),
        ("022-28000000 13800138000", []),
    ],
)
def test_numbers_of_persons_are_found_in_words(words: str, expected: list[tuple[int, int, bool]]) -> None:
    assert [(n.start, n.end, n.is_disability) for n in personal_numbers(words)] == expected


def test_every_path_that_the_manifest_names_is_a_reference() -> None:
    """Each file of the conforming course is named by the manifest, so that no field of paths is forgotten."""
    package = course()
    assert {reference.path for reference in references(package)} == set(package.facts.paths)
    assert mentioned(package) >= set(package.facts.paths)


def test_of_many_spare_files_none_is_taken_for_the_one_that_is_missed() -> None:
    spare = {f"视频/花絮{n}.mp4": SketchedFile(seconds=9) for n in (1, 2)}
    assert said(course(files={VIDEO: None, **spare}), ALL) == [
        ("file-absent", "failed", "::path"),
        ("file-unlisted", "failed", "视频/花絮1.mp4::"),
        ("file-unlisted", "failed", "视频/花絮2.mp4::"),
    ]


def alone() -> Iterator[Package]:
    """One file checked by itself: a video, and a filled form."""
    for changes in ({"resources": resources(1, path="试水温.mp4")[1:2]}, {"resources": []}):
        empty: dict[str, Any] = {"intro": "", "catalogue": [], "rights": [], "audience": "", "content": ""}
        yield course(**{**empty, **changes}, materials={"form": "", "undertaking": ""}, supplier={"introduction": "", "kind": "", "name": ""},
                     form={"title": "", "phone": ""}, package={"kind": "single", "name": "试水温"})  # fmt: skip


@pytest.mark.parametrize("package", list(alone()))
def test_one_file_alone_is_not_asked_for_a_package(package: Package) -> None:
    assert said(package, ("package", "form")) == []
