"""Exams on paper: papers and answer sheets to print for a class, answers read from the sheets, checked by a second person."""
