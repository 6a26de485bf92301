"""The letter that answers an objection, in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.selection.announcing.models import Objection


def answer_words(objection: Objection) -> str:
    """Its text."""
    words = {"number": objection.number, "notice": objection.notice.number}
    lines = [
        _("您对结果公示 %(notice)s 提出的异议（受理号 %(number)s）已经处理。") % words,
        _("处理结果：%(state)s") % {"state": objection.get_state_display()},
        "",
        objection.answer,
    ]
    if objection.withdrew:
        lines += ["", _("有关的入选已经撤回。")]
    return "\n".join(lines)
