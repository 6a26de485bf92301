"""Migrations of selection."""
