"""Mail out and in. Out: into files of the instance folder unless a server is named, so that no mail of a trial leaves the machine."""

from __future__ import annotations

from ketang.settings.environment import HOME, HOST, ORIGIN, env

_server = env.email_url("KETANG_MAIL", "") if env.str("KETANG_MAIL", "") else {}

EMAIL_BACKEND = _server.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = HOME / "mail-out"
EMAIL_HOST = _server.get("EMAIL_HOST", "localhost")
EMAIL_PORT = _server.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _server.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _server.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _server.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _server.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("KETANG_MAIL_FROM", f"ketang@{HOST}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LETTER_ORIGIN = ORIGIN
"""Links in letters begin with it."""

IMAP: str = env.str("KETANG_IMAP", "")
"""`imaps://login:password@host/INBOX`: the mailbox to which packages are sent; empty: no mail comes in by itself."""
IMAP_SECONDS = env.float("KETANG_IMAP_SECONDS", 300)
"""How long after one reading of the mailbox the next begins."""

MAIL_ANSWERS_DAILY = env.int("KETANG_MAIL_ANSWERS_DAILY", 20)
"""Automatic answers to one address within 24 hours: more than a person needs for a package in pieces, fewer than a loop makes."""
UPLOAD_LINK_DAYS = env.int("KETANG_UPLOAD_LINK_DAYS", 14)
"""How long an upload link in an answer works."""
RECOMMENDER_LINK_DAYS = env.int("KETANG_RECOMMENDER_LINK_DAYS", 90)
"""How long the link of a recommending body works; it has itself a new one sent afterwards."""
PAYMENT_LINK_DAYS = env.int("KETANG_PAYMENT_LINK_DAYS", 14)
"""How long a link works by which an awarded supplier gives bank data; afterwards finance sends another."""
