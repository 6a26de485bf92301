"""XML, office files, pictures and kinds: cases made here, and the corpus with the polarity of its manifest."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from archive.zipmaking import Part, made
from kebao.archive.images import ImageFacts, image_facts
from kebao.archive.limits import Limits
from kebao.archive.office import OfficeFacts, vet_office
from kebao.archive.opening import open_tree
from kebao.archive.sniff import mislabel, sniff
from kebao.archive.xml import parse_xml
from kebao.model.errors import Unreadable, Unsafe

LIMITS = Limits()


def code_of(error: Unreadable) -> tuple[type, str]:
    assert error.message.zh
    assert error.message.en
    return type(error), error.code


# --- XML ---------------------------------------------------------------------------------------------------------

XML_REFUSALS = {
    "doctype": (b"<!DOCTYPE a><a/>", Unsafe, "doctype"),
    "public doctype": (b'<!DOCTYPE a PUBLIC "x" "http://127.0.0.1:9/x.dtd"><a/>', Unsafe, "doctype"),
    "element declaration": (b"<!DOCTYPE a [<!ELEMENT a ANY>]><a/>", Unsafe, "doctype"),
    "entity": (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', Unsafe, "xml-bomb"),
    "external entity": (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', Unsafe, "xxe"),
    "parameter entity": (b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/">%b;]><a/>', Unsafe, "xxe"),
    "doctype in utf-16": ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"), Unsafe, "xml-bomb"),
    "doctype in gbk": ('<?xml version="1.0" encoding="GBK"?><!DOCTYPE 课><课/>'.encode("gbk"), Unsafe, "doctype"),
    "too large": (b"<a>" + b" " * (20 << 20) + b"</a>", Unsafe, "xml-bomb"),
    "too deep": (b"<a>" * 201 + b"</a>" * 201, Unsafe, "xml-depth"),
    "too many": (b"<a>" + b"<b/>" * 1_000_000 + b"</a>", Unsafe, "xml-bomb"),
    "unknown entity": (b"<a>&nbsp;</a>", Unreadable, "xml"),
    "not closed": (b"<a>", Unreadable, "xml"),
    "wrong bytes": (b"<a>\xff</a>", Unreadable, "xml"),
    "unknown encoding": (b'<?xml version="1.0" encoding="zlib"?><a/>', Unreadable, "xml"),
    "wrong gbk": (b'<?xml version="1.0" encoding="gbk"?><a>\xff\xff</a>', Unreadable, "xml"),
    "empty": (b"\xef\xbb\xbf \n", Unreadable, "empty"),
}


@pytest.mark.parametrize("case", XML_REFUSALS)
def test_xml_is_refused(case: str) -> None:
    content, kind, code = XML_REFUSALS[case]
    for data in (content, io.BytesIO(content)):
        with pytest.raises(Unreadable) as caught:
            parse_xml(data, LIMITS, "某.xml")
        assert code_of(caught.value) == (kind, code)
        assert caught.value.entry == "某.xml"
        assert "“某.xml”" in caught.value.message.zh


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "GB2312", "gbk", "GB18030", "Big5"])
def test_xml_of_every_encoding_is_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><?x y?><r xmlns="u" a="一"><b>中</b>文</r>'
    root = parse_xml(text.encode(encoding), LIMITS)
    assert (root.tag, root.attrib, root[0].tag, root[0].text, root[0].tail) == ("{u}r", {"a": "一"}, "{u}b", "中", "文")


def test_xml_declared_gb2312_but_saved_as_utf8_is_read() -> None:
    assert parse_xml('<?xml version="1.0" encoding="gb2312"?><r>榎课</r>'.encode(), LIMITS).text == "榎课"


def test_xml_base_and_xinclude_stay_plain() -> None:
    root = parse_xml(
        b'<a xml:base="b/"><i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/></a>', LIMITS
    )
    assert root.attrib == {"{http://www.w3.org/XML/1998/namespace}base": "b/"}
    assert [(child.tag, child.text) for child in root] == [("{http://www.w3.org/2001/XInclude}include", None)]
    assert len(parse_xml(b"<a>" * 200 + b"</a>" * 200, LIMITS)) == 1


# --- corpus, polarity as its manifest says --------------------------------------------------------------------------


def rows(shared: Path, form: str) -> list[tuple[Path, bool]]:
    with (shared / "corpus" / "manifest.csv").open(encoding="utf-8") as table:
        return [
            (shared / "corpus" / row["file"], row["polarity"] == "pos")
            for row in csv.DictReader(table)
            if row["format"] == form
        ]


def accepts_zip(path: Path) -> bool:
    try:
        with open_tree(path) as tree:
            for entry in tree.entries:
                tree.digest(entry.path)
    except Unreadable as error:
        code_of(error)
        return False
    return True


def accepts_office(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            facts = vet_office(stream, LIMITS, path.name)
    except Unreadable as error:
        code_of(error)
        return False
    return not facts.external and not facts.embedded


def accepts_xml(path: Path) -> bool:
    try:
        parse_xml(path.read_bytes(), LIMITS, path.name)
    except Unreadable as error:
        code_of(error)
        return False
    return True


def test_bad_zips(shared: Path) -> None:
    answers = rows(shared, "bad_zip")
    assert len(answers) == 12
    assert {path.name: accepts_zip(path) for path, _ in answers} == {path.name: good for path, good in answers}


def test_bad_xml(shared: Path) -> None:
    answers = rows(shared, "bad_xml")
    assert len(answers) == 5
    assert {path.name: accepts_xml(path) for path, _ in answers} == {path.name: good for path, good in answers}


def test_bad_office(shared: Path) -> None:
    """“Accepted” is without a flag here: external targets and embedded objects are flagged, never followed.

    One differs from the polarity column, as its own text allows (“docm: refuse macro-enabled type or strip”).
    """
    answers = rows(shared, "office_bad")
    assert len(answers) == 17
    differing = {path.name for path, good in answers if accepts_office(path) != good}
    assert differing == {"harmless-clean.docm"}


def test_bad_office_codes(shared: Path) -> None:
    seen = {}
    for path, _ in rows(shared, "office_bad"):
        try:
            with path.open("rb") as stream:
                facts = vet_office(stream, LIMITS, path.name)
            seen[path.name] = "external" if facts.external else "embedded" if facts.embedded else facts.kind
        except Unreadable as error:
            seen[path.name] = error.code
    assert seen == {
        "autostart-encrypt-standardpassword.xls": "encrypted",
        "dde-test-encrypt-standardpassword.xlsm": "encrypted",
        "encrypted.xls": "encrypted",
        "encrypted.xlsx": "encrypted",
        "excel4_sample_macro.xls": "macro",
        "excel4_sample_macro.xlsb": "macro",
        "excel4_sample_macro.xlsm": "macro",
        "excel4_sample_macro.xlt": "macro",
        "excel4_sample_macro.xltm": "macro",
        "dde-test.xlsm": "macro",
        "harmless-clean.doc": "doc",
        "harmless-clean.docm": "macro",
        "embedded-simple-2007.docx": "embedded",
        "embedded-simple-2007.xlsx": "embedded",
        "sample_with_external_link_to_doc.docm": "macro",
        "sample_with_external_link_to_doc.docx": "external",
        "sample_with_external_link_to_doc.xlsx": "external",
    }


def test_honest_files_of_the_corpus_pass(shared: Path) -> None:
    office = [*(shared / "layouts").glob("*.docx"), *(shared / "layouts").glob("*.xlsx")]
    assert len(office) >= 10
    assert [path.name for path in office if not accepts_office(path)] == []
    packages = [path for form in ("moodle_mbz", "common_cartridge") for path, _ in rows(shared, form)]
    packages = [path for path in packages if path.suffix in (".mbz", ".imscc", ".zip")]
    assert len(packages) >= 10
    assert [path.name for path in packages if not accepts_zip(path)] == []


# --- office ---------------------------------------------------------------------------------------------------------

TYPES = b'<Types><Default Extension="xml" ContentType="application/xml"/>%s</Types>'
OVERRIDE = b'<Override PartName="/word/%s" ContentType="application/vnd.x.main+xml"/>'
DOCUMENT = b"<w:document xmlns:w='u'/>"
LAUGH = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def docx(extra: dict[str, bytes], types: bytes = b"") -> io.BytesIO:
    parts = {"[Content_Types].xml": TYPES % types, "word/document.xml": DOCUMENT, **extra}
    return io.BytesIO(made(*(Part(name.encode(), content, True) for name, content in parts.items())))


OFFICE_REFUSALS = {
    "vba": (docx({"word/VBAProject.BIN": b"x"}), "a.docx", Unsafe, "macro"),
    "macro type": (
        docx({}, b'<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
        "a.docx", Unsafe, "macro",
    ),
    "entity in a part": (docx({"word/styles.xml": LAUGH}), "a.docx", Unsafe, "xml-bomb"),
    "entity in relations": (docx({"word/_rels/document.xml.rels": LAUGH}), "a.docx", Unsafe, "xml-bomb"),
    "entity in a part of odd extension": (docx({"word/a.foo": LAUGH}, OVERRIDE % b"a.foo"), "a.docx", Unsafe, "xml-bomb"),
    "entity in a part that looks like junk": (docx({"word/._a.xml": LAUGH}), "a.docx", Unsafe, "xml-bomb"),
    "doctype in vml": (docx({"xl/a.vml": b"<br><!doctype a>"}), "a.docx", Unsafe, "doctype"),
    "bomb": (docx({"word/media/a.bmp": b"\0" * (11 << 20)}), "a.docx", Unsafe, "zip-bomb"),
    "a word file called xlsx": (docx({}), "a.xlsx", Unreadable, "mislabel"),
    "no types": (io.BytesIO(made(Part(b"word/document.xml", DOCUMENT))), "a.docx", Unreadable, "mislabel"),
    "another zip": (io.BytesIO(made(Part(b"a", b"b"), Part(b"b"))), "a.docx", Unreadable, "mislabel"),
    "empty": (io.BytesIO(b""), "a.docx", Unreadable, "empty"),
    "cut": (io.BytesIO(docx({}).getvalue()[:-30]), "a.docx", Unreadable, "truncated"),
    "cut ole2": (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90), "a.xls", Unreadable, "truncated"),
    "picture": (io.BytesIO(b"\x89PNG\r\n\x1a\n1234"), "a.docx", Unreadable, "mislabel"),
    "encrypted zip": (io.BytesIO(made(Part(b"word/document.xml", flags=1))), "a.docx", Unreadable, "encrypted"),
}  # fmt: skip


@pytest.mark.parametrize("case", OFFICE_REFUSALS)
def test_office_is_refused(case: str) -> None:
    stream, name, kind, code = OFFICE_REFUSALS[case]
    with pytest.raises(Unreadable) as caught:
        vet_office(stream, LIMITS, name)
    assert code_of(caught.value) == (kind, code)
    assert stream.tell() == 0


def test_office_facts() -> None:
    relation = b'<Relationship Id="1" Type="t/%s" Target="%s" TargetMode="External"/>'
    relations = b"<R>" + relation % (b"hyperlink", b"http://a/") + relation % (b"image", b"http://b/") + b"</R>"
    external = b'<x:externalLink xmlns:x="u"><x:ddeLink ddeService="cmd" ddeTopic="calc"/></x:externalLink>'
    stream = docx({"word/_rels/document.xml.rels": relations, "word/embeddings/o.bin": b"", "word/l.xml": external})
    assert vet_office(stream, LIMITS) == OfficeFacts(
        "docx", 5, ("http://b/", "dde:cmd|calc"), ("word/embeddings/o.bin",)
    )
    assert zipfile.ZipFile(stream).testzip() is None


# --- pictures -------------------------------------------------------------------------------------------------------


def picture(form: str, size: tuple[int, int] = (3, 2)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form)
    return out.getvalue()


FORMATS = ["PNG", "JPEG", "GIF", "WEBP", "BMP"]


@pytest.mark.parametrize("form", FORMATS)
def test_picture_facts(form: str) -> None:
    content = picture(form)
    assert image_facts(io.BytesIO(content), LIMITS, "a") == ImageFacts(form.lower(), 3, 2)
    assert image_facts(io.BytesIO(content + b"\0clip"), LIMITS, "a") == ImageFacts(form.lower(), 3, 2, 5)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "hidden", [made(Part(b"a")), b"Rar!\x1a\x07\0", b"  <?php system(1)", b"\r\n%PDF-1.7", b"<SCRIPT>"]
)
def test_picture_with_something_behind_it_is_refused(form: str, hidden: bytes) -> None:
    with pytest.raises(Unsafe) as caught:
        image_facts(io.BytesIO(picture(form) + hidden), LIMITS, "a.png")
    assert (caught.value.code, caught.value.entry) == ("polyglot", "a.png")


@pytest.mark.parametrize("form", FORMATS)
def test_cut_picture_is_refused_or_measured(form: str) -> None:
    content = picture(form, (50, 40))
    for length in range(len(content)):
        try:
            facts = image_facts(io.BytesIO(content[:length]), LIMITS, "a")
            answer = f"{form} {facts.width}×{facts.height}"
        except Unreadable as error:
            answer = error.code
        assert answer in {"truncated", "damaged", "mislabel", "empty", "JPEG 50×40", "BMP 50×40"}


def test_pixel_limit() -> None:
    content = picture("PNG", (100, 50))
    assert image_facts(io.BytesIO(content), Limits(image_pixels=5000), "a") == ImageFacts("png", 100, 50)
    with pytest.raises(Unsafe) as caught:
        image_facts(io.BytesIO(content), Limits(image_pixels=4999), "a")
    assert caught.value.code == "pixel-bomb"


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
SVG_REFUSALS = {
    "script": SVG.format("", "<script/>"),
    "handler": SVG.format('onload="a()"', ""),
    "link": SVG.format("", '<a xlink:href=" JavaScript:a()"/>'),
    "html": SVG.format("", "<foreignObject/>"),
    "set": SVG.format("", '<set attributeName="onclick" to="a()"/>'),
    "animated link": SVG.format("", '<animate attributeName="href" values="javascript:a()"/>'),
    "fetched picture": SVG.format("", '<image href="http://127.0.0.1:9/a.png"/>'),
    "fetched use": SVG.format("", '<use xlink:href="//127.0.0.1:9/a.svg#b"/>'),
    "svg in svg": SVG.format("", '<image href="data:image/svg+xml,x"/>'),
    "css": SVG.format("", "<style>@import 'a.css';</style>"),
    "css url": SVG.format('style="fill:url(http://127.0.0.1:9/)"', ""),
    "stylesheet": '<?xml-stylesheet href="a.xsl"?>' + SVG.format("", ""),
}


@pytest.mark.parametrize("case", SVG_REFUSALS)
def test_svg_that_runs_is_refused(case: str) -> None:
    with pytest.raises(Unsafe) as caught:
        image_facts(io.BytesIO(SVG_REFUSALS[case].encode()), LIMITS, "a.svg")
    assert (caught.value.code, caught.value.entry) == ("svg-script", "a.svg")


@pytest.mark.parametrize(
    "attributes, width, height",
    [
        ('width="30px" height="20"', 30, 20),
        ('viewBox="0 0 7.6 5"', 8, 5),
        ('width="100%" viewBox="0,0,9,5"', 9, 5),
        ("", 0, 0),
    ],
)
def test_svg_facts(attributes: str, width: int, height: int) -> None:
    body = '<a xlink:href="https://a/"><text>1</text></a><use href="#b"/><image href="data:image/png;base64,aa"/>'
    content = SVG.format(attributes, body).encode()
    assert image_facts(io.BytesIO(content), LIMITS, "a.svg") == ImageFacts("svg", width, height)


# --- kinds ----------------------------------------------------------------------------------------------------------

KINDS = {
    b"": "empty", b"PK\x03\x04" + b"\0" * 40: "zip", b"Rar!\x1a\x07\x00": "rar", b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b\x08": "gzip", b"a" * 257 + b"ustar\0": "tar", b"%PDF-1.4": "pdf", b"\xff\xd8\xff\xe0": "jpeg",
    b"GIF89a": "gif", b"RIFF\0\0\0\0WEBPVP8 ": "webp", b"RIFF\0\0\0\0WAVEfmt ": "wav", b"RIFF\0\0\0\0AVI LIST": "avi",
    b"\0\0\0\x18ftypmp42": "mp4", b"\0\0\0\x18ftypqt  ": "mp4", b"\0\0\0\x08wide": "mp4", b"\0\0\0\x18ftypheic": "heic",
    b"\x1aE\xdf\xa3": "matroska", (b"G" + b"\0" * 187) * 3: "mpeg-ts", b"\0\0\x01\xba": "mpeg-ps", b"FLV\x01": "flv",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11": "asf", b"ID3\x03": "mp3", b"\xff\xfb\x90\x64": "mp3", b"\xff\xf1\x50\x80": "aac",
    b"fLaC": "flac", b"OggS": "ogg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole2", b"\0" * 64: "unknown", b"MZ\x90": "program",
    b"<!DOCTYPE html><p>": "html", b"\xef\xbb\xbf\n <HTML>": "html", b"<?xml version='1.0'?><a/>": "xml",
    b"<?xml version='1.0'?><!-- x --><svg xmlns='u'>": "svg", b'{"a":1}': "json", b"[1]": "json", b"[x] text": "text",
    "一、单选题".encode("gbk"): "text", "一、单选题".encode("utf-16"): "text", b"1 < 2": "text", b"#EXTM3U\n": "playlist",
    b"\xef\xbb\xbf#EXTM3U\n": "playlist", b"ffconcat version 1.0": "playlist", b"v=0\r\no=- 1": "playlist",
    b"<?xml version='1.0'?><MPD>": "playlist", b"[playlist]": "playlist", b"PK\x03\x04" + b"\0" * 22 + b"\x08\0\0\0mimetypeapplication/epub+zip": "epub",
}  # fmt: skip


def test_kinds() -> None:
    assert {head: sniff(head) for head in KINDS} == KINDS


def test_office_kinds_from_head_and_tail() -> None:
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx")):
        content = made(Part(b"[Content_Types].xml", b"x" * 5000), Part(part.encode()))
        assert sniff(content[:4096], content[-2000:]) == kind
    content = made(Part(b"a", b"x" * 5000), Part(b"word/document.xml"))
    assert sniff(content[:4096], content[-2000:]) == "zip"


def test_mislabel() -> None:
    said = mislabel("题库/a.DOCX", "html")
    assert said is not None
    assert said.zh == "“题库/a.DOCX”的扩展名是 .docx，内容却是网页，请核对后换成正确的文件。"
    assert said.en == "“题库/a.DOCX” ends in .docx but is a web page; put the right file in its place."
    agreeing = (
        ("a.docx", "docx"),
        ("a.mov", "mp4"),
        ("a.txt", "json"),
        ("a", "html"),
        ("a.xyz", "zip"),
        ("a.mp4", "unknown"),
    )
    assert [pair for pair in agreeing if mislabel(*pair)] == []
    differing = (
        ("a.docx", "unknown"),
        ("a.txt", "html"),
        ("a.jpg", "png"),
        ("a.mp4", "playlist"),
        ("a.zip", "docx"),
        ("a.mp4", "empty"),
    )
    assert [pair for pair in differing if not mislabel(*pair)] == []
