"""Who may act for a learner: agreed by the learner on a page, or on paper that the learner's centre keeps; ended by any of them at once."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.groups.models import Assistance, Enrolment
from ketang.classroom.groups.permissions import may_act_for, may_keep_groups
from ketang.people.account.models import Account
from ketang.people.consent.actions import give_consent
from ketang.people.consent.models import Consent, Purpose
from ketang.people.permissions import require
from ketang.people.role.queries import Actor, needs_second_factor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused


def allow(*, learner: Account, login: str, language: str, text: str) -> Assistance:
    """The learner lets somebody act for them, agreeing to the text that was shown.

    Effects: the row with the consent; `groups.allow_helper`. Refused: no such login name, oneself.
    """
    helper = _helper(learner, login)
    with audited():
        consent = give_consent(account=learner, purpose=Purpose.ASSISTANCE, language=language, text=text)
        made, is_new = Assistance.objects.get_or_create(
            learner=learner, helper=helper, ended_at=None, defaults={"consent": consent, "recorded_by": learner}
        )
        if is_new:
            payload = {"helper": str(helper.uuid), "consent": consent.text_id}
            record(actor=learner, action="groups.allow_helper", of=learner, payload=payload)
    return made


def record_paper(*, actor: Actor, enrolment: Enrolment, login: str, paper: str) -> Assistance:
    """A centre writes down that a learner of its class agreed on paper, which it keeps.

    Effects: the row; `groups.record_helper`. Refused: as `allow`; no word of where the paper is.
    """
    require(may_keep_groups(actor, enrolment.group.centre))
    kept = " ".join(paper.split())
    if not kept:
        raise Refused(_("请写明书面同意存放在哪里，比如“学员档案 2026-12”。"), field="paper")
    learner, helper = enrolment.account, _helper(enrolment.account, login)
    with audited():
        made, is_new = Assistance.objects.get_or_create(
            learner=learner, helper=helper, ended_at=None,
            defaults={"paper": kept[:200], "recorded_by": actor if isinstance(actor, Account) else None},
        )  # fmt: skip
        if is_new:
            payload = {"helper": str(helper.uuid), "paper": made.paper}
            record(actor=actor, action="groups.record_helper", of=learner, payload=payload)
    return made


def _helper(learner: Account, login: str) -> Account:
    found = Account.objects.filter(login__iexact=login.strip(), is_active=True).first()
    if found is None:
        raise Refused(_("没有这个登录名。请问一下协助您的人。"), field="login")
    if found == learner:
        raise Refused(_("不用写自己。请写协助您的人的登录名。"), field="login")
    return found


def end(*, actor: Account, assistance: Assistance) -> None:
    """Take it back, at once: the learner, the helper, or a centre whose class the learner is in.

    Effects: `ended_at`; the consent to it ends; `groups.end_helper`.
    """
    centres = [
        one.group.centre
        for one in Enrolment.objects.filter(account=assistance.learner_id, left_at=None).select_related("group__centre")
    ]
    require(
        actor.pk in (assistance.learner_id, assistance.helper_id)
        or any(may_keep_groups(actor, centre) for centre in centres)
    )
    with audited():
        if Assistance.objects.filter(pk=assistance.pk, ended_at=None).update(ended_at=timezone.now()):
            others = Assistance.objects.filter(consent=assistance.consent_id, ended_at=None)
            if assistance.consent_id and not others.exists():  # one text may stand for several helpers
                Consent.objects.filter(pk=assistance.consent_id).update(withdrawn_at=timezone.now())
            payload = {"helper": str(assistance.helper.uuid)}
            record(actor=actor, action="groups.end_helper", of=assistance.learner, payload=payload)


def begin_acting(*, helper: Account, learner: Account) -> None:
    """From now on what the helper studies is the learner's. Effects: `groups.act_for`. Refused: the learner works here."""
    require(may_act_for(helper, learner))
    if needs_second_factor(learner):
        raise Refused(_("这个账号有工作角色，不能由别人代为操作。"))
    with audited():
        record(actor=helper, action="groups.act_for", of=learner)


def end_acting(*, helper: Account, learner: Account) -> None:
    """The helper studies for themselves again. Effects: `groups.end_acting`."""
    with audited():
        record(actor=helper, action="groups.end_acting", of=learner)
