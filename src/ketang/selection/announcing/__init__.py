"""Announcing: results on public notice (公示), objections to them with answers, and awards that become final by themselves."""
