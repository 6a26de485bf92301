"""What a final ranking holds in place."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.platform.refusal import Refused
from ketang.selection.assigning.models import Assignment
from ketang.selection.ranking.models import Ranking


def keep_sheets(assignment: Assignment) -> None:
    """Refused while a final ranking of the call stands: its sheets are what it was made of."""
    if Ranking.objects.filter(call=assignment.call_id, is_final=True).exists():
        raise Refused(_("排名已经确定，评分表不能再提交。"))
