"""Bytes to characters: what Chinese sites use, whatever they declare. Knows encodings, not formats.

Valid UTF-8 wins over any declaration. Anything else has to decode strictly and to look like Chinese (characters in
common use, not the rare ones that a wrong encoding makes of them); a declaration is only the first to be tried.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.formats.document import Undecodable

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDE: Final = ("utf-16-le", "utf-16-be")
_NARROW: Final = ("gb18030", "big5hkscs", "utf-8")
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_DECLARED: Final = re.compile(
    rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
_DECLARATIONS_WITHIN: Final = 4096
_SAME: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
"""Label a page declares -> the encoding that holds all of what goes by that label."""
_PLAUSIBLE: Final = 0.9
"""The least share of Chinese characters in common use: real texts have 0.98 and more, wrongly decoded ones half."""
_SAMPLE: Final = 20_000
_CHARACTERS_A_FAULT: Final = 2_000
"""One broken byte in so many characters is a fault of transmission, shown as U+FFFD; with more, nothing is read."""
_BROKEN: Final = "\ufffd"


def to_text(content: bytes) -> tuple[str, str]:
    """Characters and name of the encoding, which says how many broken bytes were replaced by U+FFFD, if any.

    Raises Undecodable for binary data or bytes in no known encoding.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding) or _tolerant(content, (encoding,))
    if b"\x00" in content and (found := _plausible(content, _WIDE)):
        return found
    _refuse_binary(content)
    if found := _strict(content, "utf-8"):
        return found
    candidates = tuple(dict.fromkeys((*_declared(content), *_NARROW)))
    return _plausible(content, candidates) or _tolerant(content, candidates)


def _refuse_binary(content: bytes) -> None:
    if len(content.translate(None, _CONTROL)) < 0.999 * len(content):
        raise Undecodable("the file holds control characters: binary data, not text")


def _declared(content: bytes) -> Iterator[str]:
    for match in _DECLARED.finditer(content[:_DECLARATIONS_WITHIN]):
        label = (match[1] or match[2]).decode("ascii", "replace").lower()
        if label in _SAME:
            yield _SAME[label]


def _strict(content: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        return None


def _plausible(content: bytes, encodings: tuple[str, ...]) -> tuple[str, str] | None:
    """The most plausible of the strict decodings, the first of equals; None where none looks like Chinese."""
    strict = [found for encoding in encodings if (found := _strict(content, encoding))]
    best = max(((commonness(found[0]), -order) for order, found in enumerate(strict)), default=(0.0, 0))
    return strict[-best[1]] if best[0] >= _PLAUSIBLE else None


def _tolerant(content: bytes, encodings: tuple[str, ...]) -> tuple[str, str]:
    """The decoding with fewest broken bytes, if they are few enough."""
    text, encoding = min(
        ((content.decode(encoding, "replace"), encoding) for encoding in encodings),
        key=lambda found: (found[0].count(_BROKEN), -commonness(found[0])),
    )
    broken = text.count(_BROKEN)
    if commonness(text) < _PLAUSIBLE or broken > 1 + len(text) // _CHARACTERS_A_FAULT:
        raise Undecodable("the bytes are in no encoding that a Chinese text would use, or too many of them are broken")
    return text, f"{encoding}, {broken} broken bytes" if broken > 1 else f"{encoding}, 1 broken byte"


@cache
def _in_use() -> frozenset[str]:
    """The characters in common use: the first levels of GB 2312 and Big5, signs, pinyin letters and lines of tables."""
    rows = (*range(0xA1, 0xA4), 0xA8, 0xA9, *range(0xB0, 0xD8))
    simplified = ((row, trail) for row in rows for trail in range(0xA1, 0xFF))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = ((lead, trail) for lead in (0xA1, *range(0xA4, 0xC7)) for trail in trails)
    characters = {bytes(pair).decode("gb2312", "ignore") for pair in simplified}  # by pairs: some places are empty
    characters |= {bytes(pair).decode("big5", "ignore") for pair in traditional}
    return frozenset(char for char in characters if char and not "\u3040" <= char <= "\u30ff")  # no kana


def commonness(text: str) -> float:
    """The share of a text's characters beyond ASCII that a Chinese text commonly uses; 0 where it has none."""
    beyond = [char for char in text[: 4 * _SAMPLE] if char > "\x7f" and char not in "\xa0\ufeff\ufffd"][:_SAMPLE]
    return sum(map(_in_use().__contains__, beyond)) / len(beyond) if beyond else 0.0
