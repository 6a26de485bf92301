"""Sealed snapshots: the list of what had arrived at a deadline, signed, so that a stranger can verify it. See `docs/sealed-snapshot.md`."""
