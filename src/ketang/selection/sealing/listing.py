"""What a sealed list holds of the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Lateness
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium

if TYPE_CHECKING:
    from kebao.seal.snapshot import Electronic, Paper

_COLUMNS = (
    "number", "medium", "state", "counts_at", "lateness", "digest", "size", "submission__number", "receipt__number",
)  # fmt: skip


def listed(call: Call) -> list[Electronic | Paper]:
    """Every package that arrived for a call, in the order of the ledger: entered, or still waiting for somebody to say to what it belongs.

    What the office found to be no application is left out, and so is what brought no file (a mail with links alone).
    """
    from kebao.seal.snapshot import Electronic, Paper

    rows = Arrival.objects.filter(call=call).exclude(state=ArrivalState.SET_ASIDE).order_by("id")
    found: list[Electronic | Paper] = []
    for row in rows.values(*_COLUMNS).iterator(2000):
        number = row["submission__number"] or row["number"]
        same: dict[str, Any] = {
            "position": len(found) + 1, "number": number, "received_at": local(call, row["counts_at"]),
            "lateness": _lateness(call, row),
        }  # fmt: skip
        if row["medium"] == Medium.PAPER:
            found.append(Paper(kind="paper", **same))
        elif row["digest"]:
            receipt = row["receipt__number"] or row["number"]
            found.append(
                Electronic(kind="electronic", receipt=receipt, sha256=row["digest"], bytes=row["size"] or 0, **same)
            )
    return found


def local(call: Call, at: datetime) -> str:
    """A moment as the list writes it."""
    from kebao.seal.snapshot import moment

    return moment(at.astimezone(call.zone))


def _lateness(call: Call, row: dict[str, Any]) -> str:
    """As the ledger shows it (`Arrival.timing`)."""
    if row["lateness"] and row["state"] == ArrivalState.ENTERED:
        return str(row["lateness"])
    return Lateness.LATE.value if row["counts_at"] > call.closes_at else Lateness.IN_TIME.value
