"""Every class of refusal beyond the given files: archives and folders made here, byte by byte."""

from __future__ import annotations

import gzip
import io
import os
import random
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from archive.zipmaking import Part, made
from effort import calls
from kebao.archive.limits import Limits
from kebao.archive.opening import open_tree
from kebao.archive.tree import tree_digest
from kebao.model.errors import Unreadable, Unsafe

GOOD = Part(b"index.html", b"<p>1</p>")


def contents(path: Path, limits: Limits | None = None) -> dict[str, bytes]:
    with open_tree(path, limits or Limits()) as tree:
        return {entry.path: tree.read(entry.path) for entry in tree.entries}


def refusal(path: Path, limits: Limits | None = None) -> tuple[type, str, str]:
    with pytest.raises(Unreadable) as caught:
        contents(path, limits)
    error = caught.value
    assert error.message.zh
    assert error.message.en
    return type(error), error.code, error.entry


ZIP_REFUSALS = {
    "traversal": ([GOOD, Part(b"a/../../b")], Unsafe, "path-traversal", "a/../../b"),
    "backslash traversal": ([GOOD, Part(b"a\\..\\..\\b")], Unsafe, "path-traversal", "a/../../b"),
    "absolute": ([GOOD, Part(b"/b")], Unsafe, "path-traversal", "/b"),
    "unc": ([GOOD, Part(b"\\\\host\\share")], Unsafe, "path-traversal", "//host/share"),
    "drive": ([GOOD, Part(b"d:b")], Unsafe, "path-traversal", "d:b"),
    "percent": ([GOOD, Part(b"%2E%2e%2fb")], Unsafe, "path-traversal", "%2E%2e%2fb"),
    "percent twice": ([GOOD, Part(b"%252e%252e/b")], Unsafe, "path-traversal", "%252e%252e/b"),
    "traversal in unicode path": (
        [GOOD, Part(b"\x81\xff", extra=b"\x75\x70\x09\0\x01" + zlib.crc32(b"\x81\xff").to_bytes(4, "little") + b"../b")],
        Unsafe, "path-traversal", "../b",
    ),
    "folder that escapes": ([GOOD, Part(b"../b/", b"", mode=0o40755)], Unsafe, "path-traversal", "../b"),
    "symlink": ([GOOD, Part(b"l", b"index.html", mode=0o120777)], Unsafe, "symlink", "l"),
    "symlink said to be from dos": ([GOOD, Part(b"l", mode=0o120777, made_by=0)], Unsafe, "symlink", "l"),
    "reparse point": ([GOOD, Part(b"l", outer=0x400, made_by=0)], Unsafe, "symlink", "l"),
    "fifo": ([GOOD, Part(b"f", mode=0o10644)], Unsafe, "special-file", "f"),
    "device": ([GOOD, Part(b"f", mode=0o60644)], Unsafe, "special-file", "f"),
    "socket": ([GOOD, Part(b"f", mode=0o140644)], Unsafe, "special-file", "f"),
    "nul": ([GOOD, Part(b"a\0.txt")], Unsafe, "bad-name", "a\0.txt"),
    "newline": ([GOOD, Part(b"a\n.txt")], Unsafe, "bad-name", "a\n.txt"),
    "bidi": ([GOOD, Part("a\u202egpj.exe".encode(), flags=0x800)], Unsafe, "bad-name", "a\u202egpj.exe"),
    "reserved": ([GOOD, Part(b"a/Com1.txt")], Unsafe, "bad-name", "a/Com1.txt"),
    "trailing dot": ([GOOD, Part(b"a./b")], Unsafe, "bad-name", "a./b"),
    "stream": ([GOOD, Part(b"aa:b")], Unsafe, "bad-name", "aa:b"),
    "empty name": ([GOOD, Part(b"")], Unsafe, "bad-name", ""),
    "empty component": ([GOOD, Part(b"a//b")], Unsafe, "bad-name", "a//b"),
    "duplicate": ([GOOD, Part(b"a"), Part(b"a")], Unsafe, "dup-name", "a"),
    "duplicate by ./": ([GOOD, Part(b"a"), Part(b"./a")], Unsafe, "dup-name", "a"),
    "duplicate by encoding": ([GOOD, Part("课".encode(), flags=0x800), Part("课".encode("gbk"))], Unsafe, "dup-name", "课"),
    "case": ([GOOD, Part(b"Index.HTML")], Unsafe, "case-clash", "Index.HTML"),
    "file and folder": ([GOOD, Part(b"a"), Part(b"a/b")], Unsafe, "dup-name", "a"),
    "depth": ([GOOD, Part(b"/".join([b"d"] * 33))], Unsafe, "depth", "/".join("d" * 33)),
    "long path": ([GOOD, Part(b"/".join([b"d" * 60] * 4))], Unsafe, "long-name", "/".join(["d" * 60] * 4)),
    "long component": ([GOOD, Part("课".encode() * 86)], Unsafe, "long-name", "课" * 86),
    "encrypted": ([GOOD, Part(b"s", flags=1)], Unreadable, "encrypted", "s"),
    "aes": ([GOOD, Part(b"s", method=99)], Unreadable, "encrypted", "s"),
    "masked headers": ([GOOD, Part(b"s", flags=0x2000)], Unreadable, "encrypted", "s"),
    "lzma": ([GOOD, Part(b"s", method=14)], Unreadable, "method", "s"),
    "false stored size": ([GOOD, Part(b"a", b"xyz", size=2)], Unsafe, "false-size", "a"),
    "local size differs": ([GOOD, Part(b"a", b"xyz", local_size=2)], Unsafe, "false-size", "a"),
    "deflated longer than said": ([GOOD, Part(b"a", b"xyz" * 9, True, size=20)], Unsafe, "false-size", "a"),
    "deflated shorter than said": ([GOOD, Part(b"a", b"xyz" * 9, True, size=40)], Unsafe, "false-size", "a"),
    "said to be empty": ([GOOD, Part(b"a", b"xyz" * 9, True, size=0)], Unsafe, "false-size", "a"),
    "folder with content": ([GOOD, Part(b"a/", b"xyz")], Unsafe, "false-size", "a/"),
    "past the end": ([GOOD, Part(b"a", size=9999, packed=9999)], Unsafe, "false-size", "a"),
    "wrong crc stored": ([GOOD, Part(b"a", b"xyz", crc=1)], Unreadable, "damaged", "a"),
    "wrong crc deflated": ([GOOD, Part(b"a", b"xyz" * 9, True, crc=1)], Unreadable, "damaged", "a"),
    "not deflate": ([GOOD, Part(b"a", b"\xff" * 20, method=8)], Unreadable, "damaged", "a"),
    "two names": ([GOOD, Part(b"a.txt", local_name=b"a.php")], Unsafe, "false-name", "a.txt"),
    "overlap": ([GOOD, Part(b"a.bin", packed=200, size=200), Part(b"b" * 200)], Unsafe, "overlap", "a.bin"),
    "shared bytes": ([Part(b"a", b"x"), Part(b"a", share=0)], Unsafe, "dup-name", "a"),
    "unpacked limit": ([GOOD, Part(b"a", size=65 << 30, packed=65 << 30, zip64=True)], Unsafe, "zip-bomb", "a"),
    "only junk": ([Part(b".DS_Store"), Part(b"__MACOSX/._a")], Unreadable, "empty", "t.zip"),
    "only folders": ([Part(b"a/", b"")], Unreadable, "empty", "t.zip"),
}  # fmt: skip


@pytest.mark.parametrize("case", ZIP_REFUSALS)
def test_zip_is_refused(case: str, tmp_path: Path) -> None:
    parts, kind, code, entry = ZIP_REFUSALS[case]
    (tmp_path / "t.zip").write_bytes(made(*parts))
    assert refusal(tmp_path / "t.zip") == (kind, code, entry)


WHOLE_REFUSALS = {
    "prefix": (made(GOOD, prefix=b"#!/bin/sh\n"), Unsafe, "prefix"),
    "prefix with offsets corrected": (made(Part(b"a", gap=b"MZ" + b"\0" * 98)), Unsafe, "prefix"),
    "zip in front": (made(GOOD, prefix=b"PK\x03\x04" + b"\0" * 60), Unsafe, "prefix"),
    "tail": (made(GOOD, tail=b"more"), Unreadable, "truncated"),
    "two ends": (made(GOOD, comment=b"PK\x05\x06" + b"\0" * 18), Unsafe, "polyglot"),
    "count too small": (made(GOOD, Part(b"a"), count=1), Unreadable, "damaged"),
    "count too large": (made(GOOD, count=2), Unreadable, "damaged"),
    "picture in front": (b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + made(GOOD), Unsafe, "polyglot"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, Unreadable, "mislabel"),
    "web page": (b"<!DOCTYPE html><html></html>", Unreadable, "mislabel"),
    "zeros": (b"\0" * 4096, Unreadable, "mislabel"),
    "half": (made(GOOD, Part(b"a", b"x" * 999))[:600], Unreadable, "truncated"),
}


@pytest.mark.parametrize("case", WHOLE_REFUSALS)
def test_archive_is_refused_whole(case: str, tmp_path: Path) -> None:
    content, kind, code = WHOLE_REFUSALS[case]
    (tmp_path / "t.zip").write_bytes(content)
    assert refusal(tmp_path / "t.zip") == (kind, code, "t.zip")


ACCEPTED = {
    "stored": [Part(b"a", b"xyz")],
    "deflated": [Part(b"a", b"xyz" * 999, True)],
    "descriptor": [Part(b"a", b"xyz" * 999, True, descriptor=True), Part(b"b", b"2", descriptor=True)],
    "zip64 entry": [Part(b"a", b"xyz" * 999, True, zip64=True), Part(b"b", b"2")],
    "empty files": [Part(b"a", b""), Part(b"b", b"", True)],
    "percent in a name": [Part("合格率100%.txt".encode(), flags=0x800)],
    "folders": [Part(b"a/", b"", mode=0o40755), Part(b"a/1"), Part(b"b")],
    "gap between entries": [Part(b"a", b"1"), Part(b"b", b"2", gap=b"hidden")],
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_zip_is_read(case: str, tmp_path: Path) -> None:
    parts = ACCEPTED[case]
    (tmp_path / "t.zip").write_bytes(made(*parts))
    expected = {part.name.decode(): part.content for part in parts if not part.name.endswith(b"/")}
    assert contents(tmp_path / "t.zip") == expected


@pytest.mark.parametrize("options", [{"zip64": True}, {"comment": b"hello"}, {"comment": b"c" * 65535}])
def test_zip_with_an_odd_end_is_read(options: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "t.zip").write_bytes(made(GOOD, **options))
    assert contents(tmp_path / "t.zip") == {"index.html": b"<p>1</p>"}


def test_backslashes_and_a_wrapper(tmp_path: Path) -> None:
    (tmp_path / "网络课程+某校+急救.v2.zip").write_bytes(made(Part(b"top\\a\\1.txt"), Part(b"top\\b.txt", b"2")))
    with open_tree(tmp_path / "网络课程+某校+急救.v2.zip") as tree:
        assert (tree.name, tree.wrapper, [entry.path for entry in tree.entries]) == (
            "网络课程+某校+急救.v2", "top", ["a/1.txt", "b.txt"],
        )  # fmt: skip
        assert [(note.code, note.path) for note in tree.notes] == [("backslash", "")]
        assert tree.find_casefold(".\\B.TXT") == tree.get("b.txt")
        assert tree.find_casefold("c.txt") is None
        assert tree.local_path("b.txt") is None


@pytest.mark.parametrize("order", [("café", "cafe\u0301"), ("cafe\u0301", "café")])
def test_norm_clash_is_noted_and_both_are_read(order: tuple[str, str], tmp_path: Path) -> None:
    parts = [Part(name.encode(), name.encode(), flags=0x800) for name in order]
    (tmp_path / "t.zip").write_bytes(made(*parts))
    with open_tree(tmp_path / "t.zip") as tree:
        assert [(note.code, note.path) for note in tree.notes] == [("norm-clash", "café")]
        assert {e.path: tree.read(e.path).decode() for e in tree.entries} == {n: n for n in order}


def test_norm_and_case_clash_together_are_refused(tmp_path: Path) -> None:
    (tmp_path / "t.zip").write_bytes(made(Part("É".encode(), flags=0x800), Part("e\u0301".encode(), flags=0x800)))
    assert refusal(tmp_path / "t.zip") == (Unsafe, "case-clash", "é")


@pytest.mark.parametrize("declared", [None, 4464])
def test_seventy_thousand_entries_cost_no_more_than_the_limit_allows(declared: int | None, tmp_path: Path) -> None:
    """Also where the count has wrapped at 65536 and claims 4464: reading ends where the limit is passed."""

    def effort(count: int) -> int:
        path = tmp_path / f"{count}.zip"
        options = {"zip64": True} if declared is None else {"count": declared}
        path.write_bytes(made(*(Part(b"%d" % number, b"") for number in range(count)), **options))
        assert refusal(path) == (Unsafe, "too-many", path.name)
        return calls(lambda: refusal(path))

    assert effort(70_000) < 1.01 * effort(20_001)


def test_ratio_counts_only_above_the_grace(tmp_path: Path) -> None:
    limits = Limits(ratio_grace_bytes=100_000)
    (tmp_path / "t.zip").write_bytes(made(Part(b"a", b"\0" * 100_000, True)))
    assert contents(tmp_path / "t.zip", limits) == {"a": b"\0" * 100_000}
    (tmp_path / "t.zip").write_bytes(made(Part(b"a", b"\0" * 100_001, True)))
    assert refusal(tmp_path / "t.zip", limits) == (Unsafe, "zip-bomb", "a")
    many = [Part(b"%d" % n, b"\0" * 60_000, True) for n in range(9)]
    (tmp_path / "t.zip").write_bytes(made(*many))
    assert refusal(tmp_path / "t.zip", limits) == (Unsafe, "zip-bomb", "0")


def test_reading_has_a_limit_and_absent_files_have_a_word(tmp_path: Path) -> None:
    (tmp_path / "t.zip").write_bytes(made(Part(b"a", b"x" * 11)))
    with open_tree(tmp_path / "t.zip") as tree:
        assert tree.read("a", 11) == b"x" * 11
        with pytest.raises(Unsafe) as caught:
            tree.read("a", 10)
        assert (caught.value.code, caught.value.entry) == ("too-large", "a")
        with pytest.raises(Unreadable) as missing:
            tree.open("b")
        assert (missing.value.code, missing.value.entry) == ("missing", "b")


def test_seeking_gives_the_same_bytes_in_every_container(tmp_path: Path) -> None:
    chance = random.Random(7)
    content = b"".join(chance.randbytes(500) * 3 for _ in range(14_000))  # 21 MB, several remembered places
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a").write_bytes(content)
    (tmp_path / "stored.zip").write_bytes(made(Part(b"a", content)))
    (tmp_path / "deflated.zip").write_bytes(made(Part(b"a", content, True)))
    for name, mode in (("t.tar", "w"), ("t.tgz", "w:gz")):
        with tarfile.open(tmp_path / name, mode) as archive:
            archive.add(tmp_path / "d" / "a", "a")
    jumps = [(chance.randrange(len(content)), chance.randrange(1, 70_000)) for _ in range(60)] + [(len(content) - 5, 9)]
    digests = set()
    for name in ("d", "stored.zip", "deflated.zip", "t.tar", "t.tgz"):
        with open_tree(tmp_path / name) as tree, tree.open("a") as stream:
            for at, count in jumps:
                stream.seek(at)
                assert stream.read(count) == content[at : at + count], name
            assert stream.seek(0, os.SEEK_END) == len(content)
            assert stream.read() == b""
            stream.seek(0)
            assert stream.read() == content
            digests.add(tree_digest({"a": tree.digest("a")}))
    assert len(digests) == 1


def tar_of(*members: tuple[tarfile.TarInfo, bytes], packed: bool = False) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz" if packed else "w") as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.type = kind
    header.linkname = target
    return header


TAR_REFUSALS = {
    "traversal": (member("../b"), "path-traversal", "../b"),
    "absolute": (member("/b"), "path-traversal", "/b"),
    "symlink": (member("l", tarfile.SYMTYPE, "/etc"), "symlink", "l"),
    "hard link": (member("l", tarfile.LNKTYPE, "a"), "symlink", "l"),
    "fifo": (member("f", tarfile.FIFOTYPE), "special-file", "f"),
    "device": (member("f", tarfile.CHRTYPE), "special-file", "f"),
    "sparse": (member("f", tarfile.GNUTYPE_SPARSE), "special-file", "f"),
    "duplicate": (member("a"), "dup-name", "a"),
    "case": (member("A"), "case-clash", "A"),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("case", TAR_REFUSALS)
def test_tar_is_refused(case: str, packed: bool, tmp_path: Path) -> None:
    header, code, entry = TAR_REFUSALS[case]
    (tmp_path / "t.mbz").write_bytes(tar_of((member("a"), b"1"), (header, b""), packed=packed))
    assert refusal(tmp_path / "t.mbz") == (Unsafe, code, entry)


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tar_of_every_format_is_read(form: int, tmp_path: Path) -> None:
    name = "课程/" + "章" * 30 + "/视频.mp4"
    with tarfile.open(tmp_path / "t.tar.gz", "w:gz", format=form) as archive:
        for path, content in (("./" + name, b"1" * 1500), ("./课程/b.txt", b"")):
            header = tarfile.TarInfo(path)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    with open_tree(tmp_path / "t.tar.gz") as tree:
        assert (tree.kind, tree.name, tree.wrapper) == ("tar", "t", "课程")
        assert {e.path: tree.read(e.path) for e in tree.entries} == {name[3:]: b"1" * 1500, "b.txt": b""}


def test_gzip_members_in_a_row_and_broken_gzips(tmp_path: Path) -> None:
    whole = tar_of((member("a"), b"1" * 5000))
    (tmp_path / "t.tgz").write_bytes(gzip.compress(whole[:1000]) + gzip.compress(whole[1000:]))
    assert contents(tmp_path / "t.tgz") == {"a": b"1" * 5000}
    packed = gzip.compress(whole)
    (tmp_path / "t.tgz").write_bytes(packed[:-20])
    assert refusal(tmp_path / "t.tgz") == (Unreadable, "truncated", "t.tgz")
    (tmp_path / "t.tgz").write_bytes(packed[:-6] + b"\0" * 6)
    assert refusal(tmp_path / "t.tgz") == (Unreadable, "damaged", "t.tgz")
    (tmp_path / "t.tgz").write_bytes(gzip.compress(b"just text"))
    assert refusal(tmp_path / "t.tgz") == (Unreadable, "mislabel", "t.tgz")
    (tmp_path / "t.tgz").write_bytes(gzip.compress(whole[:2000]))
    assert refusal(tmp_path / "t.tgz") == (Unreadable, "truncated", "t.tgz")
    (tmp_path / "t.tar").write_bytes(tar_of())
    assert refusal(tmp_path / "t.tar")[:2] == (Unreadable, "mislabel")


def test_tar_bomb_and_too_many(tmp_path: Path) -> None:
    (tmp_path / "t.tgz").write_bytes(tar_of((member("a"), b"\0" * (30 << 20)), packed=True))
    assert refusal(tmp_path / "t.tgz") == (Unsafe, "zip-bomb", "t.tgz")
    (tmp_path / "t.tar").write_bytes(tar_of(*((member(str(n)), b"") for n in range(21))))
    assert refusal(tmp_path / "t.tar", Limits(entries=20)) == (Unsafe, "too-many", "t.tar")


def test_folder_refusals(tmp_path: Path) -> None:
    root = tmp_path / "课程"
    root.mkdir()
    assert refusal(root) == (Unreadable, "empty", "课程")
    (root / "a.txt").write_text("1")
    (root / "link").symlink_to("/etc/hostname")
    assert refusal(root) == (Unsafe, "symlink", "link")
    (root / "link").unlink()
    (root / "up").symlink_to(tmp_path, target_is_directory=True)
    assert refusal(root) == (Unsafe, "symlink", "up")
    (root / "up").unlink()
    os.mkfifo(root / "pipe")
    assert refusal(root) == (Unsafe, "special-file", "pipe")
    (root / "pipe").unlink()
    (root / "A.TXT").write_text("2")
    with pytest.raises(Unsafe) as caught:
        open_tree(root)
    assert caught.value.code == "case-clash"
    (root / "A.TXT").unlink()
    (root / "aux.txt").write_text("2")
    assert refusal(root) == (Unsafe, "bad-name", "aux.txt")
    (root / "aux.txt").unlink()
    for number in range(5):
        (root / f"{number}").write_text("")
    assert refusal(root, Limits(entries=5)) == (Unsafe, "too-many", "课程")
    assert refusal(root, Limits(unpacked_bytes=0))[:2] == (Unsafe, "zip-bomb")
    assert refusal(tmp_path / "absent") == (Unreadable, "missing", "absent")
    os.mkfifo(tmp_path / "pipe.zip")
    assert refusal(tmp_path / "pipe.zip") == (Unsafe, "special-file", "pipe.zip")


def test_a_file_replaced_by_a_link_after_listing_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1")
    tree = open_tree(tmp_path)
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.txt").symlink_to("/etc/hostname")
    with pytest.raises(Unsafe) as caught:
        tree.read("a.txt")
    assert (caught.value.code, caught.value.entry) == ("symlink", "a.txt")


def test_folder_is_read(tmp_path: Path) -> None:
    root = tmp_path / "网络课程+某校+急救"
    (root / "视频" / "__MACOSX").mkdir(parents=True)
    (root / "视频" / "1.mp4").write_bytes(b"12")
    (root / "视频" / "__MACOSX" / "x").symlink_to("/etc")
    (root / ".DS_Store").write_bytes(b"")
    (root / "~$题.docx").write_bytes(b"")
    with open(os.fsencode(root) + b"/" + "题库.xlsx".encode("gbk"), "wb") as out:
        out.write(b"3")
    with open_tree(root) as tree:
        assert (tree.kind, tree.name, tree.wrapper) == ("folder", "网络课程+某校+急救", "")
        assert [(e.path, e.size, e.raw_name) for e in tree.entries] == [
            ("视频/1.mp4", 2, None),
            ("题库.xlsx", 1, "题库.xlsx".encode("gbk")),
        ]
        assert tree.local_path("视频/1.mp4") == root / "视频" / "1.mp4"
        assert tree.read("题库.xlsx") == b"3"
        assert [note.code for note in tree.notes] == ["name-decoded"]


def test_five_hundred_files_cost_ten_times_as_much_as_fifty(tmp_path: Path) -> None:
    def effort(chapters: int, *, packed: bool) -> int:
        root = tmp_path / f"{chapters}"
        for chapter in range(chapters):
            (root / f"第{chapter}章").mkdir(parents=True, exist_ok=True)
            for lesson in range(25):
                (root / f"第{chapter}章" / f"第{lesson}课.txt").write_text("1")
        archive = tmp_path / f"{chapters}.zip"
        with zipfile.ZipFile(archive, "w") as parts:
            for path in root.rglob("*.txt"):
                parts.write(path, path.relative_to(root).as_posix())

        def look() -> None:
            with open_tree(archive if packed else root) as tree:
                assert len(tree.entries) == chapters * 25

        return calls(look)

    for packed in (False, True):
        assert effort(20, packed=packed) < 11 * effort(2, packed=packed)


def test_room_never_exceeds_the_disk(tmp_path: Path) -> None:
    assert Limits(unpacked_bytes=5).room(tmp_path) <= 5
    assert Limits(disk_reserve_bytes=1 << 62).room(tmp_path) == 0
