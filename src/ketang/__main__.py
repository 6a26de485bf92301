"""`python -m ketang`: the command without an installed script."""

from __future__ import annotations

if __name__ == "__main__":  # a process that is spawned imports this module again: it must not start another worker
    from ketang.command.main import main  # nor hold what the command line needs

    main()
