"""Names of persons in running words, by the ways in which such words name them. Some will be missed."""

from __future__ import annotations

import re

TITLES = "老师|教师|讲师|教授|副教授|师傅|大师|主任|院长|校长|经理|主管|医生|博士"

_HANZI = r"\u4e00-\u9fff"
_TAUGHT_BY = re.compile(
    rf"(?:主讲人?|讲师|教师|老师|师资|授课人?|负责人|作者|编者|主编|制作人?|出镜|配音)[:：为是、\s]*([\u4e00-\u9fff]{{2,3}})(?=[，,、；;。（(\s]|$|{TITLES})"
)
_NAMED = re.compile(rf"(?:^|[，,、；;。\s])([\u4e00-\u9fff]{{2,3}})(?=(?:{TITLES})|[（(])")


def stands_alone(words: str, name: str) -> bool:
    """Whether a name of hanzi stands in running words as a name, and not as a part of a longer one (李明 in 李明珠)."""
    if name in persons_named(words):
        return True
    spaced = r"[ \u3000]?".join(re.escape(sign) for sign in name)
    return re.search(rf"(?<![{_HANZI}]){spaced}(?![{_HANZI}])", words) is not None


def persons_named(words: str) -> list[str]:
    """Names of persons that a text on teachers gives, by the ways in which such texts name them. Some will be missed."""
    found = [*_TAUGHT_BY.findall(words), *_NAMED.findall(words)]
    return [name for name in dict.fromkeys(found) if name not in _NO_NAMES]


_NO_NAMES = frozenset(
    [
        "专职",
        "兼职",
        "专任",
        "高级",
        "中级",
        "初级",
        "主讲",
        "任课",
        "教学",
        "培训",
        "骨干",
        "优秀",
        "资深",
        "企业",
        "行业",
        "学校",
        "学院",
        "本校",
        "本院",
        "我校",
        "外聘",
        "双师",
        "首席",
        "特级",
        "一级",
        "二级",
        "三级",
        "全体",
        "主要",
        "专业",
        "实训",
        "理论",
        "客座",
    ]
)
