"""Background work of LTI."""

from __future__ import annotations

from ketang.classroom.lti import grading, launching
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running


@job("lti.send", limit_seconds=600, attempts=3)
def send(running: Running) -> None:
    """Each minute: marks go back to the platforms from which learners came. One that is away holds up no other."""
    for platform in grading.due():
        grading.work_on(platform, running.tell)
    with running.finish():
        pass


@job("lti.forget", limit_seconds=300, attempts=3)
def forget(running: Running) -> None:
    """Each hour: launches that nobody went on with are forgotten."""
    with running.finish():
        launching.forget()
