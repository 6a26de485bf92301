"""What an action says when it will not do what was asked: words for the person, never a fault of the program."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """The action was not carried out and nothing was changed. `message` goes on screen; `field` names the field it is about."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
