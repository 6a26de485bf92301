"""Rules on the occupation, the standard followed, and the subsidy catalogue (P2, A3(2))."""
