"""The account: who signs in."""
