"""`python -m ketang`: the command without an installed script."""

from __future__ import annotations

from ketang.command.main import main

main()
