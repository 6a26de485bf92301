"""Rulebooks that ship with the library: one folder a text, one an edition."""
