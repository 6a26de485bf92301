"""Mail out and in. Out: into files of the instance folder unless a server is named, so that no mail of a trial leaves the machine."""

from __future__ import annotations

from ketang.settings.environment import HOME, HOST, env

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

IMAP: str = env.str("KETANG_IMAP", "")
"""`imaps://login:password@host/INBOX`: the mailbox to which packages are sent; empty: no mail comes in by itself."""
IMAP_SECONDS = env.float("KETANG_IMAP_SECONDS", 300)
"""How long after one reading of the mailbox the next begins."""
