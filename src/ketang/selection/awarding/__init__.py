"""Awarding: which submissions are selected, and for what fee."""
