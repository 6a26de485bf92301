"""Chinese first, English second. Source strings are Chinese; `locale/en` translates them."""

from __future__ import annotations

from pathlib import Path

from ketang.settings.environment import env

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = sorted(Path(__file__).resolve().parents[1].glob("**/locale"))
"""One a room: see tools/messages.py."""
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("KETANG_TIME_ZONE", "Asia/Shanghai")
