"""The cast of the review's journey: twelve packages in review, five experts, and what they do behind the scenes, by the product's own actions.

Each text runs in a process of the instance, with the names in capitals set before it.
"""

from __future__ import annotations

from decimal import Decimal

from ketang_accounts import credit_code

SLUG = "review-journey"
BUDGET = "115000.00"
"""Of the nine packages that reach a band (125 000 yuan together) the least has to wait."""
WEIGHED = (("standard", 20), ("teaching", 20), ("practice", 20), ("resources", 15), ("exams", 10), ("media", 15))
PACKAGES = (
    ("示例面点制作", "示例面点学校", "9.6"), ("示例果蔬雕刻", "示例雕刻工坊", "9.3"), ("示例社区服务", "示例城市学院", "8.8"),
    ("示例快递分拣", "示例物流学堂", "8.5"), ("示例居家收纳", "示例家政学校", "8.3"), ("示例手机摄影", "示例影像工坊", "7.7"),
    ("示例陶艺入门", "示例讲师甲", "7.3"), ("示例盆景养护", "示例园艺学校", "6.8"), ("示例缝纫基础", "示例服装学堂", "6.3"),
    ("示例电脑打字", "示例信息学校", "5.5"), ("示例毛线编织", "示例手工学堂", "5.0"), ("示例插花艺术", "示例花艺工坊", "4.1"),
)  # fmt: skip
"""Title, supplier and true quality of each, the best first; no two have the same supplier."""
PERSON = "示例讲师甲"
EXPERTS = (("示例专家", ""), ("示例专家乙", "示例城市学院"), ("示例专家丙", ""), ("示例专家丁", ""), ("示例专家戊", ""))
"""Name and unit of each: the second works where the third package comes from. The first has the account `expert`."""
NEAR = "示例园艺学校"
"""Whom the first expert names as close."""
SEVERE = "示例专家戊"
"""Gives half a point less than a package deserves."""
CODES = {unit: credit_code(60 + number) for number, (_title, unit, _quality) in enumerate(PACKAGES)}


def scores(quality: str, severe: bool = False) -> dict[str, str]:
    """A sheet whose weighted mean is the quality: half points above the next lower half in criteria of 20 of 100."""
    half = Decimal("0.5")
    base = Decimal(quality) // half * half
    above = (Decimal(quality) - base) * 10
    less = half if severe else Decimal(0)
    return {name: str(base + (half if n < above else 0) - less) for n, (name, _weight) in enumerate(WEIGHED)}


PREPARE = """
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from django.db import transaction
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.invitation.actions import accept_invitation
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import OrganisationKind
from ketang.platform.storage.actions import put_path
from ketang.selection.calls.actions import close, create, publish, start_review
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.shipped import shipped_call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.experts.actions import add
from ketang.selection.experts.details import Details
from ketang.selection.experts.inviting import invite
from ketang.selection.intake.actions import accept, find_complete, receive, start
from ketang.selection.intake.models import Door
chief, clerk = Account.objects.get(login="administrator"), Account.objects.get(login="clerk")
shipped = read_call(shipped_call("tianjin-2023"))
fee = shipped.fee.model_copy(update=dict(budget=Decimal(BUDGET)))
file = shipped.model_copy(update=dict(id=SLUG, closes=datetime(2099, 8, 31, 23, 59, 59), fee=fee))
call = publish(call=create(file=file, actor=chief), actor=chief)
by = open_by_command(login="review-supplier", name="示例报送员乙").account
stored = put_path(Path(FILE))
for title, unit, _quality in PACKAGES:
    if unit == PERSON:
        one = register_organisation(actor=by, kind=OrganisationKind.PERSON, name=unit)
    else:
        one = register_organisation(actor=by, kind=OrganisationKind.UNIT, name=unit, credit_code=CODES[unit])
    with transaction.atomic():  # the checks of A1 to A5 are another journey's: these have been checked
        made = start(actor=by, call=call, organisation=one, title=title, category="P2(3)")
        receive(actor=by, submission=made, door=Door.WEB, name="课.zip", digest=stored.digest, size=stored.size)
        Check.objects.filter(version__submission=made).update(state=CheckState.DONE, errors=0)
        find_complete(actor=clerk, submission=made)
        accept(actor=clerk, submission=made)
    made.refresh_from_db()
    print("made", made.number, title)
start_review(call=close(call=call, actor=clerk), actor=clerk)
for number, (name, unit) in enumerate(EXPERTS):
    expert = add(actor=clerk, details=Details(name=name, unit=unit, categories=("P2(3)",), load_limit=9))
    account = Account.objects.get(login="expert") if number == 0 else open_by_command(login=f"expert-{number}", name=name).account
    accept_invitation(account=account, token=invite(actor=clerk, expert=expert, by_mail=False).rstrip("/").rpartition("/")[2])
print("call", call.uuid)
"""
"""The call in review; prints each number, and the call."""

SIGN = """
from ketang.selection.experts.declaring import sign
from ketang.selection.experts.models import PanelSeat
for seat in PanelSeat.objects.filter(call__slug=SLUG, declared_at=None).select_related("expert__account", "call"):
    sign(actor=seat.expert.account, seat=seat, signed_as=seat.expert.name, relations=())
    print("signed", seat.expert.name)
"""
"""Who has not signed the declaration yet, signs it."""

SCORE = """
from ketang.selection.assigning.models import Assignment
from ketang.selection.scoring.actions import save, submit
for one in Assignment.objects.filter(call__slug=SLUG, ended_at=None, submitted=None).select_related("expert__account", "submission"):
    by = one.expert
    save(actor=by.account, assignment=one, revision=0, filled={"scores": SCORES[by.name == SEVERE][one.submission.title]})
    submit(actor=by.account, assignment=one, signed_as=by.name)
    print("scored", by.name)
"""
"""Each sheet that is not submitted, is: what the package deserves, and half a point less by the severe one."""

END = """
from django.utils import timezone
from ketang.platform.queue.models import Job
from ketang.selection.announcing.models import PublicNotice
for notice in PublicNotice.objects.filter(call__slug=SLUG, final_at=None):
    now = timezone.now()
    PublicNotice.objects.filter(pk=notice.pk).update(ends_at=now)
    Job.objects.filter(key=f"announcing.settle:{notice.uuid}").update(not_before=now, announce_at=now)
"""
"""The days of a notice pass: it ends now, and so comes the job that waited for its end."""

PAY = """
from ketang.people.account.models import Account
from ketang.selection.awarding.models import Decision, Outcome
from ketang.selection.awarding.tax import Basis
from ketang.selection.paying.actions import ask, confirm, give, set_basis
from ketang.selection.paying.links import link_of
from ketang.selection.paying.models import Payment
finance = Account.objects.get(login="finance")
found = Decision.objects.filter(submission__call__slug=SLUG, undone_at=None, outcome=Outcome.SELECTED, payment=None)
for one in found.select_related("submission__organisation").order_by("row__place"):
    give(link=link_of(ask(actor=finance, decision=one).rpartition("/pay/")[2]), given=GIVEN[one.submission.organisation.name])
    payment = Payment.objects.get(decision=one)
    if one.submission.organisation.name == PERSON:
        set_basis(actor=finance, payment=payment, basis=Basis.LABOUR)
    confirm(actor=finance, payment=payment)
    print("confirmed", one.submission.number)
"""
"""Everybody else who is to be paid gives the data, and finance confirms it."""
