"""Other members of the classes in hostile/, through the door that the command uses: other depths, names, numbers, formats."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.zipmaking import Part, made
from kebao.cli.main import cli
from kebao.model.errors import Unreadable, Unsafe
from kebao.subjects.opening import open_any

DAY = date(2023, 8, 31)


def answer(path: Path) -> tuple[type, str] | str:
    """What the door says of a file: the kind of package, or the refusal and its code."""
    try:
        with open_any(path, occupations=None, as_of=DAY) as opened:
            return opened.package.kind
    except Unreadable as refusal:
        for text in (refusal.message.zh, refusal.message.en):
            assert f"“{path.name}”" in text
        return type(refusal), refusal.code


# --- single files -------------------------------------------------------------------------------------------------------

HLS = b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n"
DASH = b'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>http://127.0.0.1:9/</BaseURL></MPD>'
PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))


def png(width: int, height: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">LL5B", width, height, 8, 0, 0, 0, 0))
    return PNG + head + chunk(b"IDAT", zlib.compress(bytes(20))) + chunk(b"IEND", b"")


def gif(width: int, height: int) -> bytes:
    size = struct.pack("<HH", width, height)
    return b"GIF89a" + size + bytes(3) + b"," + bytes(4) + size + b"\0\x02\x01\x04\0;"


def bmp(width: int, height: int) -> bytes:
    return b"BM" + struct.pack("<LHHL", 114, 0, 0, 54) + struct.pack("<LllHH6L", 40, width, height, 1, 24, *[0] * 6) + bytes(60)  # fmt: skip


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB9B", 17, 8, height, width, 3, *range(9)) + bytes(60)


FILES: dict[str, tuple[bytes, tuple[type, str]]] = {
    "只有开头.mov": (struct.pack(">L", 24) + b"ftypqt  " + bytes(12), (Unreadable, "truncated")),
    "只有开头.m4a": (struct.pack(">L", 20) + b"ftypM4A " + bytes(8), (Unreadable, "truncated")),
    "只有开头.mkv": (b"\x1a\x45\xdf\xa3" + bytes(40), (Unreadable, "truncated")),
    "全是零.avi": (bytes(100_000), (Unreadable, "mislabel")),
    "一个字节.mp4": (b"\0", (Unreadable, "mislabel")),
    "空的.mp4": (b"", (Unreadable, "empty")),
    "空的.xlsx": (b"", (Unreadable, "empty")),
    "图片.mkv": (png(4, 4), (Unreadable, "mislabel")),
    "压缩包.mp4": (made(Part(b"a")), (Unreadable, "mislabel")),
    "网页.mp4": (b"<!DOCTYPE html><html><body>404</body></html>", (Unreadable, "mislabel")),
    "播放列表.mp4": (HLS, (Unsafe, "playlist")),
    "播放列表.mp3": (HLS, (Unsafe, "playlist")),
    "清单.mp4": (DASH, (Unsafe, "playlist")),
    "连接.mkv": (b"ffconcat version 1.0\nfile /etc/passwd\n", (Unsafe, "playlist")),
    "带标记的连接.mp4": (b"\xef\xbb\xbfffconcat version 1.0\nfile 'http://127.0.0.1:9/a'\n", (Unsafe, "playlist")),
    "会话.mp4": (b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 9 RTP/AVP 96\r\n", (Unsafe, "playlist")),
    "大图.png": (png(7_100, 7_100), (Unsafe, "pixel-bomb")),
    "长条.png": (png(1, 0x7FFFFFFF), (Unsafe, "pixel-bomb")),
    "大图.gif": (gif(65_535, 65_535), (Unsafe, "pixel-bomb")),
    "大图.bmp": (bmp(30_000, -30_000), (Unsafe, "pixel-bomb")),
    "大图.jpg": (jpeg(65_000, 65_000), (Unsafe, "pixel-bomb")),
    "图里有包.png": (png(4, 4) + made(Part(b"a")), (Unsafe, "polyglot")),
    "处理器.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><g onclick="a()"/></svg>', (Unsafe, "svg-script")),
    "引用.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/a.png"/></svg>', (Unsafe, "svg-script")),
    "实体.svg": (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', (Unsafe, "xml-bomb")),
    "网页.xlsx": (b"<html><table><tr><td>1</td></tr></table></html>", (Unreadable, "mislabel")),
    "网页.xls": (b"<html><table><tr><td>1</td></tr></table></html>", (Unreadable, "mislabel")),
    "文字.docx": ("单选题：合成题".encode("gbk"), (Unreadable, "mislabel")),
    "文档.docx": (b"%PDF-1.7\n", (Unreadable, "mislabel")),
    "富文本.docx": (b"{\\rtf1\\ansi a}", (Unreadable, "mislabel")),
    "压缩包.xlsx": (made(Part(b"a"), Part(b"b/c")), (Unreadable, "mislabel")),
    "压缩.zip": (b"7z\xbc\xaf\x27\x1c" + bytes(40), (Unreadable, "mislabel")),
    "旧压缩.zip": (b"Rar!\x1a\x07\x00" + bytes(40), (Unreadable, "mislabel")),
    "图里有包.gif": (gif(4, 4) + made(Part(b"a")), (Unsafe, "polyglot")),
    "空的.zip": (b"", (Unreadable, "empty")),
    "空目录.zip": (b"PK\x05\x06" + bytes(18), (Unreadable, "empty")),
    "题库.csv": ("题型,题干\n单选,=1+1".encode(), (Unreadable, "not-readable-yet")),
    "字幕.srt": (b"1\n00:00:01,000 --> 00:00:02,000\na\n", (Unreadable, "not-readable-yet")),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_single_file(name: str, tmp_path: Path) -> None:
    content, expected = FILES[name]
    (tmp_path / name).write_bytes(content)
    assert answer(tmp_path / name) == expected


# --- packages -----------------------------------------------------------------------------------------------------------

GOOD = Part("课程介绍.md".encode(), "# 合成课程".encode(), flags=0x800)


def deep(levels: int) -> bytes:
    return b"<manifest>" * levels + b"</manifest>" * levels


def laughs(levels: int, each: int) -> bytes:
    lines = ['<!ENTITY a0 "哈">']
    lines += [f'<!ENTITY a{n + 1} "{f"&a{n};" * each}">' for n in range(levels)]
    return f"<!DOCTYPE m [{''.join(lines)}]><m>&a{levels};</m>".encode()


def manifest(content: bytes, name: str = "imsmanifest.xml") -> bytes:
    return made(GOOD, Part(name.encode(), content, True))


PACKAGES: dict[str, tuple[Callable[[], bytes], tuple[type, str] | str]] = {
    **{f"nested {n} deep": (lambda n=n: manifest(deep(n)), (Unsafe, "xml-depth")) for n in (201, 1_000, 50_000)},
    "nested as deep as allowed": (lambda: manifest(deep(200)), (Unreadable, "not-readable-yet")),
    **{f"laughs {n}": (lambda n=n: manifest(laughs(n, 10)), (Unsafe, "xml-bomb")) for n in (1, 4, 30)},
    "laughs in another manifest": (lambda: manifest(laughs(3, 9), "cmi5.xml"), (Unsafe, "xml-bomb")),
    "laughs of one long entity": (
        lambda: manifest(b'<!DOCTYPE m [<!ENTITY a "' + b"x" * 100_000 + b'">]><m>' + b"&a;" * 9_000 + b"</m>"),
        (Unsafe, "xml-bomb"),
    ),
    **{
        f"external {uri}": (
            lambda uri=uri: manifest(f'<!DOCTYPE m [<!ENTITY a SYSTEM "{uri}">]><m>&a;</m>'.encode()),
            (Unsafe, "xxe"),
        )
        for uri in ("file:///etc/hostname", "http://127.0.0.1:9/a", "../a.txt", "php://filter/read=a")
    },
    "external in utf-16": (
        lambda: manifest('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE m SYSTEM "file:///a"><m/>'.encode("utf-16")),
        (Unsafe, "doctype"),
    ),
    **{f"{n} folders deep": (lambda n=n: made(GOOD, Part(b"d/" * n + b"a.txt")), (Unsafe, "depth")) for n in (32, 99)},
    "as deep as allowed": (lambda: made(GOOD, Part(b"d/" * 31 + b"a.txt")), "bare"),
    **{
        f"names {name!r}": (lambda name=name: made(GOOD, Part(name.encode(), flags=0x800)), (Unsafe, code))
        for name, code in {
            "../../../etc/cron.d/a": "path-traversal", "..\\..\\启动\\a.bat": "path-traversal",
            "\\\\server\\c$\\a": "path-traversal", "Z:\\a": "path-traversal", "%2e%2e%2f%2e%2e%2fa": "path-traversal",
            "课/PRN": "bad-name", "lpt1.log": "bad-name", "a\0": "bad-name", "a\x7f": "bad-name", "页\u2028": "bad-name",
            "课" * 90: "long-name", "/".join(["章" * 60] * 5): "long-name", "课程介绍.MD": "case-clash",
        }.items()
    },
    "a ratio of a thousand in one of many": (
        lambda: made(GOOD, Part(b"a.bin", bytes(30 << 20), True), Part(b"b.bin", bytes(range(256)))),
        (Unsafe, "zip-bomb"),
    ),
    "many small bombs": (
        lambda: made(GOOD, *(Part(b"%d" % n, bytes(2 << 20), True) for n in range(12))), (Unsafe, "zip-bomb"),
    ),
    "a bomb in a zip inside": (
        lambda: made(GOOD, Part("资料.zip".encode(), made(Part(b"a", bytes(30 << 20), True)), flags=0x800)), "bare",
    ),
    "twenty thousand and one": (lambda: made(*(Part(b"%d" % n) for n in range(20_001))), (Unsafe, "too-many")),
    "scripts of servers": (
        lambda: made(GOOD, *(Part(name.encode()) for name in (".htaccess", "a.php", "b.phtml", "c.aspx", "d.cgi"))),
        "bare",
    ),
    "what systems leave": (
        lambda: made(GOOD, Part(b"__MACOSX/._a", b"x"), Part(b"x/.DS_Store"), Part(b"x/Thumbs.db"), Part(b"x/~$a.docx")),
        "bare",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PACKAGES)
def test_package(case: str, tmp_path: Path) -> None:
    make, expected = PACKAGES[case]
    (tmp_path / "合成课程.zip").write_bytes(make())
    assert answer(tmp_path / "合成课程.zip") == expected


@pytest.mark.parametrize("kept", [1, 5, 22, 30, 60, 100, 180])
def test_package_cut_anywhere(kept: int, tmp_path: Path) -> None:
    whole = made(GOOD, Part(b"a.txt", b"1" * 99))
    (tmp_path / "合成课程.zip").write_bytes(whole[: len(whole) - kept])
    assert answer(tmp_path / "合成课程.zip") == (Unreadable, "truncated")


# --- names ----------------------------------------------------------------------------------------------------------------

HANZI = "第一二三四五章节课程视频音频图表练习题库介绍老人护理急救餐饮服务员职业道德基础操作步骤安全卫生消毒口腔饮水照护"
BIG5_HANZI = (
    "第一二三四五章節課程視頻音頻圖表練習題庫介紹老人護理急救餐飲服務員職業道德基礎操作步驟安全衛生消毒口腔飲水照護"
)


def paths(hanzi: str) -> st.SearchStrategy[list[str]]:
    word = st.text(hanzi, min_size=5, max_size=12)
    path = st.builds(lambda folders, name: "/".join((*folders, name)) + ".mp4", st.lists(word, max_size=3), word)
    return st.lists(path, min_size=1, max_size=6, unique=True)


def inspected(content: bytes, folder: Path) -> list[str]:
    (folder / "合成课程.zip").write_bytes(content)
    done = CliRunner().invoke(cli, ["inspect", str(folder / "合成课程.zip"), "--format", "json"], standalone_mode=False)
    return [file["path"] for file in json.loads(done.output)["files"]]


@pytest.mark.parametrize(
    "encoding, hanzi", [("utf-8", HANZI), ("gbk", HANZI), ("gb18030", HANZI), ("big5", BIG5_HANZI)]
)
def test_names_of_any_encoding_are_inspected(encoding: str, hanzi: str, tmp_path: Path) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(paths(hanzi))
    def every(names: list[str]) -> None:
        content = made(GOOD, *(Part(name.encode(encoding)) for name in names))
        expected = sorted(("课程介绍.md", *names))
        assert inspected(content, tmp_path) == expected

    every()


def test_long_chinese_paths_are_inspected(tmp_path: Path) -> None:
    longest = "/".join(("章" * 78, "节" * 78, "课" * 78 + ".mp4"))
    assert len(longest) == 240
    content = made(GOOD, Part(longest.encode(), flags=0x800))
    assert inspected(content, tmp_path) == sorted(("课程介绍.md", longest))


@pytest.mark.parametrize("name", ["课件.js", "讲义.pdf", "资料.bin"])
def test_a_file_damaged_behind_its_head_is_a_finding(name: str, tmp_path: Path) -> None:
    content = b"%PDF-1.7\n" if name.endswith(".pdf") else b"// 1\n"
    content += bytes(range(256)) * 40
    (tmp_path / "合成课程.zip").write_bytes(made(GOOD, Part(name.encode(), content, True, crc=1, flags=0x800)))
    done = CliRunner().invoke(cli, ["check", str(tmp_path / "合成课程.zip"), "--format", "json"], standalone_mode=False)
    findings = json.loads(done.output)["findings"]
    assert [found["at"]["path"] for found in findings if found["rule"] == "file-damaged"] == [name]
