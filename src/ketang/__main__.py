"""`python -m ketang`: the command without an installed script."""

from __future__ import annotations

from ketang.command.main import main

if __name__ == "__main__":  # a process that a job spawns imports this module again and must not start another worker
    main()
