"""`{% load offline %}`: what pages say of what was brought back."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def duration(milliseconds: int) -> str:
    """Minutes and seconds in words; half a second counts as none."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    if not minutes:
        return _("%(seconds)s 秒") % {"seconds": seconds}
    return _("%(minutes)s 分 %(seconds)s 秒") % {"minutes": minutes, "seconds": seconds}
