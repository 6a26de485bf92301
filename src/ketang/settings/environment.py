"""What the environment says. Every variable begins with `KETANG_` and has a safe default."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ

from ketang.instance import HOME

__all__ = ["HOME", "HOST", "LOCAL", "ORIGIN", "env", "kept_secret"]

env = environ.Env()

ORIGIN = env.str("KETANG_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
"""The address people type, with scheme and port; links in mails begin with it."""

HOST = urlsplit(ORIGIN).hostname or "127.0.0.1"
LOCAL = HOST in {"127.0.0.1", "localhost", "::1"}


def kept_secret(name: str) -> str:
    """The secret in the file `name` of the instance folder, made at the first call, readable by its owner alone."""
    path = HOME / name
    HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return _read_secret(path)


def _read_secret(path: Path) -> str:
    """A secret that another process may be writing at this moment."""
    import time

    for _ in range(100):
        if text := path.read_text(encoding="ascii").strip():
            return text
        time.sleep(0.01)
    raise RuntimeError(f"{path} is empty: delete it and start again · 文件是空的：请删除后重新启动")
