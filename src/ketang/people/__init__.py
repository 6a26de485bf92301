"""Accounts, organisations, roles, consent, privacy."""
