"""Intake: what suppliers hand in, by whatever door; every door calls `actions.receive`."""
