"""Rules on exam papers and on the bank they make together (A2(2).4)."""
