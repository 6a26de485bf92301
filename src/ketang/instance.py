"""Where the instance lies. Known without Django and its settings: the supervising process is small."""

from __future__ import annotations

import os
from pathlib import Path

HOME = Path(os.environ.get("KETANG_HOME", "var")).resolve()
"""The instance folder: database, files, secret key. One folder is the whole instance of the small column."""
