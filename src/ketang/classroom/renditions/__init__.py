"""Renditions: what is made of the films and recordings of courses, so that every browser plays them at any speed of line."""
