"""What kind of file some bytes are, by their content and never by their name. Nothing is decoded or unpacked here."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from extract.formats.document import Undecodable
from extract.formats.zipped import open_zip

HTML: Final = "text/html"
PLAIN: Final = "text/plain"
MARKDOWN: Final = "text/markdown"
CSV: Final = "text/csv"
PDF: Final = "application/pdf"
ZIP: Final = "application/zip"
GZIP: Final = "application/gzip"
WARC: Final = "application/warc"
OLE: Final = "application/x-ole-storage"
MHTML: Final = "multipart/related"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB: Final = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OOXML: Final = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument"
OFD: Final = "application/ofd"
NOT_KEPT: Final = "application/x-ogi-not-kept"
"""What the archive keeps in place of bytes that it refused; extract/files/containers.py writes it."""
NOT_KEPT_MAGIC: Final = b"%OGI-NOT-KEPT\x00"

CONTAINERS: Final = (ZIP, GZIP, WARC)

_MAGIC: Final = (
    (NOT_KEPT_MAGIC, NOT_KEPT),
    (b"WARC/", WARC),
    (b"\x1f\x8b", GZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"BZh", "application/x-bzip2"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
)
_ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_PARTS: Final = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSB),
    ("ppt/presentation.xml", PPTX),
    ("ofd.xml", OFD),
    ("[content_types].xml", OOXML),
)
"""Parts that an Office file has; the first that is there tells."""
_OPENING: Final = 4096
_MARKUP: Final = re.compile(
    rb"(?:\s|<\?xml[^>]{0,200}\?>|<!--.{0,3000}?-->)*"
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|table|tbody|tr|td|div|p|span|h[1-6]|ul|ol|font|center|style"
    rb"|script|br|b|strong|section|article|form)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_CELL: Final = re.compile(rb"</t[dhr]\s*>|<td[\s>]", re.IGNORECASE)
_MIME: Final = re.compile(rb"content-type:\s*multipart/related", re.IGNORECASE)
_HEADER_LINE: Final = re.compile(rb"\s*[A-Za-z][A-Za-z-]*:[ \t]")


def media_type(content: bytes) -> str:
    """The kind of file, text/plain where none is known: what is binary and unknown, its decoding refuses."""
    if content.startswith(_ZIP_MAGIC):
        return _kind_of_zip(content)
    for magic, kind in _MAGIC:
        if content.startswith(magic) and not (magic == b"BM" and not _is_bitmap(content)):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[257:262] == b"ustar":
        return "application/x-tar"
    return PDF if b"%PDF-" in content[:1024] else _kind_of_text(content)


def _is_bitmap(content: bytes) -> bool:
    return len(content) > 26 and content[6:10] == b"\x00" * 4 and content[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0")


def _kind_of_text(content: bytes) -> str:
    opening = _eight_bit(content[: 2 * _OPENING])
    if _HEADER_LINE.match(opening) and _MIME.search(opening):
        return MHTML
    if _MARKUP.match(opening):
        return HTML
    return HTML if _CELL.search(_eight_bit(content)) else PLAIN


def _eight_bit(content: bytes) -> bytes:
    """The ASCII of a text, readable whether its characters take one byte or two; without a byte-order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:_OPENING]:
        return content.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return content.removeprefix(b"\xef\xbb\xbf")


def _kind_of_zip(content: bytes) -> str:
    try:
        with open_zip(io.BytesIO(content)) as archive:
            return kind_of_members(archive)
    except Undecodable:  # what is wrong, whoever opens it says
        return DOCX if b"word/document.xml" in content else XLSX if b"xl/workbook.xml" in content else ZIP


def kind_of_members(archive: zipfile.ZipFile) -> str:
    """The kind of an opened zip: an Office file by the parts it has, else an archive of files."""
    names = {name.lower() for name in archive.namelist()}
    if {"mimetype", "content.xml"} <= names:
        return OPEN_DOCUMENT
    return next((kind for part, kind in _PARTS if part in names), ZIP)
