"""Printing, entering, a second person's check, undoing; the papers themselves; a person's data."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ketang.classroom.certificates.actions import issue, set_terms
from ketang.classroom.exams.marks import worked_out
from ketang.classroom.exams.models import Attempt, Entry, Question
from ketang.classroom.exams.queries import marking_of, passed
from ketang.classroom.papers.actions import Read, check, enter, make_printing, undo
from ketang.classroom.papers.models import Keyed
from ketang.classroom.papers.paper import Size, write_blank_sheet, write_key, write_paper, write_sheets
from ketang.classroom.papers.permissions import may_check_sheet, may_keep_sheets, may_read_sheets
from ketang.classroom.papers.queries import papers_for, printings_of, rows_of, waiting_printings
from ketang.people.account.actions import open_by_command
from ketang.people.privacy.registry import shares
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from learning_rows import published_course

from .conftest import Hall

pytestmark = pytest.mark.django_db
RIGHT = {1: ("A",), 2: ("A", "B"), 3: ("对",)}
FIRST, SECOND = "示例学员一", "示例学员二"


def entered(hall: Hall, name: str = FIRST, sheet: int = 0, chosen: dict[int, tuple[str, ...]] = RIGHT) -> Keyed:
    account = hall.learners[name]
    number = sheet or hall.printing.sheets.get(account=account).number
    made = enter(
        actor=hall.teacher, printing=hall.printing, sat_on=timezone.localdate(), rows=[Read(account, number, chosen)]
    )
    return made[0]


def words_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_a_sheet_for_each_learner_and_spare_ones(hall: Hall) -> None:
    assert [(one.number, one.account.name if one.account else "") for one in hall.printing.sheets.all()] == [
        (1, FIRST), (2, SECOND), (3, ""), (4, ""),
    ]  # fmt: skip
    assert [(one.pk, one.sheet_count, one.entered, one.waiting) for one in printings_of(hall.group)] == [
        (hall.printing.pk, 4, 0, 0)
    ]


def test_a_second_person_makes_it_an_attempt(hall: Hall) -> None:
    keyed = entered(hall)
    assert Attempt.objects.count() == 0
    assert [one.pk for one in waiting_printings()] == [hall.printing.pk]
    with pytest.raises(PermissionDenied):
        check(actor=hall.teacher, printing=hall.printing, entries=[keyed])
    assert Attempt.objects.count() == 0
    made = check(actor=hall.second, printing=hall.printing, entries=[keyed])
    assert check(actor=hall.clerk, printing=hall.printing, entries=[keyed]) == []
    keyed.refresh_from_db()
    attempt, marking = made[0], marking_of(made[0])
    assert marking is not None
    assert (attempt.submitted_how, attempt.used_ms, attempt.account, marking.total, marking.passed) == (
        "pen", 0, hall.learners[FIRST], Decimal(100), True,
    )  # fmt: skip
    assert worked_out(attempt)[0].total == marking.total
    assert passed(hall.learners[FIRST], hall.course) == attempt
    assert (keyed.attempt, keyed.entered_by, keyed.checked_by) == (attempt, hall.teacher, hall.second)
    log = Entry.objects.order_by("number").values_list("number", "place__order", "chosen", "by__login", "stands")
    assert list(log) == [
        (order, order, list(chosen), hall.teacher.login, True) for order, chosen in RIGHT.items()
    ]  # fmt: skip
    assert [one.action for one in history(keyed)] == ["papers.enter", "papers.check"]
    assert not waiting_printings().exists()


def test_marks_are_those_of_the_marking(hall: Hall) -> None:
    chosen = {1: ("A", "B"), 2: ("A",), 3: ("错",)}
    made = check(actor=hall.clerk, printing=hall.printing, entries=[entered(hall, chosen=chosen)])
    marking = marking_of(made[0])
    assert marking is not None
    assert (marking.total, marking.passed, sorted(marking.points.values())) == (Decimal(0), False, ["0.00"] * 3)


def test_what_is_refused(hall: Hall) -> None:
    entered(hall)
    stranger = open_by_command(login="stranger", name="外人").account
    first, second, today = hall.learners[FIRST], hall.learners[SECOND], timezone.localdate()
    for row, words in (
        (Read(stranger, 3, RIGHT), "外人 不在这个班里，不能录入。"),
        (Read(first, 3, RIGHT), "示例学员一 的答案已经录入过（答题纸 1）。要改，请先撤销原来的录入。"),
        (Read(second, 1, RIGHT), "示例学员二：1 号答题纸已经录入，录在 示例学员一 名下。"),
        (Read(second, 9, RIGHT), "示例学员二：这次考试没有 9 号答题纸。"),
        (Read(second, 2, {4: ("A",)}), "示例学员二：答案里有这套试卷没有的题或选项。"),
        (Read(second, 2, {1: ("E",)}), "示例学员二：答案里有这套试卷没有的题或选项。"),
    ):
        with pytest.raises(Refused) as refused:
            enter(actor=hall.teacher, printing=hall.printing, sat_on=today, rows=[row])
        assert str(refused.value) == words
    with pytest.raises(Refused, match=r"考试日期不能晚于今天。"):
        enter(
            actor=hall.teacher, printing=hall.printing, sat_on=today + timedelta(days=1), rows=[Read(second, 2, RIGHT)]
        )
    for actor in (hall.clerk, first, stranger):
        with pytest.raises(PermissionDenied):
            enter(actor=actor, printing=hall.printing, sat_on=today, rows=[Read(second, 2, RIGHT)])
    assert Keyed.objects.count() == 1


def test_another_learners_sheet_is_refused_and_the_whole_batch_with_it(hall: Hall) -> None:
    rows = [Read(hall.learners[FIRST], 1, RIGHT), Read(hall.learners[SECOND], 1, RIGHT)]
    with pytest.raises(Refused, match=r"录在 示例学员一 名下"):
        enter(actor=hall.teacher, printing=hall.printing, sat_on=timezone.localdate(), rows=rows)
    assert Keyed.objects.count() == 0
    with pytest.raises(Refused, match=r"1 号答题纸印的是 示例学员一 的姓名。请核对号码。"):
        entered(hall, SECOND, sheet=1)


def test_undone_and_entered_anew(hall: Hall) -> None:
    keyed = entered(hall)
    check(actor=hall.second, printing=hall.printing, entries=[keyed])
    with pytest.raises(Refused, match="请写明撤销的理由"):
        undo(actor=hall.teacher, keyed=keyed, reason=" ")
    undo(actor=hall.teacher, keyed=keyed, reason="第 2 题看错")
    undo(actor=hall.second, keyed=keyed, reason="再来一次")
    assert (keyed.attempt, keyed.undone_because, keyed.undone_by, Attempt.objects.count(), Entry.objects.count()) == (
        None, "第 2 题看错", hall.teacher, 0, 0,
    )  # fmt: skip
    assert [one.action for one in history(keyed)] == ["papers.enter", "papers.check", "papers.undo"]
    again = entered(hall, chosen={1: ("A",)})
    assert [row.keyed for row in rows_of(hall.printing) if row.keyed] == [again]


def test_no_undoing_below_a_certificate(hall: Hall) -> None:
    keyed = entered(hall)
    check(actor=hall.second, printing=hall.printing, entries=[keyed])
    set_terms(actor=hall.clerk, course=hall.course, is_offered=True, every_lesson=False, exam=True, least=Decimal(0))
    issue(actor=hall.teacher, account=hall.learners[FIRST], course=hall.course)
    with pytest.raises(Refused, match="先请主办单位撤销证书"):
        undo(actor=hall.teacher, keyed=keyed, reason="看错")
    assert Attempt.objects.count() == 1


def test_only_papers_that_the_class_may_sit(hall: Hall) -> None:
    assert [one.number for one in papers_for(hall.group)] == [1, 2, 3]
    foreign = published_course("另一门课")
    assert foreign not in {one.edition.course for one in papers_for(hall.group)}
    hall.paper.is_open = False
    hall.paper.save()
    with pytest.raises(Refused, match="这套试卷现在不能考"):
        make_printing(actor=hall.teacher, group=hall.group, paper=hall.paper, spare=0)
    with pytest.raises(PermissionDenied):
        make_printing(actor=hall.clerk, group=hall.group, paper=hall.paper, spare=0)


@pytest.mark.parametrize(
    ("size", "width_mm", "least"), [(Size.NORMAL, 210, 11), (Size.LARGE, 210, 18), (Size.LARGEST, 297, 18)]
)
def test_papers_are_tagged_and_large_print_is_large(hall: Hall, size: Size, width_mm: int, least: float) -> None:
    for written in (write_paper(hall.paper, size), write_sheets(hall.printing, size)):
        with pikepdf.open(io.BytesIO(written)) as opened:
            root = opened.Root
            assert bool(root.MarkInfo.Marked) is True
            assert b"pdfuaid:part" in bytes(root.Metadata.read_bytes())
            assert round(float(opened.pages[0].MediaBox[2]) / 72 * 25.4) == width_mm
    sizes = {
        round(text.get_font_size(), 1)
        for page in pypdfium2.PdfDocument(write_paper(hall.paper, size))
        for text in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
    }
    assert sorted(sizes)[1 if len(sizes) > 1 else 0] >= least  # below it is the number of the page


def test_what_stands_on_paper_sheet_and_key(hall: Hall) -> None:
    said = words_of(write_paper(hall.paper, Size.NORMAL))
    for words in ("试卷 1", "喂水前先做什么？", "A. 洗手", "D. 开窗", "共 3 题，总分 100 分，60 分及格。", "不限时。"):
        assert words in said
    assert "先洗手，防止" not in said
    assert "正确答案" not in said
    sheets = words_of(write_sheets(hall.printing, Size.NORMAL))
    assert [f"{hall.printing.pk:05d}-{number:03d}" in sheets for number in range(1, 6)] == [True] * 4 + [False]
    assert (FIRST in sheets, "可选多个" in sheets, "对" in sheets) == (True, True, True)
    assert FIRST not in words_of(write_blank_sheet(hall.paper, Size.LARGE))
    key = words_of(write_key(hall.paper))
    for words in ("评分用答案", "正确答案：A. 洗手", "A. 滴在手腕内侧；B. 用温度计", "正确答案：对", "先洗手，防止病菌带给老人".replace("病菌", "把病菌")):  # fmt: skip
        assert words in key


def test_markup_in_a_question_stays_what_it_is(hall: Hall) -> None:
    Question.objects.filter(places__paper=hall.paper, places__order=1).update(stem="#pagebreak() $x$ *粗*", options=["#a", "_b_", "=c", "@d"])  # fmt: skip
    said = words_of(write_paper(hall.paper, Size.NORMAL))
    for words in ("#pagebreak() $x$ *粗*", "A. #a", "B. _b_", "C. =c", "D. @d"):
        assert words in said


def test_a_persons_data(hall: Hall) -> None:
    keyed = entered(hall)
    check(actor=hall.second, printing=hall.printing, entries=[keyed])
    share = next(one for one in shares() if one.applet == "papers")
    learner, teacher = hall.learners[FIRST], hall.teacher
    assert [row["chosen"] for row in share.export(learner)["sheets"]] == [{"1": ["A"], "2": ["A", "B"], "3": ["对"]}]
    assert {name: len(rows) for name, rows in share.export(teacher).items()} == {
        "sheets": 0, "entered_for_others": 1, "checked_for_others": 0,
    }  # fmt: skip
    share.erase(teacher)
    keyed.refresh_from_db()
    assert keyed.entered_by is None
    share.erase(learner)
    assert (Keyed.objects.count(), hall.printing.sheets.filter(account=learner).count()) == (0, 0)


def test_who_may_what(hall: Hall, actors: dict[Role, Actor]) -> None:
    """Everybody of each role, and nobody else: the class's own centre, and the office to read and to check."""
    keyed = entered(hall)
    may = {
        role: (may_keep_sheets(one, hall.group), may_read_sheets(one, hall.group), may_check_sheet(one, keyed))
        for role, one in actors.items()
    }
    office = dict.fromkeys((Role.CLERK, Role.ADMINISTRATOR), (False, True, True))
    nobody = dict.fromkeys(actors, (False, False, False))
    # The teacher is who entered it; the colleague checks.
    assert may == nobody | office | {Role.CENTRE: (True, True, False)}
    assert (may_keep_sheets(hall.second, hall.group), may_check_sheet(hall.second, keyed)) == (True, True)
