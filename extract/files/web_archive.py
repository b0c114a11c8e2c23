"""Web archives (WARC): the pages in them that could be such a report, found fast; the rest is passed over and counted.

A page is passed over only where no report can be in it; what could be one but came incomplete is refused with the
reason, because half a page may print half a number. Nothing is read from a page here.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import BinaryIO, Final

from fastwarc.stream_io import BrotliReader, ChunkedReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from extract.formats import limits
from extract.formats.document import Undecodable
from extract.formats.zipped import check_ratio

_PAGES: Final = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_NO_TEXT: Final = ("image/", "video/", "audio/", "font/")
_DOCUMENTS: Final = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"{\\rtf", b"\x1f\x8b")
"""Files whose text does not show in their bytes: all of them go on, and PDF files."""

_DISCLOSURE: Final = ("公开", "公開")
_REPORT: Final = ("年度", "报告", "報告", "统计", "統計", "年报", "年報")
_ENCODINGS: Final = ("utf-8", "gb18030", "big5")
_WIDE: Final = ("utf-16-le", "utf-16-be")


def _encoded(words: tuple[str, ...], encodings: tuple[str, ...]) -> tuple[bytes, ...]:
    found = {word.encode(encoding, "ignore"): word for word, encoding in product(words, encodings)}
    return tuple(needle for needle, word in found.items() if len(needle) >= 2 * len(word))


def _references(words: tuple[str, ...]) -> re.Pattern[bytes]:
    """Words written as numeric character references, decimal or hexadecimal (&#20844;&#x5F00;)."""
    signs = ["".join(rf"&#(?:0*{ord(char)}|x0*{ord(char):x});?" for char in word) for word in words]
    return re.compile("|".join(signs).encode(), re.IGNORECASE)


_NARROW_WORDS: Final = tuple(_encoded(words, _ENCODINGS) for words in ((*_DISCLOSURE, "公(", "公（"), _REPORT))
"""A mirror may gloss a character with its pinyin: 公(gōng)开."""
_WIDE_WORDS: Final = tuple(_encoded(words, _WIDE) for words in (_DISCLOSURE, _REPORT))
_REFERENCE_WORDS: Final = tuple(map(_references, (_DISCLOSURE, _REPORT)))


def may_be_report(page: bytes) -> bool:
    """Whether a report can be in the bytes of a page: it says 公开 and one of 年度, 报告, 统计, in any encoding."""
    if not page.isascii() and all(any(needle in page for needle in needles) for needles in _NARROW_WORDS):
        return True
    if b"&#" in page and all(pattern.search(page) for pattern in _REFERENCE_WORDS):
        return True
    return b"\x00" in page and all(any(needle in page for needle in needles) for needles in _WIDE_WORDS)


@dataclass(slots=True)
class Tally:
    """What was met on the way through a delivery."""

    archives: int = 0
    records: int = 0  # of web archives, that hold a page
    passed_over: int = 0  # of those, what cannot be a report
    refused: int = 0
    unpacked: int = 0  # bytes


def pages(source: str | BinaryIO, tally: Tally) -> Iterator[tuple[str, bytes | Undecodable]]:
    """Address and bytes of each page that could be a report, or why it is refused. A file's path, or its bytes.

    Raises Undecodable where the archive itself breaks off or is none.
    """
    first = tally.records
    try:
        for record in ArchiveIterator(source, record_types=_PAGES, parse_http=True, fsspec_args=False):
            tally.records += 1
            page = _page(record)
            if page is None:
                tally.passed_over += 1
                continue
            address = (record.headers.get("WARC-Target-URI") or record.record_id or "").strip("<>")
            yield address, page
            if isinstance(page, _BrokenOff):
                return
    except OSError as error:
        raise Undecodable(f"the web archive cannot be read after page {tally.records - first}: {error}") from error


class _BrokenOff(Undecodable):
    """The archive ends within this record."""


def _page(record: WarcRecord) -> bytes | Undecodable | None:
    """The page in a record, why it is refused, or None where it is passed over."""
    if record.headers.get("Content-Length") is None:
        return _BrokenOff("the web archive breaks off in the head of this record")
    head = record.http_headers if record.is_http else None
    length = record.content_length
    if head is not None and head.status_code not in (200, None):
        return None
    kind = (head.get("Content-Type") if head is not None else record.headers.get("Content-Type")) or ""
    if kind.lower().startswith(_NO_TEXT):
        return None
    if length > limits.limit("bytes"):
        return _exceeding("bytes", length)
    body = record.reader.read()
    if len(body) < length:
        return _BrokenOff(f"the web archive breaks off in this record, after {len(body)} of its {length} bytes")
    try:
        page = _plain(body, head.to_dict() if head is not None else {})
    except Undecodable as error:
        return error
    if not (page.startswith(_DOCUMENTS) or b"%PDF-" in page[:1024] or may_be_report(page)):
        return None
    return _incomplete(record, body) or page


def _exceeding(name: str, measured: int) -> Undecodable:
    try:
        limits.check(name, measured)
    except Undecodable as error:
        return error
    raise AssertionError(f"{measured} is within the limit {name}")


def _incomplete(record: WarcRecord, body: bytes) -> Undecodable | None:
    """Why a page is not whole: the crawler cut it, or the connection ended early. None where it is."""
    if cut := record.headers.get("WARC-Truncated"):
        return Undecodable(f"the crawler cut this page short (WARC-Truncated: {cut})")
    announced = (record.http_headers.get("Content-Length") or "") if record.is_http else ""
    if announced.isdecimal() and len(body) < int(announced):
        return Undecodable(f"the page came incomplete: {len(body)} of {announced} bytes")
    return None


def _plain(body: bytes, head: dict[str, str]) -> bytes:
    """The body without its transfer and content encodings; where it has none in spite of its head, as it is."""
    names = {name.lower(): value.lower().strip() for name, value in head.items()}
    if "chunked" in names.get("transfer-encoding", "") and re.match(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n", body):
        body = _through(ChunkedReader(io.BytesIO(body)), len(body))
    for encoding in reversed(names.get("content-encoding", "").split(",")):
        if encoding.strip() in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
            body = _inflated(body, 31)
        elif encoding.strip() == "deflate" and body[:1] == b"\x78":
            body = _inflated(body, 15)
        elif encoding.strip() == "br" and not body[:512].lstrip().startswith(b"<"):
            body = _through(BrotliReader(io.BytesIO(body)), len(body))
    return body


def _inflated(body: bytes, window: int) -> bytes:
    most, inflater = limits.limit("bytes"), zlib.decompressobj(window)
    try:
        plain = inflater.decompress(body, most + 1)
    except zlib.error as error:
        raise Undecodable(f"its content encoding is broken: {error}") from error
    limits.check("bytes", len(plain))
    check_ratio(len(plain), len(body))
    if not inflater.eof:
        raise Undecodable("its content encoding breaks off")
    return plain


def _through(reader: ChunkedReader | BrotliReader, size: int) -> bytes:
    try:
        plain = reader.read(limits.limit("bytes") + 1)
    except OSError as error:
        raise Undecodable(f"its content encoding is broken: {error}") from error
    limits.check("bytes", len(plain))
    check_ratio(len(plain), size)
    return plain
