"""A course to carry away: its pages, where it is asked for, and where what was studied is brought back."""
