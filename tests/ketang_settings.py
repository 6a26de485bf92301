"""The product's settings for tests: an instance folder of their own, mail kept in memory, quick password hashes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="ketang-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["KETANG_HOME"] = _home
for name in [name for name in os.environ if name.startswith("KETANG_") and name != "KETANG_HOME"]:
    del os.environ[name]  # what a developer set for an instance of theirs must not decide a test

from ketang.settings import *  # noqa: E402, F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
JOB_MODULES = [*JOB_MODULES, "ketang_trial_jobs"]  # noqa: F405
# What comes round by itself would stand among the jobs that a test counts: tests of it name it (tests/ketang/test_insight.py).
JOB_RECURRING = {name: every for name, every in JOB_RECURRING.items() if name == "mail.fetch"}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns about a folder that is absent
