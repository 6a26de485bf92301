"""The first minutes of a newcomer, as they were designed: what is promised is walked here against the demonstration itself."""

from __future__ import annotations

from typing import Any

import pytest

from journeys.conftest import Demonstration

ROLES = ["administrator", "clerk", "expert", "finance", "learner", "recommender", "supplier"]


def test_there_is_a_login_for_each_role(demonstration: Demonstration) -> None:
    assert sorted(demonstration.passwords) == ROLES


@pytest.mark.parametrize("width", [1280, 390])
def test_the_first_page_opens(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/")
    assert page.locator("h1").text_content() == "人人学得会的职业技能课"


def test_the_clerk_signs_in_with_a_code(page: Any, demonstration: Demonstration) -> None:
    demonstration.sign_in(page, "clerk")
    page.goto("/office/")
    assert page.locator("header [data-own-words]").text_content() == "示例经办员"
