"""Pages of the experts: what was assigned to them, the declaration, the score sheet, the meeting."""
