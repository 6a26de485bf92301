"""Uploads that survive a cut line and a closed laptop: kept in pieces until whole, then stored once under their digest."""
