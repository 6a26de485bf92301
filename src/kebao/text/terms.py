"""Which lesson a question belongs to, by the words they share (A2(2).4(1)); and stems in a form to compare.

No word segmenter: a run of hanzi between function words counts as its pairs of neighbours and, when short, as a whole. A shared
pair that few lessons hold weighs more than one that many hold. This sees words, not meaning: 应 and 不应 score alike, so a match
is for a person to confirm.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from kebao.text.names import fold

_WEIGHT = 1_000_000
"""Weight of a term that one lesson holds; whole numbers keep sums exact and quick."""

_LONGEST_WHOLE = 6

_FUNCTION_WORDS = (
    "不正确|不属于|不包括|为什么|应当|应该|不应|不得|不能|不要|可以|可能|必须|需要|能够|要求|是否|正确|错误|选项|说法|描述|叙述|表述"
    "|下列|以下|上述|如下|关于|对于|根据|按照|属于|包括|哪些|哪项|哪个|哪种|哪一|什么|怎样|怎么|如何|多少|几个|几种|进行|通常|一般|主要|其中|之一"
    "|并且|而且|或者|以及|因为|所以|如果|但是|然后|时候|我们|他们|这个|那个|这些|那些|一个|一种|一项"
    "|[的了是在和与或及等对为由被把将从向于之其所而也都就还又很最更有无不吗呢吧时中者应]"
)
_KEPT_WHOLE = (  # words of trades and teaching that hold one of the single function words
    "对象|对方|对比|对接|对话|校对|针对|应对|应急|应用|适应|反应|供应|响应|和面|和馅|与会|等级|等待|等候|在线|在职|从业|中式|中医|中药|中心|中暑|中毒|中级|中风|中餐"
    "|时间|时长|时钟|定时|计时|及时|按时|学时|课时|无障碍|无菌|无人机|无线|不良|有效|有机|有害|都市|还原|最低|最高|更换|更衣|更新|患者|消费者|劳动者|管理者"
    "|目的|行为|由来|自由|理由|方向|向导|导向|转向|人为|认为|成为|将来"
)
_DASH_BETWEEN = re.compile(r"(?<=[0-9])[–—]+(?=[0-9])")
_CHUNK = re.compile(
    rf"(?P<kept>{_KEPT_WHOLE})|(?P<drop>{_FUNCTION_WORDS})|(?P<hanzi>[\u3400-\u9fff\U00020000-\U0003ffff])"
    r"|(?P<latin>[a-z][a-z0-9+#.-]*[a-z0-9+#]|[0-9]+(?:\.[0-9]+)?[a-z%]*)"
)


def terms(text: str) -> frozenset[str]:
    """Words of a text for matching: pairs of hanzi, whole runs of 3 to 6 hanzi, Latin words, numbers; function words left out."""
    found: set[str] = set()
    run: list[str] = []
    end = 0
    for match in _CHUNK.finditer(fold(text)):
        if match.start() != end or match.lastgroup in {"drop", "latin"}:
            _take(run, found)
        end = match.end()
        if match.lastgroup == "latin":
            found.add(match[0])
        elif match.lastgroup != "drop":
            run.extend(match[0])
    _take(run, found)
    return frozenset(found)


def frequencies(lessons: Sequence[Collection[str]]) -> Counter[str]:
    """For each term, in how many lessons it stands."""
    counts: Counter[str] = Counter()
    for lesson in lessons:
        counts.update(set(lesson))
    return counts


def overlap(question_terms: Collection[str], lesson_terms: Collection[str], frequency: Mapping[str, int]) -> Fraction:
    """How much of what a question says the lesson says too, 0 to 1.

    Each term weighs 1 / the number of lessons that hold it (`frequency`); one that no lesson holds weighs as much as the rarest, so
    a question about something else scores low even where it shares a word. No terms: 0.
    """
    asked, held = set(question_terms), set(lesson_terms)
    whole = sum(_weight(frequency.get(term, 0)) for term in asked)
    return Fraction(sum(_weight(frequency.get(term, 0)) for term in asked & held), whole) if whole else Fraction(0)


class LessonIndex:
    """Lessons turned inside out, term to lessons, so that a bank of thousands of questions is matched in a moment."""

    def __init__(self, lessons: Sequence[str]) -> None:
        held = [terms(lesson) for lesson in lessons]
        self.frequency: Mapping[str, int] = frequencies(held)
        self._lessons_of: dict[str, list[int]] = {}
        for at, words in enumerate(held):
            for word in words:
                self._lessons_of.setdefault(word, []).append(at)
        self._weights = {word: _weight(count) for word, count in self.frequency.items()}

    def best_matches(self, question: str, *, limit: int = 3) -> list[tuple[int, Fraction]]:
        """The lessons that share a term with the question, as (index, `overlap`), best first, the earlier lesson first among equals."""
        whole = 0
        shared: dict[int, int] = {}
        for term in terms(question):
            weight = self._weights.get(term)
            if weight is None:
                whole += _WEIGHT
                continue
            whole += weight
            for at in self._lessons_of[term]:
                shared[at] = shared.get(at, 0) + weight
        ranked = sorted(shared.items(), key=lambda found: (-found[1], found[0]))
        return [(at, Fraction(weight, whole)) for at, weight in ranked[:limit]]


def best_matches(question: str, lessons: Sequence[str] | LessonIndex, *, limit: int = 3) -> list[tuple[int, Fraction]]:
    """`LessonIndex.best_matches`; the index of the last few sequences of lessons is kept."""
    index = lessons if isinstance(lessons, LessonIndex) else _index_of(tuple(lessons))
    return index.best_matches(question, limit=limit)


def normal_stem(text: str) -> str:
    """A question's stem in a form to compare: folded, without spaces, blanks, brackets, underscores and punctuation.

    Every word stays, 不 and 非 above all: stems that differ in a negation differ here. So do signs that carry meaning: + < = % °,
    the point, colon, slash or dash between two digits, and the minus before one.
    """
    folded = "".join(fold(text).split()).replace("−", "-")
    folded = _DASH_BETWEEN.sub("-", folded)
    kept = []
    for at, sign in enumerate(folded):
        kind = unicodedata.category(sign)[0]
        if kind in "LNMS" or sign in "%‰" or (sign in ".:/-" and _carries(folded, at)):
            kept.append(sign)
    return unicodedata.normalize("NFKC", "".join(kept))


def _carries(text: str, at: int) -> bool:
    """True for a minus before a digit, and for . : / between two."""
    return text[at + 1 : at + 2].isdigit() and (text[at] == "-" or text[at - 1 : at].isdigit())


def _take(run: list[str], found: set[str]) -> None:
    """Add what a run of hanzi says, and empty it."""
    if 3 <= len(run) <= _LONGEST_WHOLE:
        found.add("".join(run))
    found.update(first + second for first, second in pairwise(run))
    run.clear()


def _weight(frequency: int) -> int:
    return _WEIGHT // max(1, frequency) or 1


@lru_cache(maxsize=8)
def _index_of(lessons: tuple[str, ...]) -> LessonIndex:
    return LessonIndex(lessons)
