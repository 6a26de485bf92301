"""Calls: announced, open, closed, in review, decided, archived. A call is a file."""
