"""Arrivals and their numbers, what is searched of them, and which copies of a submission are here."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.platform.search.words import spaced
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Door, Lateness, Receipt, Submission
from ketang.selection.ledger.marks import marks_carried, marks_of_day, marks_of_supplier


class Medium(models.TextChoices):
    """What a copy is. The call asks for both (P7.1)."""

    ELECTRONIC = "electronic", _("电子版")
    PAPER = "paper", _("书面版")


class ArrivalState(models.TextChoices):
    """What became of an arrival."""

    UNCLAIMED = "unclaimed", _("待认领")
    ENTERED = "entered", _("已归入申报")
    ANSWERED = "answered", _("已请补交")
    MERGED = "merged", _("已并入另一件")
    SET_ASIDE = "set-aside", _("不是申报材料")


NEXT: dict[ArrivalState, frozenset[ArrivalState]] = {
    ArrivalState.UNCLAIMED: frozenset(
        {ArrivalState.ENTERED, ArrivalState.ANSWERED, ArrivalState.MERGED, ArrivalState.SET_ASIDE}
    ),
    ArrivalState.ENTERED: frozenset({ArrivalState.UNCLAIMED}),
    ArrivalState.ANSWERED: frozenset({ArrivalState.UNCLAIMED, ArrivalState.ENTERED, ArrivalState.MERGED}),
    ArrivalState.MERGED: frozenset({ArrivalState.UNCLAIMED}),
    ArrivalState.SET_ASIDE: frozenset({ArrivalState.UNCLAIMED}),
}
"""From each state, the states it may go to. An electronic copy that became a version stays entered: versions are never taken away."""


class Arrival(models.Model):
    """One thing that arrived: a package sent on the web or by mail, a parcel, a disk, a mail that brought no package.

    `received_at` is when its last byte, or the parcel, was here; `counts_at` is the moment that is held against the
    deadline (for a parcel the end of its postmark's day). `sender`, `supplier` and `title` are what stood on it, as it was
    read; once entered, the submission's own words count. `reason` is why it stands where it does. `lateness` is said once
    it is entered: only then it is known whether another copy gives it days of grace.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("收件编号"), max_length=20, unique=True)
    door = models.CharField(_("来路"), max_length=4, choices=Door)
    medium = models.CharField(_("版本形式"), max_length=10, choices=Medium)
    state = models.CharField(_("状态"), max_length=10, choices=ArrivalState, default=ArrivalState.UNCLAIMED)
    reason = models.CharField(_("理由"), max_length=1000, blank=True)
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("征集"), db_index=False
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="arrivals", verbose_name=_("申报")
    )
    receipt = models.OneToOneField(
        Receipt, models.PROTECT, null=True, blank=True, related_name="arrival", verbose_name=_("回执")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("并入")
    )
    sender = models.CharField(_("寄件人"), max_length=320, blank=True)
    supplier = models.CharField(_("写明的单位"), max_length=200, blank=True)
    title = models.CharField(_("写明的课程"), max_length=400, blank=True)
    name = models.CharField(_("文件名"), max_length=255, blank=True)
    digest = models.CharField(_("校验值"), max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(_("大小"), null=True, blank=True)
    received_at = models.DateTimeField(_("收到时间"))
    counts_at = models.DateTimeField(_("计算截止的时间"))
    lateness = models.CharField(_("时间"), max_length=13, choices=Lateness, blank=True)
    registered_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )

    class Meta:
        verbose_name = _("收件")
        verbose_name_plural = _("收件")
        indexes: ClassVar = [
            models.Index(fields=["state", "-id"], name="ledger_in_state"),
            models.Index(fields=["door", "-id"], name="ledger_by_door"),
            models.Index(fields=["call", "-id"], name="ledger_of_call"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django makes none where there is one
        """The state in the reader's language. Django's own translates all of them for each row of a list."""
        return str(ArrivalState(self.state).label)

    def get_door_display(self) -> str:  # type: ignore[no-redef]  # as above
        """The door in the reader's language."""
        return str(Door(self.door).label)

    def get_medium_display(self) -> str:  # type: ignore[no-redef]  # as above
        """The kind of copy in the reader's language."""
        return str(Medium(self.medium).label)

    @property
    def timing(self) -> str:
        """How it stands to the deadline (`Lateness`); before it is entered by itself alone; empty while it has no call."""
        closes_at = self.call.closes_at if self.call is not None else None
        return timing_of(self.lateness, self.state, self.counts_at, closes_at)

    @property
    def is_late(self) -> bool | None:
        """Whether it is late; None while it has no call."""
        return self.timing == Lateness.LATE if self.timing else None

    def may_become(self, state: ArrivalState) -> bool:
        """Whether the transition table allows it."""
        if self.receipt_id is not None:
            return False
        return state in NEXT[ArrivalState(self.state)]


def timing_of(lateness: str, state: str, counts_at: datetime, closes_at: datetime | None) -> str:
    """How an arrival stands to the deadline of its call, from its columns (`Arrival.timing`)."""
    if lateness and state == ArrivalState.ENTERED:
        return lateness
    if closes_at is None:
        return ""
    return Lateness.LATE if counts_at > closes_at else Lateness.IN_TIME


class LedgerCounter(models.Model):
    """The last number given in a year."""

    year = models.PositiveIntegerField(_("年份"), primary_key=True)
    last = models.PositiveIntegerField(_("最后一号"), default=0)

    class Meta:
        verbose_name = _("台账编号计数")
        verbose_name_plural = _("台账编号计数")

    def __str__(self) -> str:
        return f"{self.year} / {self.last}"


class ArrivalPassage(models.Model):
    """What is searched of an arrival, as `platform.search` wants it: its numbers, names and titles, and marks of its filters."""

    arrival = models.OneToOneField(Arrival, models.CASCADE, related_name="passage")
    text = models.TextField()

    class Meta:
        verbose_name = _("收件的检索内容")
        verbose_name_plural = _("收件的检索内容")

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def text_of(arrival: Arrival) -> str:
        """The words of an arrival."""
        words, suppliers = [arrival.number, arrival.sender, arrival.title, arrival.name], [arrival.supplier]
        if arrival.submission is not None:
            words += [arrival.submission.number, arrival.submission.title]
            suppliers.insert(0, arrival.submission.organisation.name)
        if arrival.receipt is not None:
            words.append(arrival.receipt.number)
        marks = marks_carried(
            door=arrival.door, medium=arrival.medium, state=arrival.state, call=arrival.call_id, late=arrival.timing
        )
        days = marks_of_day(timezone.localdate(arrival.received_at))
        # Marks stand between names: a phrase does not run from one into the next.
        named = [mark for name in dict.fromkeys(suppliers) if name for mark in (spaced(name), *marks_of_supplier(name))]
        return " ".join([spaced(" ".join(words)), *marks, *days, *named])


class Board(models.TextChoices):
    """Where a submission stands on the board of completeness."""

    ELECTRONIC_ONLY = "electronic", _("仅电子")
    PAPER_ONLY = "paper", _("仅书面")
    WHOLE = "whole", _("齐全")
    LACKING = "lacking", _("缺件")


class Holding(models.Model):
    """Which copies of a submission are here, and since when; `board` is its place on the board of completeness."""

    submission = models.OneToOneField(Submission, models.CASCADE, primary_key=True, related_name="holding")
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", db_index=False)
    electronic_at = models.DateTimeField(_("电子版收到时间"), null=True, blank=True)
    paper_at = models.DateTimeField(_("书面版收到时间"), null=True, blank=True)
    board = models.CharField(_("齐全情况"), max_length=10, choices=Board)

    class Meta:
        verbose_name = _("材料到齐情况")
        verbose_name_plural = _("材料到齐情况")
        indexes: ClassVar = [models.Index(fields=["call", "board", "-submission"], name="holdings_on_board")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.board}"

    @property
    def absent(self) -> list[str]:
        """Copies that are not here, in words."""
        copies = ((self.electronic_at, Medium.ELECTRONIC), (self.paper_at, Medium.PAPER))
        return [str(medium.label) for at, medium in copies if at is None]

    @property
    def to_mend(self) -> str:
        """What the supplier was asked to mend, in the office's own words."""
        return self.submission.reason if self.board == Board.LACKING else ""
