"""Pages of a training centre."""
