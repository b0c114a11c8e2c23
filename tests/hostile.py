"""Files that attack a reader, made by a script: each has to end as a reject within the limits, or as what it honestly says.

Composes bytes only; shares nothing with extract/. Run ``python tests/hostile.py FOLDER`` to look at them.
"""

from __future__ import annotations

import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import xlwt
from reportlab.pdfgen.canvas import Canvas

MEGABYTE = 1024 * 1024
_HEAD = "<html><head><meta charset='utf-8'></head><body><p>某县2023年政府信息公开工作年度报告</p>"
_WORDS = "政府信息公开工作年度报告 规章 行政许可 总计 "
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ENTITIES = "<!DOCTYPE x [" + "".join(
    [
        '<!ENTITY a0 "公开公开公开公开">',
        *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)),
    ]
)


# Sound files of each format, to be cut and scrambled.


def sound_docx() -> bytes:
    """A Word document with a paragraph and a table."""
    document, target = docx.Document(), io.BytesIO()
    document.add_paragraph("某县2023年政府信息公开工作年度报告")
    table = document.add_table(rows=2, cols=4)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["规章", "3", "0", "8", "行政许可", "1", "2", "3"], strict=True
    ):
        cell.text = text
    document.save(target)
    return target.getvalue()


def sound_xlsx() -> bytes:
    """A workbook with two rows."""
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in (["规章", 3, 0, 8], ["行政规范性文件", 1, None, 3]):
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def sound_xls() -> bytes:
    """A workbook of the old kind, in an OLE container."""
    book, target = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("年报")
    for column, value in enumerate(["规章", 3, 0, 8]):
        sheet.write(0, column, value)
    book.save(target)
    return target.getvalue()


def sound_pdf(pages: int = 1) -> bytes:
    """A PDF with a text layer."""
    target = io.BytesIO()
    canvas = Canvas(target)
    for page in range(pages):
        canvas.drawString(72, 720, f"annual report {page}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def sound_html() -> bytes:
    """A page with a table."""
    return (_HEAD + "<table><tr><td>规章</td><td>3</td><td>0</td><td>8</td></tr></table></body></html>").encode()


def sound_zip() -> bytes:
    """An archive of one page."""
    return zipped({"report.html": sound_html()})


def sound_warc() -> bytes:
    """A web archive of one page."""
    return warc_of([sound_html()])


MHTML_HEAD = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
"""Before a page, what makes it a saved web page."""

SOUND: dict[str, Callable[[], bytes]] = {
    "docx": sound_docx,
    "xlsx": sound_xlsx,
    "xls": sound_xls,
    "pdf": sound_pdf,
    "html": sound_html,
    "zip": sound_zip,
    "warc": sound_warc,
}


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of `members`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def warc_of(pages: list[bytes]) -> bytes:
    """A web archive, written by hand."""
    records = []
    for number, page in enumerate(pages):
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(page), page)
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://www.example.gov.cn/{number}.html\r\n"
            f"WARC-Date: 2024-01-31T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        records.append(head.encode() + body + b"\r\n\r\n")
    return b"".join(records)


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """An Office file with one part replaced or added."""
    source = zipfile.ZipFile(io.BytesIO(package))
    members = {item: source.read(item) for item in source.namelist()}
    return zipped(members | {name: content})


# The attacks.


def _pages() -> Iterator[tuple[str, bytes]]:
    row = "<tr><td>规章</td><td>1</td></tr>"
    cell = '<td colspan="{0}" rowspan="{1}">1</td>'
    yield "span-columns.html", f"{_HEAD}<table><tr>{cell.format(10**6, 1)}</tr>{row}</table>".encode()
    yield "span-rows.html", f"{_HEAD}<table><tr>{cell.format(1, 10**9)}</tr>{row}</table>".encode()
    yield "span-area.html", f"{_HEAD}<table>{f'<tr>{cell.format(900, 900) * 20}</tr>' * 300}</table>".encode()
    yield "span-negative.html", f"{_HEAD}<table><tr>{cell.format(-5, 'x')}</tr>{row}</table>".encode()
    yield "deep-div.html", (_HEAD + "<div>" * 100_000 + "公开" + "</div>" * 100_000).encode()
    yield "deep-table.html", (_HEAD + "<table><tr><td>" * 20_000).encode()
    yield "nine-hundred-tables.html", (_HEAD + "<table><tr><td>" * 900 + "公开" + "</td></tr></table>" * 900).encode()
    yield "deep-inline.html", (_HEAD + "<b><i>" * 60_000 + "公开").encode()
    yield "many-cells.html", (_HEAD + "<table><tr>" + "<td>1" * 1_500_000).encode()
    yield "many-attributes.html", (_HEAD + "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">公开</p>").encode()
    yield "surrogates.html", f"{_HEAD}<table><tr><td>规章</td><td>&#xD800;1</td><td>&#xDFFF;</td></tr></table>".encode()
    yield "nul-cells.html", f"{_HEAD}<table><tr><td>规\x00章</td><td>1\x002</td></tr></table>".encode()
    yield "open-comment.html", (_HEAD + "<!-- " + "公开" * 200_000).encode()
    yield "entities.html", (_ENTITIES + "]>" + _HEAD + "<p>&a9;</p>").encode()


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "line-of-60-megabytes.txt", (_WORDS * (60 * MEGABYTE // len(_WORDS.encode()))).encode()
    yield "line-of-digits.txt", b"1" * (8 * MEGABYTE)
    yield "line-of-bars.txt", "规章".encode() + b"|" * (4 * MEGABYTE)
    yield "a-million-lines.txt", "规章 | 1 |\n".encode() * 1_000_000
    yield "nul.txt", _WORDS.encode() + b"\x00" * 5_000
    yield "surrogates-in-utf8.txt", _WORDS.encode() + b"\xed\xa0\x80" * 500
    yield "surrogates-in-utf16.txt", b"\xff\xfe" + _WORDS.encode("utf-16-le") + b"\x00\xd8" * 500
    yield "noise.txt", random.Random(5).randbytes(200_000)
    yield "commas.csv", b"," * (8 * MEGABYTE)
    yield "open-quote.csv", "指标,单位,数量\n".encode() + b'"' + "规章,件,1\n".encode() * 200_000
    yield "bars.md", "| 指标 | 数量 |\n|---|---|\n".encode() + b"|" * (2 * MEGABYTE)


def _office() -> Iterator[tuple[str, bytes]]:
    word = f'<w:document xmlns:w="{_W}"><w:body>'
    cell = "<w:tbl><w:tr><w:tc><w:p/>"
    bomb = zlib_bomb()
    attacks = {
        "entities": f"{_DECLARED}{_ENTITIES}]>{word}<w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>",
        "outside-entity": f'{_DECLARED}<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>{word}'
        "<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>",
        "deep-tables": f"{_DECLARED}{word}{cell * 3_000}",
        "deep-tags": f"{_DECLARED}{word}{'<w:sdt><w:sdtContent>' * 50_000}",
        "grid-span": f'{_DECLARED}{word}<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
        "</w:tr></w:tbl></w:body></w:document>",
        "no-xml": "not XML at all",
    }
    for name, part in attacks.items():
        yield f"{name}.docx", with_part(sound_docx(), "word/document.xml", part.encode())
    yield "bomb.docx", with_part(sound_docx(), "word/document.xml", bomb)
    sheet = "xl/worksheets/sheet1.xml"
    start = (
        f'{_DECLARED}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<dimension ref="A1:B2"/><sheetData>'
    )
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    end = "</sheetData></worksheet>"
    yield "far-cell.xlsx", with_part(sound_xlsx(), sheet, f"{start}{far}{end}".encode())
    yield (
        "entities.xlsx",
        with_part(sound_xlsx(), sheet, f"{_DECLARED}{_ENTITIES}]><worksheet>&a9;</worksheet>".encode()),
    )
    yield "bomb.xlsx", with_part(sound_xlsx(), sheet, bomb)
    yield (
        "negative-cell.xlsx",
        with_part(sound_xlsx(), sheet, f'{start}<row r="0"><c r="A0"><v>1</v></c></row>{end}'.encode()),
    )
    yield "ole-of-nothing.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_096
    yield "ole-of-a-circle.doc", _circular_ole()


def zlib_bomb(size: int = 600 * MEGABYTE) -> bytes:
    """XML that would take no room in an archive and `size` bytes out of it."""
    return b"<a>" + b" " * size + b"</a>"


def _circular_ole() -> bytes:
    """A container whose sector chains lead back to their beginning."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, 1, 1, 0, 4096, 0, 0xFFFFFFFE, 0, 0, 0)
    return bytes(head) + struct.pack("<128I", *[0] * 128) * 4


def _pdf_object(number: int, content: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, content)


def _pdfs() -> Iterator[tuple[str, bytes]]:
    bomb = zlib.compress(b"BT (1) Tj ET " * (20 * MEGABYTE), 9)
    head = b"%PDF-1.4\n" + _pdf_object(1, b"<</Type/Catalog/Pages 2 0 R>>")
    yield (
        "stream-bomb.pdf",
        head
        + _pdf_object(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
        + _pdf_object(3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>")
        + _pdf_object(4, b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(bomb), bomb))
        + b"trailer<</Root 1 0 R>>\n%%EOF",
    )
    yield (
        "circular-pages.pdf",
        head + _pdf_object(2, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>") + b"trailer<</Root 1 0 R>>\n%%EOF",
    )
    yield (
        "a-billion-pages.pdf",
        head + _pdf_object(2, b"<</Type/Pages/Kids[]/Count 999999999>>") + b"trailer<</Root 1 0 R>>\n%%EOF",
    )
    yield "two-thousand-pages.pdf", sound_pdf(2_000)
    yield "no-objects.pdf", b"%PDF-1.7\n%%EOF"


def _archives() -> Iterator[tuple[str, bytes]]:
    inner = zipped({"zeros.txt": b"0" * (300 * MEGABYTE)})
    yield "bomb.zip", zipped({f"{n}.txt": b"0" * (100 * MEGABYTE) for n in range(6)})
    yield "bomb-in-a-bomb.zip", zipped({f"{n}.zip": inner for n in range(10)})
    nested = sound_zip()
    for _ in range(30):
        nested = zipped({"deeper.zip": nested})
    yield "thirty-deep.zip", nested
    yield "fifty-thousand-members.zip", zipped({f"{n}.txt": b"" for n in range(50_000)}, zipfile.ZIP_STORED)
    yield "outside.zip", zipped({"../../../../tmp/outside.txt": "规章".encode()})
    yield (
        "length-of-a-terabyte.warc",
        warc_of([sound_html()]).replace(
            b"msgtype=response\r\nContent-Length: ", b"msgtype=response\r\nContent-Length: 9999999999999"
        ),
    )
    yield "bomb.gz", _gzip_bomb()


def _gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(b"\0" * MEGABYTE) for _ in range(1_000)), packer.flush()])


def _damaged(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Every format cut at several lengths, and with bytes overwritten."""
    for kind, make in SOUND.items():
        content = make()
        for share in (0.1, 0.5, 0.9, 0.99):
            yield f"cut-{int(share * 100)}.{kind}", content[: max(12, int(len(content) * share))]
        for number in range(3):
            scrambled = bytearray(content)
            for place in rng.sample(range(8, len(content)), max(4, len(content) // 60)):
                scrambled[place] = rng.randrange(256)
            yield f"scrambled-{number}.{kind}", bytes(scrambled)


def _images() -> Iterator[tuple[str, bytes]]:
    yield "scan.png", b"\x89PNG\r\n\x1a\n" + bytes(2_000)
    yield "scan.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(2_000)
    yield "scan.tif", b"II*\x00" + bytes(2_000)


def hostile_files(seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every attack, one at a time."""
    for attacks in (_pages(), _texts(), _office(), _pdfs(), _archives(), _images(), _damaged(random.Random(seed))):
        yield from attacks


DAMAGED = ("cut-", "scrambled-")
"""Beginnings of the names of files that may still hold something that can be read honestly."""


def write(folder: Path) -> list[str]:
    """Write every attack into `folder`; returns their names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for name, content in hostile_files():
        (folder / name).write_bytes(content)
        names.append(name)
    return names


if __name__ == "__main__":
    print("\n".join(write(Path(sys.argv[1]))))
