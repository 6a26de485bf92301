"""Rules on learning resources, their kinds, lengths and roles (A1, A2(2).3)."""
