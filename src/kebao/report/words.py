"""Words that every form of the report shares."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from kebao.model.finding import Number
from kebao.model.location import clock
from kebao.model.report import UsedRulebook
from kebao.model.text import Language, Text

WORDS: dict[str, Text] = {
    "product": Text(zh="课包", en="Kebao"),
    "report": Text(zh="课程包检查报告", en="Report on a course package"),
    "skip": Text(zh="跳到结论", en="Skip to the verdict"),
    "verdict": Text(zh="结论", en="Verdict"),
    "to_mend": Text(zh="要处理的问题", en="What to do"),
    "for_people": Text(zh="软件没有检查、要由人看的条款", en="Clauses not tested by software, for people to look at"),
    "times": Text(zh="处", en="places"),
    "files_unit": Text(zh="个，", en="files, "),
    "nothing": Text(zh="没有发现问题。", en="Nothing was found."),
    "clauses": Text(zh="逐条结果", en="Clause by clause"),
    "files": Text(zh="文件", en="Files"),
    "hours": Text(zh="学时与比例", en="Hours and shares"),
    "coverage": Text(zh="各课的考题数", en="Questions a lesson"),
    "limit_source": Text(zh="限值出处", en="Limit from"),
    "made_by": Text(zh="检查依据", en="Judged by"),
    "errors": Text(zh="必须改", en="must be mended"),
    "warnings": Text(zh="一般应改", en="should be mended"),
    "cant_tell": Text(zh="需人工判断", en="for a person to look at"),
    "advice": Text(zh="建议", en="advice"),
    "untested": Text(zh="条款未检查", en="clauses untested"),
    "where": Text(zh="位置", en="Where"),
    "mend": Text(zh="改法", en="How to mend it"),
    "why": Text(zh="原因", en="Why"),
    "seen": Text(zh="依据", en="Evidence"),
    "clause": Text(zh="条款", en="Clause"),
    "rule": Text(zh="规则", en="Rule"),
    "checked": Text(zh="查过，没有这些问题", en="Looked for, not found"),
    "not_applicable": Text(zh="不适用", en="Not applicable"),
    "not_tested": Text(zh="未检查", en="Not tested"),
    "please": Text(zh="请查看的人", en="Who must look"),
    "course": Text(zh="课程", en="Course"),
    "supplier": Text(zh="供应单位", en="Supplier"),
    "name": Text(zh="包名", en="Package name"),
    "length": Text(zh="时长", en="Length"),
    "credit": Text(zh="学时", en="Hours"),
    "share": Text(zh="占比", en="Share"),
    "measured": Text(zh="其中实测", en="Of it measured"),
    "role": Text(zh="类别", en="Class"),
    "path": Text(zh="文件", en="File"),
    "size": Text(zh="字节", en="Bytes"),
    "facts": Text(zh="内容", en="Facts"),
    "digest": Text(zh="SHA-256", en="SHA-256"),
    "lesson": Text(zh="课", en="Lesson"),
    "named": Text(zh="试卷写明", en="Named by the paper"),
    "matched": Text(zh="软件匹配（待确认）", en="Matched by software (to confirm)"),
    "limit": Text(zh="限值", en="limit"),
    "notes": Text(zh="读取时的说明", en="Notes on reading"),
    "losses": Text(zh="未能保留的内容", en="What could not be kept"),
    "crashes": Text(zh="检查程序自身的错误", en="Errors of the checker itself"),
    "unnamed": Text(zh="（未写）", en="(not given)"),
    "numbers": Text(zh="数值", en="Numbers"),
    "stretch": Text(zh="时间段", en="Stretch"),
    "lowest": Text(zh="最低", en="Lowest"),
    "mean": Text(zh="平均", en="Mean"),
    "highest": Text(zh="最高", en="Highest"),
    "marked": Text(zh="有问题", en="Marked"),
    "yes": Text(zh="是", en="yes"),
    "undrawn": Text(
        zh="这类问题较多，曲线和画面只显示前几处；全部在 JSON 报告里。",
        en="Curves and pictures are shown for the first few places; the JSON report holds all.",
    ),
    "strips": Text(zh="各视频的问题时间轴", en="Findings along each medium"),
    "number": Text(zh="编号", en="No."),
    "time": Text(zh="时间", en="Time"),
    "kind": Text(zh="类别", en="Kind"),
    "finding": Text(zh="问题", en="Finding"),
    "more": Text(zh="另有 {n} 处，见上面的列表。", en="{n} more are listed above."),
    "package_digest": Text(zh="课程包校验值", en="Digest of the package"),
}
COLON = Text(zh="{name}：{value}", en="{name}: {value}")
_BOOK = Text(zh="{id}（{source}）", en="{id} ({source})")
SHOWN_ROLES: dict[str, Text] = {
    "素养": Text(zh="职业素养", en="ethics and safety"),
    "讲授": Text(zh="理论讲授", en="theory"),
    "演示": Text(zh="技能演示", en="demonstration"),
    "实操": Text(zh="实操", en="practice"),
    "未标注": Text(zh="未标注", en="unclassified"),
}
_EVIDENCE_NAMES: dict[str, Text] = {
    "minutes": Text(zh="时长", en="length"),
    "seconds": Text(zh="秒数", en="seconds"),
    "hours": Text(zh="学时", en="hours"),
    "count": Text(zh="数量", en="count"),
    "share": Text(zh="占比", en="share"),
    "below": Text(zh="比讲话低", en="below the speech"),
    "gain": Text(zh="变化幅度", en="size of the change"),
    "share_of_width": Text(zh="晃动占画面宽度", en="shaking, of the width"),
    "frame": Text(zh="帧号", en="number of the picture"),
}
_CURVE_NAMES: dict[str, Text] = {
    "loudness": Text(zh="响度", en="loudness"),
    "level": Text(zh="音量", en="level"),
    "peak": Text(zh="峰值电平", en="peak level"),
    "true_peak": Text(zh="真峰值", en="true peak"),
    "hum": Text(zh="电流声", en="hum"),
    "noise": Text(zh="背景杂音", en="background noise"),
    "light": Text(zh="亮度", en="light"),
    "colour": Text(zh="颜色", en="colour"),
    "shake": Text(zh="晃动", en="shake"),
    "change": Text(zh="画面变化", en="change of picture"),
    "tint": Text(zh="色温偏向（红减蓝）", en="tint (red less blue)"),
    "spectrum": Text(zh="频谱", en="spectrum"),
}
_CURVE = Text(zh="测量曲线", en="measured curve")
_STILL_NAMES: dict[str, Text] = {
    "frame": Text(zh="{time} 的画面", en="picture at {time}"),
    "poster": Text(zh="封面画面（{time}）", en="poster ({time})"),
    "shot": Text(zh="{time} 的镜头", en="shot at {time}"),
}


_UNITS: dict[str, Text] = {"code": Text(zh="灰度级，0–255", en="code values, 0–255")}


_SPOKEN_UNITS: dict[str, Text] = {
    "s": Text(zh="秒", en="s"),
    "ms": Text(zh="毫秒", en="ms"),
    "min": Text(zh="分钟", en="min"),
    "h45": Text(zh="学时", en="hours of 45 min"),
    "分": Text(zh="分", en="points"),
}
_TIMES = Text(zh="次/秒", en="times a second")
_PER_SECOND: dict[str, Text] = {
    "speed": Text(zh="字/秒", en="characters a second"),
    "fps": Text(zh="帧/秒", en="frames a second"),
}


def judged_by(books: Iterable[UsedRulebook], language: Language) -> str:
    """The rulebooks that judged, each with where it comes from: a line at a report's end."""
    told = (_BOOK.format(id=book.id, source=book.source).to(language) for book in books)
    return COLON.format(name=WORDS["made_by"], value=("；" if language == "zh" else "; ").join(told)).to(language)


def unit_shown(unit: str, language: Language) -> str:
    """A unit as a person reads it."""
    return _UNITS[unit].to(language) if unit in _UNITS else unit


def unit_spoken(name: str, unit: str, language: Language) -> str:
    """The unit of a measured value as a person reads it: of `1/s` its name tells what is counted."""
    known = _PER_SECOND.get(name, _TIMES) if unit == "1/s" else _SPOKEN_UNITS.get(unit)
    return unit_shown(unit, language) if known is None else known.to(language)


def curve_name(name: str) -> Text:
    """What a curve shows, in words."""
    return _CURVE_NAMES.get(name, _CURVE)


def still_words(name: str, time: Fraction) -> Text:
    """What a still shows and when, in words."""
    return _STILL_NAMES.get(name, _STILL_NAMES["frame"]).format(time=clock(time))


def evidence_name(name: str, language: Language) -> str:
    """The name before a value; empty where it has no word of its own."""
    known = _EVIDENCE_NAMES.get(name)
    return "" if known is None else known.to(language)


def number(value: Number) -> str:
    """A number as a person reads it: at most three decimals, none that are zero."""
    if isinstance(value, int):
        return str(value)
    shown = f"{float(value):.3f}" if isinstance(value, Fraction) else f"{value:.3f}"
    return shown.rstrip("0").rstrip(".")
