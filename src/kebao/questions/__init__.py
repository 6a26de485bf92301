"""Questions and papers: their model, and one reader or writer a format."""
