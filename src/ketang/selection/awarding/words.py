"""A proposal in words: why each is in or out, and what the next yuan would buy."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ketang.selection.awarding.models import AwardList, AwardRow, Outcome


def ground(row: AwardRow) -> str:
    """Why the machine proposed what it did; that somebody changed it by hand; empty before a proposal."""
    if row.withdrawn_at is not None:
        return _("入选已撤回：%(reason)s") % {"reason": row.withdrawn_because}
    if row.by_hand:
        return _("人工修改")
    why: dict[str, Any] = row.why
    if row.outcome == Outcome.SELECTED and why and why["kind"] != "in":
        return _("候补递补")
    words = {
        "in": _("得分不低于 %(from)s 的一档，%(amount)s 元；测算时，这样选总分最高。"),
        "below": _("得分低于最低一档的起点 %(from)s。"),
        "budget": _("这一档最少 %(needs)s 元，测算时只剩 %(left)s 元；换下任何一件，总分都不会更高。"),
        "supplier": _("同一供应单位合计有上限：这一档最少 %(needs)s 元，测算时这个单位只剩 %(left)s 元。"),
    }
    return words[why["kind"]] % why if why else ""


def next_yuan(award_list: AwardList) -> str:
    """What more money would buy; empty before a proposal, and once the list says something else than it."""
    told = award_list.explained
    if not told:
        return ""
    if told["more"] is None:
        return _("再增加预算，也不能使入选的总分更高。")
    words = {"needed": told["more"]["needed"], "before": told["total"], "after": told["more"]["total"]}
    return _("至少再增加 %(needed)s 元，入选的总分才能更高：从 %(before)s 到 %(after)s。少于这个数，名单不变。") % words
