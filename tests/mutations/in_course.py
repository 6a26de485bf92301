"""Faults of introduction, catalogue, resources, sound and picture, hours, occupation."""

from __future__ import annotations

from typing import Any

from mutations.in_package import V1, V2, V3
from mutations.mutation import Mutation, fault, together
from mutations.workshop import Copy, sound


def _intro(text: str) -> Any:
    return lambda c: c.write("课程介绍.md", text)


def _without(path: str, row: str, column: str) -> Any:
    """A resource's companion file, neither there nor named."""
    return together(lambda c: c.row("学习资源", row, **{column: None}), lambda c: c.remove(path))


def _hours(copy: Copy, total: float, **lessons: float) -> None:
    """Hours stated in catalogue, total and form, as a teacher states them for another length."""
    for lesson, hours in lessons.items():
        copy.row("课程目录", lesson, 学时=hours)
    copy.row("课程目录", "c1", 学时=total)
    copy.fill("申报总学时", total)
    copy.fill("培训课时", f"总学时 {total}。")


def _standard(**labels: Any) -> Any:
    def plant(copy: Copy) -> None:
        for label, value in labels.items():
            copy.fill(label, value)

    return plant


ACCESS: tuple[Mutation, ...] = (
    fault("no captions", _without("视频/尊重老人.vtt", "v1", "字幕"), "captions-missing @ 培训包.xlsx 学习资源!3 字幕"),
    fault(
        "no transcript of a video",
        _without("文本/试水温文字稿.md", "v2", "文字稿"),
        "description-missing @ 培训包.xlsx 学习资源!4 口述影像",
    ),
    fault(
        "no transcript of a recording",
        _without("文本/听一听文字稿.md", "a1", "文字稿"),
        "audio-transcript-missing @ 培训包.xlsx 学习资源!8 文字稿",
    ),
    fault(
        "no text of a simulation",
        _without("文本/喂水模拟文字版.md", "s1", "文字版"),
        "simulation-alternative-missing @ 培训包.xlsx 学习资源!9 文字版",
    ),
    fault(
        "no alternative of a chart",
        lambda c: c.row("学习资源", "g1", 替代文字=None),
        "chart-alternative-missing @ 培训包.xlsx 学习资源!7 替代文字",
    ),
    fault(
        "no alternative of a question's picture",
        lambda c: c.question(1, 1, 图片说明=None),
        "image-alternative-missing @ 试卷/试卷1.xlsx 试题!2 图片说明",
    ),
)

SPOKEN = "视频/尊重老人.vtt"


def _captions(*cues: str, head: str = "WEBVTT") -> Any:
    """Other captions for the first video; each cue as `times|words`."""
    blocks = [cue.replace("|", "\n") for cue in cues]
    return lambda c: c.write(SPOKEN, "\n\n".join((head, *blocks)) + "\n")


CAPTIONS: tuple[Mutation, ...] = (
    fault("captions without a cue", _captions(), "captions-unreadable @ 视频/尊重老人.vtt captions v1"),
    fault("captions of another encoding",
          lambda c: c.write(SPOKEN, "WEBVTT\n\n00:01.000 --> 00:03.000\n尊重老人，耐心倾听\n".encode("gb18030")),
          "captions-not-utf8 @ 视频/尊重老人.vtt captions v1"),
    fault("a time with a comma", _captions("00:01.000 --> 00:03.000|尊重老人", "00:04,000 --> 00:06,000|耐心倾听"),
          "caption-lost @ 视频/尊重老人.vtt line 6 captions v1"),
    fault("a caption without words", _captions("00:01.000 --> 00:03.000|尊重老人", "00:04.000 --> 00:06.000"),
          "caption-empty @ 视频/尊重老人.vtt line 6 captions v1 00:04–00:06"),
    fault("captions that run backwards", _captions("00:04.000 --> 00:06.000|耐心倾听", "00:01.000 --> 00:03.000|尊重老人"),
          "captions-out-of-order @ 视频/尊重老人.vtt line 6 captions v1 00:01–00:03"),
    fault("a caption that ends before it begins", _captions("00:01.000 --> 00:03.000|尊重老人", "00:06.000 --> 00:04.000|耐心倾听"),
          "captions-out-of-order @ 视频/尊重老人.vtt line 6 captions v1"),
    fault("captions that overlap", _captions("00:01.000 --> 00:03.000|尊重老人", "00:02.900 --> 00:05.000|耐心倾听"),
          "captions-overlap @ 视频/尊重老人.vtt line 6 captions v1 00:02–00:05"),
    fault("captions without a gap", _captions("00:01.000 --> 00:03.000|尊重老人", "00:03.040 --> 00:05.000|耐心倾听"),
          "captions-too-close @ 视频/尊重老人.vtt line 6 captions v1 00:03–00:05"),
    fault("a caption of half a second", _captions("00:01.000 --> 00:01.500|好", "00:04.000 --> 00:06.000|耐心倾听"),
          "caption-too-brief @ 视频/尊重老人.vtt line 3 captions v1 00:01"),
    fault("a caption of eight seconds", _captions("00:01.000 --> 00:09.000|尊重老人"),
          "caption-stays-too-long @ 视频/尊重老人.vtt line 3 captions v1 00:01–00:09"),
    fault("a caption of three lines", _captions("00:01.000 --> 00:05.000|尊重老人|耐心倾听|慢慢说"),
          "caption-lines-too-many @ 视频/尊重老人.vtt line 3 captions v1 00:01–00:05"),
    fault("a line of twenty characters", _captions("00:01.000 --> 00:06.000|尊重老人耐心倾听慢慢说话不要催促不要抢话"),
          "caption-line-too-long @ 视频/尊重老人.vtt line 3 captions v1 00:01–00:06"),
    fault("ten characters a second", _captions("00:01.000 --> 00:02.000|尊重老人，耐心倾听吧"),
          "caption-fast @ 视频/尊重老人.vtt line 3 captions v1 00:01–00:02"),
    fault("fourteen characters a second", _captions("00:01.000 --> 00:02.000|尊重老人，耐心倾听，慢慢说话"),
          "caption-too-fast @ 视频/尊重老人.vtt line 3 captions v1 00:01–00:02"),
    fault("captions of a longer film", _captions("05:10.000 --> 05:12.000|尊重老人"),
          "caption-outside-medium @ 视频/尊重老人.vtt line 3 captions v1 05:10–05:12"),
    fault("a second set without language", lambda c: c.film(V1, 300, captions=("chi", "")),
          "captions-language-missing @ 视频/尊重老人.mp4 captions v1#2"),
)  # fmt: skip

INTRODUCTION: tuple[Mutation, ...] = (
    fault("introduction without title", _intro("课程目录：见下。"),
         "introduction-item-missing @ 课程介绍.md intro 课程名称"),
    fault("introduction without catalogue", _intro("课程名称：老年人饮水照护入门。"),
         "introduction-item-missing @ 课程介绍.md intro 课程目录"),
    fault("nothing on the learners", together(_intro("课程名称、目录如下。主要学习内容：试温。"), lambda c: c.fill("适用学习对象", None)),
         "introduction-item-missing @ 课程介绍.md intro 适用学习对象"),
    fault("nothing on the content", together(_intro("课程名称、目录如下。面向护理员。"), lambda c: c.fill("主要学习内容", None)),
         "introduction-item-missing @ 课程介绍.md intro 主要学习内容"),
    fault("introduction of another course", lambda c: c.rewrite("课程介绍.md", "课程名称：老年人饮水照护入门", "课程名称：老年人进食照护入门"),
         "introduction-title-differs @ 课程介绍.md intro 课程名称"),
    fault("introduction of other hours", lambda c: c.rewrite("课程介绍.md", "总学时 1.0", "总学时 4.0"),
         "introduction-hours-differ @ 课程介绍.md intro 总学时"),
    fault("no title at all", lambda c: c.fill("课程名称", None),
         "introduction-item-missing @ 培训包.xlsx 基本情况!3 课程名称"),
)  # fmt: skip

CATALOGUE: tuple[Mutation, ...] = (
    fault("lesson without a name", lambda c: c.row("课程目录", "k3", **{"课/目录名称": None}),
         "catalogue-title-missing @ 培训包.xlsx 课程目录!6 课/目录名称"),
    fault("lesson named twice", lambda c: c.rename_lesson("协助饮水", "试温与防烫"),
         "catalogue-name-repeated @ 培训包.xlsx 课程目录!6 课/目录名称"),
    fault("lesson named twice in another width", lambda c: (c.rename_lesson("试温与防烫", "ABC 法"), c.rename_lesson("协助饮水", "ＡＢＣ 法")),
         "catalogue-name-repeated @ 培训包.xlsx 课程目录!6 课/目录名称"),
    fault("lessons numbered in two ways", lambda c: (c.rename_lesson("试温与防烫", "第1讲 试温"), c.rename_lesson("协助饮水", "第一讲 试温")),
         "catalogue-name-renumbered @ 培训包.xlsx 课程目录!6 课/目录名称"),
    fault("lesson that says nothing", lambda c: c.rename_lesson("协助饮水", "未命名"),
         "name-says-nothing @ 培训包.xlsx 课程目录!6 课/目录名称"),
    fault("video that says nothing", lambda c: c.row("学习资源", "v2", 名称="IMG_0001"),
         "name-says-nothing @ 培训包.xlsx 学习资源!4 名称"),
    fault("video without a name", lambda c: c.row("学习资源", "v2", 名称=None),
         "resource-title-missing @ 培训包.xlsx 学习资源!4 名称"),
    fault("video named twice", lambda c: c.row("学习资源", "v2", 名称="尊重老人"),
         "resource-title-repeated @ 培训包.xlsx 学习资源!4 名称"),
    fault("video named as another lesson", lambda c: c.row("学习资源", "v2", 名称="协助饮水"),
         "video-named-as-lesson @ 培训包.xlsx 学习资源!4 名称"),
    fault("id given twice", lambda c: c.row("学习资源", "t1", 编号="v2") or c.row("课程目录", "k2", 所用资源编号="v2、g1、a1"),
         "resource-id-repeated @ 培训包.xlsx 学习资源!6 编号"),
    fault("lesson without hours", lambda c: c.row("课程目录", "k2", 学时=None),
         "catalogue-hours-missing @ 培训包.xlsx 课程目录!5 学时"),
    fault("hours of a lesson in words", lambda c: c.row("课程目录", "k2", 学时="不到一节课"),
         "value-not-understood @ 培训包.xlsx 课程目录!5 学时"),
    fault("lesson of ten times the hours", lambda c: c.row("课程目录", "k3", 学时=6),
         "catalogue-hours-differ @ 培训包.xlsx 课程目录!6 学时"),
    fault("chapter of other hours", lambda c: c.row("课程目录", "c1", 学时=2),
         "catalogue-hours-differ @ 培训包.xlsx 课程目录!3 学时"),
    fault("lessons that do not make the total", lambda c: (_hours(c, 1.16, k1=0.02, k2=0.17, k3=0.59), c.row("课程目录", "c1", 学时=None), c.rewrite("课程介绍.md", "1.0", "1.16")),
         "catalogue-hours-differ @ 培训包.xlsx 基本情况!6 申报总学时"),
    fault("lesson without resources", lambda c: c.row("课程目录", "k1", 所用资源编号=None),
         "lesson-without-resource @ 培训包.xlsx 课程目录!4 所用资源编号"),
    fault("new lesson without resources", lambda c: c.add("课程目录", **{"课/目录名称": "记录饮水量", "编号": "k4", "学时": 0, "重要程度": 0}),
         "lesson-without-resource @ 培训包.xlsx 课程目录!7 所用资源编号"),
    fault("lesson of an unknown resource", lambda c: c.row("课程目录", "k3", 所用资源编号="v3、s1、v9"),
         "lesson-uses-unknown-resource @ 培训包.xlsx 课程目录!6 所用资源编号"),
    fault("resource in no lesson", lambda c: c.row("课程目录", "k2", 所用资源编号="v2、g1、a1"),
         "resource-outside-catalogue @ 培训包.xlsx 学习资源!6 编号"),
)  # fmt: skip

RESOURCES: tuple[Mutation, ...] = (
    fault("videos alone", lambda c: (
        c.drop("学习资源", "t1", "g1", "a1", "s1"), c.row("课程目录", "k2", 所用资源编号="v2"), c.row("课程目录", "k3", 所用资源编号="v3"),
        c.remove("文本/饮水要点.md", "图表/试温三步图.png", "音频/听一听.wav", "仿真/喂水模拟.html", "文本/听一听文字稿.md", "文本/喂水模拟文字版.md")),
         "resource-kinds-too-few @ 培训包.xlsx 学习资源! resources"),
    fault("no core resource", lambda c: (
        c.row("学习资源", "v1", 角色="实操", 任务单="文本/任务单.md"), c.row("学习资源", "v2", 角色="实操", 任务单="文本/任务单.md"),
        *(c.row("学习资源", name, 角色="素养") for name in ("t1", "g1", "a1")), c.row("学习资源", "t1", 分钟数=5),
        _hours(c, 1.1, k2=0.3), c.rewrite("课程介绍.md", "1.0", "1.1")),
         "core-resource-missing @ 培训包.xlsx 学习资源! resources"),
    fault("lecture of 25 minutes and a second", lambda c: (
        c.row("学习资源", "v2", 角色="讲授"), c.film(V2, 1501), c.film(V1, 700), c.film(V3, 3600),
        _hours(c, 2.2, k1=0.2, k2=0.6, k3=1.3), c.rewrite("课程介绍.md", "1.0", "2.2")),
         "lecture-too-long @ 视频/试水温.mp4 v2 00:00–25:01"),
    fault("lecture of 26 minutes inside a demonstration", lambda c: (
        c.row("学习资源", "v2", 分段角色="01:00-27:00 讲授"), c.film(V2, 1700), c.film(V1, 700), c.film(V3, 3600),
        _hours(c, 2.2, k1=0.2, k2=0.6, k3=1.3), c.rewrite("课程介绍.md", "1.0", "2.2")),
         "lecture-too-long @ 视频/试水温.mp4 v2 01:00–27:00"),
    fault("resource without a role", lambda c: c.row("学习资源", "t1", 角色=None),
         "role-missing @ 培训包.xlsx 学习资源!6 角色"),
    fault("range that runs backwards", lambda c: c.row("学习资源", "v2", 分段角色="05:00-04:00 演示"),
         "range-unsound @ 培训包.xlsx 学习资源!4 分段角色"),
    fault("ranges that overlap", lambda c: c.row("学习资源", "v2", 分段角色="00:00-05:00 演示；04:00-06:00 讲授"),
         "range-unsound @ 培训包.xlsx 学习资源!4 分段角色"),
    fault("range beyond the end", lambda c: c.row("学习资源", "v2", 分段角色="00:00-12:00 演示"),
         "range-unsound @ 培训包.xlsx 学习资源!4 分段角色"),
    fault("role in words of one's own", lambda c: c.row("学习资源", "t1", 角色="讲解"),
         "value-not-understood @ 培训包.xlsx 学习资源!6 角色"),
    fault("minutes in words", lambda c: c.row("学习资源", "t1", 分钟数="约一分钟"),
         "value-not-understood @ 培训包.xlsx 学习资源!6 分钟数"),
    fault("ranges that are no times", lambda c: c.row("学习资源", "v2", 分段角色="前半段讲授，后半段演示"),
         "value-not-understood @ 培训包.xlsx 学习资源!4 分段角色"),
    fault("text of unknown length", lambda c: c.row("学习资源", "t1", 分钟数=None),
         "resource-length-unknown @ 培训包.xlsx 学习资源!6 分钟数"),
)  # fmt: skip

PICTURE: tuple[Mutation, ...] = (
    fault(
        "one video of another size",
        lambda c: c.film(V1, 300, size=(640, 360)),
        "resolution-mixed @ 视频/尊重老人.mp4 v1",
    ),
    fault(
        "one video of another shape",
        lambda c: c.film(V1, 300, size=(320, 240)),
        "aspect-ratio-mixed @ 视频/尊重老人.mp4 v1",
    ),
    fault("one video upright", lambda c: c.film(V1, 300, size=(180, 320)), "aspect-ratio-mixed @ 视频/尊重老人.mp4 v1"),
    fault("fifteen frames a second", lambda c: c.film(V1, 300, fps=15), "frame-rate-low @ 视频/尊重老人.mp4 v1"),
    fault("sampled at 44.1 kHz", lambda c: c.film(V1, 300, rate=44100), "sample-rate-low @ 视频/尊重老人.mp4 v1"),
    fault(
        "recording sampled at 8 kHz",
        lambda c: c.write("音频/听一听.wav", sound(30, 8000)),
        "sample-rate-low @ 音频/听一听.wav a1",
    ),
    fault("demonstration without sound", lambda c: c.film(V2, 600, channels=0), "sound-missing @ 视频/试水温.mp4 v2"),
)

HOURS: tuple[Mutation, ...] = (
    fault("no total", lambda c: c.fill("申报总学时", None),
         "hours-undeclared @ 培训包.xlsx 基本情况!6 申报总学时"),
    fault("total doubled", lambda c: c.fill("申报总学时", 2),
         "hours-differ @ 培训包.xlsx 基本情况!6 申报总学时"),
    fault("total rounded up", lambda c: c.fill("申报总学时", 1.2),
         "hours-differ @ 培训包.xlsx 基本情况!6 申报总学时"),
    fault("minutes of another video", lambda c: c.row("学习资源", "v2", 分钟数=25),
         "resource-minutes-differ @ 培训包.xlsx 学习资源!4 分钟数"),
    fault("video a third shorter than stated", lambda c: c.film(V3, 1200),
         "catalogue-hours-differ @ 培训包.xlsx 课程目录!6 学时",
         "hours-differ @ 培训包.xlsx 基本情况!6 申报总学时"),
    fault("too little on ethics", lambda c: c.film(V1, 240),
         "share-ethics-low @ 培训包.xlsx 学习资源! resources"),
    fault("ethics a hair below ten percent", lambda c: c.film(V1, 286),
         "share-ethics-low @ 培训包.xlsx 学习资源! resources"),
    fault("too little practice", lambda c: (c.film(V3, 900), c.row("学习资源", "v2", 角色="素养"), _hours(c, 0.7, k3=0.3), c.rewrite("课程介绍.md", "1.0", "0.7")),
         "share-practice-low @ 培训包.xlsx 学习资源! resources"),
    fault("too much theory, and therefore too little practice", lambda c: (c.film(V3, 600), _hours(c, 0.6, k3=0.2), c.rewrite("课程介绍.md", "1.0", "0.6")),
         "share-practice-low @ 培训包.xlsx 学习资源! resources",
         "share-theory-high @ 培训包.xlsx 学习资源! resources"),
    fault("practice without task sheet", _without("文本/任务单.md", "v3", "任务单"),
         "practice-without-task ? @ 培训包.xlsx 学习资源!5 任务单"),
    fault("task sheet without acceptance", lambda c: c.write("文本/任务单.md", "步骤：一、洗手。二、试温。材料：水杯、温度计。"),
         "task-sheet-incomplete @ 文本/任务单.md"),
    fault("task sheet without anything", lambda c: c.write("文本/任务单.md", "请认真练习。"),
         "task-sheet-incomplete @ 文本/任务单.md"),
)  # fmt: skip

OCCUPATION: tuple[Mutation, ...] = (
    fault(
        "no occupation",
        lambda c: c.fill("职业（工种）名称", None),
        "occupation-missing @ 培训包.xlsx 基本情况!11 职业（工种）名称",
    ),
    fault("no level", lambda c: c.fill("等级", None), "occupation-missing @ 培训包.xlsx 基本情况!13 等级"),
    fault(
        "code without its zeros",
        lambda c: c.fill("职业编码", "4-10-1-5"),
        "occupation-code-malformed @ 培训包.xlsx 基本情况!12 职业编码",
    ),
    fault(
        "level that there is not",
        lambda c: c.fill("等级", "六级"),
        "occupation-level-unknown @ 培训包.xlsx 基本情况!13 等级",
    ),
    fault(
        "no standard",
        _standard(职业标准名称=None, 标准编号=None, 标准版本=None),
        "standard-uncited @ 培训包.xlsx 基本情况!14 职业标准名称",
    ),
    fault("standard without edition", _standard(标准版本=None), "standard-uncited @ 培训包.xlsx 基本情况!16 标准版本"),
    fault(
        "standard without any code",
        _standard(标准编号=None, 职业编码=None),
        "standard-uncited @ 培训包.xlsx 基本情况!15 标准编号",
    ),
    fault("no category", lambda c: c.fill("征集类别", None), "category-missing @ 培训包.xlsx 基本情况!4 征集类别"),
    fault(
        "first category that there is not",
        lambda c: c.fill("征集类别", "P2(8)"),
        "category-unknown @ 培训包.xlsx 基本情况!4 征集类别",
    ),
    fault(
        "further category that there is not",
        lambda c: c.fill("其他征集类别", "P2(9)"),
        "category-unknown @ 培训包.xlsx 基本情况!5 其他征集类别",
    ),
    fault(
        "standard of another occupation",
        _standard(标准编号="4-10-01-01"),
        "standard-of-another-occupation @ 培训包.xlsx 基本情况!15 标准编号",
    ),
    fault(
        "no scope",
        lambda c: (c.fill("课程范围", None), c.fill("模块名称", None)),
        "occupation-scope-missing @ 培训包.xlsx 基本情况!18 课程范围",
    ),
    fault(
        "module without a name",
        lambda c: c.fill("模块名称", None),
        "occupation-scope-missing @ 培训包.xlsx 基本情况!19 模块名称",
    ),
    fault(
        "scope in words of one's own",
        lambda c: c.fill("课程范围", "大部分"),
        "value-not-understood @ 培训包.xlsx 基本情况!18 课程范围",
    ),
    fault(
        "whole occupation in one hour",
        lambda c: c.fill("课程范围", "全部"),
        "subsidy-hours-short @ 培训包.xlsx 基本情况!6 申报总学时",
    ),
)
