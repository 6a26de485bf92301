"""Pages of who learns."""
