"""Who runs this site: shown in the footer of every page. Empty lines are left out, so nothing is claimed that was not entered."""

from __future__ import annotations

from datetime import date

from ketang.settings.environment import HOME, env

SITE = {
    "host_unit": env.str("KETANG_SITE_HOST_UNIT", ""),
    "identifier": env.str("KETANG_SITE_IDENTIFIER", ""),
    "icp": env.str("KETANG_SITE_ICP", ""),
    "police": env.str("KETANG_SITE_POLICE", ""),
    "telephone": env.str("KETANG_SITE_TELEPHONE", ""),
    "email": env.str("KETANG_SITE_EMAIL", ""),
    "address": env.str("KETANG_SITE_ADDRESS", ""),
}
"""主办单位, 网站标识码, ICP 备案, 公安备案, 电话, 电子邮箱, 地址."""
DEMONSTRATION_MARK = HOME / "demo"
"""Lies where `ketang demo` has put invented people in: every page says so."""

OPINION_DAYS = env.int("KETANG_OPINION_DAYS", 15)
COMPLAINT_DAYS = env.int("KETANG_COMPLAINT_DAYS", 5)
"""Working days in which an opinion and a complaint are answered."""
HOLIDAYS = frozenset(date.fromisoformat(day) for day in env.list("KETANG_HOLIDAYS", default=[]))
MADE_UP_DAYS = frozenset(date.fromisoformat(day) for day in env.list("KETANG_MADE_UP_DAYS", default=[]))
"""Days of the year's notice on holidays (`2026-10-01`): off work though they are weekdays, and at work though they are not."""
