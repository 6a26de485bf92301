"""The product's settings in child processes of tests, with the trial's jobs. What differs comes from the environment."""

from __future__ import annotations

from ketang.settings import *  # noqa: F403

JOB_MODULES = [*JOB_MODULES, "ketang_trial_jobs"]  # noqa: F405
# What comes round by itself would stand among the jobs that a test counts: tests of it name it (tests/ketang/test_insight.py).
JOB_RECURRING = {name: every for name, every in JOB_RECURRING.items() if name == "mail.fetch"}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
