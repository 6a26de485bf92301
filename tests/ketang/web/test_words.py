"""Both languages are complete, and nothing speaks Chinese outside of translation."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import django
import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """`tools/messages.py`."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools/messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


def test_every_string_has_its_english(messages: ModuleType) -> None:
    """`tools/messages.py update` writes new strings into the catalogues; then write the English."""
    assert messages.faults() == []


def test_what_the_check_would_say(messages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, fuzzy, gone, Chinese in the English, Chinese outside of translation: each is told, and nothing else."""
    room = tmp_path / "people"
    (room / "locale/en/LC_MESSAGES").mkdir(parents=True)
    (room / "page.html").write_text(
        '{% load i18n %}{% translate "甲" %}{% translate "乙" %}{% translate "丙" %}{% translate "丁" %}\n<p title="戊">{# 己 #}</p>',
        encoding="utf-8",
    )
    (room / "locale/en/LC_MESSAGES/django.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "甲"\nmsgstr "A"\n\nmsgid "乙"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "丙"\nmsgstr "C"\n\nmsgid "庚"\nmsgstr "G"\n\nmsgid "丁"\nmsgstr "D丁"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(messages, "PRODUCT", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    catalogue = "people/locale/en/LC_MESSAGES/django.po"
    assert messages.faults() == [
        f"{catalogue}: no longer used (run tools/messages.py update): 庚",
        f"{catalogue}: no English: 乙",
        f"{catalogue}: fuzzy: 丙",
        f"{catalogue}: Chinese in the English: D丁",
        'people/page.html:2: Chinese outside of translation: <p title="戊"></p>',
    ]


def test_rooms_that_differ_about_one_text_are_told(messages: ModuleType) -> None:
    """Django joins all catalogues: of “handed in” and “hand in” one would stand on both pages."""

    def catalog(*told: tuple[str, str, str | None]) -> Catalog:
        found = Catalog(locale="en")
        for words, english, context in told:
            found.add(words, english, context=context)
        return found

    same = ("甲", "A", None)
    assert messages.at_odds({"a": catalog(same, ("乙", "B", None)), "b": catalog(same, ("乙", "Bee", "button"))}) == []
    assert messages.at_odds({"a": catalog(same, ("乙", "B", None)), "b": catalog(same, ("乙", "Bee", None))}) == [
        "a, b: unlike English for one text, which needs a context: 乙 / B / Bee"
    ]


def test_words_that_come_to_count_keep_their_english_whole(messages: ModuleType) -> None:
    assert messages._fitting(("%(n)s 行", "%(n)s 行"), "%(n)s rows") == ("%(n)s rows", "%(n)s rows")
    assert messages._fitting("行", ("%(n)s row", "%(n)s rows")) == "%(n)s rows"
    assert (messages._fitting("行", "row"), messages._fitting(("行", "行"), ("row", "rows"))) == (
        "row",
        ("row", "rows"),
    )


def test_places_to_fill_in_are_the_same_in_both_languages(messages: ModuleType) -> None:
    assert messages._holes("第 %(n)s 版，{label}") == {"n", "label"}
    assert messages._holes(("%(n)s 行", "%(n)s 行")) == messages._holes(("one row", "%(n)s rows")) == {"n"}
    assert messages._holes("%") == messages._holes("(") == set()


SHOWN = (
    "django/forms", "django/core/validators.py", "django/contrib/auth/password_validation.py", "django/contrib/auth/validators.py",
    "django/utils", "django/contrib/humanize", "allauth/account", "allauth/core", "allauth/mfa", "allauth/templates/account",
    "allauth/templates/mfa",
)  # fmt: skip
"""Parts of libraries whose words come on our pages and into our mails."""


def test_the_libraries_words_have_their_chinese(messages: ModuleType) -> None:
    """What a library's own catalogue lacks stands in `people/locale/zh_Hans`."""
    packages = Path(django.__file__).parents[1]
    ours = (ROOT / "src/ketang").rglob("zh_Hans/LC_MESSAGES/django.po")
    theirs = [
        *packages.glob("django/**/zh_Hans/LC_MESSAGES/django.po"),
        packages / "allauth/locale/zh_Hans/LC_MESSAGES/django.po",
    ]
    known = set()
    for path in [*ours, *theirs]:
        with path.open("rb") as file:
            known |= {(m.context, messages._id(m.id)) for m in read_po(file) if m.id and m.string and not m.fuzzy}
    found = set()
    for name in SHOWN:
        files = [packages / name] if name.endswith(".py") else sorted((packages / name).rglob("*.*"))
        for path in files:
            if path.suffix in (".py", ".html", ".txt") and "tests" not in path.parts and "locale" not in path.parts:
                found |= {(context, messages._id(words)) for words, context in messages.strings_of(path)}
    assert len(found) > 300
    assert found - known == set()
