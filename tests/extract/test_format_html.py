"""Web pages: the exact text that each kind of markup is drawn as, and whole reports read back from pages."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from random import Random

import pytest
from generator import FORMS, Report, forms, random_report
from generator.merged import merged

from extract.formats.document import Undecodable
from extract.formats.html import read
from extract.reader import read_document


def drawn(body: str, head: str = "") -> str:
    """The text of a page with that body."""
    return read(f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()).text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>规<span>章</span></p><p>二</p>", "规章\n二\n"),
        ("<div>甲<div>乙</div>丙</div>丁", "甲\n乙\n丙\n丁\n"),
        ("<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙\n"),
        ("<span>甲<p>乙</p>丙</span>", "甲\n乙\n丙\n"),
        ("<b>1</b><i>2</i> <b>3</b>", "12 3\n"),
        ("<p>1\n2</p>", "1 2\n"),
        ("<p>&#22303;&nbsp;&lt;&amp;&gt;&#x5730;&hellip;&mdash;</p>", "土 <&>地…—\n"),
        ("<p>甲<!-- 隐 --><script>var a='<p>乙</p>'</script><style>p{}</style>丙</p>", "甲丙\n"),
        ("<noscript><p>无</p></noscript><template><p>无</p></template><p>甲</p>", "甲\n"),
        ("<select><option>2022年<option>2021年</select><textarea>5</textarea><p>甲</p>", "甲\n"),
        (
            "<p>甲<span style='DISPLAY : none'>9</span>乙<i hidden>8</i></p><div style='display:none'><p>7</p></div>",
            "甲乙\n",
        ),
        ("<div hidden>1<p style='display:none'>2<b hidden>3</b></p></div><p>甲</p>", "甲\n"),
        ("<p>甲<![CDATA[5]]>乙</p>", "甲乙\n"),
        (
            "<p>费用5<sup>1</sup>元,面积m<sup>2</sup>,H<sub>2</sub>O,乙<sup>注</sup></p>",
            "费用5^1元,面积m^2,H^2O,乙注\n",
        ),
        ("<dl><dt>规章<dd>3<dt>行政许可<dd>5</dl>", "规章\n3\n行政许可\n5\n"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙\n"),
        ("<pre>规章      0      3\n  行政许可  5\n</pre>", "规章      0      3\n  行政许可  5\n"),
        ("<ruby>開<rp>(</rp><rt>kāi</rt><rp>)</rp></ruby>放", "開放\n"),
        (
            "<p class=MsoNormal>甲<o:p></o:p></p><xml><w:View>Normal</w:View></xml><p><o:p>&nbsp;</o:p></p><p>乙</p>",
            "甲\n乙\n",
        ),
        ("<!--[if gte mso 9]><p>丙</p><![endif]--><![if !supportLists]>一、<![endif]>甲", "一、甲\n"),
        ("<div style='display:table'><div>规章</div><div>3</div></div>", "规章\n3\n"),
        ("<p>规章</p><p>&nbsp;</p><p>3</p>", "规章\n3\n"),
        ("<p>甲<input value='5'><input type=hidden value='9'></p>", "甲5\n"),
        ("<tdx>甲</tdx><td", "甲\n"),
        ("<p>甲&#0;d乙</p><p>丙<xmp><b>1</xmp>2</p>", "甲\ufffdd乙\n丙\n<b>12\n"),
        ("<p>甲<pre>规章  3\n<b>行政</b>许可  5<div> 乙</div></pre>丙", "甲\n规章  3\n行政许可  5\n 乙\n丙\n"),
    ],
)
def test_blocks_are_lines_and_words_of_a_block_stay_together(body: str, text: str) -> None:
    assert drawn(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<table><tr><td>规章<td>0<td>&nbsp;<td>3</table>", "| 规章 | 0 | | 3 |\n"),
        (
            "<table><caption>表一</caption><thead><tr><th>名称<th>数</thead><tfoot><tr><td>计<td>2</tfoot>"
            "<tbody><tr><td>甲<td>1</tbody></table>",
            "表一\n| 名称 | 数 |\n| 计 | 2 |\n| 甲 | 1 |\n",
        ),
        (
            "<table><tr><td rowspan=2>三、<td>甲<td>1<tr><td>乙<td>2<tr><td colspan=2>丙<td>3</table>",
            "| 三、 | 甲 | 1 |\n| 乙 | 2 |\n| 丙 | 3 |\n",
        ),
        (
            "<table><tr><td>甲<td>乙<td>丙<td>丁<tr><td>甲<td colspan=2><td>3</table>",
            "| 甲 | 乙 | 丙 | 丁 |\n| 甲 | | | 3 |\n",
        ),
        ("<table><tr><td>甲<td rowspan=2><td>1<tr><td>乙<td>2</table>", "| 甲 | | 1 |\n| 乙 | | 2 |\n"),
        ("<table><tr><td>甲<td rowspan=2>5<td>1<tr><td>乙<td>2</table>", "| 甲 | 5 〃 | 1 |\n| 乙 | 〃 | 2 |\n"),
        (
            "<table><tr><td rowspan=2>甲<td rowspan=2>5<td rowspan=2>1<tr><tr><td>乙<td>2<td>3</table>",
            "| 甲 | 5 | 1 |\n| 乙 | 2 | 3 |\n",
        ),
        (
            "<table><tr><td>甲<td>1<br>2<td>商业<br>企业<td><p>3</p><p>4</p></table>",
            "| 甲 | 1 / 2 | 商业 企业 | 3 / 4 |\n",
        ),
        ("<table><tr><td>甲<td><span>1</span><span>2</span><td>1 2</table>", "| 甲 | 12 | 1 / 2 |\n"),
        (
            "<table><tr><td>甲<td>乙|丙<td style='display:none'>7<td>1<tr style='display:none'><td>9<td>9<td>9</table>",
            "| 甲 | 乙/丙 | 1 |\n",
        ),
        ("<table><tr><td colspan=3>第一款<tr><td>甲<td>1<td>2</table>", "第一款\n| 甲 | 1 | 2 |\n"),
        ("<table><tr><td>甲<td><table><tr><td>其中<td>乙</table><td>1<td>2</table>", "| 甲 | 其中 乙 | 1 | 2 |\n"),
        ("<table><tr><td>甲<td>1</table><table><tr><td>乙<td>2</table>", "| 甲 | 1 |\n| 乙 | 2 |\n"),
        ("<p>表一<img src=a.png></p><table><tr><td>甲<td>1</table>附图", "表一\n| 甲 | 1 |\n附图\n"),
        ("<div><tr><td>甲</td><td>1</td><td>2</td></tr></div>", "| 甲 | 1 | 2 |\n"),
        ("<table><tr><td>甲<td>1</table><p>乙<td>1<td>2</p>", "| 甲 | 1 |\n乙 1 2\n"),
        ("<noscript><table><tr><td>1<td>2</table></noscript><table><tr><td>甲<td>1</table>", "| 甲 | 1 |\n"),
        (
            "<table><tr><td>甲<td>1</table><table hidden><tr><td>甲<td>1</table>"
            "<div style='display: none'><table><tr><td>甲<td>1</table></div>",
            "| 甲 | 1 |\n",
        ),
        (
            "<table><tr><td>甲<td>1</tr><caption>表一<br>续</caption><tr><td>乙<td>2</table>",
            "| 甲 | 1 |\n| 乙 | 2 |\n表一\n续\n",
        ),
        (
            "<table><tr>\n <td>甲</td>\n <td> 1 </td>\n</tr><tr><td colspan=2> 乙\n</td><td>2</td></tr></table>",
            "| 甲 | 1 |\n| 乙 | 2 |\n",
        ),
        (
            "<table><tr><td>甲<td><math><tr><td>1</td></tr></math><td>2<tr><td>乙<td>3<td>4</table>",
            "| 甲 | 1 | 2 |\n| 乙 | 3 | 4 |\n",
        ),
    ],
)
def test_a_data_table_is_drawn_a_row_a_line(body: str, text: str) -> None:
    assert drawn(body).replace("|  |", "| |").replace("|  |", "| |") == text


GRID = "<table><tr><td>甲<td>1<tr><td>乙<td>2<tr><td>丙<td>3</table>"
DRAWN_GRID = "| 甲 | 1 |\n| 乙 | 2 |\n| 丙 | 3 |\n"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            f"<table><tr><td>首页<td>公开<tr><td colspan=2>前言{GRID}后记</table>",
            f"首页\n公开\n前言\n{DRAWN_GRID}后记\n",
        ),
        (f"<table><tr><td><table><tr><td>{GRID}</table></table>", DRAWN_GRID),
        (f"<table><tr><td>{GRID}<td>{GRID}</table>", DRAWN_GRID * 2),
        ("<table><tr><td><p>一、总体情况</p><p>文字</p></table>", "一、总体情况\n文字\n"),
        (
            f"<table><tr><td>栏目<td><p>一、总体</p><p>{'全年公开工作平稳。' * 30}</p><p>二、其他</p></table>",
            f"栏目\n一、总体\n{'全年公开工作平稳。' * 30}\n二、其他\n",
        ),
    ],
)
def test_a_layout_table_is_drawn_as_paragraphs_and_its_data_tables_as_rows(body: str, text: str) -> None:
    assert drawn(body) == text


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        ("<title>甲县年报</title>", "<h1>甲县 年报</h1>", "甲县 年报\n"),
        ("<title>甲县年报_甲县政府网</title>", "<p>乙</p>", "甲县年报\n甲县政府网\n乙\n"),
        ("<title>网站</title><meta name='articletitle' content='甲县年报'>", "<p>乙</p>", "甲县年报\n乙\n"),
        ("<meta name='ArticleTitle' content=''><title>年报</title>", "<p>乙</p>", "年报\n乙\n"),
    ],
)
def test_the_title_stands_first_where_no_line_says_it(head: str, body: str, text: str) -> None:
    assert drawn(body, head) == text


def test_tables_in_tables_are_read_however_deep_they_stand() -> None:
    assert drawn("<table><tr><td>" * 300 + "甲") == "甲\n"


def test_a_body_that_is_hidden_until_it_is_complete_is_read() -> None:
    assert read("<html><body style='display:none'><p>甲</p><p hidden>乙</p></body></html>".encode()).text == "甲\n"


def test_places_name_table_row_and_column_of_the_grid_and_paragraphs() -> None:
    body = "<p>前</p><table><tr><td rowspan=2>甲<td colspan=2>乙<td>1<tr><td>丙<td>丁<td>2</table><p>后</p>" + GRID
    document = read(f"<title>题</title>{body}".encode())
    places = {mark: document.place(document.text.index(mark)) for mark in "题前甲乙1丙丁2后3"}
    assert places == {
        "题": "title",
        "前": "paragraph 1",
        "甲": "table 1 row 1 column 1",
        "乙": "table 1 row 1 column 2",
        "1": "table 1 row 1 column 4",
        "丙": "table 1 row 2 column 2",
        "丁": "table 1 row 2 column 3",
        "2": "table 1 row 2 column 4",
        "后": "paragraph 2",
        "3": "table 2 row 3 column 2",
    }


def test_every_character_has_the_place_of_the_cell_or_line_it_stands_in_or_behind() -> None:
    document = read("<p>前</p><p>言</p><table><tr><td>甲<td><td>12<tr><td>乙<td colspan=2>3</table>".encode())
    lines = {"paragraph 1": "前\n", "paragraph 2": "言\n| "}
    first = {"column 1": "甲 | ", "column 2": " | ", "column 3": "12 |\n| "}
    second = {"column 1": "乙 | ", "column 2": "3 |\n"}
    rows = [
        {f"table 1 row {n} {column}": text for column, text in row.items()} for n, row in enumerate((first, second), 1)
    ]
    parts = [(place, text) for part in (lines, *rows) for place, text in part.items()]
    assert document.text == "".join(text for _, text in parts)
    places = [place for place, text in parts for _ in text]
    assert [document.place(offset) for offset in range(len(document.text))] == places


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>" * 5000 + "甲", "limit `depth`"),
        ("<table>" + "<tr><td>" * 3 + "<td colspan=1000000>甲</table>", "limit `span`"),
        ("<table><tr>" + "<td colspan=90>甲" * 3 + "</table>", "limit `table_width`"),
        ("<table>" + ("<tr>" + "<td>" * 150) * 2700 + "</table>", "limit `cells`"),
        ("<p> </p><script>1</script>", "holds no text"),
    ],
)
def test_a_page_beyond_a_limit_or_without_text_is_refused_with_the_reason(body: str, reason: str) -> None:
    with pytest.raises(Undecodable, match=reason):
        read(f"<html><body>{body}".encode())


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("utf-16", "utf-16"), ("gb18030", "")]
)
def test_a_page_is_read_in_its_encoding(encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    words = "本年度政府信息公开工作年度报告由县人民政府办公室编制,向社会公布。"
    page = f"<html><head>{meta}</head><body><p>{words}</p></body></html>"
    assert read(page.encode(encoding)).text == words + "\n"


# Whole reports: a page drawn from the generator's forms by the function below, read back through the reader.


def plain(text: str, rng: Random) -> str:
    """Text as a hand-written page has it."""
    return escape(text).replace("\n", "<br>") or rng.choice(("", "&nbsp;", " ", "　", "<p></p>"))


def by_word(text: str, rng: Random) -> str:
    """Text as Word writes it: a paragraph, runs that break anywhere, line ends in the source, o:p."""
    cut = rng.randint(0, len(text))
    runs = "".join(
        f"<span lang=EN-US style='font-size:10.5pt;\nfont-family:宋体'>{escape(run).replace(chr(10), '<br>')}</span>"
        for run in (text[:cut], text[cut:])
        if run
    )
    return f"\n  <p class=MsoNormal align=center style='text-align:center'>{runs or '&nbsp;'}<o:p></o:p></p>\n  "


def by_editor(text: str, rng: Random) -> str:
    """Text as a site's editor writes it: blocks and inline markup one in another."""
    inner = escape(text).replace("\n", "<br />") or "<br>"
    return rng.choice(
        ("<div><strong>{}</strong></div>", "<p><font face=宋体><b>{}</b></font></p>", "<center>{}</center>")
    ).format(inner)


def table_markup(form: str, table: forms.Table, report: Report, rng: Random) -> str:
    """One table of a report as markup."""
    write = rng.choice((plain, by_word, by_editor))
    upper, closed, head = rng.random() < 0.3, rng.random() < 0.8, rng.random() < 0.3
    rows = []
    for row in merged(form, table):
        cells = []
        for cell, across, down in row:
            value = report.values[cell.slot] if cell.slot else None
            text = cell.text.format(year=report.year) if not cell.slot else "" if value is None else f"{value:f}"
            name = "th" if head and cell.kind == "header" else "td"
            spans = (f' colspan="{across}"' if across > 1 else "") + (f" rowspan={down}" if down > 1 else "")
            tag = f"{name}{spans}"
            cells.append(f"<{tag.upper() if upper else tag}>{write(text, rng)}" + (f"</{name}>" if closed else ""))
        rows.append("<tr>" + "".join(cells) + ("</tr>\n" if closed else "\n"))
    return f'<table border="1" cellspacing="0">{"".join(rows)}</table>'


def page_of(form: str, report: Report, rng: Random) -> bytes:
    """A report as a page of a portal: furniture, title in one of its places, prose, tables, perhaps in layout tables."""
    title = f"{report.organ}{report.year}年政府信息公开工作年度报告"
    tables = [f"<p>{escape(table.title)}</p>" + table_markup(form, table, report, rng) for table in forms.grid(form)]
    prose = f"<p>一、总体情况</p><p>本年度报告由{report.organ}编制,数据统计期限为{report.year}年1月1日至{report.year}年12月31日。</p>"
    heads = (
        f"<title>{title}</title>",
        f"<title>{title}</title>",
        f'<meta name="ArticleTitle" content="{title}"><title>网站</title>',
    )
    place = rng.randrange(3)
    heading = (f"<h1>{title}</h1>", "", "")[place]
    body = heading + prose + "".join(tables) + f"<p>{report.organ}</p><p>{report.year + 1}年1月20日</p>"
    nav = "<ul><li><a href=/>首页</a></li><li><a href=/zwgk>政务公开</a></li></ul>"
    layout = rng.choice(
        (
            f"<div class=nav>{nav}</div><div id=zoom>{body}</div><div>版权所有</div>",
            f"<table width=1000><tr><td width=200>{nav}</td><td>{body}</td></tr><tr><td colspan=2>版权所有</td></tr></table>",
            f"<table><tr><td><table><tr><td>{nav}</td></tr></table></td></tr><tr><td>{body}</td></tr></table>",
        )
    )
    encoding = rng.choice(("utf-8", "gb18030"))
    return f'<html><head><meta charset="{encoding}">{heads[place]}</head><body>{layout}</body></html>'.encode(encoding)


def status_of(value: Decimal | None) -> str:
    """What a cell with that value is, a missing one being printed as nothing."""
    return "blank" if value is None else "reported" if value else "explicit_zero"


@pytest.mark.parametrize("blanks", [0, 0.2])
@pytest.mark.parametrize("form", FORMS)
def test_a_whole_report_is_read_back_from_a_page(form: str, blanks: float) -> None:
    for seed in range(30):
        rng = Random(seed)
        report = random_report(rng, form, blank_share=blanks)
        content = page_of(form, report, rng)
        reading = read_document(content)
        assert [(found.organ_name, found.year, found.form) for found in reading.reports] == [
            (report.organ, report.year, form)
        ]
        cells = {cell.slot_id: (cell.value, cell.value_status) for cell in reading.reports[0].cells}
        assert cells == {slot: (value, status_of(value)) for slot, value in report.values.items()}, f"seed {seed}"
        assert len(reading.reports[0].cells) == len(report.values)
        for cell in reading.reports[0].cells:
            assert cell.locator is not None and cell.locator.startswith("table "), cell


def test_line_ends_of_a_text_whose_only_markup_is_its_tables_stay() -> None:
    table = "<html><body><table><tr><td>规章</td><td>0</td></tr>\n<tr><td>规范性文件</td><td>1</td></tr></table></body></html>"
    text = read(f"# 甲县财政局年报\n\n一、总体情况\n{table}\n二、乙\n".encode()).text
    assert text == "# 甲县财政局年报\n一、总体情况\n| 规章 | 0 |\n| 规范性文件 | 1 |\n二、乙"


def test_line_ends_of_a_text_with_other_markup_are_spaces() -> None:
    assert read("甲<p>乙\n丙</p><table><tr><td>1</td></tr></table>".encode()).text.startswith("甲\n乙 丙\n")
