"""Background work of ranking."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.ranking.models import Ranking


@job("ranking.compute", limit_seconds=3600, attempts=3, when_failed="ranking.not_computed")
def compute(running: Running, *, ranking: str) -> None:
    """Rank the sheets that count now; a second attempt computes it anew, of what counts by then."""
    from ketang.selection.ranking.actions import keep, keep_failure
    from ketang.selection.ranking.result import METHOD, ranked  # with numpy, which only a worker needs
    from ketang.selection.ranking.sheets import basis_of, counting_rows, digest_of, inputs_of

    found = Ranking.objects.select_related("call").filter(uuid=ranking, made_at=None).first()
    if found is None:
        return
    rows = counting_rows(found.call)
    basis = basis_of(found.call, rows, found.asked)
    try:
        sheets, asked = inputs_of(rows, found.asked, basis)
    except ValueError as wrong:
        with running.finish():
            keep_failure(found, str(wrong))
        return
    if not sheets:
        with running.finish():
            keep_failure(found, _("没有已提交而且仍然计入的评分表。"))
        return
    computed = ranked(sheets, asked)
    with running.finish():
        keep(found, method=METHOD, inputs=digest_of(METHOD, found.asked, basis), basis=basis, computed=computed)


@job("ranking.not_computed", limit_seconds=60)
def not_computed(running: Running, *, ranking: str) -> None:
    """It failed as often as it may: the page says so, instead of waiting."""
    from ketang.selection.ranking.actions import keep_failure

    found = Ranking.objects.filter(uuid=ranking, made_at=None).first()
    with running.finish():
        if found is not None:
            keep_failure(
                found,
                "计算程序出错，没有算出来。请再计算一次；还不行，请联系系统管理员 · The ranking could not be computed; ask for it again",
            )
