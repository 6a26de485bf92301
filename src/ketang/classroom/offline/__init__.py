"""A course to carry away: one zip that opens from a stick in a browser, and what was studied there, brought back."""
