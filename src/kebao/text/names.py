"""Names of courses, lessons and files: compared, numbered, ordered, and told apart from placeholders (A2(2).2)."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = str.maketrans("零〇○一壹二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖", "00011222223334455666778899")
_UNITS = str.maketrans({"拾": "十", "佰": "百", "仟": "千", "廿": "二十", "卅": "三十", "卌": "四十"})
_SPELT = re.compile(r"(?:([1-9])千)?(0?)(?:([1-9])百)?(0?)(?:([1-9])?十)?(0?)([1-9])?")
_HANZI_NUMERAL = "零〇○一二三四五六七八九十百千两兩廿卅卌壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
_COUNTED = "单元|部分|模块|项目|任务|阶段|专题|章|节|讲|课时|课|集|回|篇|期|天|周|次|步|辑|季|册|卷|套|组"
_NUMBER = rf"[0-9]+|[{_HANZI_NUMERAL}]+"

_ORDINAL = re.compile(rf"第\s*({_NUMBER})\s*({_COUNTED})(?:\s*[:：、.,，—–_-]+\s*|\s+)?")
_NUMBER_AFTER = re.compile(rf"(单元|部分|模块|项目|任务|阶段|专题)\s*({_NUMBER})(?=$|[\s:：、.,，()（）—–_-])")
_BRACKETED = re.compile(rf"\(\s*([{_HANZI_NUMERAL}]+)\s*\)")
_LISTED = re.compile(rf"^({_NUMBER})\s*[、.,]\s*(?![0-9])")
_ZEROS = re.compile(r"(?<![0-9.])0+(?=[0-9])")

_EXTENSION = re.compile(r"\.(?=[a-z0-9]{1,5}$)(?=[a-z0-9]*[a-z])[a-z0-9]+$")
_PLACEHOLDER_WORDS = re.compile(
    "|".join(
        (
            # what recorders, phones and chat programs write by themselves
            r"屏幕录制|屏幕截图|录制|录屏|截屏|截图|微信(?:视频|图片)?|qq(?:视频|录屏)|腾讯会议|钉钉",
            # what programs call a thing that has no name yet
            r"新建文件夹|新建(?:文本)?文档|新建|未命名|未标题|无标题|副本",
            # kinds of thing, versions of a thing
            r"视频|录像|影片|音频|录音|图片|照片|图像|文档|文件夹|文件|演示文稿|幻灯片|课件|微课|素材|片段|镜头|序列|合成|导出|输出|成片|成品",
            r"最终版|终版|定稿|修改版|新版|测试|临时|剪辑版|高清",
            # the same in Latin letters, whole words only
            r"(?<![a-z])(?:wx_camera|wechat|weixin|mmexport|screen ?record(?:er|ing)?|screenshot|bandicam|gopr|dji|pxl|lv"
            r"|dsc[nf]?|mvi|mov|vid|img|imag|untitled|new folder|new|unnamed|default|undefined|copy of|copy|video|movie|clip|audio"
            r"|image|photo|record(?:ing)?|file|document|sequence|final|test|te?mp|part|lesson|lecture|chapter|unit)(?![a-z])",
        )
    )
)
_ORDINAL_ALONE = re.compile(
    rf"第\s*(?:{_NUMBER})\s*(?:{_COUNTED})|(?:{_COUNTED})\s*(?:{_NUMBER})|(?:{_NUMBER})\s*(?:{_COUNTED})"
)
_SERIAL = re.compile(
    r"(?<![a-z0-9])(?:(?:c|p|m|s|mah|g[hpx]|dsc[nf]?|img|imgp|mvi|mov|vid|dji|pict|sam|snv|gopr|hpim|imag)[0-9]{4,}|[cpmvs][0-9]{1,3}"
    r"|[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![a-z0-9])"
)
_TELLS_NOTHING = re.compile(
    r"(?:[0-9]+\s*[年月日时分秒点]|[0-9\s\W_]|(?<!\w)(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?!\w))*"
)

_HALF = re.compile(r"(?:(?<=\()|(?<=[\s_-]))([上中下])(?=\)|$|[集篇部])|([上中下])(?=[集篇](?:$|\W))")
_HALF_ORDER = {"上": "1", "中": "2", "下": "3"}
_PARTS = re.compile(r"[0-9]+|[^0-9]+")

Key = tuple[tuple[tuple[int, int, str], ...], ...]


def fold(name: str) -> str:
    """The form in which two names are compared: NFKC (full and half width), case folded, trimmed, one space between words.

    Invisible format characters (zero width, direction marks) are dropped. Folding twice changes nothing.
    """
    visible = "".join(
        " " if c.isspace() else c for c in name if unicodedata.category(c) not in {"Cf", "Cc"} or c.isspace()
    )
    folded = unicodedata.normalize("NFD", visible)
    for _ in range(
        2
    ):  # case folding can undo normalisation and the other way round; the second pass is stable (UAX 31)
        folded = unicodedata.normalize("NFKC", folded.casefold())
    return " ".join(folded.split())


def hanzi_number(text: str) -> int | None:
    """A Chinese numeral from 0 to 9999 as a number; None when it is none.

    Reads 十二, 一百零五, 两千, 廿一, capital 壹佰, digit by digit 二〇二三, and 一百二 as 120 as it is spoken.
    """
    digits = text.translate(_UNITS).translate(_DIGITS)
    if not digits:
        return None
    if re.fullmatch(r"[0-9]{1,4}", digits):
        return int(digits)
    spoken = re.fullmatch(r"([1-9])(千|百)([1-9])", digits)
    if spoken:
        size = 1000 if spoken[2] == "千" else 100
        return int(spoken[1]) * size + int(spoken[3]) * size // 10
    match = _SPELT.fullmatch(digits)
    if not match:
        return None
    thousand, zero1, hundred, zero2, ten, zero3, one = match.groups()
    has_ten = "十" in digits
    misplaced = (zero1 and not thousand) or (zero2 and not hundred) or (zero3 and not has_ten)
    idle = (zero1 and not (hundred or has_ten or one)) or (zero2 and not (has_ten or one)) or (zero3 and not one)
    if misplaced or idle:
        return None
    tens = int(ten or 1) * 10 if has_ten else 0
    return int(thousand or 0) * 1000 + int(hundred or 0) * 100 + tens + int(one or 0)


def numbered_form(name: str) -> str:
    """`fold`, and every way of numbering brought to one: 第1讲, 第一讲, 第01讲 and 第 1 讲： all give `第1讲`.

    Numbers are touched only where they count something (第…讲, 单元一, （二）, 一、); 一起 and 三明治 stay as they are.
    Two names that differ but agree in this form deserve advice, not an error.
    """
    text = _ORDINAL.sub(lambda m: f"第{_arabic(m[1])}{m[2]} ", fold(name))
    text = _NUMBER_AFTER.sub(lambda m: f"{m[1]}{_arabic(m[2])}", text)
    text = _BRACKETED.sub(lambda m: f"({_arabic(m[1])})", text)
    text = _LISTED.sub(lambda m: f"{_arabic(m[1])}. ", text)
    text = _ZEROS.sub("", text)
    return " ".join(text.split())


def is_placeholder(name: str) -> bool:
    """True for a name that tells nothing of the content: 视频1, IMG_0001.MP4, 未命名, 新建文件夹, 01, 第1讲; not 第1讲 洗手."""
    text = _EXTENSION.sub("", fold(name))
    text = _ORDINAL_ALONE.sub(" ", text)
    text = _SERIAL.sub(" ", text)
    text = _PLACEHOLDER_WORDS.sub(" ", text)
    return _TELLS_NOTHING.fullmatch(text) is not None


def natural_key(name: str) -> Key:
    """Key that sorts names as a teacher counts: 第2讲 before 第10讲, 第二章 before 第十章, （上） before （中） before （下）.

    Folders in a path are compared one by one. Different names never have equal keys, so the order is the same on every machine.
    """
    parts = tuple(_counted(part) for part in name.split("/"))
    return (*parts, ((2, 0, name),))


def _counted(name: str) -> tuple[tuple[int, int, str], ...]:
    text = _HALF.sub(lambda m: _HALF_ORDER[m[1] or m[2]], numbered_form(name))
    return tuple(_ranked(part) for part in _PARTS.findall(text))


def _ranked(part: str) -> tuple[int, int, str]:
    """Numbers before words; a number by its length and then its digits, so that no length is too much for it."""
    if part[0] not in "0123456789":
        return 1, 0, part
    digits = part.lstrip("0")
    return 0, len(digits), digits


def _arabic(number: str) -> str:
    """A number in digits without leading zeros; a numeral that is none stays as written."""
    if number[0] in "0123456789":
        return number.lstrip("0") or "0"
    value = hanzi_number(number)
    return number if value is None else str(value)
