"""A call in review with a small but real package, and an expert to whom it is assigned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.selection.assigning.models import Assignment
from ketang.selection.intake.models import Submission
from ketang.selection.scoring.models import BlindCopy
from review_rows import accept, assigned, seated


@pytest.fixture
def accepted(
    supplier_draft: Submission, administrator: Account, small_package: bytes, settings: object, tmp_path: Path
) -> Submission:
    """Sent, found complete and accepted; its call is in review."""
    settings.WORK = str(tmp_path / "work")  # type: ignore[attr-defined]
    accept(supplier_draft, administrator, small_package)
    return supplier_draft


@pytest.fixture
def assignment(accepted: Submission, actors: dict[Role, Actor]) -> Assignment:
    expert = actors[Role.EXPERT]
    assert isinstance(expert, Account)
    return assigned(accepted, seated(accepted, expert))


@pytest.fixture
def make_copies() -> Callable[[], None]:
    """Do the waiting work on blind copies, as a worker does."""

    def work() -> None:
        for job in Job.objects.filter(name="scoring.copy", state=JobState.WAITING):
            run(str(job.uuid))

    return work


@pytest.fixture
def copy(assignment: Assignment, make_copies: Callable[[], None]) -> BlindCopy:
    """The blind copy of what was assigned, made."""
    make_copies()
    made = BlindCopy.objects.get(version=assignment.version)
    assert made.message == {}
    return made
