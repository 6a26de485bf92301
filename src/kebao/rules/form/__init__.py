"""Rules on the form F and on what must agree with it."""
