"""Bytes to text: the encodings of Chinese sites, and files that are no text."""

from __future__ import annotations

import random

import pytest
from composed import REPORT, read

from extract.decode import decode
from extract.formats import limits
from extract.formats.document import Undecodable

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
    (TRADITIONAL.encode("big5"), TRADITIONAL, "big5"),
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
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    (b"GIF89a\x01\x00", "image/gif"),
    (b"PK\x03\x04\x14\x00\x06\x00", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    ("<!DOCTYPE html><html><body>政府信息公开</body></html>".encode(), "text/html"),
    ("\ufeff \n<html><body>政府信息公开</body></html>".encode(), "text/html"),
    ("<tr><td>规章</td><td>0</td></tr>".encode(), "text/html"),
    (random.Random(7).randbytes(4096), "encoding"),
    (b"\x00" * 500, "control characters"),
    ("规章 | 0 |\n".encode() + b"\x00\x01\x02" * 40, "control characters"),
    (b"\xff\xfe" + b"\x00\xd8" * 40, "utf-16"),
    ("规章 | 0 |\n".encode() * 3 + b"\xff\xfe\xfd\x00\x81", "encoding"),
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
