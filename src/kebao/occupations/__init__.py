"""Occupation codes, levels, and the subsidy catalogue: dated, imported tables. None ships, none is invented."""
