"""Exams: papers of an edition, sitting them, marking, appeals, corrected keys."""
