"""Letters of the acceptance suite's instance lie in its folder, while its pages say what they say where letters leave."""

from __future__ import annotations

from django.core.mail.backends.filebased import EmailBackend as _EmailBackend


class EmailBackend(_EmailBackend):
    """By its module it is none of those by which nothing leaves."""
