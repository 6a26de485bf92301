"""How a package on a list stands, in plain words, and what of it a recommending body may see: no scores, no findings, no reasons, no names of people at the supplier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.papers.facts import category
from ketang.selection.papers.models import TransferRow
from ketang.selection.recommending.models import Listed


@dataclass(frozen=True, slots=True)
class Standing:
    """What is shown of one package.

    Attributes:
        number: the submission's, or the arrival's while it is not entered.
        supplier, title, category: as the supplier wrote them; empty where nothing is known yet.
        words: where it stands.
        meaning: of these words, for the colour of the tag.
        lateness: `Lateness`, empty while nothing can be said.
        at: when it was received.
    """

    listed: Listed
    number: str
    supplier: str
    title: str
    category: str
    words: str
    meaning: str
    lateness: str
    at: datetime | None


_STATES: dict[str, tuple[str | Promise, str]] = {
    "arrived": (_("已收到，等工作人员登记"), "quiet"),
    "set-aside": (_("已收到，经核对不是申报材料"), "warn"),
    "asked": (_("已收到，已请对方补交"), "warn"),
    "checking": (_("检查中"), "tip"),
    SubmissionState.SUBMITTED: (_("已收到，等核对"), "quiet"),
    SubmissionState.COMPLETE: (_("材料齐全，等评审"), "good"),
    SubmissionState.INCOMPLETE: (_("需补正，已通知报送单位"), "warn"),
    SubmissionState.ACCEPTED: (_("已进入评审"), "good"),
    "transferred": (_("已移交评审"), "good"),
    SubmissionState.WITHDRAWN: (_("报送单位已撤回"), "quiet"),
    SubmissionState.REFUSED: (_("不予受理"), "warn"),
}


def standings(listed: list[Listed]) -> list[Standing]:
    """How each stands, with two queries for all of them."""
    submissions = [one.submission for one in listed if one.submission is not None]
    versions = [one.latest_id for one in submissions if one.latest_id is not None]
    under_way = set(Check.objects.filter(version__in=versions, ended_at=None).values_list("version_id", flat=True))
    handed = TransferRow.objects.filter(submission__in=submissions, transfer__withdrawn_at=None)
    transferred = set(handed.values_list("submission_id", flat=True))
    return [_standing(one, under_way, transferred) for one in listed]


def _standing(listed: Listed, under_way: set[int], transferred: set[int]) -> Standing:
    submission = listed.submission
    if submission is None:
        assert listed.arrival is not None  # noqa: S101 - a constraint of the table
        return _of_arrival(listed, listed.arrival)
    submission.call = listed.recommender.call  # known; not asked for once a row
    state = submission.state
    if state == SubmissionState.ACCEPTED and submission.pk in transferred:
        state = "transferred"
    elif state == SubmissionState.SUBMITTED and submission.latest_id in under_way:
        state = "checking"
    words, meaning = _STATES[state]
    return Standing(
        listed, submission.number, submission.organisation.name, submission.title, category(submission), str(words),
        meaning, submission.lateness, submission.submitted_at,
    )  # fmt: skip


def _of_arrival(listed: Listed, arrival: Arrival) -> Standing:
    state = {ArrivalState.SET_ASIDE: "set-aside", ArrivalState.ANSWERED: "asked"}.get(
        ArrivalState(arrival.state), "arrived"
    )
    words, meaning = _STATES[state]
    title = arrival.title or arrival.name
    return Standing(listed, arrival.number, arrival.supplier, title, "", str(words), meaning, "", arrival.received_at)


def can_be_recommended(submission: Submission) -> bool:
    """Whether it may stand on a list and a letter: neither taken back nor refused."""
    return bool(submission.number) and submission.state not in (SubmissionState.WITHDRAWN, SubmissionState.REFUSED)
