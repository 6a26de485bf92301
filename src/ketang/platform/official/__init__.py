"""Papers that an office issues: said once, written as Word, Excel and PDF."""
