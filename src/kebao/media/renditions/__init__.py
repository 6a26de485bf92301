"""Renditions: a film made again in sizes and formats that every browser plays, from one decoding of the original."""
