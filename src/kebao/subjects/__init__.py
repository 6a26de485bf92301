"""Subjects: what a rule sees. Facts are cached properties over the package and its files."""
