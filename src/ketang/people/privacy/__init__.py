"""A person's data: given out as a file, and erased. Every applet that keeps some registers itself here."""
