"""Logs go to standard error, one line an event: as text, or as JSON for a collector (`KETANG_LOG=json`)."""

from __future__ import annotations

from typing import Any

from ketang.settings.environment import env

_form = env.str("KETANG_LOG", "text")
if _form not in {"text", "json"}:
    raise ValueError(f"KETANG_LOG: text, json; not {_form!r}")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{message}",
            "style": "{",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
            "json_ensure_ascii": False,
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": _form}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers say errors to nobody outside of debugging.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A visitor's wrong address is no event; a host name that is not ours is no error of ours.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "ketang": {"level": "INFO"},
    },
}
