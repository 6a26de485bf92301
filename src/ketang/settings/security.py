"""Secrets, hosts, cookies, headers. A localhost address is served over http; every other one is https with secure cookies."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ketang.settings.environment import HOME, HOST, LOCAL, ORIGIN, env, kept_secret

SECRET_KEY = env.str("KETANG_SECRET_KEY", "") or kept_secret("secret-key")
ALLOWED_HOSTS = env.list("KETANG_HOSTS", default=[HOST, *(["127.0.0.1", "localhost", "[::1]"] if LOCAL else [])])
CSRF_TRUSTED_ORIGINS = [ORIGIN]

PAGES_ORIGIN = ORIGIN
"""Of our own pages: none but they show what the other origin has."""
CONTENT_ORIGIN = env.str("KETANG_CONTENT_ORIGIN", "").rstrip("/")
"""Where pages of packages (simulations) are served from: another origin, so that a stranger's page can never act in this one."""
if CONTENT_ORIGIN == ORIGIN:
    raise ImproperlyConfigured("KETANG_CONTENT_ORIGIN: 不能和 KETANG_ORIGIN 一样 · must differ from KETANG_ORIGIN")
CONTENT_HOST = urlsplit(CONTENT_ORIGIN).netloc
"""Its host and port, as browsers send them; empty for none."""
if CONTENT_ORIGIN:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, urlsplit(CONTENT_ORIGIN).hostname or ""]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = False  # the proxy before us redirects; a health probe comes by plain http
SECURE_PROXY_SSL_HEADER = None if LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ketang.web.public.errors.csrf"

_content = [CONTENT_ORIGIN] if CONTENT_ORIGIN else []
_endpoint = urlsplit(env.str("KETANG_S3_ENDPOINT", "") or "https://*.amazonaws.com")
_files = [f"{_endpoint.scheme}://{_endpoint.netloc}"] if env.str("KETANG_FILES_BY", "") == "s3" else []
"""The object store, where it hands out films itself."""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_content, *_files],
        "media-src": [SELF, *_content, *_files],
        "frame-src": _content or [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

AUDIT_KEY = env.str("KETANG_AUDIT_KEY", "") or kept_secret("audit-key")
AUDIT_ANCHOR = HOME / "audit-anchor"

SIGNING_KEY: str = env.str("KETANG_SIGNING_KEY", "")
"""32 bytes in hex: the private key that signs what is published, the same on every machine. Empty: it is made and kept in `SIGNING_KEYS`."""
SIGNING_KEYS = HOME / "signing-keys"

FIELD_KEYS = env.list("KETANG_FIELD_KEYS", default=[]) or [kept_secret("field-key")]
"""Keys of encrypted columns: the first encrypts, all decrypt."""
