"""Who runs this site: shown in the footer of every page. Empty lines are left out, so nothing is claimed that was not entered."""

from __future__ import annotations

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
