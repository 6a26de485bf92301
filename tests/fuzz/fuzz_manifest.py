"""Fuzz the package and questions rooms: the manifest's two faces, papers, digests, and whole packages.

    cd tests && ../.venv/bin/python -m fuzz.fuzz_manifest FOLDER_OF_SEEDS… -max_total_time=300

As in `fuzz_archive.py`. A workbook is a zip of deflated XML, in which a changed byte breaks the checksum and nothing more; so
these targets change one of its parts and pack it again: the reader meets odd sheets, not broken zips.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from fuzz.harness import FOLDER, LARGEST_SEED, Target, instrumented, run, small_files

with instrumented():
    from kebao.archive.limits import Limits
    from kebao.archive.office import vet_office
    from kebao.archive.opening import open_tree
    from kebao.model.errors import Unreadable
    from kebao.package.manifest import Manifest
    from kebao.package.reading import parse_digests, read_package
    from kebao.package.workbook.reader import is_workbook, read_workbook
    from kebao.package.workbook.writer import write_workbook
    from kebao.package.yaml_face import read_yaml, write_yaml
    from kebao.questions.formats.xlsx import read_paper
    from kebao.questions.formats.xlsx_writer import write_paper
    from kebao.subjects.sketch import paper
    from package.manifests import full

LIMITS = Limits(unpacked_bytes=8 << 20, ratio_grace_bytes=2 << 20, entries=500, xml_bytes=2 << 20, member_bytes=2 << 20)
ARCHIVE = FOLDER / "p.zip"


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _made() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Parts of the course's workbook and of a paper's."""
    book, asked = FOLDER / "book.xlsx", FOLDER / "paper.xlsx"
    write_workbook(full(), book, examples=True)
    write_paper(paper(count=5), asked)
    return _parts(book.read_bytes()), _parts(asked.read_bytes())


BOOK, PAPER = _made()


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    out.seek(0)
    return out


def _changed(parts: dict[str, bytes], content: bytes) -> io.BytesIO:
    """The workbook with one of its XML parts replaced: the first byte says which."""
    names = sorted(parts)
    return _packed({**parts, names[content[0] % len(names)]: content[1:]} if content else parts)


def yaml_face(content: bytes) -> None:
    """A YAML manifest; what was understood is written and read again, and is the same."""
    manifest = read_yaml(content, "培训包.yaml").manifest
    assert isinstance(manifest, Manifest)
    if len(text := write_yaml(manifest).encode()) < LARGEST_SEED:
        assert read_yaml(text, "培训包.yaml").manifest == manifest


def workbook(content: bytes) -> None:
    """The course's workbook with an odd part."""
    stream = _changed(BOOK, content)
    vet_office(stream, LIMITS, "培训包.xlsx")
    is_workbook(stream)
    stream.seek(0)
    assert isinstance(read_workbook(stream, "培训包.xlsx").manifest, Manifest)


def questions(content: bytes) -> None:
    """A paper with an odd part. Every row is a question, is told, or is empty."""
    stream = _changed(PAPER, content)
    vet_office(stream, LIMITS, "试卷.xlsx")
    read_paper(stream, path="试卷.xlsx")


def old_questions(content: bytes) -> None:
    """An .xls, or anything that says so."""
    read_paper(io.BytesIO(content), path="试卷.xls")


def digests(content: bytes) -> None:
    """Lines of SHA256SUMS."""
    parse_digests(content.decode("utf-8", "replace"), "SHA256SUMS")


def package(content: bytes) -> None:
    """Any archive as a package."""
    ARCHIVE.write_bytes(content)
    with open_tree(ARCHIVE, LIMITS) as opened:
        for paper in read_package(opened).question_papers.values():
            if isinstance(paper, Unreadable):
                assert paper.message.zh


TARGETS: tuple[Target, ...] = (yaml_face, workbook, questions, old_questions, digests, package)


def seeds(folders: Sequence[Path]) -> Iterator[tuple[Target, bytes]]:
    """Every part of our own workbooks, a full manifest in YAML, and what suits of the folders' files."""
    yield yaml_face, write_yaml(full()).encode()
    yield digests, b"ab" * 32 + b"  a.mp4\n\\" + b"cd" * 32 + b" *a\\nb.mp4\n"
    for target, parts in ((workbook, BOOK), (questions, PAPER)):
        for number, name in enumerate(sorted(parts)):
            if name.endswith((".xml", ".rels")) and len(parts[name]) < LARGEST_SEED:
                yield target, bytes((number,)) + parts[name]
    yield (
        package,
        _packed({"培训包.yaml": write_yaml(full()).encode(), "试卷/试卷1.xlsx": _packed(PAPER).read()}).read(),
    )
    yield package, _packed({"培训包.xlsx": _packed(BOOK).read(), "SHA256SUMS": b"x"}).read()
    for path in small_files(folders):
        content = path.read_bytes()
        if path.suffix in (".yaml", ".yml"):
            yield yaml_face, content
        elif path.suffix == ".xls":
            yield old_questions, content
        elif path.suffix in (".zip", ".mbz", ".imscc"):
            yield package, content
        elif path.suffix == ".xlsx" and zipfile.is_zipfile(path):
            found = _parts(content)
            for name in sorted(found):
                if "/worksheets/" in name or name.endswith("sharedStrings.xml"):
                    at = sorted(PAPER).index("xl/worksheets/sheet1.xml")
                    yield questions, bytes((at,)) + found[name]


if __name__ == "__main__":
    run(TARGETS, seeds)
