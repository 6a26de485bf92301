"""Own rights in the course and the rights list agree (P8(1))."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kebao.model.finding import Finding, Measured, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package, Video
from kebao.subjects.ownership import covers, is_third_party
from kebao.subjects.sketch import course

FOOTAGE = "视频素材"  # the rights list's own word (RIGHTS_KINDS)


def _bought(used_in: str) -> Package:
    return course(rights=[{"what": "教学片", "kind": FOOTAGE, "used_in": used_in, "owner": "晨光工作室", "own": False}])


@rule(
    id="own-rights-contradicted",
    clauses=("P8(1)",),
    severity=Severity.WARNING,
    title=Text(
        zh="说有自主知识产权，视频多数却是别人的",
        en="Own rights claimed, most video is another's",
    ),
    rationale=Text(
        zh="课程主体是别人的，就须有授权；只写“自有”会惹纠纷。",
        en="If the body of the course is another's, authorisation is needed; calling it own invites a dispute.",
    ),
    message=Text(
        zh="基本情况表写有自主知识产权，权利清单里却有 {percent:.0f}% 的视频时长属于他人，超过 {limit:.0f}%。",
        en="The form claims own rights, yet by the rights list {percent:.0f}% of the video belongs to others, above {limit:.0f}%.",
    ),
    mend=Text(
        zh="是他人的视频，就把“是否具有自主知识产权”改为“否”并附授权书；只用了片段的，在清单里写清用在哪里。",
        en="If the videos are another's, set 是否具有自主知识产权 to 否 and add the authorisation; if only pieces are used, tell exactly where.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "视频都是自己的"),
        Example(lambda: _bought("v1 v2"), Outcome.PASSED, "三分之一的视频时长是别人的"),
        Example(lambda: _bought("v2 v3"), Outcome.CANT_TELL, "大部分视频是别人的"),
        Example(lambda: course(form={"own_rights": False}), Outcome.INAPPLICABLE, "没有声称自主"),
    ),
    cant_tell=Text(
        zh="权利清单把过半视频记在他人名下，表上却写有自主知识产权：可能只用了片段，也可能整段是别人的，要人看。",
        en="By the rights list most video belongs to others, yet the form claims own rights: only pieces may be used, or the whole may be another's; a person must look.",
    ),
)
def own_rights_contradicted(package: Package, *, limit_percent: float) -> Iterator[Yielded]:
    """CantTell where rows of footage by others cover more than the limit of the length of all videos."""
    videos = [resource for resource in package.resources if isinstance(resource, Video)]
    whole = sum((video.seconds or Fraction(0) for video in videos), Fraction(0))
    if package.manifest.form.own_rights is not True or not whole:
        yield inapplicable(
            "没有声称自主知识产权，或没有视频时长。", "No own rights are claimed, or there is no length of video."
        )
        return
    rows = [row for row in package.rights if is_third_party(row) and row.entry.kind == FOOTAGE]
    taken = sum(
        (video.seconds or Fraction(0) for video in videos if any(covers(row, video) for row in rows)), Fraction(0)
    )
    if taken * 100 > limit_percent * whole:
        percent = Measured("percent", taken * 100 / whole, limit=limit_percent, unit="%")
        yield Finding(at=package.at("form.own_rights"), evidence=(percent,), outcome=Outcome.CANT_TELL)
