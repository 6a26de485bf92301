"""How much may be uploaded or copied, in bytes, and where disks are mounted."""

from __future__ import annotations

from ketang.settings.environment import env

UPLOAD_BYTES = env.int("KETANG_UPLOAD_BYTES", 12 * 10**9)
"""One file of somebody who is signed in: a course of sixty hours at a good quality."""
UPLOAD_BYTES_VISITOR = env.int("KETANG_UPLOAD_BYTES_VISITOR", 2 * 10**9)
"""One file of a visitor who tries a check."""
UPLOAD_BYTES_HELD = env.int("KETANG_UPLOAD_BYTES_HELD", 40 * 10**9)
"""All unfinished files of one person together."""
DESK_ROOT: str = env.str("KETANG_DESK_ROOT", "")
"""Folder under which USB sticks and disks are mounted; the office's page offers what lies below it, and nothing else. Empty: none."""
DESK_BYTES = env.int("KETANG_DESK_BYTES", 40 * 10**9)
"""One disk, copied at the desk."""
