"""Reports as files of every format: which bytes a composed report becomes, in which encoding, in which container."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from . import office, paper, portal, web
from .grids import occupancy
from .layouts import PrintedRow
from .printing import Composed, PrintedTable

Write = Callable[[Composed, Random], bytes]

_DECLARED = (
    ("utf-8", "utf-8"), ("utf-8", ""), ("utf-8", "gb2312"), ("utf-8-sig", "utf-8"), ("utf-16", ""), ("gb18030", "gb2312"),
    ("gb18030", "gbk"), ("gb18030", ""), ("gb18030", "utf-8"), ("big5hkscs", "big5"), ("big5hkscs", ""),
)  # fmt: skip
"""Encodings of pages, with what they say they are in: rightly, wrongly or not at all."""
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "big5hkscs")


def encoded(text: str, encoding: str) -> bytes | None:
    """The text in an encoding, None where that lacks one of its characters."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def html_bytes(body: str, rng: Random) -> bytes:
    """A page in some encoding, declared rightly, wrongly or not."""
    while True:
        encoding, declared = rng.choice(_DECLARED)
        meta = rng.choice(
            (
                f'<meta charset="{declared}">',
                f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">',
            )
        )
        page = f"<html><head>{meta if declared else ''}<title>年度报告</title></head>\n<body>\n{body}\n</body></html>\n"
        content = encoded(page, encoding)
        if content:
            return content


def _html(draw: web.Draw) -> Write:
    return lambda composed, rng: html_bytes(web.page_body(composed, rng, draw), rng)


def _portal(size: int) -> Write:
    def write(composed: Composed, rng: Random) -> bytes:
        draw = rng.choice((web.grid, web.word, web.nested))
        return portal.portal_page(composed, rng, size, draw).encode()

    return write


def _records(rows: Sequence[PrintedRow]) -> list[list[str]]:
    """The grid with each text in the field where its cell begins."""
    return [
        [rows[place.row].cells[place.cell] if place and place.begins else "" for place in fields]
        for fields in occupancy(rows)
    ]


def markdown(composed: Composed, rng: Random) -> bytes:
    """Headings, paragraphs and pipe tables with a rule under the first row."""
    parts = []
    for number, block in enumerate(composed.blocks):
        if isinstance(block, PrintedTable):
            lines = [
                "| " + " | ".join(text.replace("\n", "<br>").replace("|", "\\|") for text in row) + " |"
                for row in _records(block.rows)
            ]
            width = block.rows[0].width
            rule = "|" + rng.choice((" --- |", "---|", " :---: |", "-----|")) * width
            parts.append("\n".join([lines[0], rule, *lines[1:]]))
        else:
            mark = "# " if number == 0 else "## " if block[1:2] == "、" else ""
            parts.append(mark + block.replace("\n", "\n\n"))
    return ("\n\n".join(parts) + "\n").encode()


def _delimited(separator: str) -> Write:
    def write(composed: Composed, rng: Random) -> bytes:
        records: list[list[str]] = []
        for block in composed.blocks:
            records += (
                _records(block.rows) if isinstance(block, PrintedTable) else [[line] for line in block.split("\n")]
            )
        if rng.random() < 0.5:  # as Excel saves it: every record as wide as the widest
            width = max(map(len, records))
            records = [[*record, *[""] * (width - len(record))] for record in records]
        target = io.StringIO()
        csv.writer(target, delimiter=separator, lineterminator=rng.choice(("\r\n", "\n"))).writerows(records)
        encodings = [e for e in ("utf-8-sig", "gb18030", "utf-8") if encoded(target.getvalue(), e)]
        return target.getvalue().encode(rng.choice(encodings))

    return write


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip archive of files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return target.getvalue()


def warc(pages: Sequence[tuple[str, bytes]], gzip: bool = False) -> bytes:
    """A web archive: a warcinfo record, then request and response of each page (address, body)."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "crawler"}))
    for address, body in pages:
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "www.example.gov.cn")], is_http_request=True)
        writer.write_record(writer.create_warc_record(address, "request", http_headers=asked))
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return target.getvalue()


def _in_zip(composed: Composed, rng: Random) -> bytes:
    inner = rng.choice(("html_grid", "docx", "xlsx"))
    name = f"{composed.report.year}年度报告.{'html' if inner == 'html_grid' else inner}"
    return zipped([("说明.txt", "本压缩包内为年度报告。\n".encode()), (name, FORMATS[inner](composed, rng))])


def _in_warc(gzip: bool) -> Write:
    def write(composed: Composed, rng: Random) -> bytes:
        page = portal.portal_page(composed, rng, rng.choice((0, 20_000))).encode()
        others = [(f"http://www.example.gov.cn/{n}.html", portal.other_page(rng, 4000).encode()) for n in range(3)]
        place = rng.randint(0, 3)
        return warc([*others[:place], ("http://www.example.gov.cn/zfxxgk/nb.html", page), *others[place:]], gzip)

    return write


FORMATS: dict[str, Write] = {
    "html_grid": _html(web.grid),
    "html_nested": _html(web.nested),
    "html_word": _html(web.word),
    "html_fragments": _html(web.fragments),
    "html_divisions": _html(web.divisions),
    "html_paragraphs": _html(web.written("cell_lines_plain")),
    "html_paragraphs_spaced": _html(web.written("spaces")),
    "html_breaks": _html(web.written("pipe_rows", "{}<br>", "<div>{}</div>")),
    "html_pre": _html(web.written("tabs", "{}", "<pre>{}</pre>")),
    "html_pre_aligned": _html(web.written("aligned", "{}", "<pre>\n{}\n</pre>")),
    "html_portal_20k": _portal(20_000),
    "html_portal_128k": _portal(128_000),
    "docx": office.word_document,
    "docx_tabs": lambda composed, rng: office.word_lines(composed, rng, "tabs"),
    "xlsx": office.workbook,
    "xls": office.old_workbook,
    "pdf": paper.pdf,
    "markdown": markdown,
    "csv": _delimited(","),
    "tsv": _delimited("\t"),
    "zip": _in_zip,
    "warc": _in_warc(gzip=False),
    "warc_gz": _in_warc(gzip=True),
}
"""Every format but plain text, whose layouts are their own, and .doc, which a whole run of files is converted to at once."""

TYPED: dict[str, str] = {
    "html_divisions": "spaces",
    "html_paragraphs": "cell_lines_plain",
    "html_paragraphs_spaced": "spaces",
    "html_breaks": "pipe_rows",
    "html_pre": "tabs",
    "html_pre_aligned": "aligned",
    "docx_tabs": "tabs",
}
"""Formats whose tables are typed in a text layout, and which: a report for them shows only the blanks that it shows."""
