"""Other systems that learn of results. Nothing is sent anywhere unless it is named here."""

from __future__ import annotations

from ketang.settings.environment import env

XAPI: str = env.str("KETANG_XAPI", "")
"""`https://login:password@host/path`, before `/statements`: the learning record store (xAPI 1.0.3); empty: there is none."""
XAPI_NAME: str = env.str("KETANG_XAPI_NAME", "")
"""Who runs it, in words that learners read before they agree."""
