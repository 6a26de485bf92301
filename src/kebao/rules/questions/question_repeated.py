"""No question stands twice in a paper (A2(2).4)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.bank import Key, question_keys
from kebao.subjects.course import Paper, QuestionSubject
from kebao.subjects.sketch import paper_of, question


@rule(
    id="question-repeated",
    clauses=("A2(2).4",),
    severity=Severity.ERROR,
    title=Text(
        zh="同一套试卷里考题重复",
        en="Question repeated in a paper",
    ),
    rationale=Text(
        zh="同一道题考两次，等于少考一道，分数也不公平。",
        en="The same question twice means one fewer is asked, and the mark is skewed.",
    ),
    message=Text(
        zh="“{title}”与本卷第 {first} 题题干相同：“{stem}”。",
        en="“{title}” has the same stem as question {first} of this paper: “{stem}”.",
    ),
    mend=Text(
        zh="换一道题；如果考的是不同内容，请把题干写得不一样。",
        en="Put another question in its place; if it asks something else, word the stem differently.",
    ),
    looks_at=Paper,
    examples=(
        Example(lambda: paper_of(question(serial=1), question(serial=2)), Outcome.PASSED, "两题不同"),
        Example(
            lambda: paper_of(question(), question(number="2", options=("看电视", "关灯", "洗手", "滴在手腕内侧"))),
            Outcome.FAILED,
            "只换了选项次序",
        ),
        Example(
            lambda: paper_of(question(), question(number="2", options=("甲", "乙"))),
            Outcome.CANT_TELL,
            "题干相同，选项不同",
        ),
        Example(
            lambda: paper_of(question(stem="应先洗手。"), question(stem="不应先洗手。", number="2")),
            Outcome.PASSED,
            "差一个“不”字",
        ),
        Example(lambda: paper_of(), Outcome.INAPPLICABLE, "没有考题"),
    ),
    cant_tell=Text(
        zh="题干相同而选项不同：可能是“下列说法正确的是”这类通用题干，也可能是同一道题改了选项，要人看。",
        en="The stem is the same and the options differ: it may be a general stem (which of these is right) or the same question with other options; a person must look.",
    ),
)
def question_repeated(paper: Paper) -> Iterator[Yielded]:
    """Failed for each later question with the same stem and options; cantTell once a stem where only the stem is the same."""
    if not paper.questions:
        yield inapplicable("这套试卷没有考题。", "This paper has no questions.")
        return
    firsts: dict[Key, QuestionSubject] = {}
    stems: dict[str, QuestionSubject] = {}
    told: set[str] = set()
    for subject, key in zip(paper.subjects, question_keys(paper.package)[paper.index], strict=True):
        if key is None:
            continue
        outcome = Outcome.FAILED if key in firsts else Outcome.CANT_TELL
        first = firsts.get(key) or stems.get(key[0])
        if first is not None and (outcome is Outcome.FAILED or key[0] not in told):
            told.add(key[0])
            seen = (Quoted("first", first.number), Quoted("stem", subject.entry.stem))
            yield Finding(at=subject.at("题干"), evidence=seen, outcome=outcome)
        firsts.setdefault(key, subject)
        stems.setdefault(key[0], subject)
