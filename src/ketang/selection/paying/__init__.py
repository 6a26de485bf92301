"""Paying: bank and identity data of the selected, and what became of each payment. For finance alone."""
