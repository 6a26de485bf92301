"""No paper may be another paper over again (A2(2).4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from kebao.model.finding import Finding, Measured, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import Key, question_keys
from kebao.subjects.course import Package
from kebao.subjects.sketch import course, paper


def _reversed() -> Package:
    first = paper(first=1000)
    return course(papers={"试卷/试卷2.xlsx": replace(first, questions=first.questions[::-1])})


@rule(
    id="paper-repeats-another",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="试卷与另一套重复",
        en="Paper repeats another",
    ),
    rationale=Text(
        zh="三套题要真能换着考；同一批题换个顺序，不算另一套。",
        en="Three papers are there to be used in turn; the same questions in another order are not another paper.",
    ),
    message=Text(
        zh="“{title}”有 {percent:.1f}% 的考题在前面的试卷里已经有了（多数在“{other}”），超过 {limit:.0f}%，不能算另一套试卷。",
        en="{percent:.1f}% of the questions of “{title}” stand in earlier papers already, most of them in “{other}”; above {limit:.0f}% it does not count as another paper.",
    ),
    mend=Text(
        zh="把“{title}”里与“{other}”等前面试卷相同的考题换成新题；只换顺序或选项次序不算。",
        en="Replace the questions that “{title}” shares with “{other}” and other earlier papers; another order of questions or options is not enough.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "三套题各不相同"),
        Example(lambda: course(papers={"试卷/试卷2.xlsx": paper(first=1025)}), Outcome.PASSED, "正好一半相同"),
        Example(lambda: course(papers={"试卷/试卷2.xlsx": paper(first=1024)}), Outcome.FAILED, "过半相同"),
        Example(_reversed, Outcome.FAILED, "同样的题换了顺序"),
    ),
)
def paper_repeats_another(package: Package, *, limit_percent: float) -> Iterator[Yielded]:
    """One finding for each paper more than the limit of whose questions stand in earlier papers that count."""
    seen: dict[Key, int] = {}
    for index, keys in enumerate(question_keys(package)):
        own = {key for key in keys if key is not None}
        shared = Counter(seen[key] for key in own if key in seen)
        if shared.total() * 100 > limit_percent * len(own):
            most = min(shared, key=lambda earlier: (-shared[earlier], earlier))
            percent = Measured("percent", Fraction(100 * shared.total(), len(own)), limit=limit_percent, unit="%")
            yield Finding(at=package.papers[index].at(), evidence=(percent, Quoted("other", package.papers[most].name)))
            continue  # later papers are held against the originals, not against a copy
        for key in own:
            seen.setdefault(key, index)
