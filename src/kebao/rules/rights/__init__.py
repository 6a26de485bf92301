"""Rules on who owns what, on authorisation and on free use (A5, P8)."""
