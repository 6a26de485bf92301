"""Captions: cues in exact time, and the two formats of text in which they are handed in."""
