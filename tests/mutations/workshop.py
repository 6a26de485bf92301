"""The fullest conforming package, and copies of it on disk to plant faults in."""

from __future__ import annotations

import functools
import hashlib
import io
import re
import shutil
import struct
import tempfile
import wave
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from kebao.documents.form import write_form
from kebao.kit.pack import SUMS, YAML, form_fields
from kebao.package.manifest import Manifest
from kebao.package.workbook.reader import read_workbook
from kebao.package.workbook.writer import write_workbook
from kebao.package.yaml_face import write_yaml
from kebao.subjects.sounding import Sound, draw
from making import copy_package, make_clip, make_package, manifest

BOOK = "培训包.xlsx"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FORM = "材料/基本情况表.docx"


def png(width: int = 32, height: int = 18) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def sound(seconds: int, rate: int = 48000, **described: Any) -> bytes:
    """A recording of a drawn voice as WAV, repeated every 30 s; `described` are fields of `kebao.subjects.sounding.Sound`."""
    samples = draw(Sound(**{"seconds": min(seconds, 30), "gains": ((0.0, 3.0),), **described}))
    codes = np.round(np.clip(samples.T[:: 48000 // rate], -1, 1) * 32767).astype("<i2")
    codes = np.resize(codes, (seconds * rate, codes.shape[1]))
    out = io.BytesIO()
    with wave.open(out, "wb") as written:
        written.setnchannels(codes.shape[1])
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(codes.tobytes())
    return out.getvalue()


def fullest() -> Manifest:
    """The conforming course with every kind of resource, somebody else's music, and weights."""
    made = manifest().model_dump(mode="json")
    made["resources"] += [
        {"kind": "chart", "id": "g1", "role": "讲授", "title": "试温三步图", "path": "图表/试温三步图.png", "minutes": "0.5",
         "alt": "三步：滴在手腕内侧，等三秒，再喂。", "licence": "本单位自有"},
        {"kind": "audio", "id": "a1", "role": "讲授", "title": "听一听", "path": "音频/听一听.wav", "transcript": "文本/听一听文字稿.md", "licence": "本单位自有"},
        {"kind": "simulation", "id": "s1", "role": "实操", "title": "喂水模拟", "path": "仿真/喂水模拟.html", "minutes": "1",
         "text_alternative": "文本/喂水模拟文字版.md", "licence": "本单位自有"},
    ]  # fmt: skip
    for lesson, more, weight in zip(
        made["catalogue"][0]["children"], ((), ("g1", "a1"), ("s1",)), ("1", "2", "2"), strict=True
    ):
        lesson["use"] += more
        lesson["weight"] = weight
    made["rights"].append({
        "what": "片头音乐", "kind": "音乐", "used_in": "v1", "owner": "晨光音乐工作室", "own": False,
        "licence": "书面授权", "evidence": "材料/音乐授权书.pdf", "citation": "晨光音乐工作室《清晨》",
    })  # fmt: skip
    made["supplier"] |= {"credit_code": "91350100M000100Y43", "address": "天津市河西区示例路 1 号"}
    made["intro"] = "课程介绍.md"
    return Manifest.model_validate(made)


def make_fullest(folder: Path) -> Path:
    """Lay it out with both faces, every kind of file and SHA256SUMS. Returns its folder."""
    root = make_package(folder)
    described = fullest()
    (root / "课程介绍.md").write_text(manifest().intro, encoding="utf-8")
    for path, content in {
        "图表/试温三步图.png": png(), "图表/杯子.png": png(16, 16), "音频/听一听.wav": sound(30),
        "仿真/喂水模拟.html": "<!doctype html><title>喂水模拟</title><p>选一杯水。".encode(),
        "文本/听一听文字稿.md": "录音里说：慢慢喝。".encode(), "文本/喂水模拟文字版.md": "第一步选水杯，第二步试温。".encode(),
        "材料/音乐授权书.pdf": PDF,
    }.items():  # fmt: skip
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(content)
    write_workbook(described, root / BOOK)
    made = Copy(root)
    made.question(1, 1, 图片="图表/杯子.png", 图片说明="一只带刻度的水杯")
    made.issue()
    return root


class Copy:
    """A package on disk that is changed file by file, as a teacher would, and then issued again as `kebao kit` does.

    Issuing writes the machine's face, the form and SHA256SUMS anew from what stands in the folder, so that a fault planted
    in the workbook is no difference between faces as well. `issued` names what is still to be written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.issued = {YAML, FORM, SUMS}
        self._books: dict[str, openpyxl.Workbook] = {}

    def keep(self, *names: str) -> None:
        """Leave these as they are when the rest is issued again."""
        self.issued -= set(names)

    # ── workbook ──

    def fill(self, label: str, value: Any) -> None:
        """Write beside a label of 基本情况 or 课程介绍."""
        for sheet in (self._book(BOOK)["基本情况"], self._book(BOOK)["课程介绍"]):
            for cells in sheet.iter_rows(max_col=2):
                if cells[0].value == label:
                    _put(cells[1], value)
                    return
        raise KeyError(label)

    def row(self, sheet: str, key: str, **columns: Any) -> None:
        """Change cells of the row in which `key` stands."""
        self._fill(self._book(BOOK)[sheet], self._row(self._book(BOOK)[sheet], key), columns)

    def add(self, sheet: str, **columns: Any) -> None:
        """Add a row at the end."""
        found = self._book(BOOK)[sheet]
        self._fill(found, found.max_row + 1, columns)

    def drop(self, sheet: str, *keys: str) -> None:
        """Take rows away."""
        for key in keys:
            self._book(BOOK)[sheet].delete_rows(self._row(self._book(BOOK)[sheet], key))

    def sheet(self, name: str) -> Worksheet:
        """A sheet of the workbook."""
        return self._book(BOOK)[name]

    def clear(self, sheet: str) -> None:
        """Take every row of entries away."""
        self._book(BOOK)[sheet].delete_rows(3, 100)

    def rename_lesson(self, old: str, new: str) -> None:
        """Another name in the catalogue and in every paper."""
        self.row("课程目录", old, **{"课/目录名称": new})
        for number in (1, 2, 3):
            sheet = self.paper(number)
            for cell in sheet[_column(sheet, "对应目录")]:
                if cell.value == old:
                    cell.value = new

    # ── papers ──

    def paper(self, number: int) -> Worksheet:
        """The sheet of questions of one paper."""
        return self._book(f"试卷/试卷{number}.xlsx")["试题"]

    def question(self, number: int, row: int, **columns: Any) -> None:
        """Change cells of the question with that printed number."""
        self._fill(self.paper(number), row + 1, columns)

    def every_question(self, change: Callable[[int], dict[str, Any]]) -> None:
        """Change cells of every question of every paper, by its place from 1."""
        for number in (1, 2, 3):
            for row in range(1, 51):
                if columns := change(row):
                    self.question(number, row, **columns)

    def copy_questions(self, source: int, target: int, count: int) -> None:
        """The first `count` rows of one paper instead of those of another."""
        for row in self.paper(source).iter_rows(min_row=2, max_row=count + 1):
            for cell in row:
                self.paper(target).cell(cell.row, cell.column).value = cell.value

    # ── files ──

    def path(self, path: str) -> Path:
        """A file or folder of the package."""
        return self.root / path

    def remove(self, *paths: str) -> None:
        """Take files away."""
        for path in paths:
            (self.root / path).unlink()

    def move(self, old: str, new: str) -> None:
        """Rename a file."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file anew; what other copies share is left alone."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def cut(self, path: str, most: int) -> None:
        """Keep only the first bytes of a file, as a broken copy does."""
        self.write(path, (self.root / path).read_bytes()[:most])

    def film(self, path: str, seconds: int, **changes: Any) -> None:
        """Put another video in its place."""
        (self.root / path).unlink(missing_ok=True)
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        try:
            (self.root / path).hardlink_to(_film(seconds, **changes))
        except OSError:  # the films lie on another disk
            shutil.copyfile(_film(seconds, **changes), self.root / path)

    def part(self, path: str, name: str, old: str, new: str) -> None:
        """Replace words inside one part of an office file."""
        source = io.BytesIO(self.path(path).read_bytes())
        out = io.BytesIO()
        with zipfile.ZipFile(source) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
            for info in read.infolist():
                content = read.read(info)
                if info.filename == name:
                    assert old.encode() in content, old
                    content = content.replace(old.encode(), new.encode())
                written.writestr(info, content)
        self.write(path, out.getvalue())

    def pack_part(self, path: str, name: str, content: bytes) -> None:
        """Add a part to an office file."""
        out = io.BytesIO(self.path(path).read_bytes())
        with zipfile.ZipFile(out, "a") as written:
            written.writestr(name, content)
        self.write(path, out.getvalue())

    def rewrite(self, path: str, old: str, new: str) -> None:
        """Replace words of a text file."""
        text = self.path(path).read_text(encoding="utf-8")
        assert old in text, old
        self.write(path, text.replace(old, new))

    def rename(self, name: str) -> None:
        """Another name for the package's folder."""
        self.root = self.root.rename(self.root.parent / name)

    # ── issuing ──

    def save(self) -> bool:
        """Write the books that were changed; tells whether the workbook was among them."""
        is_described_anew = BOOK in self._books
        for path, book in self._books.items():
            target = self.root / path
            if target.exists():
                target.unlink()
                book.save(target)
        self._books.clear()
        return is_described_anew

    def issue(self) -> None:
        """Save, then write the machine's face, the form and the digests anew."""
        is_new = self.save() or not (self.root / YAML).exists()
        book = self.root / BOOK
        if is_new and book.exists() and self.issued & {YAML, FORM}:
            with book.open("rb") as stream:
                described = read_workbook(stream, BOOK).manifest
            if YAML in self.issued:
                (self.root / YAML).write_text(write_yaml(described), encoding="utf-8")
            form = self.root / FORM
            if FORM in self.issued and form.exists():
                form.unlink()
                write_form(form_fields(described), form)
        if SUMS in self.issued:
            self._sum()

    def zipped(self) -> Path:
        """The package as a zip beside it."""
        archive = self.root.parent / f"{self.root.name}.zip"
        with zipfile.ZipFile(archive, "w") as packed:
            for path in sorted(self.root.rglob("*")):
                if path.is_file():
                    packed.write(path, f"{self.root.name}/{path.relative_to(self.root).as_posix()}")
        return archive

    def _sum(self) -> None:
        paths = sorted(
            p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file() and p.name != SUMS
        )
        lines = "".join(f"{_digest(self.root / path)}  {path}\n" for path in paths)
        (self.root / SUMS).write_text(lines, encoding="utf-8")

    def _book(self, path: str) -> openpyxl.Workbook:
        if path not in self._books:
            self._books[path] = openpyxl.load_workbook(self.root / path)
        return self._books[path]

    def _row(self, sheet: Worksheet, key: str) -> int:
        for cells in sheet.iter_rows(min_row=3):
            if any(cell.value == key for cell in cells):
                return int(cells[0].row)
        raise KeyError(key)

    def _fill(self, sheet: Worksheet, row: int, columns: dict[str, Any]) -> None:
        for name, value in columns.items():
            _put(sheet[f"{_column(sheet, name)}{row}"], value)


def _put(cell: Any, value: Any) -> None:
    """Openpyxl takes leading = for a formula; here everything is plain."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _column(sheet: Worksheet, name: str) -> str:
    return next(str(cell.column_letter) for cell in sheet[1] if cell.value == name)


@functools.cache
def _films() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="kebao-films-")
    _kept.append(folder)
    return Path(folder.name)


_kept: list[tempfile.TemporaryDirectory[str]] = []
_digests: dict[tuple[int, int], str] = {}


def _film(seconds: int, **changes: Any) -> Path:
    name = re.sub(r"\W+", "-", f"{seconds}-{sorted(changes.items())}")
    path = _films() / f"{name}.mp4"
    return path if path.exists() else make_clip(path, seconds, **changes)


def _digest(path: Path) -> str:
    """SHA-256; videos are links to one file and are hashed once."""
    status = path.stat()
    key = (status.st_ino, status.st_size)
    if path.suffix != ".mp4" or key not in _digests:
        _digests[key] = hashlib.sha256(path.read_bytes()).hexdigest()
    return _digests[key]


def copy_of(made: Path, folder: Path) -> Copy:
    """A copy to plant a fault in."""
    return Copy(copy_package(made, folder))


def discard(copy: Copy) -> None:
    """Take a copy away again."""
    shutil.rmtree(copy.root.parent, ignore_errors=True)
