"""The service navigation, by audience. A page of a new kind gets one line here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Entry:
    """A link: its words and the name of its address. An address under it counts as being there, too."""

    words: str | Promise
    to: str


NAVIGATION: dict[str, tuple[Entry, ...]] = {
    "public": (Entry(_("首页"), "home"), Entry(_("征集"), "calls")),
    "supplier": (Entry(_("首页"), "home"), Entry(_("我的申报"), "submissions")),
    "office": (Entry(_("首页"), "home"), Entry(_("收件"), "office"), Entry(_("征集管理"), "office-calls")),
    "expert": (Entry(_("首页"), "home"),),
    "finance": (Entry(_("首页"), "home"),),
    "learner": (Entry(_("首页"), "home"),),
}
