"""Two media of one package are the same film, under two titles (A3(1): its hours would count twice)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Abstention, Finding, Measured, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NOT_MEASURED
from kebao.subjects.course import Package
from kebao.subjects.repeated_media import WHAT, medium_print, repeats, timed
from kebao.subjects.sketch import SketchedFile, course
from kebao.subjects.sketched_prints import printed


def _two(first: SketchedFile, second: SketchedFile) -> Package:
    entries = [
        {"id": "a", "title": "洗手", "role": "演示", "path": "视频/洗手.mp4"},
        {"id": "b", "title": "手部清洁", "role": "演示", "path": "视频/手部清洁.mp4"},
    ]
    return course(resources=entries, files={"视频/洗手.mp4": first, "视频/手部清洁.mp4": second})


def _film(
    content: int, *, start: int = 0, seconds: int = 60, sound: int | None = None, picture: bool = True
) -> SketchedFile:
    measured = printed(content, start=start, seconds=seconds, sound=sound, picture=picture)
    return SketchedFile(seconds=seconds, measured=measured)


@rule(
    id="medium-repeated",
    clauses=("A3(1)",),
    severity=Severity.WARNING,
    title=Text(zh="同一段视频用了两次", en="The same film twice"),
    rationale=Text(
        zh="学时按实际内容计算。同一段视频换个名称、重新压缩或剪短后再放一次，学习者没有学到新内容，学时却算了两遍。",
        en="Hours count content. A film put in again under another title, encoded anew or shortened, teaches nothing new and is counted twice.",
    ),
    message=Text(
        zh="“{title}”与“{earlier}”的{what}相同，占较短者的 {percent:.0f}%：这里 {here}，那里 {there}。",
        en="“{title}” has the same {what} as “{earlier}”, {percent:.0f} % of the shorter one: here {here}, there {there}.",
    ),
    mend=Text(
        zh="只保留一份，在课程目录里两处引用同一个资源；放错了文件的，换成应放的那个。",
        en="Keep one, and use the same resource at both places of the catalogue; if it is the wrong file, put the right one in.",
    ),
    looks_at=Package,
    cant_tell=Text(
        zh="只有画面相同而声音不同，或只有声音相同而画面不同（或没有画面）：可能是有意的，如同一示范配两种解说、视频另附音频版，由人判断。",
        en="Only the picture is the same, or only the sound (or one has no picture): it may be meant so, as one demonstration with two commentaries or a film with an audio edition, and a person decides.",
    ),
    examples=(
        Example(lambda: _two(_film(1), _film(2)), Outcome.PASSED),
        Example(lambda: _two(_film(1), _film(1)), Outcome.FAILED, "换了名称，重新压缩"),
        Example(lambda: _two(_film(1, seconds=120), _film(1, start=40, seconds=60)), Outcome.FAILED, "剪短了"),
        Example(lambda: _two(_film(1), _film(1, sound=9)), Outcome.CANT_TELL, "画面相同，解说不同"),
        Example(lambda: _two(_film(1, sound=-1), _film(1, sound=-1)), Outcome.FAILED, "都没有声音"),
        Example(lambda: _two(_film(1), _film(1, picture=False)), Outcome.CANT_TELL, "视频另附音频版"),
        Example(
            lambda: _two(_film(1, seconds=60), _film(1, start=40, seconds=60)), Outcome.PASSED, "只有三分之一相同，如共用的片头"
        ),
        Example(lambda: _two(SketchedFile(seconds=60), SketchedFile(seconds=60)), Outcome.UNTESTED, "没有测量"),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE),
    ),
)  # fmt: skip
def medium_repeated(package: Package, *, least_share: str) -> Iterator[Finding | Abstention]:
    """One finding for each pair of media that are the same over the share or more, at the later one."""
    media = timed(package)
    if len(media) < 2:
        yield inapplicable("不到两个视频或音频。", "There are fewer than two films or recordings.")
        return
    if sum(medium_print(medium) is not None for medium in media) < 2:
        yield NOT_MEASURED
        return
    limit = Fraction(least_share)
    for found in repeats(package, float(limit)):
        yield Finding(
            at=found.medium.at(span=found.here),
            evidence=(Quoted("earlier", found.earlier.name), Measured("percent", 100 * found.share, 100 * limit, "%")),
            values={"what": WHAT[found.what], "here": str(found.here), "there": str(found.there)},
            outcome=Outcome.FAILED if found.certain else Outcome.CANT_TELL,
        )
