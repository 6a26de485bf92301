"""Rules on the package as a whole: its files, materials and name."""
