"""Words and times as they stand on papers."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ketang.platform.official.model import Language
from ketang.selection.calls.models import Call, in_language
from ketang.selection.intake.models import Submission

VERDICTS = ("failed", "review", "passed")


def language() -> Language:
    """The reader's."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def issuer(call: Call) -> str:
    """The organiser."""
    return in_language(call.file["organiser"])


def local(at: datetime | None, call: Call) -> datetime | None:
    """A moment on the call's clock, to the minute."""
    return None if at is None else at.astimezone(call.zone).replace(tzinfo=None, second=0, microsecond=0)


def verdict_words(word: str, errors: int, undecided: int) -> str:
    """What a check said, in a few words."""
    if word not in VERDICTS:
        return _("检查没有完成")
    if word == "passed":
        return _("符合")
    if word == "failed":
        return _("不符合：必须改 %(errors)s 处") % {"errors": errors}
    return _("待复核：需人工判断 %(count)s 处") % {"count": undecided} if undecided else _("待复核")


def copies(submission: Submission) -> str:
    """Which copies are here."""
    holding = getattr(submission, "holding", None)
    return str(holding.get_board_display()) if holding is not None else ""


def category(submission: Submission) -> str:
    """The category's name in the reader's language; what was written where the call has none of that name."""
    for known in submission.call.file.get("categories", ()):
        if known["id"] == submission.category:
            return in_language(known["name"])
    return submission.category
