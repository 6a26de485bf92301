"""The demonstration: a synthetic course made from scripts, once conforming and once with planted faults (合成)."""
