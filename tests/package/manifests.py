"""Manifests for tests: one in which every field is filled in, and strategies for any."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from kebao.package.manifest import (
    KIND_WORDS,
    LEVELS,
    ROLES,
    CatalogueItem,
    CourseIntroduction,
    Form,
    FreeUse,
    Manifest,
    Materials,
    Occupation,
    Origin,
    PaperEntry,
    Resource,
    RightsEntry,
    Standard,
    Supplier,
    TimeRange,
)

FULL: dict[str, Any] = {
    "kebao": 1, "id": "yinshui", "version": "2", "title": "老年人饮水照护入门", "language": "zh-Hans",
    "categories": ["P2(3)", "P2(7)"],
    "occupation": {
        "name": "养老护理员", "code": "4-10-01-05", "level": "五级", "scope": "模块", "module": "饮水照护",
        "standard": {"name": "养老护理员国家职业技能标准", "code": "GZB 4-10-01-05", "edition": "2019年版"},
        "no_standard_reason": "（有标准）",
    },
    "supplier": {"kind": "单位", "name": "天津市晴禾职业培训学校", "credit_code": "91350100M000100Y43", "address": "示例路 1 号",
                 "introduction": "材料/单位简介.md"},
    "audience": "初学者\n家庭照护者", "content": "守则、试温、协助饮水", "intro": "课程介绍.docx", "hours": 1.0,
    "catalogue": [
        {"id": "c1", "title": "第一章 守则", "hours": 0.4, "weight": 2, "children": [
            {"id": "k1", "title": "尊重老人", "hours": 0.1, "use": ["v1"]},
            {"id": "k2", "title": "试温", "hours": 0.3, "use": ["v2", "t 1"], "weight": 1.5, "children": [
                {"id": "k21", "title": "用手腕试温", "hours": 0.1}]},
        ]},
        {"id": "c2", "title": "第二章 练习", "hours": 0.6, "use": ["v3"]},
    ],
    "resources": [
        {"id": "v1", "kind": "video", "role": "素养", "title": "尊重老人", "path": "视频/尊重老人.mp4", "captions": "视频/尊重老人.vtt",
         "transcript": "文本/尊重老人.md", "description": "音频/口述.mp3", "sign": "视频/手语.mp4", "licence": "自有"},
        {"id": "v2", "kind": "animation", "role": "演示", "title": "=试温", "path": "动画/试温.mp4", "text_alternative": "文本/试温.md",
         "ranges": [{"start": "00:00", "end": "05:30", "role": "讲授"}, {"start": "05:30", "end": "1:10:00.5", "role": "演示"}]},
        {"id": "v3", "kind": "simulation", "role": "实操", "title": "协助", "path": "仿真/协助.html", "minutes": 12.5, "task_sheet": "文本/任务单.md"},
        {"id": "t 1", "kind": "chart", "title": "水温表", "path": "图表/水温.png", "minutes": 1, "alt": "四十度最合适。", "table": "图表/水温.xlsx"},
    ],
    "papers": [{"id": f"p{n}", "title": f"试卷{n}", "path": f"试卷/试卷{n}.xlsx", "total": 100, "pass_mark": 60, "minutes": 45} for n in (1, 2, 3)],
    "rights": [{"what": "片头音乐", "kind": "音乐", "used_in": "v1 v2", "owner": "某出版社", "own": False, "licence": "书面授权",
                "evidence": "材料/授权书.pdf", "citation": "音乐：某出版社授权"}],
    "form": {
        "title": "老年人饮水照护入门", "own_rights": True, "digital_skills": False, "unit": "天津市晴禾职业培训学校", "contact": "教务处",
        "position": "经办", "phone": "022-28000000", "email": "course@qinghe.example.com", "address": "示例路 1 号",
        "introduction": {
            "source": "自行录制。", "occupation": "养老护理员。", "standard": "国家标准。", "outline": "三部分。", "teachers": "专职教师。",
            "resources": "视频、考题。", "format": "线上。", "process": "先学后练。", "hours": "1.0", "picture": "1280×720",
        },
        "remark": "无",
    },
    "materials": {"form": "材料/表.docx", "proof": "材料/证明.pdf", "undertaking": "材料/承诺书.pdf", "authorisation": "材料/授权书.pdf",
                  "recommendation": "材料/推荐函.pdf", "others": ["材料/甲，乙.pdf", "材料/丙.pdf"]},
    "free_use": {"agreed": True, "by": "天津市晴禾职业培训学校", "on": "2023-08-01"},
    "origin": {"format": "scorm12", "digest": "ab" * 32, "losses": ["跳转规则，没有保留", "分值"]},
}  # fmt: skip

AWKWARD = (
    "=1+1", "+86 22", "-", "@x", "是", "2023", "0012", "1e3", "1.10", "yes", "on", "null", "~", "true", "2023-08-01", "12:30", "#N/A",
    "_x0041_", "'引号", '"双引号"', '"a"、"b"', "a、b，c；d", "a: b", "- a", "[a]", "{a}", "# a", "& a", "* a", "! a", "| a", "%a", "`a`",
    "行一\n行二", "行一\n\n  行三\n行四", "甲  乙", "𠮷野家", "👩🏽‍🏫", "é", "a\tb",
)  # fmt: skip

_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
WORDS = st.one_of(st.sampled_from(AWKWARD), st.text(_CHARACTERS, min_size=1, max_size=12)).map(str.strip)
FILLED = WORDS.filter(bool)
TEXTS = st.one_of(st.just(""), WORDS)
AMOUNTS = st.one_of(
    st.none(), st.decimals(0, 1_000_000, places=0), st.decimals(0, 1000, places=3), st.just(Decimal("1.10"))
)
YES_NO = st.sampled_from((None, True, False))
CLOCKS = st.from_regex(r"\A(?:[0-9]{1,3}:)?[0-5]?[0-9]:[0-5][0-9](?:\.[0-9]{1,3})?\Z")


def _some(strategy: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


RANGES = st.builds(TimeRange, start=CLOCKS, end=CLOCKS, role=st.sampled_from(ROLES))
RESOURCES = st.builds(
    Resource, id=TEXTS, kind=st.sampled_from(tuple(KIND_WORDS)), role=st.sampled_from((None, *ROLES)), ranges=_some(RANGES), title=TEXTS,
    path=TEXTS, minutes=AMOUNTS, captions=TEXTS, transcript=TEXTS, description=TEXTS, sign=TEXTS, alt=TEXTS, table=TEXTS,
    text_alternative=TEXTS, task_sheet=TEXTS, licence=TEXTS,
)  # fmt: skip


def _items(children: st.SearchStrategy[tuple[CatalogueItem, ...]]) -> st.SearchStrategy[tuple[CatalogueItem, ...]]:
    item = st.builds(
        CatalogueItem, id=TEXTS, title=TEXTS, hours=AMOUNTS, use=_some(FILLED), weight=AMOUNTS, children=children
    )
    return _some(item)


CATALOGUES = st.recursive(st.just(()), _items, max_leaves=5)
PAPERS = st.builds(PaperEntry, id=TEXTS, title=FILLED, path=TEXTS, total=AMOUNTS, pass_mark=AMOUNTS, minutes=AMOUNTS)
RIGHTS = st.builds(
    RightsEntry,
    what=FILLED,
    kind=TEXTS,
    used_in=TEXTS,
    owner=TEXTS,
    own=YES_NO,
    licence=TEXTS,
    evidence=TEXTS,
    citation=TEXTS,
)
STANDARDS = st.builds(Standard, name=TEXTS, code=TEXTS, edition=TEXTS)
MANIFESTS = st.builds(
    Manifest, id=TEXTS, version=TEXTS, title=TEXTS, language=st.one_of(st.just("zh-Hans"), FILLED),
    categories=st.one_of(_some(st.sampled_from(("P2(1)", "P2(3)", "P2(7)"))), _some(FILLED)),
    occupation=st.builds(
        Occupation, name=TEXTS, code=TEXTS, level=st.sampled_from(("", *LEVELS)), standard=STANDARDS, no_standard_reason=TEXTS,
        scope=st.sampled_from(("", "全部", "模块")), module=TEXTS,
    ),
    supplier=st.builds(
        Supplier, kind=st.sampled_from(("", "单位", "个人")), name=TEXTS, credit_code=TEXTS, address=TEXTS, introduction=TEXTS
    ),
    audience=TEXTS, content=TEXTS, intro=TEXTS, hours=AMOUNTS, catalogue=CATALOGUES, resources=_some(RESOURCES),
    papers=_some(PAPERS), rights=_some(RIGHTS),
    form=st.builds(
        Form, title=TEXTS, own_rights=YES_NO, digital_skills=YES_NO, unit=TEXTS, contact=TEXTS, position=TEXTS, phone=TEXTS, email=TEXTS,
        address=TEXTS, remark=TEXTS,
        introduction=st.builds(
            CourseIntroduction, **dict.fromkeys(CourseIntroduction.model_fields, TEXTS)
        ),
    ),
    materials=st.builds(
        Materials, form=TEXTS, proof=TEXTS, undertaking=TEXTS, authorisation=TEXTS, recommendation=TEXTS, others=_some(FILLED)
    ),
    free_use=st.builds(FreeUse, agreed=YES_NO, by=TEXTS, on=TEXTS),
    origin=st.one_of(st.none(), st.builds(Origin, format=FILLED, digest=TEXTS, losses=_some(FILLED))),
)  # fmt: skip
"""Any manifest that both faces can hold: rows say something, there is a language, no control characters."""


def full() -> Manifest:
    """A manifest in which every field of the model is filled in."""
    return Manifest.model_validate(FULL)
