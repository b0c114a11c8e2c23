"""Bytes to characters: byte-order mark, declaration, strict UTF-8, then detection limited to what Chinese sites use."""

from __future__ import annotations

import codecs
from typing import Final

from extract.formats.document import Undecodable

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_GUESSED: Final = frozenset(("gb18030", "gbk", "gb2312", "big5", "big5-hkscs", "utf-16le", "utf-16be"))


def to_text(content: bytes) -> tuple[str, str]:
    """Characters and name of the encoding. Raises Undecodable for binary data or bytes in no known encoding."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(content)
    _refuse_binary(content)
    return text, "utf-8"


def _refuse_binary(content: bytes) -> None:
    if content.translate(None, _CONTROL) != content and len(content.translate(None, _CONTROL)) < 0.999 * len(content):
        raise Undecodable("the file holds control characters: binary data, not text")


def _detected(content: bytes) -> tuple[str, str]:
    from resiliparse.parse.encoding import detect_encoding

    if b"\x00" not in content:
        encoding = detect_encoding(content)
        if encoding in _GUESSED:
            _refuse_binary(content)
            return _strict(content, "gb18030" if encoding in ("gbk", "gb2312") else encoding)
    raise Undecodable("the bytes are in no encoding that a Chinese text would use")


def _strict(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise Undecodable(
            f"the bytes look like {encoding} but are not: {error.reason} at byte {error.start}"
        ) from error
