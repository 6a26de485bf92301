"""Rules on hours, their shares and hands-on practice (A3)."""
