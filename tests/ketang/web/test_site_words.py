"""The site's own facts are shown as they were entered, in either language, and are marked as nobody's translation."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse

pytestmark = pytest.mark.django_db
ENTERED = re.compile(r"<dd([^>]*)>([^<]*)</dd>")
SITE = {
    "host_unit": "示例残联", "identifier": "", "icp": "", "police": "", "telephone": "022-00000000", "email": "",
    "address": "示例路 1 号",
}  # fmt: skip


@pytest.mark.parametrize("language, names", [("zh-hans", ("主办单位", "地址")), ("en", ("Host unit", "Address"))])
@override_settings(SITE=SITE)
def test_the_office_s_name_and_address_are_its_own_words(client: Client, language: str, names: tuple[str, str]) -> None:
    client.cookies["django_language"] = language
    for page, times in (("home", 1), ("contact", 2)):
        html = client.get(reverse(page)).content.decode()
        own = [("", "022-00000000"), (" data-own-words", "示例残联"), (" data-own-words", "示例路 1 号")]
        assert sorted(ENTERED.findall(html)) == sorted(own * times)
        assert [html.count(f"<dt>{name}</dt>") for name in names] == [times, times]
