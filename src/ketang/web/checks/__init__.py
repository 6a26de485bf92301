"""The check of a version on a page: the same for the supplier and the office."""
