"""Recommending bodies: links that open once, a list without retyping, the same file once, letters that are fixed, and what they may see."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.privacy.actions import erase_account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import history
from ketang.platform.official.model import Table, Words
from ketang.platform.outbox.filling import filled
from ketang.platform.outbox.models import Letter
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.holding import is_held
from ketang.selection.calls import actions as calls
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Receipt, Submission, Version
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.papers.actions import hand_over
from ketang.selection.recommending import actions, letters, packages, permissions
from ketang.selection.recommending.links import MARK, held_by, is_holder, link_of
from ketang.selection.recommending.models import Listed, Recommendation, Recommender, RecommenderLink
from ketang.selection.recommending.paper import letter_paper
from ketang.selection.recommending.progress import standings
from ketang.selection.recommending.queries import (
    list_of_listed,
    list_of_recommenders,
    list_of_waiting,
    recommended_by,
    removed,
    waiting,
)
from ketang_reports import checked, sketched

pytestmark = pytest.mark.django_db
SENDS = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
NAMED = "网络课程+示例技工学校+快递收寄.zip"


@pytest.fixture
def bureau(call: Call, administrator: Account) -> Recommender:
    fields = {"mail": "bureau@example.org", "phone": "022-0000 0000"}
    return actions.register(actor=administrator, call=call, kind=OrganisationKind.BUREAU, name="示例人社局", **fields)


@pytest.fixture
def guild(call: Call, administrator: Account) -> Recommender:
    return actions.register(actor=administrator, call=call, kind=OrganisationKind.ASSOCIATION, name="示例协会")


def send(submission: Submission, content: bytes = b"a package") -> Receipt:
    stored = put_bytes(content)
    manager = Account.objects.get(login="manager")
    return intake.receive(
        actor=manager, submission=submission, door=Door.WEB, name="课.zip", digest=stored.digest, size=stored.size
    )  # fmt: skip


def pass_on(body: Recommender, content: bytes, name: str = NAMED) -> packages.Forwarded:
    stored = put_bytes(content)
    return packages.forward(
        recommender=body, name=name, digest=stored.digest, size=stored.size, at=timezone.now()
    )  # fmt: skip


def add(body: Recommender, receipt: Receipt) -> Listed:
    return packages.add_by_receipt(recommender=body, number=receipt.number, code=receipt.code)


def token_in(address: str) -> str:
    return address.rpartition("/")[2]


def words(body: Recommender) -> list[tuple[str, str]]:
    return [(one.number, one.words) for one in standings(list_of_listed(body).part(0, 50))]


def test_who_may(actors: dict[Role, Actor], bureau: Recommender) -> None:
    office: list[Callable[[Actor], object]] = [
        lambda actor: actions.register(actor=actor, call=bureau.call, kind=OrganisationKind.BUREAU, name="另一局"),
        lambda actor: actions.change_contact(actor=actor, recommender=bureau, mail="", phone=""),
        lambda actor: actions.send_link(actor=actor, recommender=bureau),
        lambda actor: actions.show_link(actor=actor, recommender=bureau),
        lambda actor: actions.end_link(actor=actor, recommender=bureau),
    ]
    for role, actor in actors.items():
        may = role in (Role.CLERK, Role.ADMINISTRATOR)
        assert permissions.may_keep_recommenders(actor) is may
        for act in office if not may else []:
            with pytest.raises(PermissionDenied):
                act(actor)


def test_a_body_is_registered_once_a_call_and_known_in_the_next(bureau: Recommender, administrator: Account) -> None:
    with pytest.raises(Refused, match="已经登记为这个征集的推荐单位"):
        actions.register(actor=administrator, call=bureau.call, kind=OrganisationKind.BUREAU, name=" 示例人社局 ")
    later = calls.clone(call=bureau.call, slug="later", actor=administrator)
    again = actions.register(actor=administrator, call=later, kind=OrganisationKind.BUREAU, name="示例人社局")
    assert (again.organisation, Organisation.objects.filter(kind="bureau").count()) == (bureau.organisation, 1)
    for wrong in ({"mail": "nobody"}, {"phone": "1" * 41}):
        with pytest.raises(Refused):
            actions.change_contact(actor=administrator, recommender=bureau, **{"mail": "", "phone": "", **wrong})
    with pytest.raises(Refused, match="请填写名称"):
        actions.register(actor=administrator, call=later, kind=OrganisationKind.BUREAU, name=" ")


def test_a_link_opens_once_and_its_browser_stays(bureau: Recommender, administrator: Account) -> None:
    token = token_in(actions.show_link(actor=administrator, recommender=bureau))
    link = link_of(token)
    assert link is not None
    assert (len(token), link.recommender, link_of(token[:-1]), held_by("")) == (43, bureau, None, None)
    everything = str(list(RecommenderLink.objects.values())) + str(list(AuditEntry.objects.values()))
    assert token not in everything
    key = actions.open_link(link=link)
    link.refresh_from_db()
    assert (held_by(key), held_by(token), is_holder(link, key), is_holder(link, "x")) == (link, None, True, False)
    with pytest.raises(Refused):
        actions.open_link(link=link)
    assert [entry.action for entry in history(bureau)] == [
        "recommending.register", "recommending.show_link", "recommending.open_link",
    ]  # fmt: skip
    assert list(history(bureau))[-1].actor == f"recommender:{bureau.uuid}"


@pytest.mark.parametrize("how", ["show", "send", "again", "end", "contact", "expire"])
@override_settings(**SENDS)
def test_what_kills_a_link_kills_the_browser_that_opened_it(
    bureau: Recommender, administrator: Account, how: str
) -> None:
    link = actions.send_link(actor=administrator, recommender=bureau)
    key = actions.open_link(link=link)
    assert held_by(key) == link
    if how == "show":
        actions.show_link(actor=administrator, recommender=bureau)
    elif how == "send":
        actions.send_link(actor=administrator, recommender=bureau)
    elif how == "again":
        assert actions.send_again(link=link)
    elif how == "end":
        actions.end_link(actor=administrator, recommender=bureau)
    elif how == "contact":
        actions.change_contact(actor=administrator, recommender=bureau, mail="other@example.org", phone="")
    else:
        RecommenderLink.objects.update(expires_at=timezone.now())
    assert held_by(key) is None
    assert RecommenderLink.objects.filter(ended_at=None).count() == (0 if how in ("end", "contact") else 1)


@override_settings(**SENDS)
def test_the_letter_brings_the_link_as_it_leaves(bureau: Recommender, administrator: Account) -> None:
    link = actions.send_link(actor=administrator, recommender=bureau)
    letter = Letter.objects.get()
    assert (letter.recipient, letter.text.count(MARK), "/r/" in letter.text) == ("bureau@example.org", 2, False)
    tokens = {line.rpartition("/r/")[2] for line in filled(letter).splitlines() if "/r/" in line}
    assert [link_of(token) for token in tokens] == [link]
    actions.end_link(actor=administrator, recommender=bureau)
    assert "/r/" not in filled(letter)


@override_settings(**SENDS)
def test_a_new_link_goes_to_the_registered_address_three_times_a_day(
    bureau: Recommender, guild: Recommender, administrator: Account
) -> None:
    first = actions.send_link(actor=administrator, recommender=bureau)
    assert [actions.send_again(link=first) for _ in range(4)] == [True, True, True, False]
    assert set(Letter.objects.values_list("recipient", flat=True)) == {"bureau@example.org"}
    RecommenderLink.objects.update(made_at=timezone.now() - timedelta(days=2))
    assert actions.send_again(link=first)
    actions.end_link(actor=administrator, recommender=bureau)
    RecommenderLink.objects.update(made_at=timezone.now() - timedelta(days=2))
    assert not actions.send_again(link=first)  # the office ended it
    without = link_of(token_in(actions.show_link(actor=administrator, recommender=guild)))
    assert without is not None
    assert not actions.send_again(link=without)  # no address
    with pytest.raises(Refused, match="还没有登记联系邮箱"):
        actions.send_link(actor=administrator, recommender=guild)
    no_server = override_settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend")
    with no_server, pytest.raises(Refused, match="没有设置发信服务器"):
        actions.send_link(actor=administrator, recommender=bureau)


def test_a_receipt_is_found_by_both_and_by_nothing_less(
    bureau: Recommender, guild: Recommender, draft: Submission, administrator: Account
) -> None:
    receipt = send(draft)
    listed = add(bureau, receipt)
    assert (listed.submission, listed.origin, add(bureau, receipt)) == (draft, "receipt", listed)
    assert [one.title for one in standings(list_of_waiting(bureau).part(0, 9))] == ["老年人饮水照护入门"]
    assert list_of_waiting(guild).part(0, 9) == []
    other = actions.register(
        actor=administrator, call=calls.clone(call=bureau.call, slug="later", actor=administrator), kind=OrganisationKind.BUREAU,
        name="示例人社局",
    )  # fmt: skip
    said = set()
    wrong = (
        (bureau, receipt.number, "0" * 8),
        (bureau, "TIANJIN-2023-R99999", receipt.code),
        (other, receipt.number, receipt.code),
    )
    for body, number, code in wrong:
        with pytest.raises(Refused) as refused:
            packages.add_by_receipt(recommender=body, number=number, code=code)
        said.add(str(refused.value))
    assert len(said) == 1
    intake.refuse(actor=administrator, submission=draft, reason="示例")
    with pytest.raises(Refused, match="不能推荐"):
        add(guild, receipt)


def test_a_file_the_supplier_sent_is_joined_and_not_kept_twice(bureau: Recommender, draft: Submission) -> None:
    send(draft, b"the same bytes")
    made = pass_on(bureau, b"the same bytes", "随便.zip")
    assert (made.known, made.by_supplier, made.listed.submission, made.listed.arrival) == (True, True, draft, None)
    assert (Version.objects.count(), Arrival.objects.filter(door=Door.RECOMMENDER).count()) == (1, 0)
    assert pass_on(bureau, b"the same bytes").listed == made.listed


def test_a_file_two_bodies_forward_is_one_arrival_for_both(
    bureau: Recommender, guild: Recommender, draft: Submission, administrator: Account
) -> None:
    first, second = pass_on(bureau, b"new bytes"), pass_on(guild, b"new bytes", "改了名.zip")
    assert [(one.known, one.by_supplier) for one in (first, second)] == [(False, False), (True, False)]
    (arrival,) = Arrival.objects.filter(door=Door.RECOMMENDER)
    assert (first.listed.arrival, second.listed.arrival) == (arrival, arrival)
    assert (arrival.sender, arrival.supplier, arrival.title, arrival.name, arrival.state) == (
        "示例人社局", "示例技工学校", "快递收寄", NAMED, ArrivalState.UNCLAIMED,
    )  # fmt: skip
    assert words(bureau) == words(guild) == [(arrival.number, "已收到，等工作人员登记")]
    add(guild, send(draft))
    ledger.enter(actor=administrator, arrival=arrival, submission=draft)
    (of_bureau,), (of_guild,) = list_of_listed(bureau).part(0, 9), list_of_listed(guild).part(0, 9)
    assert (of_bureau.submission, of_bureau.arrival) == (draft, arrival)
    assert (of_guild.submission, of_guild.arrival) == (
        draft,
        None,
    )  # it had the submission by its receipt: once is enough
    assert draft.versions.count() == 2


def test_the_packages_own_form_names_it(bureau: Recommender, kept_package: bytes) -> None:
    listed = pass_on(bureau, kept_package, "a.zip").listed
    assert listed.arrival is not None
    assert (listed.arrival.supplier, listed.arrival.title) == ("", "")
    run(str(Job.objects.get(name="recommending.read").uuid))
    listed.arrival.refresh_from_db()
    assert (listed.arrival.supplier, listed.arrival.title) == ("示例职业培训学校", "老年人饮水照护")
    hostile = pass_on(bureau, b"no archive at all").listed
    assert hostile.arrival is not None
    run(str(Job.objects.get(arguments__arrival=str(hostile.arrival.uuid)).uuid))
    hostile.arrival.refresh_from_db()
    assert (hostile.arrival.supplier, hostile.arrival.title) == ("示例技工学校", "快递收寄")


@pytest.fixture
def kept_package() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        text = "kebao: 1\ntitle: 老年人饮水照护\nsupplier:\n  name: 示例职业培训学校\n"
        archive.writestr("课程/培训包.yaml", text)
    return whole.getvalue()


def test_off_the_list_and_back_until_a_letter_is_issued(
    bureau: Recommender, guild: Recommender, draft: Submission
) -> None:
    listed = add(bureau, send(draft))
    with pytest.raises(Listed.DoesNotExist):
        packages.remove(recommender=guild, listed=listed)
    packages.remove(recommender=bureau, listed=listed)
    assert (list(waiting(bureau)), removed(bureau)) == ([], [listed])
    packages.put_back(recommender=bureau, listed=listed)
    assert (list(waiting(bureau)), removed(bureau)) == ([listed], [])
    letters.issue(recommender=bureau, chosen=[str(listed.uuid)])
    with pytest.raises(Refused, match="先撤回推荐函"):
        packages.remove(recommender=bureau, listed=listed)
    assert [entry.action.partition(".")[2] for entry in history(bureau)] == ["register", "add", "remove", "put_back"]


def test_a_letter_is_fixed_and_withdrawn_for_a_new_one(
    bureau: Recommender, guild: Recommender, draft: Submission, supplier: Account
) -> None:
    checked(draft, sketched(), actor=supplier)
    receipt = Receipt.objects.get()
    listed = add(bureau, receipt)
    arrived = pass_on(bureau, b"new bytes").listed
    made = letters.issue(recommender=bureau, chosen=[str(arrived.uuid), str(listed.uuid)])
    intake.describe(actor=supplier, submission=draft, title="改名以后", category="P2(1)")
    assert arrived.arrival is not None
    rows = [(row.place, row.receipt, row.supplier, row.title, row.category, row.credit) for row in made.rows.all()]
    credit = rows[0][-1]
    assert rows == [
        (1, receipt.number, "示例培训学校", "老年人饮水照护入门", "现代服务业", credit),
        (2, arrived.arrival.number, "示例技工学校", "快递收寄", "", None),
    ]
    assert isinstance(credit, Decimal)
    paper = letter_paper(made)
    (table,) = [part for part in paper.parts if isinstance(part, Table)]
    assert (paper.title, paper.number, paper.issuer) == ("推荐函", "TIANJIN-2023-J001", "示例人社局")
    assert table.rows == tuple((*row[:5], None if row[5] is None else float(row[5])) for row in rows)
    assert [part.text for part in paper.parts if isinstance(part, Words)] == [
        "天津市残疾人联合会：",
        "根据“残疾人职业技能培训网络课程资源征集”的要求，示例人社局推荐下列课程资源，共 2 件，请予遴选。",
    ]
    assert (list(waiting(bureau)), recommended_by(draft)) == ([], [made])
    with pytest.raises(Refused, match="名单已经变了"):
        letters.issue(recommender=bureau, chosen=[str(listed.uuid)])
    with pytest.raises(Refused, match="请写明"):
        letters.withdraw(recommender=bureau, recommendation=made, reason=" ")
    with pytest.raises(Recommendation.DoesNotExist):
        letters.withdraw(recommender=guild, recommendation=made, reason="不是我的")
    letters.withdraw(recommender=bureau, recommendation=made, reason="漏了一件")
    assert (made.stands, recommended_by(draft), list(waiting(bureau))) == (False, [], [listed, arrived])
    first = letter_paper(made).parts[0]
    assert isinstance(first, Words)
    assert first.text.endswith("撤回，不再有效。理由：漏了一件")
    again = letters.issue(recommender=bureau, chosen=[str(listed.uuid)])
    assert (again.number, [row.title for row in again.rows.all()]) == ("TIANJIN-2023-J002", ["改名以后"])
    assert [entry.action for entry in history(made)] == ["recommending.issue", "recommending.withdraw"]


def test_a_letter_takes_ones_own_that_can_be_recommended(
    bureau: Recommender, guild: Recommender, draft: Submission, administrator: Account
) -> None:
    receipt = send(draft)
    listed, others = add(bureau, receipt), add(guild, receipt)
    for chosen, why in (([], "请选择"), ([str(others.uuid)], "名单已经变了"), ([str(listed.uuid)] * 2, "")):
        if why:
            with pytest.raises(Refused, match=why):
                letters.issue(recommender=bureau, chosen=chosen)
        else:
            assert letters.issue(recommender=bureau, chosen=chosen).rows.count() == 1
    intake.refuse(actor=administrator, submission=draft, reason="示例")
    with pytest.raises(Refused, match="TIANJIN-2023-0001 已撤回或不予受理"):
        letters.issue(recommender=guild, chosen=[str(others.uuid)])


def test_the_stamped_copy(bureau: Recommender, draft: Submission) -> None:
    made = letters.issue(recommender=bureau, chosen=[str(add(bureau, send(draft)).uuid)])
    for content in (b"MZ program", b"<svg onload=alert(1)>", b"%PDF-" + b"0" * letters.SCAN_BYTES):
        with pytest.raises(Refused):
            letters.keep_scan(recommender=bureau, recommendation=made, name="x.pdf", content=content)
    assert made.scan == ""
    letters.keep_scan(recommender=bureau, recommendation=made, name="..\\函/盖章.exe", content=b"%PDF-1.7 stamped")
    assert (made.scan_name, is_held(made.scan), is_held("0" * 64)) == ("盖章.pdf", True, False)
    letters.withdraw(recommender=bureau, recommendation=made, reason="更正")
    with pytest.raises(Refused, match="已经撤回"):
        letters.keep_scan(recommender=bureau, recommendation=made, name="x.pdf", content=b"%PDF-1.7")


def test_how_a_package_goes_in_plain_words(bureau: Recommender, draft: Submission, administrator: Account) -> None:
    add(bureau, send(draft))
    said = [words(bureau)[0][1]]
    Check.objects.update(state=CheckState.FAILED, ended_at=timezone.now())
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: intake.find_incomplete(actor=administrator, submission=draft, reason="张某的承诺书没有签字"),
        lambda: intake.find_complete(actor=administrator, submission=draft),
        lambda: intake.accept(actor=administrator, submission=draft),
        lambda: hand_over(actor=administrator, call=draft.call, numbers=[draft.number]),
        lambda: intake.withdraw(actor=administrator, submission=draft, reason="书面请求"),
    ]
    for step in steps:
        step()
        said.append(words(bureau)[0][1])
    assert said == [
        "检查中", "已收到，等核对", "需补正，已通知报送单位", "材料齐全，等评审", "已进入评审", "已移交评审", "报送单位已撤回",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_three(
    bureau: Recommender, draft: Submission, supplier: Account, administrator: Account, count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(count):
        more = {"call": draft.call, "organisation": draft.organisation, "title": f"课 {number}", "category": "P2(3)"}
        add(bureau, send(intake.start(actor=supplier, **more), f"package {number}".encode()))  # type: ignore[arg-type]
        pass_on(bureau, f"forwarded {number}".encode())
        name = f"示例第{number}局"
        actions.register(actor=administrator, call=bureau.call, kind=OrganisationKind.AUTHORITY, name=name)
    with django_assert_num_queries(4):
        found = standings(list_of_listed(bureau).part(0, 50))
    with django_assert_num_queries(2):
        bodies = list_of_recommenders(bureau.call).part(0, 50)
    assert (len(found), len(bodies)) == (2 * count, count + 1)
    assert [(one.organisation.name, one.packages, one.letters, one.linked) for one in bodies][-1] == (
        "示例人社局", 2 * count, 0, False,
    )  # fmt: skip
    assert [one.title for one in standings(list_of_listed(bureau, "课 0").part(0, 9))] == ["课 0"]
    assert list_of_recommenders(bureau.call, "第0").count(9) == 1


def test_a_persons_data_is_erased(bureau: Recommender, call: Call, administrator: Account) -> None:
    person = open_by_command(login="zhang", name="示例姓名").account
    EmailAddress.objects.create(user=person, email="Bureau@example.org", verified=True, primary=True)
    own = register_organisation(actor=person, kind=OrganisationKind.PERSON, name="示例姓名")
    course = intake.start(actor=person, call=call, organisation=own, title="剪纸", category="P2(7)")
    receipt = intake.receive(actor=person, submission=course, door=Door.WEB, name="课.zip", digest="0" * 64, size=1)
    made = letters.issue(recommender=bureau, chosen=[str(add(bureau, receipt).uuid)])
    actions.show_link(actor=administrator, recommender=bureau)
    kept = erase_account(actor=person, account=person, reason="本人要求")
    bureau.refresh_from_db()
    assert (bureau.mail, bureau.phone, bureau.links.filter(ended_at=None).count()) == ("", "", 0)
    assert [row.supplier for row in made.rows.all()] == ["已注销"]
    assert "推荐函" in [str(one.what) for one in kept]
