"""Units and persons that supply courses, bodies that recommend, and their members."""
