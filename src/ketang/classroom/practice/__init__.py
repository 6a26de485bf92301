"""Practice: questions by topic with the explanation at once, and the book of those that went wrong."""
