"""Signing in through django-allauth: by address or login name, mail verified, guesses limited, staff with a second factor."""

from __future__ import annotations

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform import encryption
from ketang.platform.audit.models import AuditEntry

PASSWORD = "correct-horse-示例"
STAFF = (Role.CLERK, Role.EXPERT, Role.FINANCE, Role.ADMINISTRATOR, Role.CENTRE)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Client, login: str, password: str = PASSWORD) -> str:
    """Fill the form in; where it leads."""
    answer = client.post(reverse("account_login"), {"login": login, "password": password})
    return answer.headers.get("Location", str(answer.status_code))


def with_password(actor: Actor) -> Account:
    assert isinstance(actor, Account)
    actor.set_password(PASSWORD)
    actor.save()
    return actor


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def learner(actors: dict[Role, Actor]) -> Account:
    return with_password(actors[Role.LEARNER])


def test_sign_up_verify_and_sign_in_by_address(client: Client, db: None) -> None:
    form = {"email": "New@Example.org", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(reverse("account_signup"), form)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_email_verification_sent"))
    assert not signed_in(client)
    [sent] = mail.outbox
    link = re.search(r"https?://\S+/account/confirm-email/\S+", str(sent.body))
    assert link is not None
    client.post(link[0])
    assert EmailAddress.objects.get().verified
    assert sign_in(Client(), "new@example.org") == reverse("home")


def test_a_login_name_needs_no_mail(client: Client, learner: Account) -> None:
    assert sign_in(client, "A-LEARNER") == reverse("home")
    assert signed_in(client)


def test_a_wrong_password_says_so(client: Client, learner: Account) -> None:
    answer = client.post(reverse("account_login"), {"login": learner.login, "password": "wrong"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not signed_in(client)


def test_guesses_are_limited(client: Client, learner: Account, settings: LazySettings) -> None:
    for _guess in range(5):
        sign_in(client, learner.login, "wrong")
    sign_in(client, learner.login)  # the right one, too late
    assert not signed_in(client)


def test_an_existing_address_is_not_told_to_a_stranger(client: Client, db: None) -> None:
    form = {"email": "somebody@example.org", "password1": PASSWORD, "password2": PASSWORD}
    first = client.post(reverse("account_signup"), form)
    second = Client().post(reverse("account_signup"), form)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert Account.objects.filter(email="somebody@example.org").count() == 1


@pytest.mark.parametrize("role", Role)
def test_who_must_have_a_second_factor(client: Client, actors: dict[Role, Actor], role: Role) -> None:
    if role != Role.VISITOR:
        sign_in(client, with_password(actors[role]).login)
    answer = client.get(reverse("home"))
    expected = (302, reverse("mfa_index")) if role in STAFF else (200, None)
    assert (answer.status_code, answer.headers.get("Location")) == expected


def test_with_a_one_time_password(client: Client, actors: dict[Role, Actor]) -> None:
    clerk = with_password(actors[Role.CLERK])
    secret = generate_totp_secret()
    TOTP.activate(clerk, secret)
    assert sign_in(client, clerk.login) == reverse("mfa_authenticate")
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_good_for_a_step_before_and_after(
    client: Client, actors: dict[Role, Actor], steps: int, good: bool
) -> None:
    clerk = with_password(actors[Role.CLERK])
    secret = generate_totp_secret()
    TOTP.activate(clerk, secret)
    sign_in(client, clerk.login)
    if time.time() % 30 > 28:
        time.sleep(2.1)  # the step must not end between the two lines that follow
    given = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
    client.post(reverse("mfa_authenticate"), {"code": given})
    assert signed_in(client) is good


def test_a_code_is_used_once_for_as_long_as_it_is_good(
    actors: dict[Role, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = with_password(actors[Role.CLERK])
    secret = generate_totp_secret()
    TOTP.activate(clerk, secret)
    now = time.time() // 30 * 30 + 1
    given = format_hotp_value(hotp_value(secret, int(now) // 30 + 1))
    found = []
    for later in (0, 45, 88):
        monkeypatch.setattr(time, "time", lambda: now + later)  # noqa: B023
        client = Client()
        sign_in(client, clerk.login)
        client.post(reverse("mfa_authenticate"), {"code": given})
        found.append(signed_in(client))
    assert found == [True, False, False]


def test_with_a_recovery_code_once(actors: dict[Role, Actor]) -> None:
    clerk = with_password(actors[Role.CLERK])
    TOTP.activate(clerk, generate_totp_secret())
    [first, *_others] = RecoveryCodes.activate(clerk).get_unused_codes()
    for expected in (True, False):
        client = Client()
        sign_in(client, clerk.login)
        client.post(reverse("mfa_authenticate"), {"code": first})
        assert signed_in(client) is expected


def test_a_session_from_before_the_second_factor_must_give_it(client: Client, actors: dict[Role, Actor]) -> None:
    clerk = with_password(actors[Role.CLERK])
    sign_in(client, clerk.login)
    secret = generate_totp_secret()
    TOTP.activate(clerk, secret)
    answer = client.get(reverse("home"))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('mfa_reauthenticate')}?next=%2F")
    client.post(reverse("mfa_reauthenticate"), {"code": code(secret), "next": "/"})
    assert client.get(reverse("home")).status_code == 200


def test_what_happens_on_the_account_pages_is_in_the_log(client: Client, db: None) -> None:
    client.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})
    [sent] = mail.outbox
    client.post(re.search(r"https?://\S+/account/confirm-email/\S+", str(sent.body))[0])  # type: ignore[index]
    sign_in(client, "new@example.org")
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": PASSWORD + "2", "password2": PASSWORD + "2"},
    )
    account = Account.objects.get()
    assert [(entry.actor, entry.action, entry.details) for entry in AuditEntry.objects.order_by("number")] == [
        (f"account:{account.uuid}", action, details)
        for action, details in (
            ("people.sign_up", {}),
            ("people.confirm_address", {"address": "new@example.org"}),
            ("people.sign_in", {}),
            ("people.change_password", {}),
        )
    ]


def test_seeds_are_encrypted_at_rest(actors: dict[Role, Actor], settings: LazySettings) -> None:
    clerk = with_password(actors[Role.CLERK])
    secret = generate_totp_secret()
    TOTP.activate(clerk, secret)
    stored = Authenticator.objects.get().data["secret"]
    assert secret not in stored
    assert encryption.decrypt(stored) == secret
    settings.FIELD_KEYS = ["new", *settings.FIELD_KEYS]
    assert encryption.decrypt(stored) == secret
    settings.FIELD_KEYS = ["new"]
    with pytest.raises(encryption.WrongKey):
        encryption.decrypt(stored)


def test_staff_cannot_take_their_last_second_factor_away(client: Client, actors: dict[Role, Actor]) -> None:
    clerk = with_password(actors[Role.CLERK])
    secret = generate_totp_secret()
    TOTP.activate(clerk, secret)
    sign_in(client, clerk.login)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=clerk, type=Authenticator.Type.TOTP).count() == 1


def test_the_account_s_pages_answer(client: Client, learner: Account) -> None:
    sign_in(client, learner.login)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    names = ("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "account_email", "account_change_password")
    assert {name: client.get(reverse(name)).status_code for name in names} == dict.fromkeys(names, 200)
