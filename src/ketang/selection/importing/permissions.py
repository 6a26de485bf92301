"""Who may bring an old spreadsheet into the ledger."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.queries import Actor
from ketang.selection.ledger.permissions import may_keep_ledger


@permission
def may_import_ledger(actor: Actor) -> bool:
    """Bring in a spreadsheet, say what its columns are, take its rows into the ledger, and take them back: who registers by hand."""
    return may_keep_ledger(actor)
