"""The catalogues of the product's words. Source strings are Chinese; each room has its English in `locale/en/LC_MESSAGES/django.po`.

    update   put new strings into the catalogues and take gone ones out; then write the English
    compile  write the .mo files that Django reads (not in the repository; `make run` and `make test` do it)
    check    say what is missing, fuzzy, out of date, or Chinese outside of translation

A room is `platform`, `people`, `selection/calls`, `web/public` …: two helpers who work in two rooms write in two files.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import django.conf
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ROOT / "src/ketang"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "gettext_noop": None,
}
DEEP = ("selection", "classroom", "web")
"""Folders whose parts are rooms of their own."""
HANZI = re.compile(r"[\u3400-\u9fff，。：；（）！？]")
HANZI_ALONE = re.compile(r"[\u3400-\u9fff]")
NOT_PAGES = ("command", "settings")
"""The command line and its messages speak both languages at once; settings speak to nobody."""

Key = tuple[str | None, str]


def room_of(path: Path) -> Path:
    """The folder whose catalogue holds the strings of a file."""
    parts = path.relative_to(PRODUCT).parts
    if parts[:3] == ("web", "templates", "web"):  # web/templates/web/public/home.html belongs to web/public
        parts = ("web", *parts[3:])
    if (
        len(parts) > 2
        and parts[0] in DEEP
        and parts[1] != "templatetags"
        and (PRODUCT / parts[0] / parts[1] / "__init__.py").is_file()
    ):
        return PRODUCT / parts[0] / parts[1]
    return PRODUCT / parts[0] if len(parts) > 1 else PRODUCT / "platform"


def sources() -> list[Path]:
    """Every file with strings."""
    found = [*PRODUCT.rglob("*.py"), *PRODUCT.rglob("*.html"), *PRODUCT.rglob("*.txt"), *PRODUCT.rglob("*.xml")]
    return sorted(path for path in found if "static" not in path.parts and "migrations" not in path.parts)


def strings_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Strings of a file with their contexts."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if not django.conf.settings.configured:
            django.conf.settings.configure()
        # What is no string of ours has become X; without indentation the rest reads as Python.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    for _line, words, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
        yield words, context


def wanted() -> dict[Path, Catalog]:
    """Catalogues with every string and no English, by room."""
    found: dict[Path, Catalog] = {}
    for path in sources():
        for words, context in strings_of(path):
            catalog = found.setdefault(room_of(path), Catalog(locale="en"))
            catalog.add(words, locations=[(path.relative_to(PRODUCT).as_posix(), 1)], context=context)
    return found


def file_of(room: Path) -> Path:
    """A room's English catalogue."""
    return room / "locale/en/LC_MESSAGES/django.po"


def present(room: Path) -> Catalog:
    """What stands in the repository; empty when nothing does."""
    path = file_of(room)
    if not path.is_file():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update() -> None:
    """Write every catalogue anew, with the English there was."""
    rooms = wanted()
    known: dict[Key, Any] = {}
    for room in rooms:
        known |= english(present(room))
    for room, catalog in rooms.items():
        own = english(present(room))
        for message in catalog:
            if message.id:
                key = message.context, _id(message.id)
                message.string = _fitting(message.id, own.get(key) or known.get(key) or message.string or "")
        path = file_of(room)
        path.parent.mkdir(parents=True, exist_ok=True)
        written = io.BytesIO()
        write_po(written, catalog, width=0, include_lineno=False, omit_header=True, sort_by_file=True)
        header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: en\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        path.write_text(header + written.getvalue().decode(), encoding="utf-8")
        missing = sum(1 for message in catalog if message.id and not _whole(message.string))
        print(f"{path.relative_to(ROOT)}: {len(catalog)} strings, {missing} without English")


def english(catalog: Catalog) -> dict[Key, Any]:
    """What of a catalogue has English, with its English."""
    return {(message.context, _id(message.id)): message.string for message in catalog if message.id and message.string}


def at_odds(catalogs: Mapping[str, Catalog]) -> list[str]:
    """Words to which rooms, by their names, give unlike English: Django joins all catalogues, and shows that of one of them everywhere."""
    told: dict[Key, dict[str, str]] = {}
    for name, catalog in catalogs.items():
        for key, string in english(catalog).items():
            told.setdefault(key, {})[_id(string)] = name
    return [
        f"{', '.join(by.values())}: unlike English for one text, which needs a context: {words} / {' / '.join(by)}"
        for (_, words), by in told.items()
        if len(by) > 1
    ]


def compile_all(*, stale_only: bool = False) -> None:
    """Write the .mo file beside every .po file."""
    for path in sorted(PRODUCT.rglob("django.po")):
        compiled = path.with_suffix(".mo")
        if stale_only and compiled.is_file() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source:
            catalog = read_po(source, locale=path.parts[-3])
        whole = io.BytesIO()
        write_mo(whole, catalog)
        part = compiled.with_suffix(f".{os.getpid()}")
        part.write_bytes(whole.getvalue())
        part.replace(compiled)  # another process may be reading it


def faults() -> list[str]:
    """Everything that is not as it should be."""
    found = []
    rooms = wanted()
    for room, catalog in rooms.items():
        name, there = file_of(room).relative_to(ROOT), {(m.context, _id(m.id)): m for m in present(room) if m.id}
        here: set[Key] = {(m.context, _id(m.id)) for m in catalog if m.id}
        found += [
            f"{name}: not in the catalogue (run tools/messages.py update): {words}"
            for _, words in sorted(here - set(there), key=str)
        ]
        found += [
            f"{name}: no longer used (run tools/messages.py update): {words}"
            for _, words in sorted(set(there) - here, key=str)
        ]
        for (_, words), message in there.items():
            if not _whole(message.string):
                found.append(f"{name}: no English: {words}")
            elif message.fuzzy:
                found.append(f"{name}: fuzzy: {words}")
            elif HANZI.search(_id(message.string)) and "中文" not in words:
                found.append(f"{name}: Chinese in the English: {_id(message.string)}")
            elif _holes(message.id) != _holes(message.string):
                found.append(f"{name}: not the same places to fill in: {words} / {message.string}")
    found += at_odds({str(file_of(room).relative_to(ROOT)): present(room) for room in rooms})
    return found + list(untranslated())


def untranslated() -> Iterator[str]:
    """Chinese in templates that no tag translates."""
    for path in sources():
        if path.suffix == ".py" or path.relative_to(PRODUCT).parts[0] in NOT_PAGES:
            continue
        for number, line in enumerate(_bare(path.read_text(encoding="utf-8")).splitlines(), start=1):
            if HANZI_ALONE.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: Chinese outside of translation: {line.strip()}"


def _bare(text: str) -> str:
    """A template without what is translated or never shown; line breaks stay."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n")

    text = re.sub(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", blank, text, flags=re.DOTALL)
    text = re.sub(r"\{%\s*blocktrans.*?endblocktrans(late)?\s*%\}", blank, text, flags=re.DOTALL)
    text = re.sub(
        r"""\{%\s*trans(late)?\s.*?%\}|\{%[^%]*_\([^%]*%\}|\{\{[^}]*_\([^}]*\}\}""", blank, text, flags=re.DOTALL
    )
    return re.sub(r'<(\w+)[^>]*lang="zh-Hans"[^>]*>[^<]*</\1>', blank, text)  # the name of a language in itself


def _id(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _fitting(
    words: str | tuple[str, ...] | list[str], string: str | tuple[str, ...] | list[str]
) -> str | tuple[str, ...] | list[str]:
    """The English as a message has it that counts, or does not count any more."""
    if isinstance(words, str):
        return string if isinstance(string, str) else string[-1]
    return (string, string) if isinstance(string, str) and string else string


def _holes(words: str | tuple[str, ...] | list[str]) -> set[str]:
    """Names that are filled in; of words that count, in the form for many: that for one may say “one”."""
    last = words if isinstance(words, str) else words[-1]
    return {first or second for first, second in re.findall(r"%\((\w+)\)[sd]|\{(\w*)\}", last)}


def _whole(string: str | tuple[str, ...] | list[str]) -> bool:
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


def main() -> int:
    """0 when done, or when `check` finds nothing."""
    word = sys.argv[1] if len(sys.argv) == 2 else ""
    if word == "update":
        update()
    elif word == "compile":
        compile_all()
    elif word == "check":
        for fault in (found := faults()):
            print(fault)
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
