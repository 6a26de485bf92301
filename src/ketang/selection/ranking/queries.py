"""Reading rankings and the meeting. Whoever calls asks `permissions` first."""

from __future__ import annotations

from ketang.selection.calls.models import Call
from ketang.selection.ranking.models import Ranking


def final_ranking(call: Call) -> Ranking | None:
    """The ranking that awards are made from. Its `result["rows"]` stand in the order of places:
    `{"submission": uuid, "place": 1, "raw": "7.1234", "adjusted": "7.0123", "sheets": 3}`, numbers as text.
    """
    return Ranking.objects.filter(call=call, is_final=True).first()
