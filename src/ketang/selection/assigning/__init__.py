"""Assigning: which expert scores which submission, proposed by a solver and changed by hand."""
