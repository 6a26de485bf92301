"""Paying: bank and identity data, asked only of the selected once results are final, seen by finance alone; paid, returned, invoices."""
