"""A recommending body of the demonstration, with the published course on its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ketang.people.account.models import Account
    from ketang.selection.calls.models import Call

NAME = "示例区人力资源和社会保障局"
"""The body of the demonstration's recommender, too."""


def recommend(clerk: Account, call: Call) -> None:
    """Register the body and put what has arrived on its list; once, however often it is run."""
    from ketang.people.organisation.models import OrganisationKind
    from ketang.selection.intake.models import Receipt
    from ketang.selection.recommending.actions import register
    from ketang.selection.recommending.models import Recommender
    from ketang.selection.recommending.packages import add_by_receipt

    body = Recommender.objects.filter(call=call, organisation__name=NAME).first()
    if body is None:
        body = register(actor=clerk, call=call, kind=OrganisationKind.BUREAU, name=NAME)
    receipt = Receipt.objects.filter(version__submission__call=call).order_by("id").first()
    if receipt is not None and not body.listed.exists():
        add_by_receipt(recommender=body, number=receipt.number, code=receipt.code)


def new_link() -> str:
    """A fresh link, given by the clerk of the demonstration; empty without a body."""
    from ketang.people.account.models import Account
    from ketang.selection.recommending.actions import show_link
    from ketang.selection.recommending.models import Recommender

    body = Recommender.objects.filter(organisation__name=NAME).first()
    clerk = Account.objects.filter(login="clerk").first()
    return show_link(actor=clerk, recommender=body) if body is not None and clerk is not None else ""
