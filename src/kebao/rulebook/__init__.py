"""Rulebooks: clauses of an official text, their limits, and the rules bound to them."""
