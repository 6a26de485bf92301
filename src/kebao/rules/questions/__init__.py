"""Rules on single questions, and on which lesson each tests (A2(2).4)."""
