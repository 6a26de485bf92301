"""`kebao media` as a person runs it: words, files, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from making import make_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("media") / "洗手.mp4", 9)


def media(*words: Any, columns: int = 80) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kebao.cli.main import main; main()", "media", *map(str, words)]
    environment = {**os.environ, "COLUMNS": str(columns)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    return done


def test_the_terminal_shows_curves_and_nothing_is_kept_when_asked(clip: Path, tmp_path: Path) -> None:
    store = tmp_path / "cache"
    os.environ["KEBAO_CACHE"] = str(store)
    try:
        done = media(clip, "--no-store")
        assert (done.returncode, "亮度（%）" in done.stdout, store.exists()) == (0, True, False)
        media(clip)
        assert store.exists()
    finally:
        del os.environ["KEBAO_CACHE"]


@pytest.mark.parametrize("name, start", [("a.json", "{"), ("a.html", "<!DOCTYPE html>"), ("a.txt", "╭")])
def test_the_extension_decides_the_form(clip: Path, tmp_path: Path, name: str, start: str) -> None:
    done = media(clip, "--cheap", "--out", tmp_path / name)
    assert done.returncode == 0
    assert (tmp_path / name).read_text(encoding="utf-8").lstrip().startswith(start)
    assert "报告已写到" in done.stderr


def test_a_stretch_is_shown_in_json(clip: Path) -> None:
    report = json.loads(media(clip, "--no-store", "--format", "json", "--from", "0:02", "--to", "5秒").stdout)
    assert [report["shown"][end]["exact"] for end in ("start", "end")] == ["2", "5"]


@pytest.mark.parametrize(
    "words, code, said",
    [
        (("--from", "abc"), 2, "“abc”不是时间"),
        (("--cheap", "--from", "1:00"), 2, "不在这个文件里：它长 00:09"),
        (("--cheap", "--lang", "en", "--to", "x"), 2, "is no time"),
        (("--out", "no-such-folder/a.html"), 2, "没有文件夹"),
    ],
)
def test_wrong_use_is_said_in_words(clip: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = media(clip, *words)
    assert (done.returncode, said in done.stderr) == (code, True)


def test_a_folder_is_no_medium(tmp_path: Path) -> None:
    done = media(tmp_path)
    assert (done.returncode, "kebao check" in done.stderr) == (3, True)
