"""Which cell of 培训包.xlsx is which field of the manifest: told once, for the writer and the reader.

Two kinds of sheet: a `LabelSheet` has one field a row (栏目 | 填写 | 填写说明), a `RowSheet` one entry a row under a header.
Words that stand on the sheets are for teachers; they hold no commas, since Excel splits drop-downs at them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kebao.package.manifest import KIND_WORDS, LEVELS, RIGHTS_KINDS, ROLES
from kebao.package.values import NO, YES

Form = Literal["text", "number", "yesno", "word", "path", "list", "lines", "ranges", "category", "categories"]

LABEL, VALUE, HINT = "栏目", "填写", "填写说明"
GUIDANCE = "〔说明〕"
EXAMPLE = "〔示例〕"

CATEGORY_WORDS: dict[str, str] = {
    "P2(1)": "法律法规及政策解读",
    "P2(2)": "制造业新技术新工艺",
    "P2(3)": "现代服务业",
    "P2(4)": "平台经济与共享经济新业态",
    "P2(5)": "疏解承载地相关产业",
    "P2(6)": "天津港产业集群",
    "P2(7)": "非遗文创与生活美学",
}
"""The call's categories (P2) in a few words each."""


def category_label(category: str) -> str:
    """A category as it stands in the drop-down: `P2(3) 现代服务业`; an unknown one as it is."""
    words = CATEGORY_WORDS.get(category)
    return f"{category} {words}" if words else category


@dataclass(frozen=True, slots=True)
class Slot:
    """One field on a sheet.

    Attributes:
        field: dotted path; relative to the entry on a `RowSheet`.
        label: words of its row or column.
        hint: what to write, in one sentence.
        example: what it may look like.
        words: the drop-down's words.
        aliases: other words that people put in place of `label`.
        width: characters of the column; of no matter on a `LabelSheet`.
        long: several lines are usual.
    """

    field: str
    label: str
    hint: str = ""
    example: str = ""
    form: Form = "text"
    words: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    width: int = 14
    long: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading between rows of a `LabelSheet`."""

    title: str


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet with one field a row."""

    name: str
    rows: tuple[Slot | Section, ...]
    aliases: tuple[str, ...] = ()

    @property
    def slots(self) -> Iterator[Slot]:
        """Its fields, in order."""
        return (row for row in self.rows if isinstance(row, Slot))


@dataclass(frozen=True, slots=True)
class RowSheet:
    """A sheet with one entry a row; `field` is the manifest's list that the rows make."""

    name: str
    field: str
    slots: tuple[Slot, ...]
    aliases: tuple[str, ...] = ()


YES_NO = (YES, NO)
_OWN_PATH = "写包内的相对路径，如 材料/单位简介.docx。"

BASICS = LabelSheet(
    "基本情况",
    (
        Section("一、课程"),
        Slot("title", "课程名称", "与课程包名称、基本情况表一致。", "老年人饮水照护入门"),
        Slot("categories", "征集类别", "从下拉列表中选一个为主的类别。", category_label("P2(3)"), "category",
             tuple(category_label(category) for category in CATEGORY_WORDS), aliases=("主要类别", "类别")),
        Slot("categories.rest", "其他征集类别", "同时属于其他类别时填写，用顿号隔开；没有就不填。", "P2(7)", "categories"),
        Slot("hours", "申报总学时", "数字，每 45 分钟计 1 学时。", "1.2", "number", aliases=("总学时", "学时")),
        Slot("language", "语言", "普通话课程不用改。", "zh-Hans", aliases=("课程语言",)),
        Slot("version", "课程包版本", "修改后再报送时加一，如 2。", "1", aliases=("版本",)),
        Slot("id", "课程包编号", "可不填。", "yinshui", aliases=("编号",)),
        Section("二、职业"),
        Slot("occupation.name", "职业（工种）名称", "按国家职业分类大典的名称填写。", "养老护理员", aliases=("职业名称", "职业", "工种")),
        Slot("occupation.code", "职业编码", "形如 4-10-01-05。", "4-10-01-05", aliases=("职业代码",)),
        Slot("occupation.level", "等级", "从下拉列表中选。", "五级", "word", LEVELS, aliases=("职业等级", "技能等级")),
        Slot("occupation.standard.name", "职业标准名称", "国家职业技能标准、专项职业能力规范或培训课程规范的名称。", "养老护理员国家职业技能标准", aliases=("依据的标准", "标准名称")),
        Slot("occupation.standard.code", "标准编号", "没有编号可不填。", "4-10-01-05"),
        Slot("occupation.standard.edition", "标准版本", "颁布的年份。", "2019年版", aliases=("版本年份",)),
        Slot("occupation.no_standard_reason", "没有标准的原因", "没有可依据的职业标准时写明原因。", long=True),
        Slot("occupation.scope", "课程范围", "全部：整个等级的培训内容；模块：其中一部分。", "模块", "word", ("全部", "模块")),
        Slot("occupation.module", "模块名称", "课程范围选“模块”时填写。", "饮水照护"),
        Section("三、供应单位或个人"),
        Slot("supplier.kind", "单位或个人", "从下拉列表中选。", "单位", "word", ("单位", "个人"), aliases=("供应方类型",)),
        Slot("supplier.name", "供应单位全称或个人姓名", "与公章一致的全称；个人填姓名。", "天津市某某职业培训学校", aliases=("供应单位", "单位全称", "供应方名称")),
        Slot("supplier.credit_code", "统一社会信用代码", "18 位，可不填。", aliases=("信用代码",)),
        Slot("supplier.address", "供应方地址", "可与通讯地址相同。", "天津市某区某路 1 号"),
        Slot("supplier.introduction", "单位或个人简介", _OWN_PATH, "材料/单位简介.docx", "path", aliases=("简介",)),
        Section("四、网络课程资源基本情况表（附件2）"),
        Slot("form.title", "表中课程名称", "与上面的课程名称一致。", "老年人饮水照护入门", aliases=("基本情况表课程名称",)),
        Slot("form.own_rights", "是否具有自主知识产权", "填“否”时须附授权书。", YES, "yesno", YES_NO),
        Slot("form.digital_skills", "是否数字技能培训课程", "从下拉列表中选。", NO, "yesno", YES_NO),
        Slot("form.unit", "单位名称", "与供应单位全称一致；个人填姓名。", "天津市某某职业培训学校"),
        Slot("form.contact", "联系人", "", "某老师"),
        Slot("form.position", "职务", "", "教务主任"),
        Slot("form.phone", "联系电话", "手机，或带区号的固定电话。", "022-12345678", aliases=("电话",)),
        Slot("form.email", "电子邮箱", "", "course@example.com", aliases=("邮箱", "电子邮件")),
        Slot("form.address", "通讯地址", "", "天津市某区某路 1 号"),
        Slot("form.remark", "备注", "可不填。", long=True),
        Section("五、同意免费用于公益培训"),
        Slot("free_use.agreed", "是否同意免费使用", "同意将课程用于残疾人公益性职业技能培训，不再收取任何费用。", YES, "yesno", YES_NO, aliases=("是否同意免费用于公益培训",)),
        Slot("free_use.by", "同意人", "单位或个人。", "天津市某某职业培训学校"),
        Slot("free_use.on", "同意日期", "形如 2023-08-01。", "2023-08-01"),
        Section("六、材料（写文件在课程包里的位置）"),
        Slot("materials.form", "基本情况表文件", "填好的附件2。", "材料/基本情况表.docx", "path", aliases=("基本情况表",)),
        Slot("materials.proof", "自主版权证明", "版权证明和承诺书有一样即可。", "材料/版权证明.pdf", "path", aliases=("版权证明",)),
        Slot("materials.undertaking", "版权承诺书", "签字盖章后的扫描件。", "材料/版权承诺书.pdf", "path", aliases=("承诺书",)),
        Slot("materials.authorisation", "授权书", "不是自有版权时必须有。", "材料/授权书.pdf", "path"),
        Slot("materials.recommendation", "推荐函", "有推荐单位时附上。", "材料/推荐函.pdf", "path"),
        Slot("materials.others", "其他材料", "每行一个文件。", "", "lines", long=True),
        Section("七、来历（由软件填写）"),
        Slot("origin.format", "原格式", "从其他格式转换来的课程包才有。"),
        Slot("origin.digest", "原文件校验值", ""),
        Slot("origin.losses", "没能保留的内容", "每行一条。", "", "lines", long=True),
        Slot("kebao", "模板版本", "请勿修改。", aliases=("清单版本",)),
    ),
    aliases=("基本信息", "基本情况表", "课程基本情况"),
)  # fmt: skip

INTRODUCTION = LabelSheet(
    "课程介绍",
    (
        Section("一、给学习者看的介绍"),
        Slot("audience", "适用学习对象", "谁来学，需要什么基础。", "初学的养老护理人员和家庭照护者", long=True, aliases=("学习对象",)),
        Slot("content", "主要学习内容", "学完能做什么。", "饮水照护的守则、试温、协助饮水与记录", long=True, aliases=("学习内容",)),
        Slot("intro", "课程介绍正文或文件", "直接写正文，或写文件位置。应有课程名称、总学时、课程目录、适用学习对象、主要学习内容。", "课程介绍.docx", long=True, aliases=("课程介绍", "课程简介")),
        Section("二、基本情况表“课程介绍”的十个方面"),
        Slot("form.introduction.source", "线上课程资源来源", "自行录制、合作录制或购买。", "本单位自行录制。", long=True, aliases=("资源来源",)),
        Slot("form.introduction.occupation", "培训的职业工种", "", "养老护理员（五级）。", long=True, aliases=("职业工种",)),
        Slot("form.introduction.standard", "依据的职业标准", "", "养老护理员国家职业技能标准（2019年版）。", long=True),
        Slot("form.introduction.outline", "培训大纲", "", "职业守则、试温与防烫、协助饮水三部分。", long=True),
        Slot("form.introduction.teachers", "培训师资", "", "本单位专职教师两名。", long=True, aliases=("师资",)),
        Slot("form.introduction.resources", "培训资源", "", "视频、文本、图表和三套考题。", long=True),
        Slot("form.introduction.format", "培训形式", "", "线上自学，线下练习。", long=True),
        Slot("form.introduction.process", "培训流程", "", "先学守则，再看演示，最后实操和考试。", long=True),
        Slot("form.introduction.hours", "培训课时", "", "总学时 1.2。", long=True),
        Slot("form.introduction.picture", "画面质量", "", "1920×1080，画面稳定。", long=True),
    ),
    aliases=("介绍",),
)  # fmt: skip

CATALOGUE = RowSheet(
    "课程目录",
    "catalogue",
    (
        Slot("chapter", "章", "章的名称。只有一级时，把课的名称写在这里。", "第一章 饮水照护", width=24, aliases=("章名称", "章节", "单元", "模块", "一级目录")),
        Slot("title", "课/目录名称", "课的名称，不能重复，用重点内容命名。", "试温与防烫", width=34, aliases=("课", "课名称", "课程名称", "目录名称", "名称", "课时名称", "二级目录")),
        Slot("id", "编号", "可不填。", "k2", width=10, aliases=("目录编号", "课编号")),
        Slot("hours", "学时", "数字。", "0.2", "number", width=9, aliases=("课时", "课时数", "学时数")),
        Slot("use", "所用资源编号", "“学习资源”表里的编号，用顿号隔开。", "v2、t1", "list", width=22, aliases=("资源编号", "所用资源", "视频资源", "资源")),
        Slot("weight", "重要程度", "数字，越大越重要；不填为 1。", "1", "number", width=10, aliases=("课程重要程度", "权重")),
        Slot("level", "层级", "一般不填；目录有三级以上时填 1、2、3。", "", "number", width=8, aliases=("目录层级", "级别")),
    ),
    aliases=("目录",),
)  # fmt: skip

RESOURCES = RowSheet(
    "学习资源",
    "resources",
    (
        Slot("id", "编号", "全包唯一，如 v1。", "v2", width=9, aliases=("资源编号",)),
        Slot("title", "名称", "不能重复，用重点内容命名。", "试水温", width=28, aliases=("资源名称", "标题")),
        Slot("kind", "类型", "从下拉列表中选。", "视频", "word", tuple(KIND_WORDS.values()), width=9, aliases=("资源类型",)),
        Slot("role", "角色", "讲授、演示、实操或素养。", "演示", "word", ROLES, width=9, aliases=("教学角色", "内容角色")),
        Slot("path", "文件", "包内的相对路径。", "视频/试水温.mp4", "path", width=30, aliases=("文件路径", "路径", "文件名", "文件位置")),
        Slot("minutes", "分钟数", "没有时钟的资源（文本、图表、仿真）填写；视频、音频不填。", "", "number", width=9, aliases=("申报分钟数", "时长", "分钟")),
        Slot("ranges", "分段角色", "一个视频里有几种内容时填写：开始-结束 角色。", "00:00-05:30 讲授；05:30-10:00 演示", "ranges", width=30, aliases=("时间段", "分段")),
        Slot("captions", "字幕", "字幕文件的位置。", "视频/试水温.vtt", "path", width=24, aliases=("字幕文件",)),
        Slot("transcript", "文字稿", "文字稿文件的位置。", "", "path", width=24),
        Slot("description", "口述影像", "给视障学习者的画面描述，文件的位置。", "", "path", width=20),
        Slot("sign", "手语视频", "手语视频文件的位置。", "", "path", width=20, aliases=("手语",)),
        Slot("alt", "替代文字", "图表说明了什么，用一两句话写出。", "", width=30, aliases=("图片说明",)),
        Slot("table", "数据表", "图表的数据，文件的位置。", "", "path", width=20),
        Slot("text_alternative", "文字版", "仿真、动画的文字版，文件的位置。", "", "path", width=20),
        Slot("task_sheet", "任务单", "实操任务单（步骤、材料、验收标准），文件的位置。", "文本/任务单.docx", "path", width=22, aliases=("实操任务单",)),
        Slot("licence", "许可", "自有，或许可方式。", "本单位自有", width=16, aliases=("许可方式", "授权方式", "版权")),
    ),
    aliases=("资源", "课程资源", "资源清单", "课程学习资源"),
)  # fmt: skip

PAPERS = RowSheet(
    "试卷",
    "papers",
    (
        Slot("id", "编号", "可不填。", "p1", width=9, aliases=("试卷编号",)),
        Slot("title", "试卷名称", "至少三套。", "试卷一", width=24, aliases=("名称", "标题")),
        Slot("path", "文件", "每套试卷一个文件。", "试卷/试卷1.xlsx", "path", width=30, aliases=("文件路径", "路径", "试卷文件")),
        Slot("total", "总分", "数字，与各题分值之和一致。", "100", "number", width=9),
        Slot("pass_mark", "及格分", "数字。", "60", "number", width=9, aliases=("及格线",)),
        Slot("minutes", "限时（分钟）", "不限时就不填。", "60", "number", width=12, aliases=("考试时间", "时长")),
    ),
    aliases=("试卷清单", "考题", "题库", "试题"),
)  # fmt: skip

RIGHTS = RowSheet(
    "权利清单",
    "rights",
    (
        Slot("what", "内容或素材", "用到的每一样别人或自己的作品：视频、音乐、字体、图片……", "片头音乐", width=26, aliases=("内容", "素材", "名称", "素材名称")),
        Slot("kind", "类别", "从下拉列表中选。", "音乐", "word", RIGHTS_KINDS, width=12, aliases=("素材类别",)),
        Slot("used_in", "用在哪里", "资源编号或文件。", "v1", width=16, aliases=("使用位置",)),
        Slot("owner", "权利人", "谁的作品。", "某某音像出版社", width=24, aliases=("版权人", "著作权人", "作者")),
        Slot("own", "是否自有", "本单位或本人所有填“是”。", NO, "yesno", YES_NO, width=10, aliases=("自有",)),
        Slot("licence", "许可方式", "购买、授权、公有领域、知识共享许可等。", "书面授权", width=18, aliases=("许可", "授权方式")),
        Slot("evidence", "证明", "证明文件的位置或网址。", "材料/音乐授权书.pdf", width=28, aliases=("证明文件",)),
        Slot("citation", "引用标注", "课程里怎样标注出处。", "片头音乐：《晨光》，某某音像出版社授权使用", width=32, aliases=("标注", "出处")),
    ),
    aliases=("版权清单", "权利", "素材清单"),
)  # fmt: skip

GUIDE = "填写说明"
SHEETS: tuple[LabelSheet | RowSheet, ...] = (BASICS, INTRODUCTION, CATALOGUE, RESOURCES, PAPERS, RIGHTS)

GUIDE_LINES: tuple[str, ...] = (
    "这张工作簿是培训包的清单。按下面的顺序填写，填完放在课程包文件夹里，不要改文件名。",
    "1．“基本情况”：课程、职业、供应单位、附件2 基本情况表、材料的位置。",
    "2．“课程介绍”：给学习者看的介绍，以及附件2 要求的十个方面。",
    "3．“学习资源”：每个视频、文本、图表等各一行，先给每样编一个号。",
    "4．“课程目录”：每章、每课各一行，写明用到哪些资源编号。",
    "5．“试卷”：每套试卷一行，至少三套；考题写在“试卷”文件夹里的文件中。",
    "6．“权利清单”：用到的音乐、字体、图片、视频素材等各一行。",
    "文件位置写包内的相对路径，用 / 隔开，例如 视频/试水温.mp4。",
    "有下拉箭头的格子请从列表中选。灰色的字是说明和示例，可以留着，也可以删除。",
    "可以增加自己的列，检查时会指出这些列没有读入。请不要合并数据行的单元格。",
    "填完后运行 kebao check，看还缺什么。",
)
"""What the first sheet says."""
