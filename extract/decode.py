"""What a file is, by its content, and which module of formats/ reads it. Refuses what none can, with the reason."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from extract.formats import limits
from extract.formats.document import Document, Undecodable
from extract.formats.encoding import to_text

_MAGIC: Final = (
    (b"%PDF", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_MARKUP: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<div")
_READERS: Final[dict[str, str]] = {}
"""Media type -> module with a function read(content) -> Document; imported when the first file of its kind comes."""


def media_type(content: bytes) -> str:
    """The kind of file by its first bytes, text/plain where none is known."""
    opening = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(_MARKUP) or b"</td>" in content or b"</TD>" in content:
        return "text/html"
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), "text/plain")


def decode(content: bytes) -> Document:
    """The text of a document of any format.

    Raises Undecodable with the reason for an empty file, one beyond a limit, or one that no module can read.
    """
    if not content.strip():
        raise Undecodable("the file is empty")
    limits.check("bytes", len(content))
    kind = media_type(content)
    if kind == "text/plain":
        text, encoding = to_text(content)
        return Document(text, kind, encoding)
    if kind not in _READERS:
        raise Undecodable(f"the file is {kind}, which cannot be read")
    document: Document = import_module(_READERS[kind]).read(content)
    return document
