"""What an administrator enters: vetted field by field, audited; our key, encrypted and renewed without a gap; who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from ketang.classroom.lti import actions, keys
from ketang.classroom.lti.actions import Details
from ketang.classroom.lti.models import Guest, Platform, ToolKey
from ketang.classroom.lti.permissions import may_keep_platforms
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.platform.refusal import Refused
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "示例职业学院", "issuer": "https://lms.example", "client_id": "abc", "deployments": "1\n\n 2 \n1",
    "auth_url": "https://lms.example/mod/lti/auth.php", "token_url": "https://lms.example/mod/lti/token.php",
    "keys_url": "https://lms.example/mod/lti/certs.php",
}  # fmt: skip


def details(**more: Any) -> Details:
    told: dict[str, Any] = TYPED | {"deployments": TYPED["deployments"].splitlines()}
    return Details(**told | more)


def test_entered_changed_switched(administrator: Account) -> None:
    made = actions.add(actor=administrator, details=details(name="  示例职业学院 "))
    assert (made.name, made.deployments, made.host, made.is_on) == ("示例职业学院", ["1", "2"], "lms.example", True)
    actions.change(actor=administrator, platform=made, details=details(keys_url="https://lms.example/new"))
    actions.switch(actor=administrator, platform=made, is_on=False)
    actions.switch(actor=administrator, platform=made, is_on=False)
    made.refresh_from_db()
    assert (made.keys_url, made.is_on) == ("https://lms.example/new", False)
    told = [(one.action, one.actor) for one in AuditEntry.objects.order_by("number") if one.action.startswith("lti.")]
    actor = str(administrator.uuid)
    assert [action for action, _actor in told] == ["lti.add_platform", "lti.change_platform", "lti.switch_platform"]
    assert all(actor in who for _action, who in told)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "请填写名称"), ("client_id", "", "请填写客户端编号"), ("deployments", [" "], "请填写部署编号"),
        ("deployments", [str(one) for one in range(300)], "太多"), ("deployments", ["1" * 300], "太长"),
        ("issuer", "", "请填写地址"), ("issuer", "lms.example", "https://"), ("auth_url", "http://lms.example/auth", "https://"),
        ("token_url", "https://u:p@lms.example/", "https://"), ("keys_url", "https://lms.example/ keys", "https://"),
        ("keys_url", "https://lms.example/#x", "https://"), ("keys_url", "https://[", "https://"), ("keys_url", "https://a:x/", "https://"),
        ("keys_url", "https://lms.example/" + "x" * 500, "太长"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(administrator: Account, field: str, value: Any, words: str) -> None:
    with pytest.raises(Refused) as said:
        actions.add(actor=administrator, details=details(**{field: value}))
    assert (said.value.field, words in str(said.value), Platform.objects.count()) == (field, True, 0)


def test_http_on_this_machine_alone(administrator: Account) -> None:
    for host in ("127.0.0.1:8000", "localhost", "[::1]:8000"):
        actions.add(actor=administrator, details=details(issuer=f"http://{host}"))
    assert Platform.objects.count() == 3


def test_the_same_twice(administrator: Account) -> None:
    actions.add(actor=administrator, details=details())
    other = actions.add(actor=administrator, details=details(client_id="def"))
    for again in (
        lambda: actions.add(actor=administrator, details=details()),
        lambda: actions.change(actor=administrator, platform=other, details=details()),
    ):
        with pytest.raises(Refused) as said:
            again()
        assert said.value.field == "client_id"
    assert sorted(Platform.objects.values_list("client_id", flat=True)) == ["abc", "def"]


def test_who_it_is_stays_once_somebody_came(administrator: Account) -> None:
    made = actions.add(actor=administrator, details=details())
    Guest.objects.create(platform=made, sub="1", account=open_by_command(login="x", name="").account)
    for field, value in (("issuer", "https://other.example"), ("client_id", "other")):
        with pytest.raises(Refused) as said:
            actions.change(actor=administrator, platform=made, details=details(**{field: value}))
        assert said.value.field == field
    actions.change(actor=administrator, platform=made, details=details(name="改名"))
    made.refresh_from_db()
    assert (made.name, made.issuer, made.client_id) == ("改名", "https://lms.example", "abc")


def test_our_key_is_encrypted_and_renewed_without_a_gap(administrator: Account, client: Client) -> None:
    first = client.get("/lti/keys").json()["keys"]
    assert [(one["kty"], one["alg"], one["use"], "d" in one) for one in first] == [("RSA", "RS256", "sig", False)]
    row = ToolKey.objects.get()
    assert ("PRIVATE" in row.private, "BEGIN PRIVATE KEY" in keys.signing().private) == (False, True)
    assert client.get("/lti/keys").json()["keys"] == first
    actions.renew_key(actor=administrator)
    both = client.get("/lti/keys").json()["keys"]
    assert (len(both), both[1], both[0]["kid"] != first[0]["kid"]) == (2, first[0], True)
    assert both[0]["kid"] == ToolKey.objects.get(signs=True).kid
    ToolKey.objects.filter(signs=False).update(replaced_at=timezone.now() - timedelta(days=31))
    assert client.get("/lti/keys").json()["keys"] == both[:1]
    actions.renew_key(actor=administrator)
    assert ToolKey.objects.count() == 2  # the oldest is gone
    assert AuditEntry.objects.filter(action="lti.renew_key").count() == 2


@pytest.mark.parametrize("role", Role)
def test_who_may(actors: dict[Role, Actor], role: Role) -> None:
    actor, may = actors[role], role == Role.ADMINISTRATOR
    assert may_keep_platforms(actor) is may
    if may:
        return
    for act in (
        lambda: actions.add(actor=actor, details=details()),
        lambda: actions.change(actor=actor, platform=Platform(), details=details()),
        lambda: actions.switch(actor=actor, platform=Platform(), is_on=False),
        lambda: actions.renew_key(actor=actor),
        lambda: actions.send_again(actor=actor, platform=Platform()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_pages(administrator: Account, actors: dict[Role, Actor]) -> None:
    office = signed_in(administrator)
    said = office.get("/office/lti/").content.decode()
    assert [f"http://127.0.0.1:8000/lti/{name}" in said for name in ("login", "launch", "keys")] == [True, True, True]
    wrong = office.post("/office/lti/new", TYPED | {"keys_url": "http://lms.example/"})
    assert ("地址要以 https:// 开头" in wrong.content.decode(), "abc" in wrong.content.decode()) == (True, True)
    made = office.post("/office/lti/new", TYPED)
    page = made["Location"]
    found = Platform.objects.get()
    assert (page, found.deployments) == (f"/office/lti/{found.uuid}", ["1", "2"])
    assert "示例职业学院" in office.get("/office/lti/").content.decode()
    assert office.post(page, TYPED | {"how": "change", "name": "改名"}).status_code == 302
    assert office.post(page, {"how": "off"}).status_code == 302
    assert "已停用" in office.get(page).content.decode()
    assert office.post(page, {"how": "on"}).status_code == 302
    assert office.post("/office/lti/").status_code == 302
    found.refresh_from_db()
    assert (found.name, found.is_on, ToolKey.objects.count()) == ("改名", True, 1)
    clerk = signed_in(actors[Role.CLERK])  # type: ignore[arg-type]
    assert [clerk.get(address).status_code for address in ("/office/lti/", "/office/lti/new", page)] == [403, 403, 403]
