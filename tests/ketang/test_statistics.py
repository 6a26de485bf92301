"""Statistics over calls: whole tables counted by hand, reasons counted exactly, quartiles by exact decimals, page, workbook, permission."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ketang.insight.statistics import permissions
from ketang.insight.statistics.choosing import choose
from ketang.insight.statistics.costs import Cost, cents, quartile
from ketang.insight.statistics.counting import Counts, Row, percent
from ketang.insight.statistics.figures import Statistics, statistics
from ketang.insight.statistics.reasons import Said, short
from ketang.people.account.models import Account
from ketang.people.permitting import PERMISSIONS
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.running import run
from ketang.selection.awarding.models import Decision
from ketang.selection.calls.models import Call, CallState
from ketang.selection.intake.models import Submission
from ketang.selection.notices.models import Notice, NoticeItem
from ketang.selection.ruling import actions as rulings
from ketang.selection.ruling.models import RulingKind
from ketang.selection.tallying.actions import keep_tallies
from ketang.selection.tallying.models import DistrictFrom, TalliedFault, Tally
from ketang.web.office import statistics_plots as plots
from ketang.web.plots import Plot
from ketang_accounts import signed_in
from ketang_reports import SHORT_ETHICS, checked, sketched
from statistics_rows import ROWS, package, planted

pytestmark = pytest.mark.django_db
BOOK = "tianjin/2023"
NOTHING = (0, 0, 0, 0, 0, 0, "0.00")
MOST_QUERIES = 20


def numbers(of: Counts) -> tuple[Any, ...]:
    return (of.received, of.complete, of.accepted, of.awarded, of.published, of.gone, f"{of.amount:.2f}")


def told(rows: list[Row]) -> list[tuple[Any, ...]]:
    return [(row.code, row.words, *numbers(row.counts)) for row in rows]


@pytest.fixture
def calls(administrator: Account) -> list[Call]:
    return planted(administrator)


@pytest.fixture
def found(calls: list[Call]) -> Statistics:
    return statistics(calls)


# received, complete, accepted, awarded, published, gone, yuan
def test_by_category(found: Statistics) -> None:
    assert told(found.categories) == [
        ("P2(1)", "法律法规及政策解读", 2, 0, 0, 0, 0, 0, "0.00"),
        ("P2(2)", "制造业新技术新工艺与急需紧缺职业", *NOTHING),
        ("P2(3)", "现代服务业", 5, 4, 4, 3, 1, 1, "39000.00"),
        ("P2(4)", "平台经济、共享经济新业态", 4, 4, 3, 1, 0, 0, "5000.00"),
        ("P2(5)", "承接北京非首都功能", *NOTHING),
        ("P2(6)", "天津港产业集群", *NOTHING),
        ("P2(7)", "非遗、文创、传统技艺与通识", *NOTHING),
        ("", "其他或没有写", 1, 0, 0, 0, 0, 1, "0.00"),
    ]
    assert numbers(found.whole) == (12, 8, 7, 4, 1, 2, "44000.00")
    assert (found.unconfirmed, found.untallied) == (1, 0)


def test_by_district_and_by_what_it_is_known(found: Statistics) -> None:
    assert [row for row in told(found.districts) if row[2]] == [
        ("", "河西区", 4, 3, 3, 3, 1, 0, "39000.00"), ("", "滨海新区", 4, 3, 3, 1, 0, 1, "5000.00"),
        ("", "外地", 1, 1, 0, 0, 0, 0, "0.00"), ("", "看不出在哪个区", 3, 1, 1, 0, 0, 1, "0.00"),
    ]  # fmt: skip
    assert [row.words for row in found.districts][:2] == ["和平区", "河东区"]
    assert len(found.districts) == 16 + 2
    assert found.known.sources == [
        (DistrictFrom.ADDRESS, 1), (DistrictFrom.CODE, 8), (DistrictFrom.NAME, 0), (DistrictFrom.RECOMMENDER, 0),
    ]  # fmt: skip
    assert (found.known.unknown, found.known.percent, found.known.has_districts) == (3, "25.0%", True)


def test_by_kind_of_supplier(found: Statistics) -> None:
    assert told(found.kinds) == [
        ("", "学校和培训机构", 3, 3, 3, 3, 1, 0, "39000.00"), ("", "企业", 5, 4, 3, 1, 0, 1, "5000.00"),
        ("", "个人", 4, 1, 1, 0, 0, 1, "0.00"),
    ]  # fmt: skip


def test_from_call_to_call(found: Statistics) -> None:
    steps = [
        (one.number, one.year, one.call.slug, *numbers(one.counts), one.median, one.change_words) for one in found.steps
    ]
    assert steps == [
        (1, 2023, "counted-one", 5, 3, 3, 2, 1, 2, "19000.00", Decimal("1125.00"), "—"),
        (2, 2025, "counted-two", 7, 5, 4, 2, 0, 0, "25000.00", Decimal("2857.14"), "+2（+40.0%）"),
    ]


def test_yuan_an_hour_by_exact_decimals(found: Statistics) -> None:
    of = (3, Decimal("24.00"), Decimal("39000.00"), Decimal("1125.00"), Decimal("1250.00"), Decimal("2053.57"))
    assert found.hourly == [Cost("现代服务业", *of, "P2(3)"), Cost("全部", *of)]
    assert found.without_hours == 1, "no hour at all divides nothing"


def test_reasons_written_with_decisions(found: Statistics) -> None:
    assert found.said == [
        Said("不予受理", "不是培训课程", 1), Said("候补", "名次在后", 1), Said("未入选", "名次在后", 1),
    ]  # fmt: skip


def test_an_undone_decision_and_a_course_taken_down_count_no_more(calls: list[Call]) -> None:
    first = Decision.objects.get(submission__number="S-01")
    first.course.state = "withdrawn"
    first.course.save()
    assert numbers(statistics(calls).whole) == (12, 8, 7, 4, 0, 2, "44000.00")
    first.undone_at = datetime(2026, 1, 1, tzinfo=UTC)
    first.save()
    assert numbers(statistics(calls).whole) == (12, 8, 7, 3, 0, 2, "35000.00")
    again = Decision.objects.create(
        submission=first.submission, version=first.version, outcome="selected", amount="1.10"
    )
    assert (numbers(statistics(calls).whole), statistics(calls).unconfirmed) == ((12, 8, 7, 3, 0, 2, "35000.00"), 2)
    Decision.objects.filter(pk=again.pk).update(confirmed_at=datetime(2026, 1, 2, tzinfo=UTC))
    after = statistics(calls)
    assert numbers(after.whole) == (12, 8, 7, 4, 0, 2, "35001.10")
    assert sum(row.counts.amount for row in after.kinds) == Decimal("35001.10")


def test_one_call_and_what_is_not_tallied_yet(calls: list[Call]) -> None:
    Tally.objects.filter(submission__number="S-06").delete()
    after = statistics(calls[1:])
    assert (numbers(after.whole), after.untallied) == ((7, 5, 4, 2, 0, 0, "25000.00"), 1)
    assert [row[1:3] for row in told(after.kinds)] == [("企业", 3), ("个人", 3), ("看不出", 1)]
    assert [(one.number, one.change_words) for one in after.steps] == [(1, "—")]
    assert (after.hourly, after.without_hours) == ([], 2)


def test_no_awards_yet(calls: list[Call]) -> None:
    Decision.objects.update(undone_at=datetime(2026, 1, 1, tzinfo=UTC))
    after = statistics(calls)
    assert (numbers(after.whole), after.hourly, after.without_hours, after.unconfirmed) == (
        (12, 8, 7, 0, 0, 2, "0.00"), [], 0, 0,
    )  # fmt: skip


def test_calls_without_districts(calls: list[Call]) -> None:
    for one in Call.objects.all():
        Call.objects.filter(pk=one.pk).update(file=one.file | {"region": None})
    keep_tallies()
    after = statistics(list(Call.objects.filter(pk__in=[call.pk for call in calls])))
    assert (after.known.has_districts, after.known.percent) == (False, "100.0%")
    assert [row[1:3] for row in told(after.districts)] == [("看不出在哪个区", 12)]


def test_clauses_are_counted_once_a_package_at_their_gravest(
    supplier_draft: Submission, administrator: Account
) -> None:
    report = sketched(SHORT_ETHICS, hours="9.0", form={"phone": "12"})
    check = checked(supplier_draft, report)
    by_rule = {one.rule: one.fingerprint for one in report.findings}
    more = {"actor": administrator, "check": check}
    rulings.rule_on(**more, fingerprint=by_rule["hours-differ"], kind=RulingKind.DISMISS, reason="按课时表。")
    rulings.look_over(**more, clauses=[(BOOK, "A4(5)")], kind=RulingKind.UNMET, reason="画面抖动。")
    second = Submission.objects.create(
        call=supplier_draft.call, organisation=supplier_draft.organisation, title="二", number="X-2", state="submitted"
    )
    keep_tallies()
    other = Tally.objects.get(submission=second)
    for clause, rule, gravity in (
        ("F1", "", "warning"), ("F1", "form-phone-invalid", "warning"), ("F1", "another-rule", "warning"),
    ):  # fmt: skip
        TalliedFault.objects.create(
            tally=other, call=second.call, rulebook=BOOK, clause=clause, rule=rule, gravity=gravity
        )
    _asked(supplier_draft, administrator, "sent", [("finding", BOOK, "A3(1)", ""), ("paper", "", "P7.1", "")])
    _asked(second, administrator, "answered", [("finding", BOOK, "A3(1)", ""), ("clause", BOOK, "F1", "已另行说明")])
    _asked(second, administrator, "draft", [("finding", BOOK, "A3(1)", ""), ("paper", "", "P7.1", "")])
    after = statistics([supplier_draft.call])
    title = {one.rule: one.title.zh for one in report.findings}
    assert [
        (one.clause, one.words, one.book, one.errors, one.unmet, one.warnings, one.asked, one.faults)
        for one in after.clauses
    ] == [
        ("F1", "一、基本信息", "", 1, 0, 1, 0, [(title["form-phone-invalid"], 2), ("another-rule", 1)]),
        ("A4(5)", "全片图像无抖动跳跃", "", 0, 1, 0, 0, []),
        ("A3(2).1", "职业道德、职业规范、工匠精神、质量意识、法律意识和相关法律法…", "", 0, 0, 1, 0, [(title["share-ethics-low"], 1)]),
        ("A3(1)", "课程课时", "", 0, 0, 0, 2, []),
        ("P7.1", "缺书面版", "", 0, 0, 0, 1, []),
    ]  # fmt: skip
    assert after.checked == 1


def _asked(of: Submission, actor: Account, state: str, items: list[tuple[str, str, str, str]]) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    made = Notice.objects.create(
        submission=of, number=f"N-{Notice.objects.count()}", state=state, due_at=at, made_by=actor
    )
    for order, (kind, rulebook, clause, left_out) in enumerate(items):
        NoticeItem.objects.create(
            notice=made, order=order, kind=kind, rulebook=rulebook, clause=clause, left_out=left_out
        )


def test_what_a_person_confirmed_on_a_second_rulebook_names_the_book(calls: list[Call]) -> None:
    tally = Tally.objects.get(submission__number="S-01")
    TalliedFault.objects.create(tally=tally, call=calls[0], rulebook="a/1", clause="1.2", gravity="error")
    (only,) = statistics(calls).clauses
    assert (only.clause, only.words, only.book, only.counts) == ("1.2", "", "a/1", 1)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("课程介绍。用于学习者", "课程介绍"), ("网络课程资源基本情况表（附件2）；", "网络课程资源基本情况表（附件2）"),
        ("No. 3", "No"), ("2.5 hours: at most", "2.5 hours"), ("十" * 31, "十" * 30 + "…"), ("x" * 61, "x" * 60 + "…"), ("", ""),
    ],
)  # fmt: skip
def test_a_clause_in_short(words: str, shown: str) -> None:
    assert short(words) == shown


@given(st.lists(st.fractions(0, 10_000), min_size=1, max_size=30))
def test_quartiles_are_exact(values: list[Fraction]) -> None:
    values.sort()
    lower, median, upper = (quartile(len(values), quarter, values.__getitem__) for quarter in (1, 2, 3))
    assert values[0] <= lower <= median <= upper <= values[-1]
    half, odd = divmod(len(values), 2)
    assert median == (values[half] if odd else (values[half - 1] + values[half]) / 2)
    assert sum(value <= lower for value in values) * 4 >= len(values)


def test_cents_are_rounded_half_up() -> None:
    shown = [cents(Fraction(*one)) for one in ((1, 200), (1, 201), (20000, 7), (0, 1), (3, 200))]
    assert shown == [Decimal(one) for one in ("0.01", "0.00", "2857.14", "0.00", "0.02")]
    assert [percent(one) for one in (None, Decimal("0.0005"), Decimal(1) / 3, Decimal(1))] == [
        "—", "0.1%", "33.3%", "100.0%",
    ]  # fmt: skip


def test_years_and_calls_are_chosen(calls: list[Call]) -> None:
    one, two = calls

    def slugs(**asked: Any) -> tuple[list[str], list[str]]:
        made = choose(**asked)
        return [call.slug for call in made.offered], [call.slug for call in made.calls]

    both = ["counted-one", "counted-two"]
    assert slugs() == (both, both), "a draft is no call yet"
    assert slugs(first=2024) == (both[1:], both[1:])
    assert slugs(last=2023) == (both[:1], both[:1]), "the last day of the year, by the call's clock"
    assert slugs(wanted=[str(two.uuid)]) == (both, both[1:])
    assert slugs(first=2024, wanted=[str(one.uuid)]) == (both[1:], both[1:]), "ticked before the years were changed"
    assert slugs(first=2030) == ([], [])
    assert (choose().any_call, choose().is_all, choose(first=2030).any_call) == (True, True, True)
    Call.objects.update(state=CallState.DRAFT)
    assert choose().any_call is False


def drawn(plot: Plot | None) -> list[tuple[str, ...]]:
    assert plot is not None
    return [(one.name, one.told, one.low, one.was, one.high, one.at) for one in plot.strips]


def test_plots_draw_what_the_tables_say(found: Statistics) -> None:
    kinds = plots.of_rows("kinds", "各类", found.kinds)
    assert drawn(kinds) == [
        ("学校和培训机构", "3 → 3", "3.00", "59.40", "59.40", "59.40"),
        ("企业", "5 → 1", "3.00", "97.00", "97.00", "21.80"),
        ("个人", "4 → 0", "3.00", "78.20", "78.20", ""),
    ]
    assert [(mark.at, mark.words) for mark in kinds.marks] == [  # type: ignore[union-attr]
        ("3.00", "0"), ("21.80", "1"), ("40.60", "2"), ("59.40", "3"), ("78.20", "4"), ("97.00", "5"),
    ]  # fmt: skip
    assert [one.spoken for one in plots.of_calls(found.steps).strips] == [  # type: ignore[union-attr]
        "1. 2023 残疾人职业技能培训网络课程资源征集：收到 5，入选 2",
        "2. 2025 残疾人职业技能培训网络课程资源征集：收到 7，入选 2",
    ]
    assert plots.of_costs(found.hourly) is None, "one category is all there is"
    more = [
        *found.hourly[:1],
        Cost("其他", 1, Decimal(1), Decimal(9), *[Decimal("500.00")] * 3),
        *found.hourly[1:],
    ]
    assert drawn(plots.of_costs(more)) == [
        ("P2(3) 现代服务业", "1250.00", "45.30", "", "80.21", "50.00"), ("其他", "500.00", "21.80", "", "21.80", "21.80"),
        ("全部", "1250.00", "45.30", "", "80.21", "50.00"),
    ]  # fmt: skip
    assert (plots.of_rows("x", "x", []), plots.of_calls(found.steps[:1]), plots.of_costs([])) == (None, None, None)


def test_of_many_calls_the_latest_are_drawn(found: Statistics) -> None:
    assert len(plots.of_calls(found.steps * 10).strips) == plots.MOST_CALLS  # type: ignore[union-attr]


@pytest.mark.parametrize("role", Role)
def test_office_and_finance_see_statistics(actors: dict[Role, Actor], role: Role) -> None:
    may = {Role.CLERK, Role.FINANCE, Role.ADMINISTRATOR}
    assert permissions.may_see_statistics(actors[role]) is (role in may)
    names = {name for name in PERMISSIONS if name.startswith("ketang.insight.")}
    assert names == {"ketang.insight.statistics.permissions.may_see_statistics"}


def client_of(actors: dict[Role, Actor], role: Role) -> Client:
    account = actors[role]
    assert isinstance(account, Account)
    return signed_in(account)


def test_the_pages_are_for_office_and_finance_alone(actors: dict[Role, Actor], calls: list[Call]) -> None:
    for name in ("office-statistics", "office-statistics-export"):
        answers = {}
        for role in (Role.CLERK, Role.FINANCE, Role.ADMINISTRATOR, Role.EXPERT, Role.SUPPLIER, Role.LEARNER):
            answer = client_of(actors, role).get(reverse(name))
            answer.getvalue()
            answers[role] = answer.status_code
        assert answers == {
            Role.CLERK: 200, Role.FINANCE: 200, Role.ADMINISTRATOR: 200, Role.EXPERT: 403, Role.SUPPLIER: 403,
            Role.LEARNER: 403,
        }  # fmt: skip
        assert Client().get(reverse(name)).status_code == 302
        assert client_of(actors, Role.CLERK).post(reverse(name)).status_code == 405


def test_finance_reads_it_in_its_own_frame(actors: dict[Role, Actor], calls: list[Call]) -> None:
    of_finance = client_of(actors, Role.FINANCE).get(reverse("office-statistics")).content.decode()
    of_office = client_of(actors, Role.CLERK).get(reverse("office-statistics")).content.decode()
    assert [reverse("finance-payments") in of_finance, reverse("office-calls") in of_finance] == [True, False]
    assert [reverse("finance-payments") in of_office, reverse("office-calls") in of_office] == [False, True]
    assert "44000.00" in of_finance


def test_the_page_without_calls_with_wrong_years_and_with_none_of_these(
    actors: dict[Role, Actor], administrator: Account
) -> None:
    client, address = client_of(actors, Role.CLERK), reverse("office-statistics")
    assert "还没有征集" in client.get(address).content.decode()
    assert client.get(reverse("office-statistics-export")).getvalue().startswith(b"PK")
    planted(administrator)
    assert "这些年份没有征集" in client.get(address, {"first": "2030"}).content.decode()
    wrong = client.get(address, {"first": "2025", "last": "2024"}).content.decode()
    assert "结束的年份早于开始的年份" in wrong
    assert "收到" not in wrong.partition("<main")[2], "nothing is counted that was not asked for"
    for years in ({"first": "今年"}, {"first": "0"}, {"last": "99999999999999999999"}, {"call": "x' OR 1=1"}):
        assert client.get(address, years).status_code == 200
    page = client.get(address, {"first": "2024"}).content.decode()
    assert ("25000.00" in page, "44000.00" in page, 'id="calls"' in page) == (True, False, False)


def test_the_page_says_when_tallies_were_made(actors: dict[Role, Actor], calls: list[Call]) -> None:
    client, address = client_of(actors, Role.CLERK), reverse("office-statistics")
    assert "由后台每 2 分钟汇总一次" in client.get(address).content.decode()
    run(str(enqueue("tallying.keep", key="tallying.keep").uuid))
    Tally.objects.filter(submission__number="S-01").delete()
    assert "由后台每 2 分钟汇总一次" in client.get(address).content.decode(), "the same for a minute"
    cache.clear()
    page = client.get(address).content.decode()
    assert ("最近一次是" in page, "还有 1 件没有汇总" in page) == (True, True)


def test_the_page_costs_the_same_whatever_is_counted(
    actors: dict[Role, Actor], calls: list[Call], administrator: Account
) -> None:
    client, address = client_of(actors, Role.CLERK), reverse("office-statistics")
    unit = Submission.objects.get(number="S-01").organisation
    costs = []
    for more in ((), ("S-13", "S-14")):
        for number in more:
            package(calls[1], unit, (number, *ROWS[5][1:]), administrator)
        keep_tallies()
        for one in more:
            tally = Tally.objects.get(submission__number=one)
            TalliedFault.objects.create(tally=tally, call=calls[1], rulebook=BOOK, clause="F1", gravity="error")
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        costs.append(len(asked))
        assert f"<strong>{12 + len(more)}</strong> 收到" in page
    with CaptureQueriesContext(connection) as of_one:
        client.get(address, {"first": "2024"})
    assert costs == [len(of_one)] * 2
    assert costs[0] <= MOST_QUERIES


def test_the_workbook_has_every_table_with_its_types(actors: dict[Role, Actor], calls: list[Call]) -> None:
    answer = client_of(actors, Role.FINANCE).get(reverse("office-statistics-export"))
    assert unquote(answer["Content-Disposition"]).startswith("attachment; filename*=UTF-8''统计 20")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book.sheetnames == [
        "说明", "各次征集", "类别", "区", "供给方类型", "未通过的原因", "决定里的理由", "每学时费用",
    ]  # fmt: skip
    kinds = [tuple(cell.value for cell in row) for row in book["供给方类型"]]
    assert kinds == [
        ("供给方类型", "收到", "齐全", "进入评审", "入选", "已发布", "撤回或不予受理", "入选率", "入选金额（元）"),
        ("学校和培训机构", 3, 3, 3, 3, 1, 0, 1, 39000), ("企业", 5, 4, 3, 1, 0, 1, 0.2, 5000),
        ("个人", 4, 1, 1, 0, 0, 1, 0, 0),
    ]  # fmt: skip
    assert (book["供给方类型"]["H3"].number_format, book["供给方类型"]["I3"].number_format) == ("0.0%", "#,##0.00")
    hourly = [tuple(cell.value for cell in row) for row in book["每学时费用"]][1:]
    assert hourly == [
        ("P2(3)", "现代服务业", 3, 24, 39000, 1125, 1250, 2053.57), (None, "全部", 3, 24, 39000, 1125, 1250, 2053.57),
    ]  # fmt: skip
    trend = [tuple(cell.value for cell in row) for row in book["各次征集"]][1:]
    title = "残疾人职业技能培训网络课程资源征集"
    assert trend == [
        (2023, f"{title} · 天津市残疾人联合会 · 2023 · counted-one", 5, 3, 3, 2, 1, 2, 0.4, 19000, None, None, 1125),
        (2025, f"{title} · 天津市残疾人联合会 · 2025 · counted-two", 7, 5, 4, 2, 0, 0, pytest.approx(2 / 7), 25000, 2, 0.4, 2857.14),
    ]  # fmt: skip
    assert [cell.value for cell in book["类别"][4]] == ["P2(3)", "现代服务业", 5, 4, 4, 3, 1, 1, 0.6, 39000]
    assert [cell.data_type for cell in book["类别"][4]] == ["s", "s", *["n"] * 8]


def test_english_is_whole(actors: dict[Role, Actor], calls: list[Call]) -> None:
    with translation.override("en"):
        after = statistics(calls)
        assert [row.words for row in after.kinds] == ["Schools and training institutions", "Firms", "Person"]
        assert after.districts[2].words == "Hexi District"
