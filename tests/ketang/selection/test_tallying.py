"""Tallies: in which district, what kind of supplier, which hours, which faults count; and that they are made anew when something changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kebao.package.manifest import Form
from kebao.subjects.sketch import course
from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_recommender
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.storage.models import StoredFile
from ketang.selection.calls.callfile import District, Region, read_call
from ketang.selection.calls.models import Call
from ketang.selection.checking import actions as checking
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake import actions as intake
from ketang.selection.intake.draft import Draft
from ketang.selection.intake.models import Door, Submission
from ketang.selection.recommending.models import Listed, Origin, Recommender
from ketang.selection.ruling import actions as rulings
from ketang.selection.ruling.models import RulingKind
from ketang.selection.tallying.actions import keep_area, keep_tallies
from ketang.selection.tallying.districts import OUTSIDE, area_in, in_code, in_words
from ketang.selection.tallying.kinds import kind_of
from ketang.selection.tallying.models import ClauseWords, DistrictFrom, SupplierKind, TalliedFault, Tally, WrittenArea
from ketang.selection.tallying.queries import basis_of, out_of_date, region
from ketang.settings import work
from ketang_reports import SHORT_ETHICS, checked, sketched

BOOK = "tianjin/2023"


@pytest.fixture(scope="module")
def tianjin() -> Region:
    from pathlib import Path

    found = read_call((Path(__file__).resolve().parents[3] / "calls" / "tianjin-2023.yaml").read_text()).region
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "district"),
    [
        ("天津市河西区示例路 3 号", "120103"), ("河北区山西路 3 号", "120105"), ("天津 河东区", "120102"),
        ("中国天津市滨海新区塘沽区示例道", "120116"), ("天津经济技术开发区第一大街", "120116"), ("天津市蓟县示例镇", "120119"),
        ("示例大厦（和平区示例道）", "120101"), ("天津市示例路", ""), ("示例路 5 号", ""), ("", ""), ("重庆道 8 号", ""),
        ("河北省唐山市路北区", OUTSIDE), ("河北廊坊市示例路", OUTSIDE), ("北京市朝阳区示例路", OUTSIDE),
        ("沈阳市和平区示例街", OUTSIDE), ("辽宁省沈阳市和平区", OUTSIDE), ("阳光城市花园小区", ""),
        ("天津市和平区河北路", "120101"),
    ],
)  # fmt: skip
def test_an_address_names_its_district(words: str, district: str, tianjin: Region) -> None:
    assert in_words(words, tianjin) == district


@pytest.mark.parametrize(
    ("code", "district"),
    [
        ("91120103MA00000011", "120103"), ("52120116MA00000011", "120116"), ("91120225MA00000011", "120119"),
        ("91120000MA00000011", ""), ("12100000MA00000011", ""), ("91110105MA00000011", OUTSIDE), ("", ""),
        ("91130100MA00000011", OUTSIDE), ("9112", ""), ("91120193MA00000011", ""),
    ],
)  # fmt: skip
def test_a_credit_code_names_where_it_was_registered(code: str, district: str, tianjin: Region) -> None:
    assert in_code(code, tianjin) == district


def test_in_a_province_another_city_is_elsewhere() -> None:
    name = {"zh": "示例市", "en": ""}
    here = Region(name=name, districts=[District(id="130102", name={"zh": "示例区", "en": ""})])
    told = [in_code(f"91{place}MA00000011", here) for place in ("130102", "130105", "130000", "130202", "120102")]
    assert told == ["130102", "", "", OUTSIDE, OUTSIDE]


@given(st.text(alphabet="天津市河西东北和平区县路道街阳光1号 北京", max_size=16))
def test_no_address_is_too_odd_and_what_is_kept_of_it_tells_the_same(words: str) -> None:
    districts = [District(id="120103", name={"zh": "河西区"}), District(id="120101", name={"zh": "和平区"})]
    here = Region(name={"zh": "天津市"}, districts=districts)
    found = in_words(words, here)
    assert found in {"", OUTSIDE, "120103", "120101"}
    kept = area_in(words)
    assert "".join(words.split()).startswith(kept)
    assert len(kept) <= 22


def test_no_street_and_no_house_is_kept() -> None:
    told = [area_in(words) for words in ("天津市河西区示例路 3 号 501", "河北省廊坊市示例路 2 号", "示例路 2 号", "")]
    assert told == ["天津市河西区", "河北省廊坊市", "", ""]


@pytest.mark.parametrize(
    ("kind", "name", "code", "told"),
    [
        ("unit", "示例职业培训学校", "52120103MA00000011", SupplierKind.SCHOOL),
        ("unit", "示例职业技术学院", "12120000MA00000011", SupplierKind.SCHOOL),
        ("unit", "示例学院（天津）教育有限公司", "91120103MA00000011", SupplierKind.FIRM),
        ("unit", "示例面馆", "92120103MA00000011", SupplierKind.SOLE),
        ("unit", "示例农民专业合作社", "93120103MA00000011", SupplierKind.FIRM),
        ("unit", "示例康复中心", "12120103MA00000011", SupplierKind.INSTITUTION),
        ("unit", "示例烹饪协会", "51120000MA00000011", SupplierKind.ASSOCIATION),
        ("unit", "示例工会", "81120000MA00000011", SupplierKind.ASSOCIATION),
        ("unit", "示例科技有限公司", "", SupplierKind.FIRM), ("unit", "示例协会", "", SupplierKind.ASSOCIATION),
        ("unit", "示例研究所", "", SupplierKind.INSTITUTION), ("unit", "示例工坊", "", SupplierKind.UNKNOWN),
        ("person", "示例学校", "", SupplierKind.PERSON), ("bureau", "示例人社", "", SupplierKind.INSTITUTION),
        ("association", "示例社团", "", SupplierKind.ASSOCIATION),
    ],
)  # fmt: skip
def test_each_kind_of_supplier(kind: str, name: str, code: str, told: SupplierKind) -> None:
    assert kind_of(Organisation(kind=kind, name=name, credit_code=code)) == told


pytestmark = pytest.mark.django_db


def faults(of: Submission) -> dict[tuple[str, str], str]:
    """By clause and rule; rows of the clause alone with an empty rule."""
    rows = TalliedFault.objects.filter(tally__submission=of)
    assert set(rows.values_list("rulebook", "call_id")) <= {(BOOK, of.call_id)}
    return {(clause, rule): gravity for clause, rule, gravity in rows.values_list("clause", "rule", "gravity")}


def test_a_tally_counts_what_counts_once_rulings_do(supplier_draft: Submission, administrator: Account) -> None:
    report = sketched(SHORT_ETHICS, hours="9.0", form={"phone": "12"})
    check = checked(supplier_draft, report)
    assert [keep_tallies(), keep_tallies()] == [1, 0]
    before = faults(supplier_draft)
    assert before == {
        ("A3(1)", ""): "error", ("A3(1)", "hours-differ"): "error",
        ("A3(2).1", ""): "warning", ("A3(2).1", "share-ethics-low"): "warning",
        ("F1", ""): "error", ("F1", "form-phone-invalid"): "error",
    }  # fmt: skip
    tally = Tally.objects.get(submission=supplier_draft)
    assert (tally.hours, tally.check_of, tally.supplier_kind) == (report.summary.hours, check, SupplierKind.SCHOOL)
    assert (tally.call, tally.district, tally.district_from) == (supplier_draft.call, "", "")

    by_rule = {one.rule: one.fingerprint for one in report.findings}
    more = {"actor": administrator, "check": check}
    dismissed = rulings.rule_on(
        **more, fingerprint=by_rule["hours-differ"], kind=RulingKind.DISMISS, reason="按课时表。"
    )
    rulings.waive(**more, rulebook=BOOK, clause="A3(2).1", reason="政策课。")
    rulings.look_over(**more, clauses=[(BOOK, "A4(5)")], kind=RulingKind.UNMET, reason="画面抖动。")
    assert keep_tallies() == 1
    assert faults(supplier_draft) == {
        ("F1", ""): "error", ("F1", "form-phone-invalid"): "error", ("A4(5)", ""): "unmet",
    }  # fmt: skip
    rulings.undo(actor=administrator, ruling=dismissed, reason="看错了。")
    assert [keep_tallies(), keep_tallies()] == [1, 0]
    assert faults(supplier_draft) == {
        ("A3(1)", ""): "error", ("A3(1)", "hours-differ"): "error",
        ("F1", ""): "error", ("F1", "form-phone-invalid"): "error", ("A4(5)", ""): "unmet",
    }  # fmt: skip


def test_words_of_clauses_are_kept_once_in_both_languages(supplier_draft: Submission) -> None:
    report = sketched()
    checked(supplier_draft, report)
    keep_tallies()
    expected = [(book.id, "", "", 0, {"zh": book.title.zh, "en": book.title.en}) for book in report.rulebooks] + [
        (clause.rulebook, clause.id, rule, place, {"zh": words.zh, "en": words.en})
        for place, clause in enumerate(report.clauses)
        for rule, words in [("", clause.text), *((one.rule, one.title) for one in clause.rules)]
    ]
    kept = ClauseWords.objects.order_by("id").values_list("rulebook", "clause", "rule", "place", "words")
    assert list(kept) == expected
    checked(supplier_draft, report, b"second")
    keep_tallies()
    assert ClauseWords.objects.count() == len(expected)


def test_the_newest_version_counts_and_one_that_is_not_checked_yet_counts_for_nothing(
    supplier_draft: Submission,
) -> None:
    checked(supplier_draft, sketched(SHORT_ETHICS))
    keep_tallies()
    intake.receive(
        actor=Account.objects.get(login="manager"), submission=supplier_draft, door=Door.WEB, name="课.zip",
        digest="1" * 64, size=1,
    )  # fmt: skip
    assert keep_tallies() == 1
    tally = Tally.objects.get()
    assert (tally.check_of, tally.hours, faults(supplier_draft)) == (None, None, {})
    newest = Check.objects.get(version=supplier_draft.versions.get(index=2))
    Check.objects.filter(pk=newest.pk).update(state=CheckState.DONE)
    assert keep_tallies() == 1
    tally.refresh_from_db()
    assert (tally.check_of, tally.hours) == (newest, None), "done without a report"


def test_a_report_that_cannot_be_read_stops_nothing(supplier_draft: Submission, settings: object) -> None:
    check = checked(supplier_draft, sketched())
    StoredFile.objects.filter(digest=check.report).update(digest="f" * 64)
    Check.objects.filter(pk=check.pk).update(report="f" * 64)
    assert [keep_tallies(), keep_tallies()] == [1, 0]
    assert Tally.objects.get().hours is None


def test_drafts_are_not_tallied(supplier_draft: Submission) -> None:
    assert (keep_tallies(), Tally.objects.count()) == (0, 0)


def test_the_district_comes_from_the_first_source_that_tells_it(
    supplier_draft: Submission, administrator: Account
) -> None:
    Submission.objects.filter(pk=supplier_draft.pk).update(number="X-1")
    told = []

    def look() -> None:
        assert keep_tallies() == 1
        tally = Tally.objects.get()
        told.append((tally.district, tally.district_from))

    look()
    body = register_recommender(actor=administrator, kind=OrganisationKind.BUREAU, name="天津市南开区示例局")
    recommender = Recommender.objects.create(call=supplier_draft.call, organisation=body)
    Listed.objects.create(recommender=recommender, submission=supplier_draft, origin=Origin.RECEIPT)
    look()
    Organisation.objects.filter(pk=supplier_draft.organisation_id).update(name="天津市北辰区示例培训学校")
    Tally.objects.update(basis="")
    look()
    Organisation.objects.filter(pk=supplier_draft.organisation_id).update(credit_code="52120112MA00000011")
    Tally.objects.update(basis="")
    look()
    intake.save_draft(
        actor=Account.objects.get(login="manager"),
        submission=supplier_draft,
        draft=Draft(form=Form(address="天津市河西区示例路 1 号")),
    )
    look()
    assert told == [
        ("", DistrictFrom.NOTHING), ("120104", DistrictFrom.RECOMMENDER), ("120113", DistrictFrom.NAME),
        ("120112", DistrictFrom.CODE), ("120103", DistrictFrom.ADDRESS),
    ]  # fmt: skip


def test_a_checked_package_leaves_city_and_district_of_its_address(supplier_draft: Submission) -> None:
    check = checked(supplier_draft, sketched())
    keep_area(check, course(form={"address": "天津市河西区示例路 1 号 501"}))
    assert list(WrittenArea.objects.values_list("words", flat=True)) == ["天津市河西区"]
    keep_tallies()
    assert (Tally.objects.get().district, Tally.objects.get().district_from) == ("120103", DistrictFrom.ADDRESS)
    keep_area(check, course(form={"address": ""}, supplier={"address": ""}))
    assert not WrittenArea.objects.exists()
    trial = Check.objects.create(name="试.zip", digest="0" * 64)
    keep_area(trial, course(form={"address": "天津市河西区"}))
    assert not WrittenArea.objects.exists(), "a trial leaves nothing"


def test_every_check_of_a_whole_package_tells_it() -> None:
    assert keep_area in checking._judged


def test_other_districts_make_every_tally_anew(supplier_draft: Submission, shipped_call: str) -> None:
    checked(supplier_draft, sketched())
    keep_tallies()
    assert not out_of_date(basis_of(region())).exists()
    file = dict(supplier_draft.call.file)
    file["region"] = None
    Call.objects.update(file=file)
    assert region() is None
    assert keep_tallies() == 1
    assert Tally.objects.get().basis == basis_of(None)


def test_no_more_are_made_at_once_than_asked_for(supplier_draft: Submission) -> None:
    Submission.objects.create(
        call=supplier_draft.call, organisation=supplier_draft.organisation, title="二", number="X-2"
    )
    Submission.objects.filter(pk=supplier_draft.pk).update(number="X-1")
    assert [keep_tallies(1), keep_tallies(1), keep_tallies(1)] == [1, 1, 0]


def test_the_worker_comes_by_itself(supplier_draft: Submission) -> None:
    from ketang.platform.queue.actions import enqueue

    checked(supplier_draft, sketched())
    run(str(enqueue("tallying.keep", key="tallying.keep").uuid))
    assert Tally.objects.count() == 1
    assert (Job.objects.get(key="tallying.keep").state, work.JOB_RECURRING["tallying.keep"]) == ("done", 120.0)
