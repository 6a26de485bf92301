"""A film or recording is found again in another known package (A5: whose is it?)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.media.fingerprint.known import KnownMedia, KnownMedium
from kebao.media.fingerprint.prints import print_of
from kebao.model.finding import Abstention, Finding, Measured, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import FILE_UNUSABLE, NOT_MEASURED
from kebao.subjects.course import Package, Timed
from kebao.subjects.repeated_media import WHAT, medium_print, span_of
from kebao.subjects.sketch import SketchedFile, clip, course
from kebao.subjects.sketched_prints import printed
from kebao.text.names import fold


def _known(content: int, supplier: str = "天津市春和职业技能培训中心", package: str = "养老照护基础") -> KnownMedia:
    made = (print_of(60.0, printed(content)().meters),)
    return KnownMedia(
        tuple(KnownMedium(supplier, package, "七步洗手", "视频/七步洗手.mp4", "", one) for one in made if one)
    )


def _medium(known: KnownMedia | None, *, seconds: int = 60, measured: bool = True) -> Timed:
    film = SketchedFile(seconds=seconds, measured=printed(1, seconds=seconds) if measured else None)
    entry = {"id": "v", "title": "洗手", "role": "演示", "path": "视频/洗手.mp4"}
    made = course(resources=[entry], files={"视频/洗手.mp4": film})
    made.known = known
    return next(resource for resource in made.resources if isinstance(resource, Timed))


def _own() -> Timed:
    manifest = course().manifest
    return _medium(_known(1, manifest.supplier.name, manifest.title))


@rule(
    id="same-medium-known",
    clauses=("A5",),
    severity=Severity.WARNING,
    title=Text(zh="与已收录的视频相同", en="Same as a known film"),
    rationale=Text(
        zh="同一段视频出现在两个单位的课程包里，两边都说是自己的就有版权问题；改名、重新压缩、裁剪或剪短后也认得出。",
        en="When one film stands in the packages of two suppliers, both cannot simply own it. It is known again under another title, encoded anew, cropped or shortened.",
    ),
    message=Text(
        zh="“{title}”与{supplier}《{package}》里的“{other}”{what}相同，占较短者的 {percent:.0f}%：这里 {here}，那里 {there}。",
        en="“{title}” has the same {what} as “{other}” in “{package}” by {supplier}, {percent:.0f} % of the shorter one: here {here}, there {there}.",
    ),
    mend=Text(
        zh="请核对版权归属：自己的作品附证明，取得授权的附授权书并列入权利清单，素材库的写明出处；不该用的换掉。",
        en="Check whose it is: add proof of own work, or the authorisation with a row in the rights list, or the source of stock material; replace what may not be used.",
    ),
    looks_at=Timed,
    cant_tell=Text(
        zh="程序只能看出两段相同，看不出谁是作者、有没有授权，所以总是由人判断。同一单位同名课程的旧版本不算。",
        en="A machine sees that two films are the same, not who made them or who may use them, so a person always decides. An earlier version of the same course of the same supplier does not count.",
    ),
    examples=(
        Example(lambda: _medium(_known(2)), Outcome.PASSED),
        Example(lambda: _medium(_known(1)), Outcome.CANT_TELL),
        Example(_own, Outcome.PASSED, "同一单位、同名课程的旧版本"),
        Example(lambda: _medium(None), Outcome.INAPPLICABLE, "没有给指纹库"),
        Example(lambda: _medium(_known(1), measured=False), Outcome.UNTESTED, "没有测量"),
        Example(lambda: clip(path="视频/没有.mp4"), Outcome.INAPPLICABLE),
    ),
)
def same_medium_known(medium: Timed, *, least_share: str) -> Iterator[Finding | Abstention]:
    """One finding for each known medium of another course that it is the same as over the share or more."""
    known = medium.package.known
    if known is None:
        yield inapplicable(
            "没有给出指纹库（kebao check --known），没有与其他课程包比对。",
            "No file of known prints was given (kebao check --known), so it was compared with no other package.",
        )
        return
    if not medium.exists:
        yield FILE_UNUSABLE
        return
    made = medium_print(medium)
    if made is None:
        yield NOT_MEASURED
        return
    limit = Fraction(least_share)
    for match in known.pool.matches(made, least_share=float(limit)):
        other = known.media[match.other]
        if _is_own(other, medium.package):
            continue
        longest = match.longest
        here = span_of(longest.here, longest.length, made.seconds)
        yield Finding(
            at=medium.at(span=here),
            evidence=(
                Quoted("supplier", other.supplier),
                Quoted("package", other.package),
                Quoted("other", other.title),
                Measured("percent", 100 * match.share, 100 * limit, "%"),
            ),
            values={
                "what": WHAT[match.kind],
                "here": str(here),
                "there": str(span_of(longest.there, longest.length, other.print.seconds)),
            },
            outcome=Outcome.CANT_TELL,
        )


def _is_own(other: KnownMedium, package: Package) -> bool:
    manifest = package.manifest
    return fold(other.supplier) == fold(manifest.supplier.name) and fold(other.package) == fold(
        manifest.title or package.name
    )
