"""Real clips of the shared material in a bare folder: what a supplier sees who has nothing but videos."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from kebao.demo.making import judged
from kebao.model.report import Report

OF_THE_WHOLE = {
    "category-missing", "occupation-missing", "supplier-introduction-missing", "form-missing", "copyright-proof-missing",
    "free-use-not-agreed", "manifest-missing", "package-part-missing", "hours-undeclared", "resource-kinds-too-few",
    "papers-too-few", "rights-list-missing",
}  # fmt: skip
"""What a folder of videos lacks as a package, each told once."""

OF_SIZE = {"aspect-ratio-mixed", "resolution-mixed", "sample-rate-low"}
"""Technical advice that hangs on the files; how often is not this test's matter."""

PICTURE_SHORTER = {"nasa_nasa_13013.mp4": 13.013, "mdn_water_stream-of-water.mp4": 3.0}
"""Clips whose listed length is the container's, and whose picture ends before that."""

CAPTIONED = {"nasa_nasa_13013.mp4"}
"""Clips that carry streams of subtitles: two, of which each has long lines, no gaps, and ends after its shortened film."""
OF_CAPTIONS = ("caption-line-too-long", "captions-too-close", "caption-outside-medium")


@pytest.fixture(scope="module")
def clips(shared: Path) -> list[dict[str, str]]:
    with (shared / "media/manifest.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["path"].startswith("video/")]


@pytest.fixture(scope="module")
def report(shared: Path, clips: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("clips") / "水上课程"
    folder.mkdir()
    for clip in clips:
        shutil.copyfile(shared / "media" / clip["path"], folder / Path(clip["path"]).name)
    return judged(folder)


def test_every_clip_is_listed_with_its_length(report: Report, clips: list[dict[str, str]]) -> None:
    wanted = {Path(clip["path"]).name: float(clip["seconds"]) for clip in clips} | PICTURE_SHORTER
    measured = {file.path: float(file.seconds or 0) for file in report.files}
    assert measured == pytest.approx(wanted, abs=0.15)


def test_what_a_bare_folder_lacks_is_told_once_and_what_clips_lack_for_each(
    report: Report, clips: list[dict[str, str]]
) -> None:
    counts = Counter(finding.rule for finding in report.findings if finding.rule not in OF_SIZE)
    speaking = sum(clip["audio"] != "none" and Path(clip["path"]).name not in CAPTIONED for clip in clips)
    assert counts == {
        **dict.fromkeys(OF_THE_WHOLE, 1),
        "catalogue-hours-missing": len(clips),
        "role-missing": len(clips),
        "description-missing": len(clips),
        "captions-missing": speaking,
        **dict.fromkeys(OF_CAPTIONS, 2),
        "frame-rate-low": sum(float(clip["fps"]) < 25 for clip in clips),
    }
    assert (report.verdict.word, report.notes, report.crashes) == ("failed", (), ())
