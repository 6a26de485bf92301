"""Coming in: what is checked, what is refused with which words, who one is then, and that nothing is stored of what was refused."""

from __future__ import annotations

import base64
import hmac
import json
import time
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from ketang.classroom.catalogue.models import Course
from ketang.classroom.lti import launching, library
from ketang.classroom.lti.models import Grade, Guest, Launch, Platform, ResourceLink
from ketang.classroom.lti.queries import agrees
from ketang.classroom.lti.refusing import WORDS, Why
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.consent.models import Consent
from ketang.people.role.actions import appoint
from ketang.people.role.models import Role
from ketang.platform.audit.actions import audited
from ketang.platform.audit.models import AuditEntry

from .conftest import CLAIM, KEY, MEMBER, OTHER_KEY, Forge, public

pytestmark = pytest.mark.django_db


def stored() -> list[int]:
    """What a launch that was let in leaves: accounts, guests, places, marks, messages that wait."""
    kept: list[Any] = [
        Account.objects,
        Guest.objects,
        ResourceLink.objects,
        Grade.objects,
        Launch.objects.exclude(ticket=None),
    ]
    return [one.count() for one in kept]


def refused(answer: Any, why: Why, status: int) -> None:
    """The page says why, to the person and to the administrator; nothing is kept."""
    said = answer.content.decode()
    told = [escape(str(words)) in said for words in WORDS[why]]
    assert (answer.status_code, told, stored()) == (status, [True, True], [0, 0, 0, 0, 0]), said


def posted(client: Client, forge: Forge, **more: Any) -> Any:
    sent = forge.begin(client)
    token = forge.sign(forge.claims(sent["nonce"], **more))
    return client.post("/lti/launch", {"state": sent["state"], "id_token": token})


def custom(course: Course) -> dict[str, Any]:
    return {f"{CLAIM}custom": {"course": str(course.uuid)}}


@pytest.mark.parametrize("method", ["get", "post"])
def test_login_is_sent_on_to_the_platform(client: Client, forge: Forge, method: str) -> None:
    told = {"iss": forge.origin, "login_hint": "7", "target_link_uri": "http://testserver/x", "lti_message_hint": "m"}
    strict = Client(enforce_csrf_checks=True)  # the platform's form has no token of ours
    answer = getattr(strict, method)("/lti/login", told)
    parts = urlsplit(answer["Location"])
    sent = {name: values[0] for name, values in parse_qs(parts.query).items()}
    launch = Launch.objects.get()
    assert (answer.status_code, f"{parts.scheme}://{parts.netloc}{parts.path}") == (302, f"{forge.origin}/auth")
    assert sent == {
        "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none", "client_id": "client-1",
        "redirect_uri": "http://testserver/lti/launch", "state": sent["state"], "nonce": launch.nonce, "login_hint": "7",
        "lti_message_hint": "m",
    }  # fmt: skip
    assert sent["state"] not in str(launch.__dict__)  # its digest alone
    cookie = answer.cookies[launching.cookie_of(launch)]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"], cookie["max-age"]) == ("/lti/", "Lax", True, 600)


def test_logins_that_are_refused(client: Client, forge: Forge) -> None:
    good = {"iss": forge.origin, "login_hint": "7", "client_id": "client-1"}
    refused(client.get("/lti/login", good | {"iss": "https://nobody.example"}), Why.UNKNOWN, 403)
    refused(client.get("/lti/login", good | {"client_id": "other"}), Why.UNKNOWN, 403)
    refused(client.get("/lti/login", {"iss": forge.origin}), Why.START, 400)
    refused(client.get("/lti/login"), Why.START, 400)
    refused(client.get("/lti/login", good | {"login_hint": "a\x00b"}), Why.START, 400)
    refused(client.get("/lti/login", good | {"login_hint": "a" * 300_000}), Why.START, 400)
    Platform.objects.create(name="二", issuer=forge.origin, client_id="client-2", deployments=["d"])
    refused(client.get("/lti/login", {"iss": forge.origin, "login_hint": "7"}), Why.MANY, 400)
    Platform.objects.update(is_on=False)
    refused(client.get("/lti/login", good), Why.OFF, 403)
    assert Launch.objects.count() == 0


WRONG: dict[str, tuple[dict[str, Any], Why, int]] = {
    "issuer": ({"iss": "https://nobody.example"}, Why.UNKNOWN, 403),
    "audience": ({"aud": "another-tool"}, Why.UNKNOWN, 403),
    "audiences": ({"aud": ["client-1", "another"]}, Why.CLIENT, 403),
    "azp-other": ({"aud": ["client-1", "another"], "azp": "another"}, Why.UNKNOWN, 403),
    "azp-not-in-audience": ({"aud": ["another"], "azp": "client-1"}, Why.CLIENT, 403),
    "no-audience": ({"aud": None}, Why.CLIENT, 403),
    "nonce": ({"nonce": "another"}, Why.NONCE, 403),
    "no-nonce": ({"nonce": None}, Why.NONCE, 403),
    "expired": ({"exp": 1_000_000_000}, Why.EXPIRED, 403),
    "not-yet": ({"iat": 4_000_000_000}, Why.EXPIRED, 403),
    "for-ever": ({"exp": None}, Why.SIGNATURE, 403),
    "deployment": ({f"{CLAIM}deployment_id": "d-2"}, Why.DEPLOYMENT, 403),
    "no-deployment": ({f"{CLAIM}deployment_id": None}, Why.DEPLOYMENT, 403),
    "version": ({f"{CLAIM}version": "1.1"}, Why.MESSAGE, 400),
    "type": ({f"{CLAIM}message_type": "LtiSubmissionReviewRequest"}, Why.MESSAGE, 400),
    "no-type": ({f"{CLAIM}message_type": None}, Why.MESSAGE, 400),
    "no-roles": ({f"{CLAIM}roles": None}, Why.MESSAGE, 400),
    "odd-roles": ({f"{CLAIM}roles": [7]}, Why.MESSAGE, 400),
    "no-link": ({f"{CLAIM}resource_link": None}, Why.MESSAGE, 400),
    "odd-link": ({f"{CLAIM}resource_link": "x"}, Why.MESSAGE, 400),
    "nobody": ({"sub": None}, Why.MESSAGE, 400),
    "odd-sub": ({"sub": 7}, Why.SIGNATURE, 403),
    "long-sub": ({"sub": "u" * 300}, Why.MESSAGE, 400),
    "nul": ({"name": "a\x00b"}, Why.MESSAGE, 400),
    "surrogate": ({"name": "\ud800"}, Why.MESSAGE, 400),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_messages_that_are_refused(client: Client, forge: Forge, name: str) -> None:
    more, why, status = WRONG[name]
    refused(posted(client, forge, **more), why, status)


def signed_with_what_is_public(claims: dict[str, Any]) -> str:
    """HS256 with the public key as its secret: no library makes such a token."""

    def part(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    secret = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    told = ".".join(part(json.dumps(one).encode()) for one in ({"alg": "HS256", "kid": "one", "typ": "JWT"}, claims))
    return f"{told}.{part(hmac.digest(secret, told.encode(), 'sha256'))}"


def test_signatures_that_are_refused(client: Client, forge: Forge) -> None:
    def with_token(make: Any) -> Any:
        sent = forge.begin(client)
        return client.post("/lti/launch", {"state": sent["state"], "id_token": make(forge.claims(sent["nonce"]))})

    refused(with_token(lambda claims: forge.sign(claims, key=OTHER_KEY)), Why.SIGNATURE, 403)
    refused(with_token(lambda claims: forge.sign(claims, kid="two")), Why.KEYS, 403)
    refused(with_token(lambda claims: forge.sign(claims, kid=None)), Why.KEYS, 403)
    refused(with_token(lambda claims: forge.sign(claims, key=None, algorithm="none")), Why.SIGNATURE, 403)
    refused(with_token(signed_with_what_is_public), Why.SIGNATURE, 403)
    refused(with_token(lambda claims: forge.sign(claims)[:-8] + "AAAAAAAA"), Why.SIGNATURE, 403)

    def changed(claims: dict[str, Any]) -> str:
        head, _body, sign = forge.sign(claims).split(".")
        return f"{head}.{forge.sign(claims | {'sub': 'u-8'}).split('.')[1]}.{sign}"

    refused(with_token(changed), Why.SIGNATURE, 403)
    for odd in ("", "x", "a.b", "a.b.c", "bnVsbA.bnVsbA.x", "é.é.é"):
        refused(with_token(lambda _claims, odd=odd: odd), Why.FORMAT, 400)


@pytest.mark.parametrize(
    "keys",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"keys": 7}',
        '{"keys": [7]}',
        '{"keys": [{"kid": "one", "kty": "oct", "k": "x"}]}',
        " " * (2 << 20),
    ],
)
def test_key_sets_that_are_none(client: Client, forge: Forge, keys: str) -> None:
    forge.keys = keys
    refused(posted(client, forge), Why.KEYS, 403)


def test_nobody_at_the_address_of_the_keys(client: Client, forge: Forge) -> None:
    Platform.objects.update(keys_url="http://127.0.0.1:9/keys")
    refused(posted(client, forge), Why.KEYS, 403)
    Platform.objects.update(keys_url="https://10.0.0.1 :x/keys")
    refused(posted(client, forge), Why.KEYS, 403)


def test_a_new_key_of_the_platform_is_fetched(
    client: Client, forge: Forge, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert forge.launch(client, **custom(course)).status_code == 200
    assert forge.launch(client, **custom(course)).status_code == 200
    assert forge.fetched == 1  # kept for minutes
    forge.keys = {"keys": [public(OTHER_KEY, "two")]}
    monkeypatch.setattr(library, "KEYS_ANEW_SECONDS", 0.0)
    sent = forge.begin(client)
    token = forge.sign(forge.claims(sent["nonce"], **custom(course)), key=OTHER_KEY, kid="two")
    answer = client.post("/lti/launch", {"state": sent["state"], "id_token": token})
    assert (answer.status_code, forge.fetched) == (303, 2)


def test_states_are_used_once_and_soon(client: Client, forge: Forge, course: Course) -> None:
    sent = forge.begin(client)
    token = forge.sign(forge.claims(sent["nonce"], **custom(course)))
    refused(client.post("/lti/launch", {"state": "another", "id_token": token}), Why.STATE, 400)
    refused(client.post("/lti/launch", {"id_token": token}), Why.STATE, 400)
    assert client.post("/lti/launch", {"state": sent["state"], "id_token": token}).status_code == 303
    again = client.post("/lti/launch", {"state": sent["state"], "id_token": token})
    assert (again.status_code, str(WORDS[Why.STATE][0]) in again.content.decode()) == (400, True)
    sent = forge.begin(client)
    Launch.objects.filter(used_at=None).update(made_at=timezone.now() - timedelta(minutes=11))
    token = forge.sign(forge.claims(sent["nonce"]))
    assert client.post("/lti/launch", {"state": sent["state"], "id_token": token}).status_code == 400


def test_a_token_fits_no_other_launch(client: Client, forge: Forge) -> None:
    first, second = forge.begin(client), forge.begin(client)
    token = forge.sign(forge.claims(first["nonce"]))
    refused(client.post("/lti/launch", {"state": second["state"], "id_token": token}), Why.NONCE, 403)


def test_a_launch_that_another_platform_answers(client: Client, forge: Forge) -> None:
    Platform.objects.create(
        name="二", issuer=forge.origin, client_id="client-2", deployments=["d-1"], auth_url=forge.origin, keys_url=f"{forge.origin}/keys"
    )  # fmt: skip
    refused(posted(client, forge, aud="client-2"), Why.CLIENT, 403)


def test_the_platform_says_no(client: Client, forge: Forge) -> None:
    sent = forge.begin(client)
    told = {"state": sent["state"], "error": "login_required", "error_description": "<b>who?</b>"}
    answer = client.post("/lti/launch", told)
    refused(answer, Why.PLATFORM, 403)
    assert "login_required &lt;b&gt;who?" in answer.content.decode()


def test_first_and_second_time(client: Client, forge: Forge, course: Course) -> None:
    page = forge.launch(client, **custom(course))
    said = page.content.decode()
    assert (page.status_code, stored()) == (200, [0, 0, 0, 0, 1])  # until somebody says yes
    assert all(
        words in said for words in ("示例职业学院（127.0.0.1", "u-7", "示例同学", course.title, "每门课最好的一次")
    )
    assert "someone@example.org" not in said
    answer = client.post(page.request["PATH_INFO"], {"how": "agree"})
    assert (answer.status_code, answer["Location"]) == (302, f"/courses/{course.uuid}/")
    guest = Guest.objects.get()
    account = guest.account
    assert (account.name, account.email, account.has_usable_password(), account.login[:4]) == (
        "示例同学",
        "",
        False,
        "lti-",
    )
    assert (client.session["_auth_user_id"], agrees(guest), stored()) == (str(account.pk), True, [1, 1, 1, 1, 1])
    launch = Launch.objects.get()
    assert (launch.message, launch.done_at is not None) == ({}, True)
    assert "示例同学" not in "".join(str(one.payload) for one in AuditEntry.objects.all())
    late = client.get(page.request["PATH_INFO"])
    assert late.status_code == 400  # the address is used up
    other = Client()
    again = forge.launch(other, **custom(course), name="改名")
    assert (again.status_code, again["Location"]) == (302, f"/courses/{course.uuid}/")  # known: in at once
    assert (other.session["_auth_user_id"], stored()[:4]) == (str(account.pk), [1, 1, 1, 1])
    actions = [one.action for one in AuditEntry.objects.order_by("number")]
    assert actions == ["lti.come", "people.give_consent", "lti.enter", "lti.enter"]


def test_without_agreeing_and_without_an_account(client: Client, forge: Forge, course: Course) -> None:
    account = forge.come(client, "without", **custom(course), name=None, given_name="示例", family_name="学员")
    assert (account.name, agrees(Guest.objects.get()), Consent.objects.count()) == ("示例 学员", False, 0)
    page = forge.launch(Client(), **custom(course), sub="u-8")
    looker = Client()
    answer = looker.post(page.request["PATH_INFO"], {"how": "look"})
    assert (answer["Location"], "_auth_user_id" in looker.session, Guest.objects.count()) == (
        f"/courses/{course.uuid}/",
        False,
        1,
    )


def test_nobody_is_joined_by_name_or_address(client: Client, forge: Forge, course: Course) -> None:
    mine = open_by_command(login="someone", name="示例同学").account
    Account.objects.filter(pk=mine.pk).update(email="someone@example.org")
    account = forge.come(client, **custom(course))
    assert (account == mine, Account.objects.count()) == (False, 2)


def test_who_is_signed_in_is_asked(client: Client, forge: Forge, course: Course) -> None:
    forge.come(Client(), **custom(course))
    mine = open_by_command(login="someone", name="原来的人").account
    client.force_login(mine)
    page = forge.launch(client, **custom(course))
    said = page.content.decode()
    assert (page.status_code, "原来的人" in said, "示例同学" in said) == (200, True, True)
    stays = client.post(page.request["PATH_INFO"], {"how": "look"})
    assert (stays.status_code, client.session["_auth_user_id"]) == (302, str(mine.pk))
    changes = client.post(page.request["PATH_INFO"], {"how": "enter"})
    assert (changes.status_code, client.session["_auth_user_id"]) == (302, str(Guest.objects.get().account_id))


def test_another_browser_is_asked_too(client: Client, forge: Forge, course: Course) -> None:
    forge.come(Client(), **custom(course))
    sent = forge.begin(client)
    token = forge.sign(forge.claims(sent["nonce"], **custom(course)))
    address = client.post("/lti/launch", {"state": sent["state"], "id_token": token})["Location"]
    victim = Client()  # somebody had them open this address
    page = victim.get(address, headers={"Sec-Fetch-Dest": "document"})
    assert (page.status_code, "示例同学" in page.content.decode(), "_auth_user_id" in victim.session) == (
        200,
        True,
        False,
    )
    assert client.get(address).status_code == 302  # the browser in which it began


def test_two_tabs(client: Client, forge: Forge, course: Course) -> None:
    first, second = forge.begin(client), forge.begin(client)
    pages = []
    for sent in (second, first):
        token = forge.sign(forge.claims(sent["nonce"], **custom(course)))
        pages.append(client.post("/lti/launch", {"state": sent["state"], "id_token": token})["Location"])
    assert [client.post(page, {"how": "agree"}).status_code for page in pages] == [302, 302]
    assert (Guest.objects.count(), Account.objects.count()) == (1, 1)


@pytest.mark.parametrize("said", ["iframe", ""])
def test_in_a_frame_a_new_window_is_opened(client: Client, forge: Forge, course: Course, said: str) -> None:
    heads: dict[str, str] = {"Sec-Fetch-Dest": said} if said else {}
    sent = forge.begin(client)
    token = forge.sign(forge.claims(sent["nonce"], **custom(course)))
    client.cookies.clear()  # the browser keeps them from a frame
    address = client.post("/lti/launch", {"state": sent["state"], "id_token": token}, headers=heads)["Location"]
    page = client.get(address, headers=heads)
    assert (page.status_code, 'href="?window=1" target="_blank"' in page.content.decode()) == (200, True)
    assert "X-Frame-Options" not in page
    assert f"frame-ancestors {forge.origin}" in page["Content-Security-Policy"].split("; ")
    heads = {"Sec-Fetch-Dest": "document"} if said else {}
    window = client.get(f"{address}?window=1", headers=heads)
    assert (window.status_code, window["X-Frame-Options"], "您从" in window.content.decode()) == (200, "DENY", True)
    assert client.post(f"{address}?window=1", {"how": "without"}).status_code == 302


def test_refusals_in_a_frame(client: Client, forge: Forge) -> None:
    heads = {"Sec-Fetch-Dest": "iframe"}
    unknown = client.get("/lti/login", {"iss": "https://nobody.example", "login_hint": "7"}, headers=heads)
    refused(unknown, Why.UNKNOWN, 403)
    assert ("X-Frame-Options" in unknown, "frame-ancestors *" in unknown["Content-Security-Policy"]) == (False, True)
    assert "<form" not in unknown.content.decode()
    sent = forge.begin(client)
    known = client.post("/lti/launch", {"state": sent["state"], "id_token": "x"}, headers=heads)
    refused(known, Why.FORMAT, 400)
    assert f"frame-ancestors {forge.origin}" in known["Content-Security-Policy"].split("; ")


def test_who_may_not_come_as_whom(client: Client, forge: Forge, course: Course, administrator: Account) -> None:
    account = forge.come(client, **custom(course))
    appoint(actor=administrator, account=account, role=Role.CLERK)
    page = forge.launch(Client(), **custom(course))
    assert (page.status_code, str(WORDS[Why.WORKS][0]) in page.content.decode()) == (403, True)
    other = forge.come(Client(), **custom(course), sub="u-8")
    Account.objects.filter(pk=other.pk).update(is_active=False)
    page = forge.launch(Client(), **custom(course), sub="u-8")
    assert (page.status_code, str(WORDS[Why.ACCOUNT][0]) in page.content.decode()) == (403, True)


def test_switched_off_in_between(client: Client, forge: Forge, course: Course) -> None:
    page = forge.launch(client, **custom(course))
    Platform.objects.update(is_on=False)
    assert client.post(page.request["PATH_INFO"], {"how": "agree"}).status_code == 403
    assert Guest.objects.count() == 0


def test_which_course(client: Client, forge: Forge, course: Course) -> None:
    nothing = forge.launch(client)
    assert (nothing.status_code, "这里还没有选课程" in nothing.content.decode()) == (404, True)
    assert forge.launch(client, **{f"{CLAIM}custom": {"course": "x"}}).status_code == 404
    by_address = forge.launch(client, **{f"{CLAIM}target_link_uri": f"http://testserver/courses/{course.uuid}/"})
    assert course.title in by_address.content.decode()
    forge.come(client, **custom(course))
    assert forge.launch(client).status_code == 302  # as the place's last launch told
    Course.objects.update(state="withdrawn")
    gone = forge.launch(client)
    assert (gone.status_code, "这门课现在没有公开" in gone.content.decode()) == (404, True)


TEACHER = {f"{CLAIM}roles": [f"{MEMBER}Instructor"]}


def test_a_teacher_learns_as_anybody_and_gets_no_mark(client: Client, forge: Forge, course: Course) -> None:
    page = forge.launch(client, **custom(course), **TEACHER)
    assert "考试成绩要不要送回去" not in page.content.decode()
    client.post(page.request["PATH_INFO"], {"how": "without"})
    assert (Grade.objects.count(), Guest.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("line", "scope", "kept"),
    [
        ("https://lms.example/line", True, "https://lms.example/line"), ("http://lms.example/line", True, ""), ("ftp://x/y", True, ""),
        ("https://u:p@lms.example/line", True, ""), ("https://lms.example/line", False, ""), (7, True, ""), (None, True, ""),
    ],
)  # fmt: skip
def test_where_marks_would_go(client: Client, forge: Forge, course: Course, line: Any, scope: bool, kept: str) -> None:
    endpoint = {"scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"] if scope else [], "lineitem": line}
    forge.come(client, **custom(course), **{"https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": endpoint})
    assert ResourceLink.objects.get().lineitem == kept


def test_this_very_machine_is_called_for_a_platform_on_it_alone(client: Client, forge: Forge, course: Course) -> None:
    Platform.objects.update(token_url="https://lms.example/token")
    forge.come(client, **custom(course))
    assert ResourceLink.objects.get().lineitem == ""


def test_what_is_over_is_forgotten(client: Client, forge: Forge, course: Course) -> None:
    forge.launch(client, **custom(course))
    forge.begin(client)
    Launch.objects.filter(ticket=None).update(made_at=timezone.now() - timedelta(hours=3))
    assert (launching.forget(), Launch.objects.count()) == (1, 1)


def test_the_clock_may_differ_by_a_minute(client: Client, forge: Forge, course: Course) -> None:
    now = int(time.time())
    assert forge.launch(client, **custom(course), iat=now + 30, exp=now - 30).status_code == 200


def test_two_at_the_same_instant(client: Client, forge: Forge, course: Course) -> None:
    """Both have found nobody: the second takes the account of the first, and leaves none of its own."""
    forge.launch(client, **custom(course))
    waiting = Launch.objects.get(done_at=None)
    account = forge.come(Client(), **custom(course))
    with audited():
        assert launching._come(waiting).account == account
    assert (Account.objects.count(), AuditEntry.objects.filter(action="lti.come").count()) == (1, 1)
