"""Fingerprints of picture and sound, and the comparison that finds the same medium again. Pure numpy: nothing is decoded here."""
