"""The product's settings in child processes of tests, with the trial's jobs. What differs comes from the environment."""

from __future__ import annotations

from ketang.settings import *  # noqa: F403

JOB_MODULES = [*JOB_MODULES, "ketang_trial_jobs"]  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
