"""Display settings: a cookie for everybody, the account for who is signed in, and no open redirect."""

from __future__ import annotations

import pytest
from django.test import Client

from ketang.people.account.actions import open_by_command
from ketang.people.preference.display import KNOWN, Display
from ketang.people.preference.queries import display_of

LARGE_DARK = {"size": "large", "theme": "dark", "spacing": "wide"}
KEPT = "large.dark.wide.plain.on.on.off.auto.once"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", Display()),
        ("large.dark.wide", Display("large", "dark", "wide")),
        ("large", Display("large")),
        ('huge."><script>.wide', Display(spacing="wide")),
        ("large.dark.wide.more", Display("large", "dark", "wide")),
        (
            "large.contrast.wide.easy.off.off.on.less.double",
            Display("large", "contrast", "wide", "easy", "off", "off", "on", "less", "double"),
        ),
    ],
)
def test_what_a_cookie_means(text: str, read: Display) -> None:
    assert Display.read(text) == read


@pytest.mark.django_db
def test_a_visitor_s_choice_is_kept_in_the_browser(client: Client) -> None:
    answer = client.post("/display", {**LARGE_DARK, "next": "/contact"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/contact")
    cookie = answer.cookies["display"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (KEPT, True, "Lax")
    page = client.get("/contact").content.decode()
    assert 'data-size="large" data-theme="dark" data-spacing="wide"' in page


def test_every_choice_fits_the_account_and_comes_back() -> None:
    longest = Display(**{name: max(words, key=len) for name, words in KNOWN.items()})
    assert (len(str(longest)) <= 60, Display.read(str(longest))) == (True, longest)
    assert [Display(time=time).extra_per_cent for time in KNOWN["time"]] == [0, 50, 100]


@pytest.mark.django_db
def test_what_is_not_sent_stays(client: Client) -> None:
    client.post("/display", {"theme": "contrast", "time": "double"})
    answer = client.post("/display", {"captions": "off", "quiet": "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.cookies["display"].value == "standard.contrast.standard.plain.off.on.off.auto.double"
    assert 'data-theme="contrast"' in client.get("/contact").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_one_never_lands_on_another_site(client: Client, elsewhere: str) -> None:
    assert client.post("/display", {**LARGE_DARK, "next": elsewhere}).headers["Location"] == "/display"


@pytest.mark.django_db
def test_what_is_no_choice_is_told(client: Client) -> None:
    answer = client.post("/display", {**LARGE_DARK, "size": "huge"})
    assert (answer.status_code, "display" in answer.cookies) == (200, False)
    assert "<title>错误：无障碍设置 · 课堂</title>" in answer.content.decode()


@pytest.mark.django_db
def test_an_account_takes_its_settings_along(client: Client) -> None:
    account = open_by_command(login="learner", name="示例学员").account
    client.force_login(account)
    client.post("/display", LARGE_DARK)
    assert display_of(account) == KEPT
    other = Client()
    other.force_login(account)
    page = other.get("/contact")
    assert 'data-size="large" data-theme="dark"' in page.content.decode()
    assert page.cookies["display"].value == KEPT


@pytest.mark.django_db
def test_an_account_without_settings_takes_those_of_the_browser(client: Client) -> None:
    account = open_by_command(login="learner", name="示例学员").account
    client.post("/display", LARGE_DARK)
    client.force_login(account)
    client.get("/contact")
    assert display_of(account) == KEPT
