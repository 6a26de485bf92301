"""Readers and writers of question papers, one a format."""
