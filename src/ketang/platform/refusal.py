"""What an action says when it will not do what was asked: words for the person, never a fault of the program."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import override

from kebao.model.text import Text


class Refused(Exception):
    """The action was not carried out and nothing was changed. `message` goes on screen; `field` names the field it is about."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)

    @property
    def text(self) -> Text:
        """The message in both languages, for a row that is read later; a message that is not lazy has only one."""
        with override("zh-hans"):
            chinese = str(self.message)
        with override("en"):
            return Text(zh=chinese, en=str(self.message))
