"""The file of known prints: what is kept comes back, a package replaces itself, anything else is refused in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from kebao.media.fingerprint import known
from kebao.media.fingerprint.known import KnownMedium, add, load
from kebao.media.fingerprint.prints import Print, print_of
from kebao.model.errors import Unreadable
from kebao.subjects.sketched_prints import printed

SCHOOL, OTHER = "天津市晴禾职业培训学校", "天津市春和职业技能培训中心"


def print_by_chance(content: int, sound: int | None = None) -> Print:
    made = print_of(60.0, printed(content, sound=sound)().meters)
    assert made is not None
    return made


def medium(supplier: str, package: str, content: int, sound: int | None = None) -> KnownMedium:
    return KnownMedium(
        supplier, package, f"片{content}", f"视频/{content}.mp4", f"{content:064x}", print_by_chance(content, sound)
    )


def names(path: Path) -> list[tuple[str, str, str]]:
    return [(one.supplier, one.package, one.title) for one in load(path).media]


def test_what_is_kept_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "known.kbprints"
    heard = medium(SCHOOL, "照护", 3)
    heard = KnownMedium(
        heard.supplier,
        heard.package,
        heard.title,
        heard.path,
        heard.digest,
        Print(60.0, None, heard.print.codes, heard.print.steps),
    )
    kept = [medium(SCHOOL, "照护", 1), medium(SCHOOL, "照护", 2, sound=-1), heard]
    assert add(path, SCHOOL, "照护", kept) == 0
    found = load(path).media
    assert [(m.title, m.path, m.digest, m.print.seconds) for m in found] == [
        (m.title, m.path, m.digest, m.print.seconds) for m in kept
    ]
    for one, other in zip(found, kept, strict=True):
        assert one.print.codes.tolist() == other.print.codes.tolist()
        assert one.print.steps.tolist() == other.print.steps.tolist()
        assert (one.print.scenes is None) == (other.print.scenes is None)
        if one.print.scenes is not None and other.print.scenes is not None:
            assert one.print.scenes.ticks.tolist() == other.print.scenes.ticks.tolist()
            assert (one.print.scenes.hashes == other.print.scenes.hashes).all()
            assert one.print.scenes.quality.tolist() == other.print.scenes.quality.tolist()
            assert one.print.scenes.end == other.print.scenes.end


def test_a_package_replaces_itself_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "known.kbprints"
    add(path, SCHOOL, "照护", [medium(SCHOOL, "照护", 1), medium(SCHOOL, "照护", 2)])
    add(path, OTHER, "照护", [medium(OTHER, "照护", 3)])
    assert add(path, SCHOOL, "照护", [medium(SCHOOL, "照护", 4)]) == 2
    assert names(path) == [(SCHOOL, "照护", "片4"), (OTHER, "照护", "片3")] or names(path) == [
        (OTHER, "照护", "片3"),
        (SCHOOL, "照护", "片4"),
    ]


def test_a_search_names_the_right_medium(tmp_path: Path) -> None:
    path = tmp_path / "known.kbprints"
    add(path, SCHOOL, "照护", [medium(SCHOOL, "照护", content) for content in (1, 2, 3)])
    kept = load(path)
    (match,) = kept.pool.matches(print_by_chance(2), least_share=0.5)
    assert kept.media[match.other].title == "片2"


def test_an_empty_file_holds_nothing_and_may_be_added_to(tmp_path: Path) -> None:
    path = tmp_path / "known.kbprints"
    path.touch()
    assert load(path).media == ()
    add(path, SCHOOL, "照护", [medium(SCHOOL, "照护", 1)])
    assert names(path) == [(SCHOOL, "照护", "片1")]


def test_another_file_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    text, base = tmp_path / "a.txt", tmp_path / "b.sqlite"
    text.write_text("这不是指纹库。" * 100, encoding="utf-8")
    with sqlite3.connect(base) as made:
        made.execute("CREATE TABLE media (a)")
    made.close()
    for path in (text, base):
        before = path.read_bytes()
        for act in (lambda path=path: load(path), lambda path=path: add(path, SCHOOL, "照护", [])):
            with pytest.raises(Unreadable, match="不是课包的指纹库"):
                act()
        assert path.read_bytes() == before


def test_a_file_of_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "known.kbprints"
    add(path, SCHOOL, "照护", [])
    monkeypatch.setattr(known, "FORMAT", known.FORMAT + 1)
    with pytest.raises(Unreadable, match=r"另一个版本的课包做的（格式 1"):
        load(path)


@pytest.mark.parametrize(
    "column, content",
    [
        ("hashes", b"short"), ("ticks", np.array([4, 2], "<i4").tobytes()), ("codes", b"12345"), ("steps", b""),
        ("steps", np.zeros(464, "<i4").tobytes()), ("seconds", "no number"), ("quality", b""), ("last", None),
    ],
)  # fmt: skip
def test_a_damaged_row_is_told(column: str, content: object, tmp_path: Path) -> None:
    path = tmp_path / "known.kbprints"
    add(path, SCHOOL, "照护", [medium(SCHOOL, "照护", 1)])
    with sqlite3.connect(path) as base:
        base.execute(f"UPDATE media SET {column} = ?", (content,))
    base.close()
    with pytest.raises(Unreadable, match="已损坏"):
        load(path)


def test_a_missing_file_is_the_systems_own_reason(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.kbprints")
