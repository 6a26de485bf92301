"""The manifest of a native package: `培训包.yaml` and `培训包.xlsx` are two faces of this one model.

Every field has an empty default: a half-filled package must load, so that what is missing comes back as findings with
the way to mend each. Only what is not understood at all (a word where a number belongs) is refused, field by field,
by `package.reading`. Field names are English in the file; the words that people choose from are Chinese.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Role = Literal["讲授", "演示", "实操", "素养"]
ROLES: tuple[Role, ...] = ("讲授", "演示", "实操", "素养")
ResourceKind = Literal["video", "audio", "text", "chart", "simulation", "animation"]
KIND_WORDS: dict[ResourceKind, str] = {
    "video": "视频", "audio": "音频", "text": "文本", "chart": "图表", "simulation": "仿真", "animation": "动画",
}  # fmt: skip
LEVELS = ("五级", "四级", "三级", "二级", "一级", "专项能力", "不分级")
CATEGORIES = tuple(f"P2({n})" for n in range(1, 8))
RIGHTS_KINDS = ("文字", "图片", "视频素材", "音乐", "字体", "配音", "软件", "其他")
Clock = Annotated[
    str, Field(pattern=r"^([0-9]{1,4}:)?[0-5]?[0-9]:[0-5][0-9](\.[0-9]{1,3})?$", description="分:秒 或 时:分:秒")
]
Amount = Annotated[
    Decimal,
    Field(ge=0, le=1_000_000, allow_inf_nan=False),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1_000_000},
                {"type": "string", "pattern": r"^[0-9]{1,7}(\.[0-9]+)?$"},
            ]
        }
    ),
]


class Part(BaseModel):
    """Common to all: unknown names are refused by name, strings are trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class Standard(Part):
    """The occupational standard the course follows (P2)."""

    name: str = Field("", description="国家职业技能标准、专项职业能力规范或培训课程规范的名称")
    code: str = Field("", description="标准编号或职业编码")
    edition: str = Field("", description="版本，如 2019年版")


class Occupation(Part):
    """Occupation trained for (P2, A3(2))."""

    name: str = Field("", description="职业（工种）名称")
    code: str = Field("", description="职业编码 d-dd-dd-dd")
    level: str = Field("", description="五级…一级、专项能力或不分级")
    standard: Standard = Standard()
    no_standard_reason: str = Field("", description="没有可依据的职业标准时写明原因")
    scope: Literal["", "全部", "模块"] = Field("", description="全部：整个职业等级；模块：其中一部分")
    module: str = Field("", description="模块名称")


class Supplier(Part):
    """Who hands the package in. A credit code is optional and checked when given; an identity number is never asked."""

    kind: Literal["", "单位", "个人"] = Field("", description="单位或个人")
    name: str = Field("", description="单位全称，或个人姓名")
    credit_code: str = Field("", description="统一社会信用代码，可不填")
    address: str = Field("", description="通讯地址")
    introduction: str = Field("", description="单位或个人简介：文件路径")


class TimeRange(Part):
    """A stretch of a medium with a role of its own."""

    start: Clock
    end: Clock
    role: Role = Field(description="角色：讲授、演示、实操、素养")


class Resource(Part):
    """One learning resource (A2(2).3)."""

    id: str = Field("", description="资源编号，全包唯一")
    kind: ResourceKind = Field("video", description="类型")
    role: Role | None = Field(None, description="角色：讲授、演示、实操、素养")
    ranges: tuple[TimeRange, ...] = Field((), description="分段角色：一个视频里有几种内容时填写")
    title: str = Field("", description="资源名称")
    path: str = Field("", description="文件路径")
    minutes: Amount | None = Field(None, description="没有时钟的资源（文本、图表、仿真）申报的分钟数")
    captions: str = Field("", description="字幕：文件路径（.vtt 或 .srt）")
    transcript: str = Field("", description="文字稿：文件路径")
    description: str = Field("", description="口述影像：文件路径")
    sign: str = Field("", description="手语视频：文件路径")
    alt: str = Field("", description="图表的替代文字")
    table: str = Field("", description="图表的数据表：文件路径")
    text_alternative: str = Field("", description="仿真、动画的文字版：文件路径")
    task_sheet: str = Field("", description="实操任务单：文件路径")
    licence: str = Field("", description="许可方式")


class CatalogueItem(Part):
    """A chapter or lesson of the catalogue (A2(2).2)."""

    id: str = Field("", description="目录编号")
    title: str = Field("", description="章、课的名称")
    hours: Amount | None = Field(None, description="学时")
    use: tuple[str, ...] = Field((), description="所用资源的 id")
    weight: Amount | None = Field(None, description="重要程度，默认 1")
    children: tuple[CatalogueItem, ...] = Field((), description="下级目录")


class PaperEntry(Part):
    """An exam paper (A2(2).4); its questions stand in the file."""

    id: str = Field("", description="试卷编号")
    title: str = Field("", description="试卷名称")
    path: str = Field("", description="试卷文件路径")
    total: Amount | None = Field(None, description="总分")
    pass_mark: Amount | None = Field(None, description="及格分")
    minutes: Amount | None = Field(None, description="限时，分钟；不限时则不填")


class RightsEntry(Part):
    """Something used that somebody owns (A5, P8(1))."""

    what: str = Field("", description="内容或素材")
    kind: str = Field("", description="类别：文字、图片、视频素材、音乐等")
    used_in: str = Field("", description="用在哪里：资源 id 或文件路径")
    owner: str = Field("", description="权利人")
    own: bool | None = Field(None, description="是否本单位或本人所有")
    licence: str = Field("", description="许可或授权方式")
    evidence: str = Field("", description="证明：文件路径或网址")
    citation: str = Field("", description="引用标注")


class CourseIntroduction(Part):
    """Topics of F2 二、课程介绍, in the form's own order."""

    source: str = Field("", description="线上课程资源来源")
    occupation: str = Field("", description="培训的职业工种")
    standard: str = Field("", description="依据的职业标准")
    outline: str = Field("", description="培训大纲")
    teachers: str = Field("", description="培训师资")
    resources: str = Field("", description="培训资源")
    format: str = Field("", description="培训形式")
    process: str = Field("", description="培训流程")
    hours: str = Field("", description="培训课时")
    picture: str = Field("", description="画面质量")


class Form(Part):
    """网络课程资源基本情况表 (F1–F3)."""

    title: str = Field("", description="课程名称")
    own_rights: bool | None = Field(None, description="是否具有自主知识产权")
    digital_skills: bool | None = Field(None, description="是否数字技能培训课程")
    unit: str = Field("", description="单位名称")
    contact: str = Field("", description="联系人")
    position: str = Field("", description="职务")
    phone: str = Field("", description="联系电话")
    email: str = Field("", description="电子邮箱")
    address: str = Field("", description="通讯地址")
    introduction: CourseIntroduction = CourseIntroduction()
    remark: str = Field("", description="备注")


class Materials(Part):
    """Files that go with the package (P4); all paths."""

    form: str = Field("", description="基本情况表")
    proof: str = Field("", description="自主版权证明")
    undertaking: str = Field("", description="版权承诺书")
    authorisation: str = Field("", description="授权书")
    recommendation: str = Field("", description="推荐函")
    others: tuple[str, ...] = Field((), description="其他材料")


class FreeUse(Part):
    """Agreement to free use for training disabled people (P8(2))."""

    agreed: bool | None = Field(None, description="是否同意用于残疾人公益性职业技能培训，不再收费")
    by: str = Field("", description="同意人")
    on: str = Field("", description="日期 YYYY-MM-DD")


class Origin(Part):
    """What the package was read from, and what could not be kept."""

    format: str = Field("", description="原格式")
    digest: str = Field("", description="原文件的 SHA-256")
    losses: tuple[str, ...] = Field((), description="没能保留的内容")


class Manifest(Part):
    """The whole manifest."""

    kebao: Literal[1] = Field(1, description="版本号，固定为 1")
    id: str = Field("", description="课程包编号")
    version: str = Field("", description="课程包版本")
    title: str = Field("", description="课程名称")
    language: str = Field("zh-Hans", description="语言")
    categories: tuple[str, ...] = Field((), description="征集类别，第一个为主")
    occupation: Occupation = Occupation()
    supplier: Supplier = Supplier()
    audience: str = Field("", description="适用学习对象")
    content: str = Field("", description="主要学习内容")
    intro: str = Field("", description="课程介绍：正文，或文件路径")
    hours: Amount | None = Field(None, description="申报总学时，每45分钟计1学时")
    catalogue: tuple[CatalogueItem, ...] = Field((), description="课程目录")
    resources: tuple[Resource, ...] = Field((), description="学习资源")
    papers: tuple[PaperEntry, ...] = Field((), description="试卷，至少三套")
    rights: tuple[RightsEntry, ...] = Field((), description="权利清单")
    form: Form = Form()
    materials: Materials = Materials()
    free_use: FreeUse = FreeUse()
    origin: Origin | None = Field(None, description="来历：从其他格式转换来的课程包才有")
