"""LTI 1.3: another learning platform shows our courses, and gets the exam marks of learners who agreed."""
