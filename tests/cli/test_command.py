"""The command as a person runs it: words, files, exit codes. Never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import standing
from kebao.rulebook.loading import shipped_ids
from making import copy_package, make_package

COMMAND = Path(sys.executable).with_name("kebao")

pytestmark = pytest.mark.timeout(900)  # the first who asks for the package measures 45 minutes of film, the others wait


@pytest.fixture(scope="module", autouse=True)
def _kept_measurements(measurements: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEBAO_CACHE", str(measurements))
        yield


@pytest.fixture(scope="module")
def package(
    tmp_path_factory: pytest.TempPathFactory,
    one_at_a_time: Callable[[str], AbstractContextManager[None]],
    _kept_measurements: None,
) -> Path:
    """The conforming package, measured."""
    made = make_package(tmp_path_factory.mktemp("package"))
    with one_at_a_time("films"):
        kebao("check", made, timeout=800)
    return made


def kebao(*words: Any, home: Path | None = None, timeout: float = 60) -> standing.Done:
    environment = {**os.environ, "COLUMNS": "120"}
    if home is not None:
        environment["KEBAO_OCCUPATIONS"] = str(home)
    done = standing.kebao(*words, timeout=timeout, env=environment)
    assert "Traceback" not in done.stderr + done.stdout
    return done


def test_the_installed_command_starts(tmp_path: Path) -> None:
    """As a person starts it; the other tests fork it from a process that has imported it."""
    done = subprocess.run([COMMAND, "check", tmp_path / "absent"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, "找不到" in done.stderr) == (2, "", True)


def test_a_conforming_package_gives_no_finding_and_zero(package: Path, tmp_path: Path) -> None:
    done = kebao(
        "check", package, "--format", "json", *[w for name in shipped_ids() for w in ("-r", name)], home=tmp_path
    )
    report = json.loads(done.stdout)
    assert report["findings"] == []
    assert report["crashes"] == []
    assert (done.returncode, report["verdict"]["word"]) == (0, "review")


def test_strict_turns_what_is_open_into_one(package: Path) -> None:
    assert kebao("check", package, "--strict").returncode == 1


def test_a_missing_file_is_an_error_and_one(package: Path, tmp_path: Path) -> None:
    broken = copy_package(package, tmp_path)
    (broken / "视频/试水温.mp4").unlink()
    done = kebao("check", broken)
    assert done.returncode == 1
    assert "试水温.mp4" in done.stdout
    assert "不符合" in done.stdout


@pytest.mark.parametrize("form, start", [("json", "{"), ("html", "<!DOCTYPE html>"), ("docx", "PK")])
def test_a_report_is_written_to_a_file(package: Path, tmp_path: Path, form: str, start: str) -> None:
    out = tmp_path / f"report.{form}"
    done = kebao("check", package, "--format", form, "--out", out)
    assert done.returncode == 0
    assert out.read_bytes().startswith(start.encode())
    assert "待复核" in done.stderr


def test_english_is_spoken_when_asked_for(package: Path) -> None:
    done = kebao("check", package, "--lang", "en")
    assert "To be reviewed" in done.stdout
    assert "待复核" not in done.stdout


@pytest.mark.parametrize(
    "words, said",
    [
        (("check",), "少了参数"),
        (("check", "no-such-folder"), "找不到"),
        (("check", ".", "--nonsense"), "没有选项 --nonsense"),
        (("check", ".", "--format", "pdf"), "只能是 terminal、json、html、docx"),
        (("check", ".", "--jobs", "0"), "不小于 1"),
        (("check", ".", "--rulebook", "nowhere/1"), "没有规则册"),
        (("check", ".", "--format", "docx"), "--out"),
        (("check", ".", "--out", "no-such-folder/r.json"), "没有文件夹"),
        (("check", ".", "--out", "."), "是文件夹，这里要写文件"),
        (("inspect", ".", "--out", "no-such-folder/r.json"), "没有文件夹"),
        (("check", ".", "--rulebook", "no-such.toml"), "找不到规则册文件"),
        (("occupations", "import", ".", "--name", "a", "--from", "2023", "--source", "b"), "不对"),
        (("occupations", "import", __file__, "--name", "a", "--from", "2023", "--source", "b"), "日期写成 2023-08-31"),
        (("kit", __file__), "是文件，这里要写文件夹"),
        (("nonsense",), "没有这个命令"),
        (("explain", "no-such-rule"), "没有规则"),
    ],
)
def test_wrong_use_is_two_and_said_in_chinese(words: tuple[str, ...], said: str) -> None:
    done = kebao(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("错误：")


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("empty.zip", b"", "空"),
        ("broken.zip", b"PK\x03\x04" + bytes(60), ""),
        ("page.docx", b"<html><body>x</body></html>", "网页"),
        ("list.mp4", b"#EXTM3U\nhttp://127.0.0.1/x\n", "播放列表"),
        ("words.csv", "题干,答案\n1,2\n".encode(), ""),
    ],
)
def test_what_cannot_be_read_is_three(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = kebao("check", path)
    assert done.returncode == 3
    assert said in done.stderr
    assert done.stderr.startswith("错误：")


def test_an_empty_folder_is_three(tmp_path: Path) -> None:
    done = kebao("check", tmp_path)
    assert (done.returncode, done.stderr.startswith("错误：")) == (3, True)


def test_one_video_is_checked_as_what_it_is(package: Path) -> None:
    done = kebao("check", package / "视频/试水温.mp4", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["summary"]["kind"], report["findings"]) == (0, "single", [])
    assert report["files"][0]["facts"]["zh"].startswith("10:00，320×180，25 帧/秒，h264")


def test_one_paper_is_checked_as_what_it_is(package: Path, tmp_path: Path) -> None:
    done = kebao("check", package / "试卷/试卷1.xlsx", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["summary"]["kind"], report["findings"]) == (0, "single", [])


def test_inspect_gives_the_native_model(package: Path) -> None:
    done = kebao("inspect", package)
    model = json.loads(done.stdout)
    assert model["manifest"]["title"] == "老年人饮水照护入门"
    assert {path: len(paper["questions"]) for path, paper in model["papers"].items()} == {
        "试卷/试卷1.xlsx": 50, "试卷/试卷2.xlsx": 50, "试卷/试卷3.xlsx": 50,
    }  # fmt: skip
    assert (model["losses"], model["not_understood"]) == ([], [])


def test_rules_and_explain_speak(tmp_path: Path) -> None:
    listed = kebao("rules", "-r", "tianjin/2023")
    assert listed.returncode == 0
    assert "A2(2).4(1)" in listed.stdout
    page = kebao("explain", "lecture-too-long")
    assert page.returncode == 0
    assert "25" in page.stdout


def test_doctor_says_what_is_there(tmp_path: Path) -> None:
    done = kebao("doctor", home=tmp_path)
    assert done.returncode == 0
    assert "补贴标准目录：未装入" in done.stdout


def test_help_is_there_for_every_command() -> None:
    for words in (
        (),
        ("check",),
        ("inspect",),
        ("new",),
        ("kit",),
        ("rules",),
        ("explain",),
        ("doctor",),
        ("occupations", "import"),
    ):
        done = kebao(*words, "--help")
        assert done.returncode == 0
        assert "Usage: kebao" in done.stdout


@pytest.mark.parametrize("words", [(), ("occupations",)])
def test_a_command_without_words_shows_its_help_and_is_two(words: tuple[str, ...]) -> None:
    done = kebao(*words)
    assert (done.returncode, done.stdout, done.stderr.startswith("Usage: kebao")) == (2, "", True)


@pytest.mark.parametrize(
    "words, said",
    [
        (("check", "--lang", "en"), "Error: Missing argument 'PATH'."),
        (("check", ".", "--lang", "en", "--out", "none/r.json"), "Error: Cannot write to “none/r.json”"),
        (("explain", "no-such-rule", "--lang", "en"), "Error: There is no rule “no-such-rule”."),
    ],
)
def test_complaints_are_english_when_asked_for(words: tuple[str, ...], said: str) -> None:
    done = kebao(*words)
    assert (done.returncode, done.stderr.startswith(said)) == (2, True)


def test_a_rulebook_given_twice_is_refused(package: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_bytes(resources.files("kebao.rulebooks").joinpath("tianjin/2023", "rulebook.toml").read_bytes())
    done = kebao("check", package, "-r", "tianjin/2023", "-r", mine)
    assert (done.returncode, "用了两次" in done.stderr) == (2, True)


def test_pipes_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)
    for command, path in (("check", pipe), ("inspect", pipe), ("check", Path("/dev/zero"))):
        done = kebao(command, path, timeout=30)
        assert (done.returncode, "不是普通文件" in done.stderr) == (3, True)


@pytest.mark.parametrize(
    "name, start", [("r.html", "<!DOCTYPE html>"), ("r.JSON", "{"), ("r.docx", "PK"), ("r.txt", "╭")]
)
def test_the_extension_alone_decides_the_form(package: Path, tmp_path: Path, name: str, start: str) -> None:
    done = kebao("check", package, "--out", tmp_path / name)
    assert done.returncode == 0
    assert (tmp_path / name).read_bytes().startswith(start.encode())


@pytest.mark.parametrize("form", ["terminal", "json", "html"])
def test_a_reader_that_leaves_early_breaks_nothing(package: Path, form: str) -> None:
    ours, its = os.pipe()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        wait = standing.started("check", package, "--format", form, out=its, said=said.fileno())
        os.close(its)
        os.close(ours)
        code, _seconds, _peak = wait(60)
        said.seek(0)
        assert (code, said.read()) == (0, "")


def test_reports_are_the_same_bytes_twice_and_whatever_the_threads(package: Path, tmp_path: Path) -> None:
    for form in ("json", "html", "docx"):
        for name, jobs in (("a", 1), ("b", 4)):
            kebao("check", package, "--format", form, "--jobs", jobs, "--out", tmp_path / f"{name}.{form}")
        assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()


def test_the_kit_says_what_the_zip_is_worth(package: Path, tmp_path: Path) -> None:
    folder = copy_package(package, tmp_path)
    done = kebao("kit", folder, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert f"邮件主题：{package.name}\n" in done.stdout
    assert "压缩包的检查结论——待复核：没有必须改的问题" in done.stdout
    (folder / "视频/试水温.mp4").unlink()
    again = kebao("kit", folder, "--out", tmp_path / "out", "--force")
    assert (again.returncode, "不符合：" in again.stdout, "请先改好再报送" in again.stdout) == (0, True, True)
    inside = kebao("kit", folder, "--out", folder / "out")
    assert (inside.returncode, "不能放在课程包文件夹里面" in inside.stderr) == (2, True)
