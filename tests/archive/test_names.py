"""Names: real archives of many packers, and whatever hypothesis thinks of."""

from __future__ import annotations

import unicodedata
import zlib
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.zipmaking import Part, made
from kebao.archive.charset import _FREQUENT
from kebao.archive.limits import Limits
from kebao.archive.names import decode_name, decode_text, is_junk, name_candidates, path_fault
from kebao.archive.opening import open_tree
from kebao.model.errors import Unreadable

LIMITS = Limits()
SIMPLIFIED, _, TRADITIONAL = _FREQUENT.partition("|")
MOODLE = ["Prüfung.txt", "test.test", "testíček.txt", "Žluťoučký/Koníček.txt"]

ZIP_NAMES: dict[str, list[str] | tuple[type, str, str]] = {
    "empty.zip": (Unreadable, "empty", "empty.zip"),
    "passwordis1.zip": (Unreadable, "encrypted", "hello.txt"),
    "test_moodle.zip": [*MOODLE, "测试.txt", "試験.txt"],
    "test_osx_1074.zip": [*MOODLE, "测试.txt", "試験.txt"],
    "test_win8_cz.zip": ["test.test", "testíček.txt", "Žluťoučký/Koníček.txt"],
    "test_win8_de.zip": ["Prüfung.txt", "test.test"],
    "test_winrar_421.zip": ["#U6d4b#U8bd5.txt", "#U8a66#U9a13.txt", *MOODLE],
    "multidir.zip": ["one/version.php", "two/README.txt"],  # two roots: for the reader of that format to judge
    "big-compression.zip": ["0x21000"],
    "big-uncompressed.zip": ["0x21000"],
    "bogus-compression-method.zip": (Unreadable, "method", "index.js"),
    "cygwin-info-zip.zip": ["a.txt", "b.txt"],
    "directories.zip": ["a.txt"],
    "linux-info-zip.zip": ["a.txt", "b.txt"],
    "streaming.zip": ["test1.txt", "test2.txt"],
    "traditional-encryption-and-compression.zip": (Unreadable, "encrypted", "a.bin"),
    "unicode.zip": ["Hoitovirhe/Rautaketju.mp3", "Pirun nyrkki/Mistä veri pakenee.mp3"],
    "unix-epoch.zip": ["unix-epoch.txt"],
}


def test_zip_names_of_many_packers(shared: Path) -> None:
    seen: dict[str, list[str] | tuple[type, str, str]] = {}
    for path in sorted((shared / "corpus" / "zip_names").glob("*/*.zip")):
        try:
            with open_tree(path) as tree:
                seen[path.name] = [entry.path for entry in tree.entries]
                for entry in tree.entries:
                    assert len(tree.read(entry.path)) == entry.size
        except Unreadable as error:
            seen[path.name] = (type(error), error.code, error.entry)
    assert seen == ZIP_NAMES


@pytest.mark.parametrize(
    "text, encoding",
    [
        ("视频", "gb18030"), ("图", "gb18030"), ("模拟.mp4", "gb18030"), ("位.mp4", "gb18030"),
        ("第一章 保育员职业道德/视频.mp4", "gb18030"), ("题库：单选题（一）.xlsx", "gb18030"), ("朱镕堃.docx", "gb18030"),
        ("養老護理/試卷一.docx", "gb18030"), ("課程介紹.html", "big5"), ("第一章 職業道德/影片.mp4", "big5"),
        ("試卷/急救（二）.docx", "big5"), ("Prüfung.txt", "cp437"), ("Größe für Übung.doc", "cp850"),
        ("Koníček.txt", "cp852"), ("Prüfung.txt", "cp1252"), ("Übung ä.txt", "utf-8"), ("Привет мир.txt", "utf-8"),
        ("位.mp4", "utf-8"), ("emoji😀.txt", "utf-8"),
    ],
)  # fmt: skip
def test_names_of_every_encoding(text: str, encoding: str) -> None:
    assert decode_name(text.encode(encoding))[0] == text


def test_a_gbk_trail_byte_may_be_a_backslash(tmp_path: Path) -> None:
    """诚 is fine, but 乗 (81 5C) and 榎 hold 0x5C: split first, and the name breaks in two."""
    raw = "视频/第一乗课程.mp4".encode("gbk")
    assert b"\\" in raw
    (tmp_path / "t.zip").write_bytes(made(Part(raw), Part(b"b")))
    with open_tree(tmp_path / "t.zip") as tree:
        assert [(entry.path, entry.raw_name) for entry in tree.entries] == [("b", None), ("视频/第一乗课程.mp4", raw)]


def test_unicode_path_field_counts_only_with_its_sum() -> None:
    raw = b"\xca\xd3\xc6\xb5.mp4"
    path = "画面.mp4".encode()
    good = b"\x75\x70" + (5 + len(path)).to_bytes(2, "little") + b"\x01" + zlib.crc32(raw).to_bytes(4, "little") + path
    assert decode_name(raw, extra=b"\x01\x00\x02\x00ab" + good) == ("画面.mp4", "utf-8")
    assert decode_name(raw + b"x", extra=good) == ("视频.mp4x", "gb18030")
    assert decode_name(raw, extra=good[:9] + b"\xff\xfe") == ("视频.mp4", "gb18030")
    assert decode_name(raw, utf8=True) == ("视频.mp4", "gb18030")  # the flag lies


def test_candidates_hold_the_less_plausible_reading_too() -> None:
    assert name_candidates("课程.html".encode("gbk"))[0] == "课程.html"
    assert "課程.html" in name_candidates("課程.html".encode("big5"))
    assert name_candidates(b"a.html") == ("a.html",)


common = st.text(alphabet=sorted(set(SIMPLIFIED)), min_size=2, max_size=20)
ascii_part = st.text(alphabet="abcXYZ019 _-.", max_size=6)


@given(
    ascii_part,
    common,
    st.sampled_from(["", "（一）", "、", "：", "·", "——"]),
    common,
    st.sampled_from([".mp4", ".docx", ""]),
)
def test_common_simplified_names_come_back(start: str, left: str, mark: str, right: str, end: str) -> None:
    name = start + left + mark + right + end
    for encoding in ("utf-8", "gb18030"):
        assert decode_name(name.encode(encoding))[0] == name


@given(
    st.text(alphabet=sorted(set(TRADITIONAL) - set(SIMPLIFIED)), min_size=4, max_size=20), st.sampled_from([".mp4", ""])
)
def test_common_traditional_names_come_back(name: str, end: str) -> None:
    """Four hanzi or more. Fewer may all have trail bytes from A1 on: then the bytes are hanzi in GB 2312 as well."""
    raw = (name + end).encode("big5", "ignore")
    assume(raw.decode("big5") == name + end)
    text, encoding = decode_name(raw)
    undecidable = all(byte >= 0xA1 for byte in raw.removesuffix(end.encode()))
    assert (text, encoding) == (name + end, "big5") or undecidable


@given(common)
def test_common_text_files_come_back(text: str) -> None:
    text = f"一、{text}\r\nA. {text}\n"
    for encoding, said in (
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("gb18030", "gb18030"),
    ):  # fmt: skip
        assert decode_text(text.encode(encoding)) == (text, said)


def test_text_encodings_with_and_without_marks() -> None:
    assert decode_text(b"") == ("", "ascii")
    assert decode_text("題目：單選題，請選擇正確答案。".encode("big5")) == ("題目：單選題，請選擇正確答案。", "big5")
    assert decode_text("q1 a\n".encode("utf-16-le")) == ("q1 a\n", "utf-16-le")
    assert decode_text("q1 a\n".encode("utf-16-be")) == ("q1 a\n", "utf-16-be")
    assert decode_text("The café is à côté.".encode("cp1252")) == ("The café is à côté.", "cp1252")
    late = "x" * 3000 + "单选题：保育员"
    assert decode_text(late.encode("gbk")) == (late, "gb18030")
    for broken in (b"\xff\xfea", b"\xef\xbb\xbf\xff", bytes(range(128, 256)) * 3):
        with pytest.raises(Unreadable) as caught:
            decode_text(broken)
        assert caught.value.code == "encoding"


@given(st.binary(max_size=200))
def test_any_bytes_decode_or_are_refused(raw: bytes) -> None:
    assert isinstance(decode_name(raw)[0], str)
    try:
        text, _ = decode_text(raw)
    except Unreadable as error:
        text = error.code
    assert text == "encoding" or isinstance(text, str)


FAULTS = {
    "..": "path-traversal", "../a": "path-traversal", "a/..": "path-traversal", "a\\..\\b": "path-traversal",
    "/a": "path-traversal", "\\a": "path-traversal", "c:a": "path-traversal", "C:/a": "path-traversal",
    "%2e%2e/a": "path-traversal", "%2fa": "path-traversal", "a%5c..%5cb": "path-traversal",
    "": "bad-name", ".": "bad-name", "a/./b": "bad-name", "a//b": "bad-name", "a/": "bad-name", "a\\b": "bad-name",
    "a\tb": "bad-name", "a\u200fb": "bad-name", "\ud800": "bad-name", "e\u0301": "bad-name", "a ": "bad-name",
    "a./b": "bad-name", "NUL": "bad-name", "nul.tar.gz": "bad-name", "x/lpt9": "bad-name", "a?": "bad-name",
    "http://x/a": "bad-name", "a*": "bad-name", "/".join("a" * 33): "depth", "/".join(["a" * 120] * 2): "long-name",
    "课" * 86: "long-name",
}  # fmt: skip


def test_path_faults() -> None:
    assert {path: (path_fault(path, LIMITS) or ("",))[0] for path in FAULTS} == FAULTS


def test_good_paths() -> None:
    for path in ("a", "视频/第一章（上）/1.mp4", "合格率100%.txt", ".htaccess", "...a", "a..b", "console.txt", "c/comet.txt",
                 "/".join("a" * 32), "课" * 85, "a" * 240 if LIMITS.name_bytes >= 240 else "a", "a'b & c#d.txt"):  # fmt: skip
        assert path_fault(path, LIMITS) is None, path


@given(st.text(max_size=60))
def test_what_has_no_fault_stays_inside(path: str) -> None:
    fault = path_fault(path, LIMITS)
    if fault is not None:
        assert fault[0] in {"path-traversal", "bad-name", "depth", "long-name"}
        return
    root = Path("/srv/root")
    assert (root / path).parts == (*root.parts, *path.split("/"))
    assert ".." not in path.split("/")
    assert unicodedata.is_normalized("NFC", path)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in path)
    path.encode()


@given(
    st.lists(st.sampled_from(["..", ".", "a", "", "%2e%2e", "C:", "课", "..\\", "con"]), max_size=5),
    st.sampled_from("/\\"),
)
def test_paths_made_of_bad_pieces(parts: list[str], separator: str) -> None:
    path = separator.join(parts)
    clean = bool(parts) and all(part in ("a", "课") for part in parts) and (separator == "/" or len(parts) == 1)
    assert (path_fault(path, LIMITS) is None) == clean


def test_junk() -> None:
    junk = ("__MACOSX/a", "a/.DS_Store", "Thumbs.db", "a/desktop.ini", "~$题.docx", "a/._b", "x/__MACOSX/")
    kept = (".htaccess", "a~$b", "macosx/a", "._", "thumbs.db.txt")
    assert [path for path in (*junk, *kept) if is_junk(path)] == [*junk, "._"]
