"""A review from the plan to the bank data on SQLite with a folder and on PostgreSQL with Valkey and S3, by real workers and several windows at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ketang.people.account.actions import open_by_command
from ketang.people.role.actions import appoint
from ketang.people.role.models import Role
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.platform.storage.reading import read_range
from ketang.selection.announcing.actions import announce
from ketang.selection.announcing.models import PublicNotice
from ketang.selection.assigning import actions as assigning
from ketang.selection.assigning.counting import Members, Packages, counted
from ketang.selection.assigning.models import Assignment, Means, MemberCount, PackageCount, Plan
from ketang.selection.awarding.approving import approve
from ketang.selection.awarding.lists import ask_proposal, make_list
from ketang.selection.awarding.models import AwardList, Decision
from ketang.selection.awarding.queries import digest_of
from ketang.selection.calls.models import Call
from ketang.selection.paying import actions as paying
from ketang.selection.paying.details import unsealed
from ketang.selection.paying.links import link_of
from ketang.selection.paying.models import Payment
from ketang.selection.ranking import actions as ranking
from ketang.selection.ranking.meeting import open_meeting, remark, vote
from ketang.selection.ranking.models import Choice, RankedRow, Ranking, Remark, Vote
from ketang.selection.scoring import actions
from ketang.selection.scoring.actions import Stale, save, submit
from ketang.selection.scoring.models import BlindCopy, Sheet, SubmittedSheet
from ketang_accounts import credit_code
from ketang_columns import Column, until
from ketang_jobs import unfinished
from review_columns import Review, review, tiny

GIVEN = {
    "name": "示例培训学校", "credit_code": credit_code(1), "account": "0302-0000 1234", "bank": "示例银行和平支行",
    "bank_code": "102110000012",
}  # fmt: skip


def wait(column: Column) -> None:
    """Until the worker that runs has nothing left to do."""
    until(lambda: not unfinished().exists(), lambda: (list(unfinished().values()), column.log()), 120)


def worked_off(name: str) -> None:
    """The jobs of that name, done by this process."""
    for job in Job.objects.filter(name=name, state=JobState.WAITING):
        run(str(job.uuid))


def at_once(*works: Callable[[], object]) -> list[object]:
    """Each in a thread of its own, as in windows of their own: what it gave, or the refusal in its place."""
    found: list[object] = [None] * len(works)
    ready = threading.Barrier(len(works))

    def one(number: int) -> None:
        try:
            ready.wait(60)
            found[number] = works[number]()
        except Exception as wrong:  # noqa: BLE001 - whatever came, the test's own assertion tells it
            found[number] = wrong
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return found


def hand_assigned(made: Review, seat: int = 0, package: int = 0) -> Assignment:
    """An assignment without the job of a blind copy."""
    submission = made.packages[package]
    return Assignment.objects.create(
        call=made.call,
        submission=submission,
        version=submission.latest,
        expert=made.seats[seat].expert,
        means=Means.HAND,
    )


def test_from_the_plan_to_the_bank_data(column: Column, shipped_call: str, small_package: bytes) -> None:
    made = review(shipped_call, [small_package, tiny(2), b"no package"])
    with column.worker():
        plan = assigning.ask(actor=made.chief, call=made.call, wanted=2)
        wait(column)
        plan.refresh_from_db()
        assert (len(plan.rows), plan.lacking, plan.failed, plan.cost == plan.bound) == (6, [], "", True)
        assigning.apply(actor=made.chief, plan=plan)
        wait(column)
        copies_are_whole(made)
        for assignment in Assignment.objects.order_by("id"):
            made.scored(assignment, str(9 - made.packages.index(assignment.submission)))
        ranked = ranking.ask_ranking(actor=made.chief, call=made.call, line=1)
        wait(column)
        ranked.refresh_from_db()
        assert [(row["submission"], row["place"], row["raw"]) for row in ranked.result["rows"]] == [
            (str(one.uuid), place, f"{10 - place}.0000") for place, one in enumerate(made.packages, start=1)
        ]
        assert RankedRow.objects.filter(ranking=ranked).count() == 3
        ranking.make_final(actor=made.chief, ranking=ranked, reason="评审组一致同意")
        awards = make_list(actor=made.chief, call=made.call)
        ask_proposal(actor=made.chief, award_list=awards)
        wait(column)
        notice = announced(made, awards)
        PublicNotice.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
        enqueue("announcing.settle", notice=str(notice.uuid))
        wait(column)
    notice.refresh_from_db()
    assert notice.final_at is not None
    said = column.run("rank", made.call.slug, "--verify").stdout
    assert said.splitlines()[-1] == "相同：3 行，6 份评分表 · the same: 3 rows of 6 sheets"
    bank_data_is_sealed(made)
    done = Counter(AuditEntry.objects.values_list("action", flat=True))
    once = (
        "assigning.solved",
        "assigning.apply",
        "ranking.ask",
        "ranking.make_final",
        "awarding.propose",
        "announcing.final",
    )
    assert {name: done[name] for name in once} == dict.fromkeys(once, 1)
    assert (done["scoring.copied"], done["scoring.copy_failed"], done["scoring.submit"]) == (2, 1, 6)
    assert isinstance(verify(), Whole)


def copies_are_whole(made: Review) -> None:
    """Films of the copies are played from the store; what is no package says so."""
    whole, small, none = (BlindCopy.objects.get(submission=one) for one in made.packages)
    assert (whole.is_made, small.is_made, none.is_made, bool(none.why)) == (True, True, False, True)
    assert (whole.parts.filter(content_type="video/mp4").count(), small.parts.count()) == (3, 2)
    for part in (*whole.parts.filter(content_type="video/mp4"), *small.parts.all()):
        assert part.stored is not None
        assert b"".join(read_range(part.stored.digest, part.start + 4, part.start + 7)) == b"ftyp"


def announced(made: Review, awards: AwardList) -> PublicNotice:
    """Two people approve what the machine proposed; it is put on public notice."""
    awards.refresh_from_db()
    assert awards.proposed_at is not None
    rows = list(awards.rows.order_by("place").values_list("outcome", "amount"))
    assert rows == [("selected", Decimal(amount)) for amount in (20000, 15000, 10000)]
    for one in (made.chief, made.second):
        approve(actor=one, award_list=awards, digest=digest_of(awards))
    return announce(actor=made.chief, call=made.call, shows_amounts=True)


def bank_data_is_sealed(made: Review) -> None:
    """What the supplier gave is in no column as it was typed, and opens with the instance's own key."""
    finance = open_by_command(login="finance", name="财务").account
    appoint(actor=made.chief, account=finance, role=Role.FINANCE)
    decision = Decision.objects.filter(outcome="selected").order_by("id")[0]
    link = link_of(paying.ask(actor=finance, decision=decision).rpartition("/pay/")[2])
    assert link is not None
    paying.give(link=link, given=GIVEN)
    payment = Payment.objects.get()
    told = str(Payment.objects.values().get())
    assert [
        word for word in ("030200001234", GIVEN["bank"], GIVEN["bank_code"], GIVEN["credit_code"]) if word in told
    ] == []
    assert unsealed(payment.sealed) == {**GIVEN, "account": "030200001234"}
    assert paying.look(actor=finance, payment=payment) == unsealed(payment.sealed)


def test_the_database_keeps_sheets_and_the_meetings_words(column: Column, shipped_call: str) -> None:
    made = review(shipped_call, [b"no package"], experts=1)
    made.scored(hand_assigned(made), "7")
    meeting = open_meeting(actor=made.chief, call=made.call)
    remark(actor=made.chief, meeting=meeting, words="同意", submission=made.packages[0])
    vote(actor=made.members[0], meeting=meeting, submission=made.packages[0], choice=Choice.FOR)
    changes: list[tuple[type[Any], dict[str, object]]] = [
        (SubmittedSheet, {"overall": "改"}), (SubmittedSheet, {"total": "9"}), (SubmittedSheet, {"digest": "0" * 64}),
        (Remark, {"words": "改"}), (Remark, {"signed_as": "改"}), (Vote, {"choice": Choice.AGAINST}),
    ]  # fmt: skip
    for model, change in changes:
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            model.objects.update(**change)
    assert Remark.objects.update(said_by=None) == 1  # an account that is erased leaves its line
    kept = (SubmittedSheet.objects.get(), Remark.objects.get(), Vote.objects.get())
    assert (kept[0].overall, str(kept[0].total), kept[1].words, kept[2].choice) == ("", "7.0000", "同意", "for")


def test_counts_are_kept_and_the_migration_counts_the_same(column: Column, shipped_call: str) -> None:
    made = review(shipped_call, [b"no package", b"no package 2"])
    for seat, package in ((0, 0), (1, 0), (2, 1)):
        assigning.assign(actor=made.chief, submission=made.packages[package], expert=made.seats[seat].expert)
    standing = list(Assignment.objects.select_related("expert").order_by("id"))
    first = made.scored(standing[0], "7")
    made.scored(standing[0], "8", reason="重新看过", revision=1)
    save(actor=made.members[1], assignment=standing[1], revision=0, filled=made.filled("5"))
    assigning.end(actor=made.chief, assignment=standing[2], reason="改派")
    worked_off("scoring.copy")
    one, other = made.packages
    of_packages, of_members = counted(made.call)
    assert of_packages == {one.pk: (one.number, 2, 1), other.pk: (other.number, 0, 0)}
    assert {key: row[:2] for key, row in of_members.items()} == {
        made.seats[0].expert_id: (1, 1), made.seats[1].expert_id: (1, 0)
    }  # fmt: skip
    assert (of_members[made.seats[0].expert_id][2] or first.submitted_at) > first.submitted_at
    kept = kept_counts(made.call)
    assert kept == (of_packages, of_members)
    failed = set(BlindCopy.objects.exclude(failed_at=None).values_list("pk", flat=True))
    assert failed == set(BlindCopy.objects.values_list("pk", flat=True))
    for model in (PackageCount, MemberCount):
        model.objects.all().delete()
    BlindCopy.objects.update(failed_at=None)
    import_module("ketang.selection.migrations.0038_review_counted").count(apps, None)
    assert kept_counts(made.call) == kept
    assert set(BlindCopy.objects.exclude(failed_at=None).values_list("pk", flat=True)) == failed


def kept_counts(call: Call) -> tuple[Packages, Members]:
    """As `counted` tells them."""
    packages = PackageCount.objects.filter(call=call).values_list("pk", "number", "assigned", "sheets")
    members = MemberCount.objects.filter(call=call).values_list("expert", "assigned", "sheets", "last_at")
    return {key: (*rest,) for key, *rest in packages}, {key: (*rest,) for key, *rest in members}  # type: ignore[misc]


def test_two_windows_of_one_sheet(column: Column, shipped_call: str) -> None:
    made = review(shipped_call, [b"no package"], experts=1)
    assignment, member = hand_assigned(made), made.members[0]
    keep = {"actor": member, "assignment": assignment, "revision": 0}
    found = at_once(*(lambda n=n: save(**keep, filled=made.filled(str(n)), private=f"窗口{n}") for n in (5, 6)))  # type: ignore[misc]
    kept = Sheet.objects.get()
    (won,), (lost,) = ([one for one in found if isinstance(one, kind)] for kind in (Sheet, Stale))
    assert (won.revision, kept.revision, lost.sheet.revision) == (1, 1, 1)
    assert kept.filled == won.filled == lost.sheet.filled
    sign = {"actor": member, "assignment": assignment, "signed_as": "评审1"}
    found = at_once(*(lambda: submit(**sign) for _ in range(3)))
    first = SubmittedSheet.objects.get()
    assert sorted(str(one) if isinstance(one, Refused) else "ok" for one in found) == [
        "ok", "和已经提交的评分表一样，没有改动。", "和已经提交的评分表一样，没有改动。",
    ]  # fmt: skip
    save(actor=member, assignment=assignment, revision=1, filled=made.filled("8"))
    found = at_once(*(lambda n=n: submit(**sign, reason=f"窗口{n}重新看过") for n in range(3)))  # type: ignore[misc]
    assert Counter(type(one).__name__ for one in found) == {"SubmittedSheet": 1, "Refused": 2}
    second = SubmittedSheet.objects.get(superseded_by=None)
    assert (SubmittedSheet.objects.count(), second.index, second.supersedes) == (2, 2, first)
    assert isinstance(verify(), Whole)


def test_nothing_is_submitted_beside_a_ranking_that_becomes_final(column: Column, shipped_call: str) -> None:
    made = review(shipped_call, [b"no package"], experts=2)
    made.scored(hand_assigned(made), "7")
    other = hand_assigned(made, seat=1)
    save(actor=made.members[1], assignment=other, revision=0, filled=made.filled("9"))
    ranked = ranking.ask_ranking(actor=made.chief, call=made.call)
    worked_off("ranking.compute")
    inside, over = threading.Event(), threading.Event()

    def looks_and_takes_its_time(_assignment: Assignment) -> None:
        inside.set()  # no ranking is final now, and the sheet is not written yet
        over.wait(1)

    def make_final() -> None:
        inside.wait(60)
        try:
            ranking.make_final(actor=made.chief, ranking=ranked, reason="同意")
        finally:
            over.set()

    actions.before_submitting(looks_and_takes_its_time)
    try:
        found = at_once(lambda: submit(actor=made.members[1], assignment=other, signed_as="评审2"), make_final)
    finally:
        actions._submitting.remove(looks_and_takes_its_time)
    assert (Ranking.objects.get().is_final, SubmittedSheet.objects.count()) == (False, 2), found
    assert (type(found[0]), "评分表有了变化" in str(found[1])) == (SubmittedSheet, True)


def test_nothing_is_submitted_for_what_was_taken_away_meanwhile(column: Column, shipped_call: str) -> None:
    made = review(shipped_call, [b"no package"], experts=1)
    assignment = hand_assigned(made)
    save(actor=made.members[0], assignment=assignment, revision=0, filled=made.filled("9"))
    at_page = Assignment.objects.select_related("expert", "call").get()
    assigning.end(actor=made.chief, assignment=assignment, reason="改由他人评审")
    for act in (
        lambda: submit(actor=made.members[0], assignment=at_page, signed_as="评审1"),
        lambda: save(actor=made.members[0], assignment=at_page, revision=1, filled=made.filled("8")),
    ):
        with pytest.raises(Refused, match="这项评审已经取消"):
            act()
    assert (SubmittedSheet.objects.count(), Sheet.objects.get().revision) == (0, 1)


def test_one_plan_at_a_time_and_each_pair_once(column: Column, shipped_call: str) -> None:
    made = review(shipped_call, [b"no package", b"no package 2"])
    found = at_once(*(lambda: assigning.ask(actor=made.chief, call=made.call, wanted=2) for _ in range(3)))
    assert Counter(type(one).__name__ for one in found) == {"Plan": 1, "Refused": 2}
    worked_off("assigning.solve")
    found = at_once(*(lambda: assigning.apply(actor=made.chief, plan=Plan.objects.get()) for _ in range(3)))
    assert Counter(type(one).__name__ for one in found) == {"list": 1, "Refused": 2}
    pairs = Counter(Assignment.objects.values_list("submission", "expert"))
    assert (len(pairs), set(pairs.values()), Plan.objects.get().assignments.count()) == (4, {1}, 4)
    assert Job.objects.filter(name="scoring.copy").count() == BlindCopy.objects.count() == 2
    assert isinstance(verify(), Whole)
