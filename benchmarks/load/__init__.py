"""What `benchmarks/web.py` is made of: instances, rows, people who send packages, and readings of processes."""
