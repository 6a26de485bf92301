"""How much may be uploaded, in bytes."""

from __future__ import annotations

from ketang.settings.environment import env

UPLOAD_BYTES = env.int("KETANG_UPLOAD_BYTES", 12 * 10**9)
"""One file of somebody who is signed in: a course of sixty hours at a good quality."""
UPLOAD_BYTES_VISITOR = env.int("KETANG_UPLOAD_BYTES_VISITOR", 2 * 10**9)
"""One file of a visitor who tries a check."""
UPLOAD_BYTES_HELD = env.int("KETANG_UPLOAD_BYTES_HELD", 40 * 10**9)
"""All unfinished files of one person together."""
