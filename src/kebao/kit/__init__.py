"""What a supplier is given, and what a supplier hands in."""
