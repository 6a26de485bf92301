"""Addresses of other platforms, vetted; it knows no rows."""

from __future__ import annotations

from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LONGEST = 500


def is_secure(address: str) -> bool:
    """Whether it is an https address without password and fragment; http is good on this very machine alone."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None or parts.fragment or any(sign.isspace() for sign in address):
        return False
    return parts.scheme == "https" or is_loopback(address)


def is_loopback(address: str) -> bool:
    """Whether it is plain http to this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname in LOOPBACK


def origin_of(address: str) -> str:
    """`scheme://host:port`, as policies of content name it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
