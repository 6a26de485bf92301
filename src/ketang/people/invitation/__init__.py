"""One-time links by which somebody comes into an organisation or a role."""
