"""Full-text search in Chinese on both columns. It is shared because the tables of every applet are searched alike."""
