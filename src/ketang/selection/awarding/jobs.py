"""The proposal is solved in the background: the solver brings numpy, which the web does without."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.awarding.lists import basis_of, put_proposal
from ketang.selection.awarding.models import AwardList


@job("awarding.propose", limit_seconds=900)
def propose_list(running: Running, *, award_list: str) -> None:
    """Solve one list, and write it as the job ends: what somebody changes by hand afterwards is not written over by a second attempt."""
    found = AwardList.objects.filter(uuid=award_list).first()
    if found is None:
        return
    basis = basis_of(found)
    made = basis.proposal()
    with running.finish():
        put_proposal(award_list=found, ready=(basis, made))
