"""Filling in a score sheet, submitting it, superseding it; and that nothing changes it afterwards."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction
from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.selection.assigning.models import Assignment
from ketang.selection.calls import actions as calls
from ketang.selection.experts.models import Conflict, Ground, PanelSeat
from ketang.selection.ranking.models import Ranking
from ketang.selection.scoring.actions import Stale, content_of, save, submit
from ketang.selection.scoring.models import Sheet, SubmittedSheet
from ketang.selection.scoring.own import SHARE
from ketang.selection.scoring.permissions import may_have_sheet, may_score, may_see_sheets
from ketang.selection.scoring.queries import counting_sheets
from ketang.selection.scoring.rubric import digest_of

pytestmark = pytest.mark.django_db(transaction=True)

CRITERIA = ("standard", "teaching", "practice", "resources", "exams", "media")
SCORES = dict(zip(CRITERIA, ("8", "7.5", "9", "6", "10", "5.5"), strict=True))
TOTAL = Decimal("7.6250")
"""(20·8 + 20·7.5 + 20·9 + 15·6 + 10·10 + 15·5.5) / 100, by hand."""


@pytest.fixture
def expert(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.EXPERT]
    assert isinstance(found, Account)
    return found


def filled(**changes: str) -> dict[str, object]:
    return {"scores": {**SCORES, **changes}, "notes": {"media": "第二课有电流声"}, "moments": [], "overall": ""}


def submitted(
    expert: Account, assignment: Assignment, revision: int = 0, reason: str = "", **changes: str
) -> SubmittedSheet:
    save(actor=expert, assignment=assignment, revision=revision, filled=filled(**changes))
    return submit(actor=expert, assignment=assignment, signed_as="评审甲", reason=reason)


def test_a_sheet_is_kept_and_submitted(expert: Account, assignment: Assignment) -> None:
    kept = save(
        actor=expert,
        assignment=assignment,
        revision=0,
        filled={"scores": {"media": "5.5"}},
        private="再看一遍",
        seconds=40,
    )
    assert (kept.revision, kept.seconds, kept.private) == (1, 40, "再看一遍")
    assert kept.filled == {"scores": {"media": "5.5"}, "notes": {}, "moments": [], "overall": ""}
    made = submitted(expert, assignment, revision=1)
    assert (made.index, made.total, made.scores, made.supersedes) == (1, TOTAL, SCORES, None)
    assert made.notes == {"media": "第二课有电流声"}
    assert made.digest == digest_of(content_of(SubmittedSheet.objects.get(pk=made.pk)))
    assert list(counting_sheets(assignment.call)) == [made]
    assert [row.action for row in history(made)] == ["scoring.submit"]
    assert "再看一遍" not in str(SubmittedSheet.objects.filter(pk=made.pk).values())


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ("7.3", "“声音与画面质量”的分数以 0.5 分为一档。"),
        ("10.5", "“声音与画面质量”的分数应当在 0 到 10 之间。"),
        ("-1", "“声音与画面质量”的分数应当在 0 到 10 之间。"),
        ("NaN", "“声音与画面质量”的分数应当在 0 到 10 之间。"),
        ("好", "“声音与画面质量”的分数应当是数字。"),
    ],
)
def test_a_score_that_the_rubric_does_not_know(expert: Account, assignment: Assignment, score: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        save(actor=expert, assignment=assignment, revision=0, filled=filled(media=score))
    assert (str(refused.value), refused.value.field) == (words, "score-media")
    assert Sheet.objects.count() == 0


def test_a_score_typed_in_full_width_is_the_same(expert: Account, assignment: Assignment) -> None:
    assert (
        save(actor=expert, assignment=assignment, revision=0, filled=filled(media="５．５")).filled["scores"] == SCORES
    )


def test_two_windows_do_not_overwrite_each_other(expert: Account, assignment: Assignment) -> None:
    save(actor=expert, assignment=assignment, revision=0, filled=filled())
    with pytest.raises(Stale) as stale:
        save(actor=expert, assignment=assignment, revision=0, filled=filled(media="9"))
    assert stale.value.sheet.filled["scores"]["media"] == "5.5"
    assert (
        save(actor=expert, assignment=assignment, revision=0, filled=filled()).revision == 1
    )  # the same again: an answer was lost


def test_nothing_missing_is_submitted(expert: Account, assignment: Assignment) -> None:
    save(actor=expert, assignment=assignment, revision=0, filled=filled(media="", exams=""))
    with pytest.raises(Refused) as refused:
        submit(actor=expert, assignment=assignment, signed_as="评审甲")
    assert (str(refused.value), refused.value.field) == ("还没有评分：考题与内容相符、声音与画面质量。", "score-exams")
    with pytest.raises(Refused, match="请签上姓名"):
        submit(actor=expert, assignment=assignment, signed_as=" ")


def test_a_submitted_sheet_is_superseded_with_a_reason_and_stays(expert: Account, assignment: Assignment) -> None:
    first = submitted(expert, assignment)
    with pytest.raises(Refused, match="没有改动"):
        submit(actor=expert, assignment=assignment, signed_as="评审甲", reason="再交一次")
    with pytest.raises(Refused) as refused:
        submitted(expert, assignment, revision=1, media="9")
    assert refused.value.field == "reason"
    second = submit(actor=expert, assignment=assignment, signed_as="评审甲", reason="重看了第二课")
    assert (second.index, second.supersedes, second.reason) == (2, first, "重看了第二课")
    assert list(counting_sheets(assignment.call)) == [second]
    kept = SubmittedSheet.objects.get(pk=first.pk)
    assert (kept.scores, kept.total, kept.digest) == (SCORES, TOTAL, first.digest)


def test_the_database_itself_refuses_to_change_a_submitted_sheet(expert: Account, assignment: Assignment) -> None:
    made = submitted(expert, assignment)
    with pytest.raises(Error, match="never changes"), transaction.atomic():
        SubmittedSheet.objects.filter(pk=made.pk).update(total=Decimal(10))
    assert SubmittedSheet.objects.get(pk=made.pk).total == TOTAL


def test_not_before_the_declaration_not_with_a_conflict_not_after_dropping_out(
    expert: Account, assignment: Assignment
) -> None:
    seat = PanelSeat.objects.get()
    assert may_score(expert, assignment)
    PanelSeat.objects.update(declared_at=None)
    assert not may_score(expert, assignment)
    PanelSeat.objects.update(declared_at=timezone.now(), left_at=timezone.now())
    assert not may_score(expert, assignment)
    PanelSeat.objects.update(left_at=None)
    Conflict.objects.create(expert=seat.expert, submission=assignment.submission, ground=Ground.UNIT, reason="同一单位")
    with pytest.raises(PermissionDenied):
        save(actor=expert, assignment=assignment, revision=0, filled=filled())


def test_not_outside_the_review(expert: Account, assignment: Assignment, administrator: Account) -> None:
    calls.close(call=assignment.call, actor=administrator)
    with pytest.raises(Refused, match="已截止"):
        save(actor=expert, assignment=assignment, revision=0, filled=filled())


@pytest.mark.parametrize("role", Role)
def test_who_may_what(actors: dict[Role, Actor], assignment: Assignment, role: Role) -> None:
    actor = actors[role]
    own = role == Role.EXPERT
    office = role in (Role.CLERK, Role.ADMINISTRATOR)
    assert (may_have_sheet(actor, assignment), may_score(actor, assignment), may_see_sheets(actor)) == (
        own,
        own,
        office,
    )


def test_not_once_the_ranking_is_final(expert: Account, assignment: Assignment) -> None:
    save(actor=expert, assignment=assignment, revision=0, filled=filled())
    Ranking.objects.create(call=assignment.call, method="x/1", inputs="0" * 64, result={"rows": []}, is_final=True)
    with pytest.raises(Refused, match="排名已经确定"):
        submit(actor=expert, assignment=assignment, signed_as="评审甲")


def test_a_persons_sheets_are_given_out_and_what_was_not_submitted_is_erased(
    expert: Account, assignment: Assignment
) -> None:
    submitted(expert, assignment)
    save(actor=expert, assignment=assignment, revision=1, filled=filled(media="9"), private="只给自己")
    given = SHARE.export(expert)
    assert [one["private"] for one in given["sheets"]] == ["只给自己"]
    assert [one["scores"] for one in given["submitted"]] == [SCORES]
    assert [str(kept.what) for kept in SHARE.erase(expert)] == ["已提交的评分表和署名"]
    assert (Sheet.objects.count(), SubmittedSheet.objects.count()) == (0, 1)
