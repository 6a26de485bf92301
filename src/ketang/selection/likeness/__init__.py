"""Likeness: which films and recordings of different suppliers are the same, or nearly. For the office alone."""
