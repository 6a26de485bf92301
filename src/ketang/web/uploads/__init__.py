"""Uploads over HTTP: tus 1.0 for scripts and for our own page, which falls back to a plain form without JavaScript."""
