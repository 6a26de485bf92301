"""The service navigation, by audience. A page of a new kind gets one line here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@dataclass(frozen=True, slots=True)
class Entry:
    """A link: its words and the name of its address.

    An address under it counts as being there, too; so do pages whose names are in `holds`, wherever their addresses stand.
    """

    words: str | Promise
    to: str
    holds: frozenset[str] = frozenset()


OF_CALLS = frozenset(
    {
        "office-assigned", "office-assign", "office-assignment-end", "office-award-bands", "office-award-act", "office-award-row",
        "office-calibration", "office-calibration-odd", "office-conflict-lift", "office-order", "office-orders", "office-meeting-package", "office-objection", "office-plan",
        "office-recommendation", "office-recommender", "office-seat", "office-transfer",
    }
)  # fmt: skip
"""Pages of the office that belong to a call, whose addresses do not stand under it."""


OF_EXAMS = frozenset(
    {
        "office-paper",
        "office-paper-statistics",
        "office-printings",
        "office-appeals",
        "office-appeal",
        "office-question-key",
        "centre-printing",
        "centre-printing-enter",
        "centre-sheet-undo",
    }
)
"""Pages of exams belong to courses; sheets of a centre's class are checked by a clerk, too."""

OF_LEARNING = frozenset(
    {
        "office-works", "office-work", "office-centres", "office-certificates", "office-certificate", "office-exchange",
        "office-platforms", "office-platform-new", "office-platform",
    }
)  # fmt: skip
"""Pages about who learns."""

NAVIGATION: dict[str, tuple[Entry, ...]] = {
    "public": (
        Entry(_("首页"), "home"),
        Entry(_("看课"), "courses"),
        Entry(_("征集"), "calls", frozenset({"announcements", "announcement", "object", "objection"})),
    ),
    "supplier": (Entry(_("首页"), "home"), Entry(_("我的申报"), "submissions")),
    "office": (
        Entry(_("首页"), "home"),
        Entry(_("今天"), "office-today"),
        Entry(_("收件"), "office"),
        Entry(_("窗口登记"), "office-desk"),
        Entry(_("课程"), "office-courses", OF_EXAMS),
        Entry(_("学习情况"), "office-learning", OF_LEARNING),
        Entry(_("征集管理"), "office-calls", OF_CALLS),
        Entry(_("专家库"), "office-experts"),
        Entry(_("统计"), "office-statistics"),
        Entry(_("意见"), "office-feedback"),
    ),
    "recommender": (Entry(_("名单和推荐函"), "recommending"), Entry(_("进度"), "recommending-status")),
    "expert": (Entry(_("首页"), "home"), Entry(_("评审"), "review"), Entry(_("回避承诺"), "review-declarations")),
    "finance": (
        Entry(_("首页"), "home"),
        Entry(_("入选与金额"), "finance"),
        Entry(_("付款"), "finance-payments"),
        Entry(_("统计"), "office-statistics"),
    ),
    "centre": (Entry(_("首页"), "home"), Entry(_("班级"), "centre")),
    "learner": (Entry(_("首页"), "home"), Entry(_("看课"), "courses"), Entry(_("我的学习"), "learn")),
}

WORK: dict[Role, tuple[Entry, ...]] = {
    Role.SUPPLIER: (Entry(_("我的申报"), "submissions"),),
    Role.CLERK: (
        Entry(_("收件"), "office"),
        Entry(_("课程"), "office-courses", OF_EXAMS),
        Entry(_("征集管理"), "office-calls", OF_CALLS),
    ),
    Role.EXPERT: (
        Entry(_("评审"), "review"),
        Entry(_("回避承诺"), "review-declarations"),
    ),
    Role.CENTRE: (Entry(_("班级"), "centre"),),
    Role.FINANCE: (Entry(_("入选与金额"), "finance"), Entry(_("付款"), "finance-payments")),
}
"""Where somebody with a role works: shown on every page to who is signed in with it."""


def entries_of(audience: str, actor: Actor) -> list[Entry]:
    """The audience's entries, then the places where the actor works. A clerk on a centre's page stays in the office."""
    if audience == "centre" and not holds(actor, Role.CENTRE) and holds(actor, Role.CLERK):
        audience = "office"
    found = list(NAVIGATION[audience])
    if audience == "public" and actor.is_authenticated:
        found.append(Entry(_("我的学习"), "learn"))
    for role in WORK if actor.is_authenticated else ():
        if holds(actor, role):
            found += [entry for entry in WORK[role] if entry.to not in {one.to for one in found}]
    return found
