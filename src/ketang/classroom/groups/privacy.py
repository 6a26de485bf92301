"""The share of groups in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.groups.models import Announcement, Assistance, CentreLearner, Enrolment, Group
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    enrolments = Enrolment.objects.filter(account=account).order_by("pk")
    helps = Assistance.objects.filter(Q(learner=account) | Q(helper=account)).order_by("pk")
    return {
        "enrolments": list(enrolments.values("group__title", "group__centre__name", "by_code", "joined_at", "left_at")),
        "login_issued": list(CentreLearner.objects.filter(account=account).values("centre__name", "issued_at")),
        "assistance": [
            {
                "as": "learner" if one.learner_id == account.pk else "helper", "paper": one.paper, "began_at": one.began_at,
                "ended_at": one.ended_at,
            }
            for one in helps
        ],
        "groups_made": list(Group.objects.filter(made_by=account).values("title", "made_at")),
        "announcements": list(Announcement.objects.filter(posted_by=account).values("words", "posted_at")),
    }  # fmt: skip


def _erase(account: Account) -> Sequence[Kept]:
    """They leave every class, nobody acts for them, and they act for nobody; what a class was told stays, unsigned."""
    now = timezone.now()
    Enrolment.objects.filter(account=account, left_at=None).update(left_at=now)
    Assistance.objects.filter(Q(learner=account) | Q(helper=account), ended_at=None).update(ended_at=now)
    CentreLearner.objects.filter(account=account).delete()
    CentreLearner.objects.filter(issued_by=account).update(issued_by=None)
    Group.objects.filter(made_by=account).update(made_by=None)
    Announcement.objects.filter(posted_by=account).update(posted_by=None)
    Assistance.objects.filter(recorded_by=account).update(recorded_by=None)
    if not Assistance.objects.filter(Q(learner=account) | Q(helper=account)).exists():
        return []
    return [Kept(_("谁在什么时候可以协助谁（不含姓名）"), _("由他人代为操作的依据，供核查。"))]


SHARE = Share(applet="groups", export=_export, erase=_erase)
