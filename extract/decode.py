"""Bytes to text: what a document is and how its characters are encoded. Refuses what is no text, with the reason."""

from __future__ import annotations

import codecs
from typing import Final, NamedTuple

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MAGIC: Final = (
    (b"%PDF", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_MARKUP: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<div")
_MOST_BYTES: Final = 64 * 1024 * 1024
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_GUESSED: Final = frozenset(("gb18030", "gbk", "gb2312", "big5", "big5-hkscs", "utf-16le", "utf-16be"))


class Undecodable(Exception):
    """The bytes are no text of a report; the message says why."""


class Decoded(NamedTuple):
    """A document as text; offsets everywhere count its code points, a leading byte-order mark not among them."""

    text: str
    media_type: str
    encoding: str


def media_type(content: bytes) -> str:
    """The kind of file by its first bytes, text/plain where none is known."""
    opening = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(_MARKUP) or b"</td>" in content or b"</TD>" in content:
        return "text/html"
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), "text/plain")


def decode(content: bytes) -> Decoded:
    """Decode a text document: byte-order mark, strict UTF-8, then detection limited to the encodings of Chinese sites.

    Raises Undecodable with the reason for an empty file, a binary file, or bytes in no known encoding.
    """
    if not content.strip():
        raise Undecodable("the file is empty")
    if len(content) > _MOST_BYTES:
        raise Undecodable(f"the file has {len(content)} bytes, more than the {_MOST_BYTES} that a report can have")
    kind = media_type(content)
    if kind != "text/plain":
        raise Undecodable(f"the file is {kind}, which cannot be read yet")
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(content)
    _refuse_binary(content)
    return Decoded(text, kind, "utf-8")


def _refuse_binary(content: bytes) -> None:
    if content.translate(None, _CONTROL) != content and len(content.translate(None, _CONTROL)) < 0.999 * len(content):
        raise Undecodable("the file holds control characters: binary data, not text")


def _detected(content: bytes) -> Decoded:
    from resiliparse.parse.encoding import detect_encoding

    if b"\x00" not in content:
        encoding = detect_encoding(content)
        if encoding in _GUESSED:
            _refuse_binary(content)
            return _strict(content, "gb18030" if encoding in ("gbk", "gb2312") else encoding)
    raise Undecodable("the bytes are in no encoding that a Chinese text would use")


def _strict(content: bytes, encoding: str) -> Decoded:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(
            f"the bytes look like {encoding} but are not: {error.reason} at byte {error.start}"
        ) from error
    return Decoded(text, "text/plain", encoding)
