"""Bytes to text: the encodings of Chinese sites, and files that are no text."""

from __future__ import annotations

import csv
import io
import quopri
import random
import zipfile
from pathlib import Path

import pytest
from composed import REPORT, read

from extract.files import detect
from extract.files.decode import decode
from extract.formats import limits
from extract.formats.document import Undecodable
from extract.formats.encoding import to_text

TEXT = REPORT * 3
TRADITIONAL = (
    "彰武縣平安鎮根據《中華人民共和國政府信息公開條例》規定編制本報告。\n報告數據統計期限為全年。\n行政規範性文件 | 12 |\n"
    * 20
)

ENCODED = [
    # bytes, text, encoding said
    (TEXT.encode(), TEXT, "utf-8"),
    (b"\xef\xbb\xbf" + TEXT.encode(), TEXT, "utf-8-sig"),
    (TEXT.encode("gb18030"), TEXT, "gb18030"),
    (TEXT.encode("gbk"), TEXT, "gb18030"),
    (TRADITIONAL.encode("big5"), TRADITIONAL, "big5hkscs"),
    (TEXT.encode("utf-16"), TEXT, "utf-16"),
    (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, "utf-16"),
    (b"only ascii, 2023", "only ascii, 2023", "utf-8"),
]


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    ENCODED,
    ids=["utf-8", "bom", "gb18030", "gbk", "big5", "utf-16-le", "utf-16-be", "ascii"],
)
def test_a_text_is_decoded_without_loss(content: bytes, text: str, encoding: str) -> None:
    assert decode(content) == (text, "text/plain", encoding, None)


def test_newlines_stay_as_they_are() -> None:
    assert decode("一\r\n二\r三\n".encode()).text == "一\r\n二\r三\n"


NO_TEXT = [
    (b"", "empty"),
    (b" \r\n\t\n ", "empty"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF cannot be read"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    (b"GIF89a\x01\x00", "image/gif"),
    (b"PK\x03\x04\x14\x00\x06\x00", "the zip archive cannot be opened"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office container"),
    (random.Random(7).randbytes(4096), "control characters"),
    (bytes(random.Random(7).choices(range(128, 256), k=4096)), "encoding"),
    (b"\x00" * 500, "control characters"),
    ("规章 | 0 |\n".encode() + b"\x00\x01\x02" * 40, "control characters"),
    (b"\xff\xfe" + b"\x00\xd8" * 40, "encoding"),
    ("规章 | 0 |\n".encode() * 3 + b"\xff\xfe\xfd\x80\x81", "encoding"),
]


@pytest.mark.parametrize(("content", "named"), NO_TEXT, ids=lambda value: value if isinstance(value, str) else None)
def test_what_is_no_text_is_refused_with_the_reason(content: bytes, named: str) -> None:
    with pytest.raises(Undecodable, match=named):
        decode(content)


def test_a_file_of_more_bytes_than_a_report_can_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_LIMIT_BYTES", "100")
    limits.limit.cache_clear()
    with pytest.raises(Undecodable, match="101 bytes is more than the limit `bytes` of 100 bytes"):
        decode(b"x" * 101)
    monkeypatch.undo()
    limits.limit.cache_clear()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_report_is_read_in_every_encoding(encoding: str) -> None:
    assert read(REPORT.encode(encoding)).values() == read(REPORT).values()


def test_the_document_row_says_how_many_characters_were_decoded() -> None:
    document = read(b"\xef\xbb\xbf" + REPORT.encode()).document
    assert (document["char_count"], document["encoding"]) == (len(REPORT), "utf-8-sig")


# Declarations.

DECLARATIONS = {
    "none": "",
    "gb2312": '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
    "gbk": '<meta charset="GBK">',
    "big5": "<meta charset=big5>",
    "utf-8": "<meta charset='utf-8'>",
    "latin": '<meta charset="iso-8859-1">',
    "nonsense": '<meta charset="x-user-defined">',
    "xml": '<?xml version="1.0" encoding="gb2312"?>',
}
ENCODINGS = ("utf-8", "utf-8-sig", "gb2312", "gb18030", "big5", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be")
LINES = {
    "simplified": "一、主动公开政府信息情况\n规章 | 12 | 3 |\n",
    "traditional": "主動公開政府信息情況\n規章 | 12 | 3 |\n",
}
ENCODABLE = [
    (line, encoding)
    for line in LINES
    for encoding in ENCODINGS
    if (line, encoding) not in {("simplified", "big5"), ("simplified", "big5hkscs"), ("traditional", "gb2312")}
]


@pytest.mark.parametrize("declared", DECLARATIONS)
@pytest.mark.parametrize(("line", "encoding"), ENCODABLE)
def test_a_page_is_decoded_whatever_it_declares(declared: str, line: str, encoding: str) -> None:
    page = DECLARATIONS[declared] + LINES[line]
    assert to_text(page.encode(encoding))[0] == page


def test_what_is_valid_in_two_encodings_is_what_looks_like_chinese() -> None:
    """These bytes are sound Big5, and no sense."""
    page = (
        DECLARATIONS["big5"]
        + "本年度报告根据、部分公开、发布机构、政府公报、新闻发布会、政务服务中心、公告公示栏公开政府信息"
    )
    assert page.encode("gb18030").decode("big5") != page
    assert to_text(page.encode("gb18030")) == (page, "gb18030")


# Broken bytes.


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_that_ends_within_a_character_is_read_and_marked(encoding: str) -> None:
    text, said = to_text((TEXT + "县").encode(encoding)[:-1])
    assert text.rstrip("\ufffd") == TEXT and said == f"{encoding}, 1 broken byte"


def test_a_broken_byte_in_many_characters_is_shown_and_the_rest_is_as_it_was() -> None:
    before, after = TEXT[:1000], TEXT[1000:] + TEXT * 3
    assert to_text(before.encode() + b"\xff" + after.encode()) == (f"{before}\ufffd{after}", "utf-8, 1 broken byte")


def test_more_broken_bytes_are_refused() -> None:
    content = bytearray(TEXT.encode())
    for place in range(500, len(content), 500):
        content[place : place + 1] = b"\xff"
    with pytest.raises(Undecodable, match="too many of them are broken"):
        to_text(bytes(content))


def test_a_number_with_a_broken_byte_in_it_is_never_read() -> None:
    """行政许可 prints 1?4 where it printed 104: it is no 14."""
    page = REPORT.encode()
    clean = read(page)
    number = next(cell for cell in clean.cells if cell["slot_id"] and len(cell["raw_text"]) >= 2 and cell["value"])
    at = len(REPORT[: number["char_start"]].encode())
    broken = read(page[:at] + page[at : at + 1] + b"\xff" + page[at + 1 :])
    (cell,) = [cell for cell in broken.cells if cell["slot_id"] == number["slot_id"]]
    assert cell["value"] is None and cell["value_status"] == "unreadable"
    assert broken.document["encoding"] == "utf-8, 1 broken byte"


# Kinds of files.


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


KINDS = [
    (b"<!DOCTYPE html><html></html>", "text/html"),
    ("\ufeff \n<html>".encode(), "text/html"),
    (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html/>", "text/html"),
    (b"<!-- saved from url=(0040) --> <!-- and more -->\n<HTML>", "text/html"),
    (b"<tr><td>1</td></tr>", "text/html"),
    ("某县年报<TABLE><TR><TD width=1>1</TABLE>".encode("gb18030"), "text/html"),
    ("<p>年报</p>".encode("utf-16"), "text/html"),
    ("<p>年报</p>".encode("utf-16-le"), "text/html"),
    ("规章 <b 12".encode(), "text/plain"),
    (b"%PDF-1.7\n", "application/pdf"),
    (b"\r\n\x00junk%PDF-1.4\n", "application/pdf"),
    (zipped("[Content_Types].xml", "word/document.xml"), detect.DOCX),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), detect.XLSX),
    (zipped("[Content_Types].xml", "ppt/presentation.xml"), detect.PPTX),
    (zipped("mimetype", "content.xml"), detect.OPEN_DOCUMENT),
    (zipped("OFD.xml", "Doc_0/Document.xml"), detect.OFD),
    (zipped("report.docx"), "application/zip"),
    (zipped("[Content_Types].xml", "word/document.xml")[:-30], detect.DOCX),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf1\\ansi", "application/rtf"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"WARC/1.0\r\n", "application/warc"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM" + bytes(12) + b"\x28" + bytes(20), "image/bmp"),
    (b"BMW sold 12", "text/plain"),
    (b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "multipart/related"),
]


@pytest.mark.parametrize(("content", "kind"), KINDS, ids=[f"{number} {kind}" for number, (_, kind) in enumerate(KINDS)])
def test_a_file_is_known_by_its_content(content: bytes, kind: str) -> None:
    assert detect.media_type(content) == kind


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "the file is image/png, an image: scanned reports cannot be read"),
        (b"Rar!\x1a\x07\x01\x00", "the file is application/vnd.rar, a RAR archive, which cannot be opened"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which cannot be opened"),
        (zipped("OFD.xml"), "an OFD document, which cannot be read"),
    ],
)
def test_what_no_module_reads_is_named(content: bytes, told: str) -> None:
    with pytest.raises(Undecodable, match=told):
        decode(content)


def test_a_page_saved_whole_by_a_browser_is_read() -> None:
    rows = "<table>" + "".join(f"<tr><td>{n}</td><td>数{n}</td></tr>" for n in range(3)) + "</table>"
    page = f"<html><head><meta charset='utf-8'></head><body><p>某县年报</p>{rows}</body></html>".encode()
    saved = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xyz\r\n\r\n"
        b"--xyz\r\nContent-Type: text/css\r\n\r\np {}\r\n"
        b"--xyz\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quopri.encodestring(page).replace(b"\n", b"\r\n")
        + b"\r\n--xyz--\r\n"
    )
    assert decode(saved).text == decode(page).text


# Limits of a text.


@pytest.mark.parametrize(
    ("name", "most", "text"),
    [("characters", 50, "字" * 30 + "\n" + "字" * 30), ("line", 20, "字" * 21 + "\n字"), ("bytes", 100, "字" * 34)],
)
def test_a_text_beyond_a_limit_is_refused_by_its_name(
    name: str, most: int, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"OGI_LIMIT_{name.upper()}", str(most))
    limits.limit.cache_clear()
    with pytest.raises(Undecodable, match=f"more than the limit `{name}` of {most} "):
        decode(text.encode())
    monkeypatch.undo()
    limits.limit.cache_clear()


def test_every_limit_is_documented_as_it_is() -> None:
    root = Path(__file__).resolve().parents[2]
    with (root / "extract/formats/limit.csv").open(encoding="utf8", newline="") as handle:
        rows = [
            f"| `{row['name']}` | {int(row['most']):,} | {row['unit']} | {row['what']} |"
            for row in csv.DictReader(handle)
        ]
    page = (root / "docs/limits.md").read_text(encoding="utf8").splitlines()
    assert [line for line in page if line.startswith("| `")] == rows
