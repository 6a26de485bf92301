"""Known prints from the command: packages are kept, a copy in another package is found, and one film twice in one package."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from filming import Shooting, film
from kebao.cli.main import main


@dataclass(frozen=True)
class Done:
    """What a run of the command left."""

    returncode: int
    stdout: str
    stderr: str


Kebao = Callable[..., Done]


@pytest.fixture
def kebao(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kebao:
    """The command in this process, one file at a time, with an empty store of measurements."""
    monkeypatch.setenv("KEBAO_CACHE", str(tmp_path / "cache"))

    def run(*words: object) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        said_so = capsys.readouterr()
        return Done(int(str(left.value.code)), said_so.out, said_so.err)

    return run


def checked(kebao: Kebao, *words: object) -> Done:
    return kebao("check", *words, "--format", "json", "--jobs", 1)


def added(kebao: Kebao, *words: object) -> Done:
    return kebao("prints", "add", *words, "--jobs", 1)


def said(done: Done) -> list[tuple[str, str, str]]:
    """Findings of the two rules: rule, outcome, path."""
    return [
        (found["rule"], found["outcome"], found["at"]["path"])
        for found in json.loads(done.stdout)["findings"]
        if found["rule"] in ("same-medium-known", "medium-repeated")
    ]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bare packages of synthetic films; the second holds a worse, shortened copy out of the first."""
    root = tmp_path_factory.mktemp("packages")
    film(root / "养老照护/视频/洗手.mp4", Shooting(1))
    film(root / "养老照护/视频/喂水.mp4", Shooting(2))
    film(root / "护理入门/视频/手部清洁.mp4", Shooting(1, start=2.4, seconds=12, size=(240, 136), picture_rate=150_000))
    film(root / "护理入门/视频/翻身.mp4", Shooting(3))
    return root


def test_a_copy_out_of_another_package_is_found_and_nothing_else(kebao: Kebao, packages: Path, tmp_path: Path) -> None:
    known = tmp_path / "已收录.kbprints"
    assert added(kebao, packages / "养老照护", "--known", known) == Done(
        0, "已收录《养老照护》的 2 个视频和音频。\n", ""
    )
    done = checked(kebao, packages / "护理入门", "--known", known)
    assert said(done) == [("same-medium-known", "cantTell", "视频/手部清洁.mp4")]
    (found,) = (f for f in json.loads(done.stdout)["findings"] if f["rule"] == "same-medium-known")
    assert "《养老照护》里的“洗手”画面和声音相同" in found["message"]["zh"]
    assert said(checked(kebao, packages / "养老照护", "--known", known)) == []
    assert said(checked(kebao, packages / "护理入门")) == []


def test_one_film_twice_in_a_package_is_found(kebao: Kebao, packages: Path, tmp_path: Path) -> None:
    whole = tmp_path / "照护"
    for path, of in (
        ("翻身", "护理入门/视频/翻身"),
        ("洗手", "养老照护/视频/洗手"),
        ("洗手要点", "护理入门/视频/手部清洁"),
    ):
        (whole / "视频").mkdir(parents=True, exist_ok=True)
        (whole / f"视频/{path}.mp4").write_bytes((packages / f"{of}.mp4").read_bytes())
    assert said(checked(kebao, whole)) == [("medium-repeated", "failed", "视频/洗手要点.mp4")]
    unmeasured = json.loads(checked(kebao, whole, "--no-media").stdout)
    outcomes = {rule["rule"]: rule["outcome"] for clause in unmeasured["clauses"] for rule in clause["rules"]}
    assert outcomes["medium-repeated"] == "untested"


def test_adding_again_replaces_and_the_list_tells(kebao: Kebao, packages: Path, tmp_path: Path) -> None:
    known = tmp_path / "已收录.kbprints"
    assert added(kebao, packages / "养老照护", packages / "护理入门", "--known", known).returncode == 0
    again = added(kebao, packages / "养老照护", "--known", known, "--lang", "en")
    assert again.stdout == "Kept 2 media of “养老照护”, in place of 2 kept before.\n"
    listed = kebao("prints", "list", "--known", known, "--lang", "en")
    assert sorted(listed.stdout.splitlines()) == ["\t养老照护\t2 media, 1 minutes", "\t护理入门\t2 media, 0 minutes"]


def test_a_film_that_cannot_be_decoded_is_named(kebao: Kebao, tmp_path: Path) -> None:
    whole = film(tmp_path / "课/视频/洗手.mp4", Shooting(1, seconds=4))
    (tmp_path / "课/视频/坏.mp4").write_bytes(whole.read_bytes()[:3000])
    assert added(kebao, tmp_path / "课", "--known", tmp_path / "k.kbprints") == Done(
        0, "已收录《课》的 1 个视频和音频。\n", "  解不开，没有收录：视频/坏.mp4\n"
    )


def test_wrong_uses_are_said_in_words(kebao: Kebao, packages: Path, tmp_path: Path) -> None:
    text = tmp_path / "文字.kbprints"
    text.write_text("不是指纹库" * 200, encoding="utf-8")
    for done in (
        added(kebao, packages / "养老照护", "--known", text),
        checked(kebao, packages / "养老照护", "--known", text),
        kebao("prints", "list", "--known", text),
    ):
        assert (done.returncode, done.stdout) == (3, "")
        assert "不是课包的指纹库" in done.stderr
    assert text.read_text(encoding="utf-8").startswith("不是指纹库")
    assert checked(kebao, packages / "养老照护", "--known", tmp_path / "没有.kbprints").returncode == 2
    assert kebao("prints", "list", "--known", tmp_path / "没有.kbprints").returncode == 3
    nowhere = added(kebao, packages / "养老照护", "--known", tmp_path / "没有/k.kbprints")
    assert nowhere.returncode == 2
    assert "没有文件夹" in nowhere.stderr
