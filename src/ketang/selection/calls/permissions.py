"""Who may do what with a call."""

from __future__ import annotations
