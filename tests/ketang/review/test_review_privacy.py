"""Personal data of a review: what somebody is given of it is theirs alone, and what is left after erasing is told, with its ground."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.utils import timezone

from kebao.identity.resident_number import check_character
from ketang.command.audit import verify_audit
from ketang.command.rank import rank
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import add_member
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.privacy.actions import erase_account, export_personal_data
from ketang.people.role.actions import appoint
from ketang.people.role.models import Role
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.selection.announcing.actions import announce, settle
from ketang.selection.announcing.models import PublicNotice
from ketang.selection.assigning.actions import assign
from ketang.selection.assigning.models import Assignment
from ketang.selection.awarding.approving import approve
from ketang.selection.awarding.lists import make_list, put_proposal
from ketang.selection.awarding.models import Decision
from ketang.selection.awarding.queries import digest_of
from ketang.selection.awarding.tax import Basis
from ketang.selection.experts.conflicts import declare
from ketang.selection.experts.declaring import name_relations
from ketang.selection.experts.models import Expert, PackageNames
from ketang.selection.paying import actions as paying
from ketang.selection.paying.details import unsealed
from ketang.selection.paying.links import link_of
from ketang.selection.paying.models import Payment
from ketang.selection.ranking import actions as ranking
from ketang.selection.ranking.meeting import open_meeting, remark, vote
from ketang.selection.ranking.models import Choice
from ketang.selection.scoring.actions import save, submit
from review_columns import Review, review

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = "120101199001010" + "01"
MAILS = {"甲": "first@example.org", "乙": "second@example.org"}
OWN = ("关系人", "回避理由", "草稿评语", "自己的笔记", "已提交的总评", "发言")


def canary(of: str, what: str) -> str:
    """Words that stand nowhere else."""
    return f"〔{of}的{what}〕"


@dataclass
class World:
    """A review of four packages, two experts who did everything an expert does, and two persons of whom one is paid."""

    made: Review
    finance: Account
    payees: list[Account] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)


@pytest.fixture
def world(db: None, shipped_call: str) -> World:
    made = review(shipped_call, [b"1", b"2", b"3", b"4"], experts=2)
    finance = open_by_command(login="finance", name="财务").account
    appoint(actor=made.chief, account=finance, role=Role.FINANCE)
    found = World(made, finance)
    meeting = open_meeting(actor=made.chief, call=made.call)
    for seat, member, name in zip(made.seats, made.members, "甲乙", strict=True):
        Expert.objects.filter(pk=seat.expert_id).update(mail=MAILS[name], phone=f"139{ord(name):08d}")
        name_relations(actor=member, seat=seat, relations=[canary(name, "关系人")])
        for package in made.packages[:3]:
            scored(made, assign(actor=made.chief, submission=package, expert=seat.expert), member, name)
        declare(actor=member, seat=seat, submission=made.packages[3], reason=canary(name, "回避理由"))
        begun = Assignment.objects.filter(expert=seat.expert).order_by("-id")[0]
        save(
            actor=member, assignment=begun, revision=1, filled=made.filled("5", canary(name, "草稿评语")),
            private=canary(name, "自己的笔记"),
        )  # fmt: skip
        remark(actor=member, meeting=meeting, words=canary(name, "发言"), submission=made.packages[0])
        vote(actor=member, meeting=meeting, submission=made.packages[0], choice=Choice.FOR)
    ranked(made)
    awarded(found)
    return found


def scored(made: Review, assignment: Assignment, member: Account, name: str) -> None:
    place = made.packages.index(assignment.submission)
    filled = made.filled(str(9 - place), canary(name, "已提交的总评"))
    save(actor=member, assignment=assignment, revision=0, filled=filled)
    submit(actor=member, assignment=assignment, signed_as=member.name)


def ranked(made: Review) -> None:
    asked = ranking.ask_ranking(actor=made.chief, call=made.call)
    for job in Job.objects.filter(name="ranking.compute", state=JobState.WAITING):
        run(str(job.uuid))
    asked.refresh_from_db()
    ranking.make_final(actor=made.chief, ranking=asked, reason="评审组一致同意")


def awarded(world: World) -> None:
    """The first two packages are of persons, and both are awarded; the first one is paid."""
    made = world.made
    for number, package in enumerate(made.packages[:2]):
        account = open_by_command(login=f"payee-{number}", name=f"示例教师{number}").account
        own = Organisation.objects.create(kind=OrganisationKind.PERSON, name=f"示例教师{number}")
        add_member(invited_by=None, account=account, organisation=own)
        type(package).objects.filter(pk=package.pk).update(organisation=own)
        said = {"people": [canary(f"教师{number}", "包里的名字")]}
        PackageNames.objects.create(version=package.latest, said=said)
        world.payees.append(account)
    awards = make_list(actor=made.chief, call=made.call)
    put_proposal(award_list=awards)
    for one in (made.chief, made.second):
        approve(actor=one, award_list=awards, digest=digest_of(awards))
    notice = announce(actor=made.chief, call=made.call, shows_amounts=True)
    PublicNotice.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert settle(notice=notice)
    for number, decision in enumerate(Decision.objects.filter(outcome="selected").order_by("row__place")[:2]):
        world.payments.append(paid(world, decision, number))


def paid(world: World, decision: Decision, number: int) -> Payment:
    link = link_of(paying.ask(actor=world.finance, decision=decision).rpartition("/pay/")[2])
    assert link is not None
    paying.give(link=link, given=bank(number))
    payment = Payment.objects.get(decision=decision)
    if number == 0:
        paying.set_basis(actor=world.finance, payment=payment, basis=Basis.LABOUR)
        paying.confirm(actor=world.finance, payment=payment)
        paying.mark_paid(actor=world.finance, payment=payment, on=date(2026, 3, 5), reference="P-1")
    return payment


def bank(number: int) -> dict[str, str]:
    return {
        "name": f"示例教师{number}", "resident_number": NUMBER + check_character(NUMBER),
        "account": ("6222000000000000012", "6222000000000000020")[number], "bank": canary(f"教师{number}", "开户行"),
    }  # fmt: skip


def given(account: Account) -> str:
    """All that an account is given, as one text."""
    with zipfile.ZipFile(io.BytesIO(export_personal_data(actor=account, account=account))) as archive:
        return "\n".join(archive.read(name).decode() for name in sorted(archive.namelist()))


def kept_in(words: str) -> list[str]:
    """Models that hold the words in a column."""
    return sorted(
        model.__name__
        for model in apps.get_models()
        if any(words in str(row) for row in model._default_manager.values())
    )


def test_an_expert_is_given_their_own_sheets_notes_and_declarations_and_nobody_elses(world: World) -> None:
    for member, own, other in zip(world.made.members, "甲乙", "乙甲", strict=True):
        text = given(member)
        assert [what for what in OWN if canary(own, what) not in text] == []
        assert [what for what in OWN if canary(other, what) in text] == []
        assert (MAILS[own] in text, MAILS[other] in text) == (True, False)
        assert [one.name for one in world.made.members if one != member and one.name in text] == []
        assert [one.pk for one in world.made.packages if one.organisation.name in text] == []


def test_a_payee_is_given_their_own_payment_and_nobody_elses(world: World) -> None:
    for number, account in enumerate(world.payees):
        text, other = given(account), 1 - number
        assert (bank(number)["account"] in text, bank(number)["bank"] in text) == (True, True)
        assert [one for one in (bank(other)["account"], bank(other)["bank"]) if one in text] == []
        assert [canary(f"教师{one}", "包里的名字") in text for one in (number, other)] == [True, False]
        assert not any(canary(name, "已提交的总评") in text for name in "甲乙")


def test_an_erased_expert_leaves_what_the_result_rests_on_and_is_told_so(world: World) -> None:
    first, second = world.made.members
    kept = erase_account(actor=first, account=first, reason="own wish")
    assert [(str(one.what), str(one.ground)) for one in kept] == [
        ("操作记录的时间、操作和编号（不含姓名和内容）", "操作记录须完整，供核查。"),
        ("评审会上的发言和表决", "遴选结果的依据"),
        ("已提交的评分表和署名", "遴选结果的依据"),
        ("评审专家的姓名、单位和承诺", "证明由谁评审"),
    ]
    assert {what: kept_in(canary("甲", what)) for what in OWN} == {
        "关系人": [], "回避理由": [], "草稿评语": [], "自己的笔记": [], "已提交的总评": ["SubmittedSheet"], "发言": ["Remark"],
    }  # fmt: skip
    assert (kept_in(MAILS["甲"]), kept_in(f"139{ord('甲'):08d}")) == ([], [])
    assert [what for what in OWN if canary("乙", what) not in given(second)] == []
    found = CliRunner().invoke(rank, [world.made.call.slug, "--verify"])
    assert (found.exit_code, "相同：3 行，6 份评分表" in found.output) == (0, True), found.output
    whole = CliRunner().invoke(verify_audit, [])
    assert whole.exit_code == 0, whole.output
    assert isinstance(verify(), Whole)


def test_an_erased_payee_leaves_what_accounting_must_keep_and_is_told_so(world: World) -> None:
    settled, waiting = world.payments
    anew = paying.ask(actor=world.finance, decision=waiting.decision).rpartition("/pay/")[2]
    told = [
        [(str(one.what), str(one.ground)) for one in erase_account(actor=account, account=account, reason="own wish")]
        for account in world.payees
    ]
    accounting = ("已付款项的收款信息和税款", "《会计档案管理办法》规定的保管期限。")
    assert [accounting in one for one in told] == [True, False]
    settled.refresh_from_db()
    waiting.refresh_from_db()
    assert unsealed(settled.sealed) == bank(0)
    assert (waiting.sealed, waiting.masked) == ("", "")
    link = link_of(anew)
    assert link is not None
    assert not link.works
    assert [kept_in(canary(f"教师{number}", "包里的名字")) for number in (0, 1)] == [[], []]
    assert isinstance(verify(), Whole)
