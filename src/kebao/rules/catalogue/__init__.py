"""Rules on the introduction and the catalogue (A2(2).1, A2(2).2)."""
