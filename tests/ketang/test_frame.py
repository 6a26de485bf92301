"""The frame stands: pages answer, headers are strict, the tables are as the models say."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
def test_health_says_the_database_answers(client: Client) -> None:
    answer = client.get(reverse("health"))
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


@pytest.mark.django_db
def test_the_home_page_is_chinese_unless_english_is_asked_for(client: Client) -> None:
    assert '<html lang="zh-Hans" ' in client.get("/").content.decode()
    assert '<html lang="en" ' in client.get("/", headers={"accept-language": "en"}).content.decode()


@pytest.mark.django_db
def test_no_inline_script_is_allowed(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    words = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert words["script-src"] == ["'self'"]
    assert "unsafe-inline" not in policy


@pytest.mark.django_db
def test_every_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
