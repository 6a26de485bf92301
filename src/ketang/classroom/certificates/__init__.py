"""Certificates: what a course asks, who has met it, what was issued, and how anyone can check it."""
