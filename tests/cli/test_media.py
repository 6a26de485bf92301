"""`kebao media` as a person runs it: words, files, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from kebao.cli.main import main
from kebao.report.medium_json import read_medium
from making import make_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("media") / "洗手.mp4", 9)


@dataclass(frozen=True)
class Done:
    """What a run left."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def media(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Runs the command in this process, with a store of its own."""
    monkeypatch.setenv("KEBAO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: Any) -> Done:
        with pytest.raises(SystemExit) as left:
            main(["media", *map(str, words)])
        said = capsys.readouterr()
        return Done(int(left.value.code or 0), said.out, said.err)

    return run


def test_the_terminal_shows_curves_and_nothing_is_kept_when_asked(clip: Path, media: Any, tmp_path: Path) -> None:
    done = media(clip, "--no-store")
    assert ("亮度（%）" in done.stdout, (tmp_path / "cache").exists()) == (True, False)
    assert max(cell_len(line) for line in done.stdout.splitlines()) <= 80
    media(clip)
    assert (tmp_path / "cache").exists()


@pytest.mark.parametrize("name, start", [("a.json", "{"), ("a.html", "<!DOCTYPE html>"), ("a.txt", "╭")])
def test_the_extension_decides_the_form(clip: Path, media: Any, tmp_path: Path, name: str, start: str) -> None:
    done = media(clip, "--cheap", "--out", tmp_path / name)
    assert done.returncode == 0
    assert (tmp_path / name).read_text(encoding="utf-8").lstrip().startswith(start)
    assert "报告已写到" in done.stderr


def test_a_stretch_is_shown_in_json(clip: Path, media: Any) -> None:
    report = json.loads(media(clip, "--no-store", "--format", "json", "--from", "0:02", "--to", "5秒").stdout)
    assert [report["shown"][end]["exact"] for end in ("start", "end")] == ["2", "5"]


def test_the_second_look_is_the_first_and_another_question_is_not(
    clip: Path, media: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = media(clip, "--format", "json").stdout
    made: list[int] = []
    monkeypatch.setattr("kebao.cli.media.look", lambda *_, **__: made.append(1) or read_medium(first))
    assert media(clip, "--format", "json").stdout == first
    assert made == []
    media(clip, "--to", "0:05")
    clip.with_suffix(".srt").write_text("1\n00:00:01,000 --> 00:00:03,000\n字\n", encoding="utf-8")
    try:
        media(clip)
    finally:
        clip.with_suffix(".srt").unlink()
    media(clip, "--no-store")
    media(clip, "--cheap")
    assert len(made) == 4


@pytest.mark.parametrize(
    "words, code, said",
    [
        (("--from", "abc"), 2, "“abc”不是时间"),
        (("--cheap", "--from", "1:00"), 2, "不在这个文件里：它长 00:09"),
        (("--cheap", "--lang", "en", "--to", "x"), 2, "is no time"),
        (("--out", "no-such-folder/a.html"), 2, "没有文件夹"),
    ],
)
def test_wrong_use_is_said_in_words(clip: Path, media: Any, words: tuple[str, ...], code: int, said: str) -> None:
    done = media(clip, *words)
    assert (done.returncode, said in done.stderr) == (code, True)


def test_a_folder_is_no_medium(media: Any, tmp_path: Path) -> None:
    done = media(tmp_path)
    assert (done.returncode, "kebao check" in done.stderr) == (3, True)
