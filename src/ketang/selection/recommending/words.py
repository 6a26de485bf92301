"""The mail that brings a link. It is written in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.selection.papers.facts import local
from ketang.selection.recommending.models import RecommenderLink


def link_words(link: RecommenderLink, mark: str) -> str:
    """What the link is for, how long it works, and why it is not to be passed on."""
    recommender = link.recommender
    call = recommender.call
    until = local(link.expires_at, call)
    assert until is not None  # noqa: S101 - a link has an end
    return "\n".join(
        [
            _("%(name)s：") % {"name": recommender.organisation.name},
            "",
            _("您单位是“%(title)s”的推荐单位。请用下面的链接列出您推荐的课程包、出具推荐函、查看进度：") % {"title": call.title},
            mark,
            "",
            _("不用注册账号。链接在第一次打开的浏览器里一直能用，到 %(until)s 为止；换一台电脑时，在同一个链接上点“发一个新链接”。")
            % {"until": f"{until:%Y-%m-%d}"},
            _("链接只给您单位，请不要转发。报送单位填过的内容不用再填。"),
        ]
    )  # fmt: skip
