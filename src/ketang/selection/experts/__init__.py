"""Experts: the pool, the panel of a call, what they declare, and conflicts with submissions."""
