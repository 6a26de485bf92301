"""Migrations of the tables of `ketang.platform`."""
