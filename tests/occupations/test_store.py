from __future__ import annotations

import json
import os
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kebao.model.errors import Unreadable, UsageFault
from kebao.occupations.catalogue import Edition, Entry, OccupationCatalogue
from kebao.occupations.store import default_folder, load, load_all, save

EDITION = Edition(
    name="虚构目录：2023/第一版",
    issued_by="虚构局",
    valid_from=date(2023, 1, 1),
    valid_to=date(2023, 12, 31),
    source="虚构〔2023〕1 号",
    fictitious=True,
    entries=(
        Entry(
            code="8-77-01-01",
            name="折纸员",
            level="五级",
            hours=Decimal("80.5"),
            demand="紧缺职业",
            subsidy=Decimal(900),
        ),
    ),
)
HOME = Path("home")


@pytest.mark.parametrize(
    ("environ", "platform", "folder"),
    [
        ({"KEBAO_OCCUPATIONS": "here"}, "linux", Path("here")),
        ({"KEBAO_OCCUPATIONS": "", "XDG_DATA_HOME": "data"}, "linux", Path("data/kebao/occupations")),
        ({}, "linux", HOME / ".local/share/kebao/occupations"),
        ({"LOCALAPPDATA": "local"}, "win32", Path("local/kebao/occupations")),
        ({}, "win32", HOME / "AppData/Local/kebao/occupations"),
        ({"XDG_DATA_HOME": "data"}, "darwin", HOME / "Library/Application Support/kebao/occupations"),
    ],
)
def test_where_catalogues_are_kept(environ: dict[str, str], platform: str, folder: Path) -> None:
    assert default_folder(environ, platform, HOME) == folder


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert load_all(folder) == OccupationCatalogue()
    path = save(EDITION, folder)
    assert load(path) == EDITION
    assert load_all(folder) == OccupationCatalogue((EDITION,))
    assert os.listdir(folder) == [path.name]
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "schema": "kebao.occupations/1",
        "name": "虚构目录：2023/第一版",
        "issued_by": "虚构局",
        "valid_from": "2023-01-01",
        "valid_to": "2023-12-31",
        "source": "虚构〔2023〕1 号",
        "fictitious": True,
        "entries": [
            {
                "code": "8-77-01-01",
                "name": "折纸员",
                "level": "五级",
                "hours": "80.5",
                "demand": "紧缺职业",
                "subsidy": "900",
            }
        ],
    }


def test_the_environment_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEBAO_OCCUPATIONS", str(tmp_path))
    path = save(EDITION)
    assert path.parent == tmp_path
    assert load_all() == OccupationCatalogue((EDITION,))


def test_the_same_edition_is_replaced_and_another_is_added(tmp_path: Path) -> None:
    save(EDITION, tmp_path)
    corrected = EDITION.model_copy(update={"source": "虚构〔2023〕2 号"})
    later = EDITION.model_copy(update={"valid_from": date(2023, 7, 1)})
    other = EDITION.model_copy(update={"name": "虚构目录：2023_第一版"})  # the same once the signs are gone
    for edition in (corrected, later, other):
        save(edition, tmp_path)
    assert sorted(load_all(tmp_path).editions, key=lambda e: (e.valid_from, e.name)) == [corrected, other, later]
    assert all(name.endswith(".json") for name in os.listdir(tmp_path))


def test_a_long_name_has_a_file_name_that_every_system_stores(tmp_path: Path) -> None:
    path = save(EDITION.model_copy(update={"name": "目" * 500}), tmp_path)
    assert len(path.name.encode()) <= 255


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"not json",
        b"\xff\xfe",
        b'{"schema": "kebao.occupations/2", "name": "x", "valid_from": "2023-01-01"}',
    ],
)
def test_a_damaged_file_is_not_passed_over(tmp_path: Path, content: bytes) -> None:
    save(EDITION, tmp_path)
    (tmp_path / "damaged.json").write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        load_all(tmp_path)
    assert caught.value.code == "not-a-catalogue"
    assert "damaged.json" in caught.value.message.zh


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("x")
    assert load_all(tmp_path) == OccupationCatalogue()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageFault) as caught:
        save(EDITION, tmp_path / "file" / "folder")
    assert "无法把目录存到" in caught.value.message.zh


@pytest.mark.skipif(sys.platform == "win32", reason="no such links there")
def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as stream:
        stream.truncate(33 * 1024 * 1024)
    with pytest.raises(Unreadable):
        load(path)
