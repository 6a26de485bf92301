"""What learners hand in for task sheets, and what tutors say to it."""
