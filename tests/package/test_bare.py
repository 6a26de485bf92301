"""A bare folder: chapters, lessons, kinds, roles and what belongs to what, from names alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kebao.package.bare import manifest_from_files
from kebao.package.manifest import (
    CatalogueItem,
    Manifest,
    Materials,
    Origin,
    PaperEntry,
    Resource,
    Supplier,
)

NAME = "网络课程+天津市晴禾职业培训学校+饮水照护"


def made(*paths: str) -> Manifest:
    return manifest_from_files(paths, "某文件夹")


def test_a_whole_folder() -> None:
    assert manifest_from_files(
        [
            "第二章 饮水/第10讲 协助饮水 实操.mp4", "第二章 饮水/第2讲 试温演示.mp4", "第二章 饮水/第2讲 试温演示.zh.vtt",
            "第二章 饮水/第2讲 试温演示.txt", "第二章 饮水/第2讲 试温演示_手语.mp4", "第一章 守则/第1讲 职业道德.mp4",
            "第一章 守则/第1讲 职业道德.srt", "试卷/试卷10.xlsx", "试卷/试卷2.docx", "试卷/图/1.png", "材料/单位简介.docx",
            "材料/基本情况表.docx", "材料/版权证明.pdf", "材料/版权承诺书.pdf", "材料/音乐授权书.pdf", "材料/推荐函.pdf", "材料/照片.jpg",
            "课程介绍.docx", "课程目录.xlsx", "说明.md", "SHA256SUMS",
        ],
        NAME,
    ) == Manifest(
        title="饮水照护",
        supplier=Supplier(name="天津市晴禾职业培训学校", introduction="材料/单位简介.docx"),
        intro="课程介绍.docx",
        catalogue=(
            CatalogueItem(id="k1", title="第一章 守则", children=(CatalogueItem(id="k1-1", title="第1讲 职业道德", use=("r1",)),)),
            CatalogueItem(id="k2", title="第二章 饮水", children=(
                CatalogueItem(id="k2-1", title="第2讲 试温演示", use=("r2",)),
                CatalogueItem(id="k2-2", title="第10讲 协助饮水 实操", use=("r3",)),
            )),
        ),
        resources=(
            Resource(id="r1", role="素养", title="第1讲 职业道德", path="第一章 守则/第1讲 职业道德.mp4", captions="第一章 守则/第1讲 职业道德.srt"),
            Resource(id="r2", role="演示", title="第2讲 试温演示", path="第二章 饮水/第2讲 试温演示.mp4", captions="第二章 饮水/第2讲 试温演示.zh.vtt",
                     transcript="第二章 饮水/第2讲 试温演示.txt", sign="第二章 饮水/第2讲 试温演示_手语.mp4"),
            Resource(id="r3", role="实操", title="第10讲 协助饮水 实操", path="第二章 饮水/第10讲 协助饮水 实操.mp4"),
        ),
        papers=(PaperEntry(id="p1", title="试卷2", path="试卷/试卷2.docx"), PaperEntry(id="p2", title="试卷10", path="试卷/试卷10.xlsx")),
        materials=Materials(
            form="材料/基本情况表.docx", proof="材料/版权证明.pdf", undertaking="材料/版权承诺书.pdf", authorisation="材料/音乐授权书.pdf",
            recommendation="材料/推荐函.pdf", others=("材料/照片.jpg",),
        ),
        origin=Origin(format="bare"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "path, kind",
    [
        ("洗手.MP4", "video"), ("洗手.mp3", "audio"), ("洗手.pdf", "text"), ("洗手.png", "chart"), ("洗手.csv", "chart"), ("动画/洗手.mp4", "animation"),
        ("动画/洗手.gif", "animation"), ("仿真/洗手.html", "simulation"), ("洗手.html", "text"), ("文本/洗手.docx", "text"),
    ],
)  # fmt: skip
def test_kinds(path: str, kind: str) -> None:
    assert [(entry.path, entry.kind) for entry in made(path).resources] == [(path, kind)]


@pytest.mark.parametrize(
    "path, role",
    [
        ("理论课.mp4", "讲授"), ("讲授洗手.mp4", "讲授"), ("洗手示范.mp4", "演示"), ("洗手演示.mp4", "演示"), ("洗手实训.mp4", "实操"), ("实操/洗手.mp4", "实操"),
        ("职业道德/第一讲.mp4", "素养"), ("法律法规.mp4", "素养"), ("用电安全.mp4", "素养"), ("理论/洗手演示.mp4", "演示"), ("安全操作演示.mp4", None),
        ("洗手.mp4", None), ("第一章/洗手.mp4", None), ("演示理论/洗手.mp4", None),
    ],
)  # fmt: skip
def test_roles_only_where_a_word_says_so(path: str, role: str | None) -> None:
    assert [entry.role for entry in made(path).resources] == [role]


def test_folders_of_kinds_are_no_chapters_and_one_name_is_one_lesson() -> None:
    manifest = made(
        "视频/洗手.mp4",
        "字幕/洗手.vtt",
        "文本/洗手.docx",
        "文本/洗手任务单.docx",
        "文字稿/洗手文字稿.docx",
        "第一章/视频/试温.mp4",
    )
    assert manifest.catalogue == (
        CatalogueItem(id="k1", title="洗手", use=("r1", "r3")),
        CatalogueItem(id="k2", title="第一章", children=(CatalogueItem(id="k2-1", title="试温", use=("r2",)),)),
    )
    assert manifest.resources == (
        Resource(id="r1", kind="text", title="洗手", path="文本/洗手.docx"),
        Resource(id="r2", title="试温", path="第一章/视频/试温.mp4"),
        Resource(id="r3", title="洗手", path="视频/洗手.mp4", captions="字幕/洗手.vtt", transcript="文字稿/洗手文字稿.docx", task_sheet="文本/洗手任务单.docx"),
    )  # fmt: skip


def test_a_simulation_of_many_files_is_one_lesson() -> None:
    manifest = made(
        "仿真/倒水/css/a.png", "仿真/倒水/help.html", "仿真/倒水/index.html", "仿真/倒水/run.js", "仿真/单页.html"
    )
    assert [(entry.title, entry.path, entry.kind) for entry in manifest.resources] == [
        ("倒水", "仿真/倒水/index.html", "simulation"),
        ("单页", "仿真/单页.html", "simulation"),
    ]
    assert [item.title for item in manifest.catalogue] == ["倒水", "单页"]


def test_captions_go_to_their_own_video_only() -> None:
    manifest = made("一/洗手.mp4", "一/洗手.vtt", "二/洗手.mp4", "三/洗手.vtt", "二/别的.srt")
    assert [(entry.path, entry.captions) for entry in manifest.resources] == [
        ("一/洗手.mp4", "一/洗手.vtt"),
        ("二/洗手.mp4", ""),
    ]


def test_papers_by_folder_and_by_name() -> None:
    manifest = made("题库/一.xlsx", "考试题/二.csv", "第一章/模拟卷.docx", "试卷讲解.mp4")
    assert [entry.path for entry in manifest.papers] == ["第一章/模拟卷.docx", "考试题/二.csv", "题库/一.xlsx"]
    assert [entry.path for entry in manifest.resources] == ["试卷讲解.mp4"]


def test_materials_at_the_top_and_lessons_that_only_sound_like_them() -> None:
    manifest = made("承诺书.pdf", "学校简介.docx", "第一章/怎样写授权书.mp4", "第一章/推荐信的写法.docx")
    assert (manifest.materials, manifest.supplier.introduction) == (
        Materials(undertaking="承诺书.pdf"),
        "学校简介.docx",
    )
    assert [entry.path for entry in manifest.resources] == ["第一章/怎样写授权书.mp4", "第一章/推荐信的写法.docx"]


def test_nothing_at_all() -> None:
    assert made() == Manifest(origin=Origin(format="bare"))


PARTS = st.sampled_from(
    ("第一章", "视频", "仿真", "材料", "试卷", "洗手", "洗手字幕", "任务单", "简介", "课程介绍", "index", "a")
)
PATHS = st.builds(
    lambda parts, suffix: "/".join(parts) + suffix,
    st.lists(PARTS, min_size=1, max_size=4),
    st.sampled_from((".mp4", ".vtt", ".txt", ".html", ".xlsx", ".js", "")),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PATHS, max_size=12, unique=True), st.randoms())
def test_every_file_is_used_at_most_once_and_order_of_listing_does_not_matter(paths, random) -> None:
    manifest = made(*paths)
    shuffled = list(paths)
    random.shuffle(shuffled)
    assert made(*shuffled) == manifest
    used = [
        manifest.intro,
        manifest.supplier.introduction,
        *(entry.path for entry in manifest.papers),
        *manifest.materials.others,
    ]
    used += [
        getattr(manifest.materials, name)
        for name in ("form", "proof", "undertaking", "authorisation", "recommendation")
    ]
    for entry in manifest.resources:
        used += [
            entry.path,
            entry.captions,
            entry.transcript,
            entry.description,
            entry.sign,
            entry.text_alternative,
            entry.task_sheet,
        ]
    used = [path for path in used if path]
    assert len(used) == len(set(used))
    assert set(used) <= set(paths)
