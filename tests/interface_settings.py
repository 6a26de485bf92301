"""The product's settings for the acceptance suite: the product as it runs, with quick password hashes and unpacked static files."""

from __future__ import annotations

from ketang.settings import *  # noqa: F403

ROOT_URLCONF = "interface_urls"
EMAIL_BACKEND = "interface_mail.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
