"""The proposal is solved in the background: the solver brings numpy, which the web does without."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.awarding.lists import put_proposal
from ketang.selection.awarding.models import AwardList


@job("awarding.propose", limit_seconds=900)
def propose_list(running: Running, *, award_list: str) -> None:
    """Solve one list. Killed and run again, it comes to the same."""
    del running  # one transaction
    found = AwardList.objects.filter(uuid=award_list).first()
    if found is not None:
        put_proposal(award_list=found)
