"""Make the demonstration's two packages, check both, and write their reports."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kebao.demo import course
from kebao.demo.films import Told, make_films
from kebao.demo.picture import SIZE, Size
from kebao.demo.planted import plant_all
from kebao.demo.trial import plant_trial
from kebao.engine.check import check
from kebao.kit.pack import pack
from kebao.model.errors import UsageFault
from kebao.model.report import Report
from kebao.model.text import Text
from kebao.report.html import render_html
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.opening import open_any
from kebao.text.package_name import canonical

MARK = ".kebao-demo"
"""Tells a folder that this program made and may make anew."""

RULEBOOKS = ("tianjin/2023", "access/2.2", "moe/2013")
"""All that ship: the call's own text first, then what learners need, then the numbers that the text leaves open."""

AS_OF = date(2023, 8, 1)
"""The day on which the demonstration is handed in, so that its report is the same every day."""

NEEDED_BYTES = 200_000_000
_FILMS = "素材"


@dataclass(frozen=True)
class Made:
    """One package: its folder, the zip where there is one, the report, and where the report stands."""

    folder: Path
    archive: Path | None
    report: Report
    page: Path


def make(out: Path, *, films: Told, step: Callable[[Text], None], size: Size = SIZE) -> tuple[Made, Made]:
    """Build and check the conforming and the faulty package below `out`, and lay out the sample for a trial beside them;
    films that are there already are used again.

    Raises:
        UsageFault: `out` holds something else; the disk is too full; font or photograph is missing.
        OSError: the disk cannot be written.
    """
    _prepare(out)
    step(Text(zh="画视频、配解说（合成语音）", en="Drawing films over synthetic speech"))
    make_films(out / _FILMS, films, size=size)
    step(Text(zh="装配合格的课程包：清单、试卷、表格、压缩包", en="Laying out the conforming package"))
    described = course.manifest()
    sound = _fresh(out / "合格") / canonical(described.supplier.name, described.title)
    course.lay_out(sound, out / _FILMS)
    packed = pack(sound, sound.parent, force=True)
    step(
        Text(zh="另做一个有问题的课程包：放进供应单位常犯的错误", en="Planting a supplier's usual mistakes in another")
    )
    faulty = _fresh(out / "有问题") / sound.name
    shutil.copytree(sound, faulty)
    faulty = plant_all(faulty)
    trial = _fresh(out / "试检") / sound.name
    shutil.copytree(sound, trial)
    plant_trial(trial)
    step(Text(zh="用三本规则册逐条检查两个课程包", en="Checking both, clause by clause, under three rulebooks"))
    return (
        _checked(sound, packed.archive, out / "合格的课程包-检查报告.html"),
        _checked(faulty, None, out / "有问题的课程包-检查报告.html"),
    )


def judged(path: Path) -> Report:
    """The report on a package under the call's rulebook first, then those on access and on technique."""
    books = tuple(load(name, all_rules()) for name in RULEBOOKS)
    with open_any(path, occupations=None, as_of=AS_OF) as opened:
        return check(opened.package, books, notes=opened.notes)


def _checked(folder: Path, archive: Path | None, page: Path) -> Made:
    report = judged(folder)
    page.write_text(render_html(report, "zh"), encoding="utf-8")
    return Made(folder, archive, report, page)


def _prepare(out: Path) -> None:
    """An empty folder, or one that this program made before."""
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise UsageFault(
            Text(
                zh=f"文件夹“{out}”里有别的东西，没有动它。请换一个空文件夹。",
                en=f"The folder “{out}” holds something else and was left alone. Choose an empty one.",
            )
        )
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).touch()
    free = shutil.disk_usage(out).free
    if free < NEEDED_BYTES:
        raise UsageFault(
            Text(
                zh=f"磁盘空间不够：示范课程包大约需要 {NEEDED_BYTES / 1e6:.0f} MB，只剩 {free / 1e6:.0f} MB。",
                en=f"The disk is too full: about {NEEDED_BYTES / 1e6:.0f} MB needed, {free / 1e6:.0f} MB free.",
            )
        )


def _fresh(folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    return folder
