"""Scoring: blind copies, score sheets as they are filled in, and the sheets that were submitted, which never change."""
