"""Errors that reach a person. Each carries its sentence in both languages."""

from __future__ import annotations

from kebao.model.text import Text


class KebaoError(Exception):
    """Base of every error this library raises on purpose."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.zh)
        self.message = message


class Unreadable(KebaoError):
    """Something cannot be read at all: damaged, empty, mislabelled, or of a format not readable (yet).

    `code` is a short stable word (`truncated`, `mislabel`, `empty`, `not-readable-yet` …); `entry` names the file inside
    its container, or is empty when it is the container itself.
    """

    def __init__(self, code: str, message: Text, *, entry: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.entry = entry


class Unsafe(Unreadable):
    """Something must not be read: it would escape its folder, eat the machine, or run."""


class UsageFault(KebaoError):
    """The caller asked for something that makes no sense (a rulebook that is not there, an output that exists)."""
