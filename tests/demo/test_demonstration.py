"""The demonstration's packages: the conforming one has no finding, the other exactly the planted ones; bytes do not change."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from kebao.captions.reading import read_captions
from kebao.demo import __main__ as command
from kebao.demo import course, making, picture
from kebao.demo.described import FILMED, descriptions
from kebao.demo.making import MARK, Made, judged, make
from kebao.demo.planted import PACKAGE_NAME, PLANTED, Draft, expected, found, plant_all
from kebao.demo.trial import HUM, HUM_SECONDS, HUMMING, expected_in_trial
from kebao.media.facts import AudioFacts, MediaFacts
from kebao.media.measuring import measure
from kebao.media.probe import probe
from kebao.model.errors import UsageFault
from kebao.model.outcome import Outcome
from kebao.package.faces import differences
from kebao.subjects.abstaining import NOT_MEASURED
from kebao.subjects.listening import Listening
from kebao.subjects.reading import open_package

SMALL = (320, 180)
NAME = "网络课程+天津市晴禾职业培训学校（虚构）+老年人饮水照护入门"
UNTESTED_RULES = [("A3(2)", "subsidy-hours-short")]
"""No table of subsidised hours is shipped, so this rule says that it has nothing to judge by. The films are not decoded here:
what needs that says so itself."""


@dataclass
class Built:
    """Where the demonstration was built once for all tests, what it made, and what it told."""

    out: Path
    sound: Made
    faulty: Made
    films: list[tuple[str, bool]] = field(default_factory=list)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    try:
        picture.wheel_file(*picture.FONT)
        picture.photograph()
    except UsageFault:
        pytest.skip("the group “demo” is not installed")
    out, films = tmp_path_factory.mktemp("demo") / "out", []
    sound, faulty = make(out, films=lambda *told: films.append(told), step=lambda _: None, size=SMALL)
    return Built(out, sound, faulty, films)


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_conforming_package_has_no_finding(built: Built) -> None:
    report = built.sound.report
    unable = [
        (clause.id, rule.rule)
        for clause in report.clauses
        for rule in clause.rules
        if rule.outcome not in (Outcome.PASSED, Outcome.INAPPLICABLE) and rule.because != NOT_MEASURED.because
    ]
    assert (report.findings, report.notes, report.crashes, report.verdict.word) == ((), (), (), "review")
    assert unable == UNTESTED_RULES
    assert [book.id for book in report.rulebooks] == ["tianjin/2023", "access/2.2", "moe/2013"]


def test_faulty_package_has_exactly_the_planted_findings(built: Built) -> None:
    report = built.faulty.report
    assert found(report) == expected()
    assert (report.notes, report.crashes, report.verdict.word) == ((), (), "failed")


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, id=fault.finds[0][0], marks=pytest.mark.sweep if number % 4 else ())
        for number, fault in enumerate(PLANTED)
    ],
)
def test_each_fault_alone_brings_its_findings(built: Built, tmp_path: Path, number: int) -> None:
    root = tmp_path / NAME
    shutil.copytree(built.sound.folder, root, copy_function=_linked)
    for name in ("培训包.yaml", "SHA256SUMS"):
        (root / name).unlink()
    draft = Draft(root, course.manifest(), course.papers())
    PLANTED[number].plant(draft)
    course.write_faces(draft.root, draft.manifest, draft.papers)
    assert found(judged(draft.root)) == sorted(PLANTED[number].finds)


def _linked(source: str, target: str) -> str:
    """Films are never written to: a link will do."""
    if source.endswith((".mp4", ".m4a")):
        Path(target).hardlink_to(source)
        return target
    return str(shutil.copyfile(source, target))


def test_packed_zip_is_the_folder_and_conforms(built: Built, tmp_path: Path) -> None:
    assert built.sound.archive is not None
    assert built.sound.archive.name == f"{NAME}.zip"
    with zipfile.ZipFile(built.sound.archive) as packed:
        packed.extractall(tmp_path)
    assert _digests(tmp_path / NAME) == _digests(built.sound.folder)
    assert found(judged(built.sound.archive)) == []


def test_workbook_and_yaml_say_the_same(built: Built) -> None:
    with open_package(built.sound.folder, as_of=making.AS_OF) as opened:
        faces = opened.package.faces
    assert sorted(face.format for face in faces) == ["xlsx", "yaml"]
    assert differences(*(face.manifest for face in faces)) == ()
    assert all(face.not_understood == () for face in faces)


def test_papers_hold_fifty_questions_each(built: Built) -> None:
    with open_package(built.sound.folder, as_of=making.AS_OF) as opened:
        counts = {path: len(paper.questions) for path, paper in opened.package.question_papers.items()}
    assert counts == {f"试卷/试卷{n}.xlsx": 50 for n in (1, 2, 3)}


def test_films_carry_picture_and_spoken_sound(built: Built) -> None:
    """25 frames a second and 48 kHz AAC; as long as the speech to within two frames."""
    for name in course.LESSONS:
        facts = probe(built.sound.folder / course.film_path(name))
        assert isinstance(facts, MediaFacts)
        assert facts.video is not None
        assert (facts.video.codec, facts.video.width, facts.video.height, facts.video.fps) == ("h264", *SMALL, 25)
        assert facts.audio == (AudioFacts("aac", 48_000, 1),)
        assert abs(float(facts.seconds) - course.seconds(name)) <= 0.08
    sound = probe(built.sound.folder / course.SOUND_PATH)
    assert (sound.video, sound.audio) == (None, (AudioFacts("aac", 48_000, 1),))


def test_second_run_uses_the_films_and_gives_the_same_bytes(built: Built) -> None:
    before, again = _digests(built.out), []
    make(built.out, films=lambda *told: again.append(told), step=lambda _: None, size=SMALL)
    assert [reused for _, reused in built.films] == [False] * 6
    assert again == [(title, True) for title, _ in built.films]
    assert _digests(built.out) == before


def test_reports_stand_beside_and_tell_every_finding(built: Built) -> None:
    page = built.faulty.page.read_text(encoding="utf-8")
    assert built.faulty.folder.name == PACKAGE_NAME
    assert [f.rule for f in built.faulty.report.findings if f'id="f-{f.fingerprint}"' not in page] == []
    assert sorted(path.name for path in built.out.iterdir()) == sorted(
        [MARK, "合格", "有问题", "试检", "素材", "合格的课程包-检查报告.html", "有问题的课程包-检查报告.html"]
    )


def test_faulty_package_keeps_what_was_not_planted(built: Built, tmp_path: Path) -> None:
    """Planting again on a fresh copy gives the same folder, byte for byte."""
    root = tmp_path / NAME
    shutil.copytree(built.sound.folder, root, copy_function=_linked)
    assert _digests(plant_all(root)) == _digests(built.faulty.folder)


def test_the_sample_for_a_trial_has_its_mistakes_and_nothing_else(built: Built) -> None:
    """Structure at once; the hum with the film's measurement, where it was put and to within two seconds."""
    sample = built.out / "试检" / built.sound.folder.name
    assert found(judged(sample)) == [one for one in expected_in_trial() if one not in HUM.finds]
    film = sample / course.film_path(HUMMING)
    heard = Listening.of(measure(lambda: film.open("rb"), "0" * 64, None, threads=1))
    assert heard is not None
    [hum] = heard.hum
    span = heard.span(hum.first, hum.end)
    off = [abs(float(at) - planted) for at, planted in zip((span.start, span.end), HUM_SECONDS, strict=True)]
    assert (hum.mains, max(off) <= 2) == (50, True)


def test_descriptions_tell_every_slide_and_never_overlap() -> None:
    for name in course.LESSONS:
        cues = read_captions(descriptions(name)).cues
        slides = yaml.safe_load((course.MATERIAL / "slides.yaml").read_text(encoding="utf-8"))[name]
        titles = [slide["title"].replace("　", "，") if name == FILMED else slide["title"] for slide in slides]
        told = [title in cue.words for title, cue in zip(titles, cues, strict=True)]
        assert told == [True] * len(slides)
        assert [a for a, b in itertools.pairwise(cues) if a.end >= b.start] == []
        assert cues[-1].end <= course.seconds(name)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "论文.docx").write_text("别动", encoding="utf-8")
    assert command.main([str(tmp_path)]) == 2
    assert "里有别的东西，没有动它" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["论文.docx"]


def test_a_file_in_the_way_is_answered_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Stands for every place that cannot be written: root may write where others may not."""
    (tmp_path / "文件").touch()
    assert command.main([str(tmp_path / "文件" / "demo")]) == 3
    said = capsys.readouterr().err
    assert said.startswith("错误：写不进去")
    assert "Traceback" not in said


@pytest.mark.parametrize("arguments", [[], ["一", "二"], ["--help"]])
def test_wrong_use_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments) == 2
    assert "python -m kebao.demo" in capsys.readouterr().err


def test_missing_material_is_told_with_the_way_to_mend_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wheel that nobody has stands for one that is not installed."""
    monkeypatch.setattr("kebao.demo.films.FONT", ("kebao-no-such-wheel", "a.otf"))
    assert command.main([str(tmp_path / "demo")]) == 2
    assert "make setup-demo" in capsys.readouterr().err


def test_full_disk_is_told_before_anything_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "NEEDED_BYTES", shutil.disk_usage(tmp_path).free * 2)
    assert command.main([str(tmp_path / "demo")]) == 2
    assert "磁盘空间不够" in capsys.readouterr().err
