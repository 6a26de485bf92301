"""Database, cache and files: SQLite, the process and a folder, unless PostgreSQL, Valkey and S3 are named."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from ketang.settings.environment import HOME, env

_cache = env.str("KETANG_CACHE", "")
_bucket = env.str("KETANG_S3_BUCKET", "")


def _database() -> dict[str, Any]:
    """PostgreSQL by `KETANG_DATABASE=postgres://…`, else the instance folder's SQLite file."""
    if env.str("KETANG_DATABASE", ""):
        return {**env.db_url("KETANG_DATABASE"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "ketang.sqlite3",
        "CONN_MAX_AGE": 60,  # to open it anew is a tenth of what a page costs
        "OPTIONS": {
            # A transaction that will write takes its lock at once and waits for it, instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # FULL: a receipt once shown survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-512;",
        },
    }


DATABASES = {"default": _database()}

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache}
    if _cache
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "ketang"}
}

_files: dict[str, Any] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": str(HOME / "files"), "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
}
if _bucket:
    _files = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": env.str("KETANG_S3_ENDPOINT", "") or None,
            "access_key": env.str("KETANG_S3_KEY", "") or None,
            "secret_key": env.str("KETANG_S3_SECRET", "") or None,
            "region_name": env.str("KETANG_S3_REGION", "") or None,
            "file_overwrite": False,
            "querystring_auth": True,
            "max_memory_size": 8 << 20,  # what is read is spooled to disk beyond that
        },
    }

FILES_BY = env.str("KETANG_FILES_BY", "")
"""Who hands out films to players: we (empty), nginx (`x-accel:/its internal location`), or the object store by signed links (`s3`)."""
FILES_LINK_SECONDS = env.int("KETANG_FILES_LINK_SECONDS", 21_600)
"""How long a signed link works: a player that seeks uses it for the whole lesson, so longer than the longest one."""
if FILES_BY == "s3" and not _bucket:
    raise ImproperlyConfigured("KETANG_FILES_BY=s3 needs KETANG_S3_BUCKET · 没有对象存储时不能用 s3")
if FILES_BY not in ("", "s3") and not FILES_BY.startswith("x-accel:/"):
    raise ImproperlyConfigured("KETANG_FILES_BY: x-accel:/… or s3 · 只能是 x-accel:/… 或 s3")

SPOOL = HOME / "incoming"
"""Where files wait on their way to and from S3; it needs room for the largest of them."""

STORAGES = {
    "default": _files,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
