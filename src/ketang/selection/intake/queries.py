"""Reading submissions, each query scoped to who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from ketang.people.account.models import Account
from ketang.people.organisation.queries import suppliers_of
from ketang.platform.listing import Listing
from ketang.platform.search.passages import Found
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Passage, Submission, Version

SHOWN = ("call", "organisation", "latest")
"""What is read with a submission that is to be worked on."""
_ROW = ("uuid", "number", "title", "state", "is_late", "submitted_at", "organisation__name")
"""What a list shows of each: what was filled in is long, and not read for it."""


def submissions_of(account: Account) -> QuerySet[Submission]:
    """Submissions of the suppliers for whom the account acts, the one changed last first."""
    own = list(suppliers_of(account).values_list("pk", flat=True))
    # One supplier, as nearly everybody has, by equality: then the index gives the order, and nothing is sorted.
    mine = {"organisation": own[0]} if len(own) == 1 else {"organisation__in": own}
    return Submission.objects.filter(**mine).select_related(*SHOWN).order_by("-changed_at", "-id")


def list_of(account: Account) -> Listing[Submission]:
    """The same, to be read in pages."""
    # Calls are few and their texts long: each is read once, and not with every row.
    return Listing(
        submissions_of(account),
        Submission.objects.only(*_ROW, "call").select_related("organisation").prefetch_related("call"),
    )


def arrivals(call: Call | None = None, *, state: str = "", late: bool | None = None) -> QuerySet[Submission]:
    """What has arrived, the latest first; drafts are their suppliers' own.

    Args:
        call: of this call only.
        state: of this state only.
        late: only late ones, or only those in time.
    """
    found = Submission.objects.filter(submitted_at__isnull=False)
    if call is not None:
        found = found.filter(call=call)
    if state:
        found = found.filter(state=state)
    if late is not None:
        found = found.filter(is_late=late)
    return found.select_related(*SHOWN).order_by("-submitted_at", "-id")


def list_of_arrivals(*, words: str = "", state: str = "") -> Listing[Submission]:
    """Arrivals to be read in pages, the latest first.

    Args:
        words: phrases of number, title or supplier, all of which must be found.
        state: of this state only.
    """
    found = None
    if words.strip():
        columns = {"state": state} if state else {}
        found = Found(Passage._meta.db_table, "submission_id", words, Submission._meta.db_table, columns)
    return Listing(arrivals(state=state), Submission.objects.only(*_ROW).select_related("organisation"), found)


def versions_of(submission: Submission) -> QuerySet[Version]:
    """Every version, newest first, with its receipts."""
    return submission.versions.prefetch_related("receipts", "checks").order_by("-index")
