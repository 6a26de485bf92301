"""Faults of papers and questions."""

from __future__ import annotations

from datetime import date

from mutations.mutation import Mutation, fault
from mutations.workshop import Copy

ONE, TWO, THREE = "试卷/试卷1.xlsx", "试卷/试卷2.xlsx", "试卷/试卷3.xlsx"


def _fewer(copy: Copy) -> None:
    copy.paper(2).delete_rows(50, 2)
    copy.row("试卷", "p2", 总分=96)


def _empty(copy: Copy) -> None:
    copy.paper(2).delete_rows(2, 60)


def _kind(copy: Copy, number: int, old: str, **columns: object) -> None:
    for row in range(1, 51):
        if copy.paper(number).cell(row + 1, 2).value == old:
            copy.question(number, row, **columns)


def _long(copy: Copy) -> None:
    """Eighteen hours by the declared minutes, all else in keeping: 150 questions are too few."""
    copy.row("学习资源", "s1", 分钟数=700)
    copy.row("学习资源", "t1", 分钟数=90, 角色="素养")
    for lesson, hours in (("k2", 2.2), ("k3", 16.2), ("c1", 18.5)):
        copy.row("课程目录", lesson, 学时=hours)
    copy.fill("申报总学时", 18.5)
    copy.fill("培训课时", "总学时 18.5。")
    copy.rewrite("课程介绍.md", "总学时 1.0", "总学时 18.5")


HEADER = (
    "题号",
    "题型",
    "题干",
    "选项A",
    "选项B",
    "选项C",
    "选项D",
    "选项E",
    "选项F",
    "答案",
    "分值",
    "解析",
    "知识点",
    "对应目录",
)


def _without_questions(copy: Copy) -> None:
    """Every question on the first lesson is put down to the last."""
    for number in (1, 2, 3):
        for cell in copy.paper(number)["N"]:
            if cell.value == "职业守则":
                cell.value = "协助饮水"


SINGLE = {
    "题型": "单项选择题",
    "答案": "A",
    "选项A": "洗手",
    "选项B": "关灯",
    "选项C": "滴在手腕内侧",
    "选项D": "看电视",
}

PAPERS: tuple[Mutation, ...] = (
    fault("two papers", lambda c: (c.drop("试卷", "p3"), c.remove(THREE)),
         "papers-too-few @ 培训包.xlsx 试卷! papers"),
    fault("no paper", lambda c: (c.clear("试卷"), c.remove(ONE, TWO, THREE)),
         "papers-too-few @ 培训包.xlsx 试卷! papers"),
    fault("a copy as third paper", lambda c: c.copy_questions(1, 3, 50),
         "paper-repeats-another @ 试卷/试卷3.xlsx p3"),
    fault("more than half shared", lambda c: c.copy_questions(1, 3, 26),
         "paper-repeats-another @ 试卷/试卷3.xlsx p3"),
    fault("paper without questions", _empty,
         "paper-empty @ 试卷/试卷2.xlsx p2"),
    fault("row without a file", lambda c: c.row("试卷", "p3", 文件=None),
         "paper-empty @ 培训包.xlsx 试卷!5 文件"),
    fault("paper that is a text", lambda c: (c.remove(TWO), c.write("试卷/试卷2.txt", "1. 喂水前先做什么？"), c.row("试卷", "p2", 文件="试卷/试卷2.txt")),
         "paper-unreadable @ 试卷/试卷2.txt p2"),
    fault("row of notes in a paper", lambda c: c.paper(1).cell(52, 3, "以上题目由教研组命制"),
         "paper-row-not-understood @ 试卷/试卷1.xlsx 试题!52 p1"),
    fault("row with an explanation alone", lambda c: c.paper(1).cell(52, 12, "以上为单选题"),
         "paper-row-not-understood @ 试卷/试卷1.xlsx 试题!52 p1"),
    fault("paper without the column of kinds", lambda c: [c.paper(3).cell(row, 2).__setattr__("value", None) for row in range(1, 52)],
         "paper-partly-guessed ? @ 试卷/试卷3.xlsx p3"),
    fault("paper with the picture cut off", lambda c: c.cut(ONE, 5000),
         "file-damaged @ 试卷/试卷1.xlsx"),
    fault("answer made a date", lambda c: c.question(1, 5, 选项B=date(2023, 3, 4)),
         "paper-row-not-understood @ 试卷/试卷1.xlsx 试题!6 选项B"),
    fault("question without kind", lambda c: c.question(1, 1, 题型=None),
         "kind-unknown ? @ 试卷/试卷1.xlsx 试题!2 题型"),
    fault("total that the scores do not make", lambda c: c.row("试卷", "p1", 总分=120),
         "score-sum-differs @ 培训包.xlsx 试卷!3 总分"),
    fault("score mistyped", lambda c: c.question(1, 5, 分值=3),
         "score-sum-differs @ 培训包.xlsx 试卷!3 总分"),
    fault("pass mark above the total", lambda c: c.row("试卷", "p1", 及格分=110),
         "pass-mark-too-high @ 培训包.xlsx 试卷!3 及格分"),
    fault("forty-eight questions", _fewer,
         "paper-too-small @ 试卷/试卷2.xlsx p2"),
    fault("course of six hours", _long,
         "questions-too-few-for-hours @ 培训包.xlsx 试卷! papers per-hour"),
    fault("no true-false at all", lambda c: [_kind(c, number, "是非判断题", **SINGLE) for number in (1, 2, 3)],
         "bank-lacks-kind @ 培训包.xlsx 试卷! papers truefalse"),
    fault("no true-false in one paper", lambda c: _kind(c, 2, "是非判断题", **SINGLE),
         "paper-lacks-kind @ 试卷/试卷2.xlsx 题型"),
    fault("weighty lesson with few questions", lambda c: c.row("课程目录", "k1", 重要程度=20),
         "lesson-undertested @ 培训包.xlsx 课程目录!4 重要程度"),
)  # fmt: skip

QUESTIONS: tuple[Mutation, ...] = (
    fault("question without stem", lambda c: c.question(1, 5, 题干=None),
         "stem-missing @ 试卷/试卷1.xlsx 试题!6 题干"),
    fault("question without answer", lambda c: c.question(1, 5, 答案=None),
         "answer-missing @ 试卷/试卷1.xlsx 试题!6 答案"),
    fault("paper without answers", lambda c: [c.question(2, row, 答案=None) for row in range(1, 51)],
         "answer-missing @ 试卷/试卷2.xlsx 答案"),
    fault("answer nobody understands", lambda c: c.question(1, 5, 答案="见教材"),
         "answer-not-understood @ 试卷/试卷1.xlsx 试题!6 答案"),
    fault("answer outside the options", lambda c: c.question(1, 5, 答案="E"),
         "answer-outside-options @ 试卷/试卷1.xlsx 试题!6 答案"),
    fault("one option", lambda c: c.question(1, 5, 选项B=None, 选项C=None, 选项D=None),
         "options-too-few @ 试卷/试卷1.xlsx 试题!6 选项A"),
    fault("option left out", lambda c: c.question(1, 5, 选项B=None),
         "option-empty @ 试卷/试卷1.xlsx 试题!6 选项B"),
    fault("option twice", lambda c: c.question(1, 5, 选项D="关灯"),
         "option-repeated @ 试卷/试卷1.xlsx 试题!6 选项D"),
    fault("single with two answers", lambda c: c.question(1, 5, 答案="AC"),
         "single-has-several-answers @ 试卷/试卷1.xlsx 试题!6 答案"),
    fault("true-false with two answers", lambda c: c.question(1, 4, 答案="对错"),
         "answer-not-understood @ 试卷/试卷1.xlsx 试题!5 答案"),
    fault("multiple with one answer", lambda c: c.question(1, 3, 答案="A"),
         "multiple-has-one-answer @ 试卷/试卷1.xlsx 试题!4 答案"),
    fault("kind that there is not", lambda c: c.question(1, 5, 题型="抢答题"),
         "kind-unknown ? @ 试卷/试卷1.xlsx 试题!6 题型"),
    fault("question twice", lambda c: [c.question(1, 6, **{name: c.paper(1).cell(6, n + 1).value for n, name in enumerate(HEADER) if n})],
         "question-repeated @ 试卷/试卷1.xlsx 试题!7 题干"),
    fault("stem twice, other options", lambda c: c.question(1, 6, 题干=c.paper(1).cell(6, 3).value, 选项B="开窗"),
         "question-repeated ? @ 试卷/试卷1.xlsx 试题!7 题干"),
    fault("number twice", lambda c: c.question(1, 6, 题号="5"),
         "question-number-repeated @ 试卷/试卷1.xlsx 试题!7 题号"),
    fault("question without score", lambda c: c.question(1, 5, 分值=None),
         "score-missing @ 试卷/试卷1.xlsx 试题!6 分值"),
    fault("score of nothing", lambda c: c.question(1, 5, 分值=0),
         "score-not-positive @ 试卷/试卷1.xlsx 试题!6 分值"),
    fault("picture taken away", lambda c: c.remove("图表/杯子.png"),
         "question-image-absent @ 试卷/试卷1.xlsx 试题!2 图片"),
    fault("lesson that there is not", lambda c: c.question(1, 5, 对应目录="测血压"),
         "lesson-unknown @ 试卷/试卷1.xlsx 试题!6 对应目录"),
    fault("lesson left to the machine", lambda c: c.question(1, 2, 对应目录=None),
         "match-unconfirmed ? @ 试卷/试卷1.xlsx 试题!3 对应目录"),
    fault("lesson nobody can find", lambda c: c.question(1, 5, 对应目录=None, 题干="一年有几个季节？", 知识点=None, 解析=None, 选项A="四", 选项B="三", 选项C="二", 选项D="一"),
         "question-unmatched ? @ 试卷/试卷1.xlsx 试题!6 对应目录"),
    fault("lesson without questions", _without_questions,
         "lesson-untested @ 培训包.xlsx 课程目录!4 课/目录名称"),
)  # fmt: skip
