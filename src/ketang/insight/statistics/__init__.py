"""Statistics (统计) over calls: what came, what became of it, why packages did not pass, what was paid for an hour."""
