"""Checking: each version is judged under the call's rulebooks; one job a medium, and one that joins them.

The only room that knows `kebao.engine`.
"""
