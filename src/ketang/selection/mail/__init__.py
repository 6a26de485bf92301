"""Mails as they arrived, what was in them, and the arrivals that they became."""
