"""One spelling for many: traditional script, pinyin glosses, full-width and compatibility characters, spaces.

Tokens keep the document's own characters and offsets; only what is compared with a form passes through here.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

_TONED = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿɡɑê"
GLOSS: Final = re.compile(rf"(?<=[\u3400-\u9fff])[(（][{_TONED}]{{1,7}}[)）]")
"""A pinyin reading that a mirror put behind a character: 開(kāi)."""

_BLOCKS = ((0x2E80, 0x2FDF), (0x3000, 0x303F), (0x3300, 0x33FF), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF))
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_UNSEEN: Final = re.compile(f"[{_INVISIBLE}]+")
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\r\v\f"


def _width_map() -> dict[int, str]:
    """Compatibility characters with a one-character normal form (NFKC), spaces and invisible characters."""
    table = {}
    for low, high in _BLOCKS:
        for code in range(low, high + 1):
            normal = unicodedata.normalize("NFKC", chr(code))
            if len(normal) == 1 and normal != chr(code):
                table[code] = normal
    table.update({ord(mark): " " for mark in _SPACES + _INVISIBLE})
    table[ord("﹝")], table[ord("﹞")] = "〔", "〕"
    return table


def _script_map() -> dict[int, str]:
    with open(Path(__file__).with_name("traditional.csv"), encoding="utf8", newline="") as lines:
        return {ord(row["traditional"]): row["simplified"] for row in csv.DictReader(lines)}


_WIDTH: Final = _width_map()
_SCRIPT: Final = _script_map()
_BOTH: Final = {code: _SCRIPT.get(ord(mark), mark) for code, mark in _WIDTH.items()} | _SCRIPT
_BOTH_BY_PLACE: Final = "".join(_BOTH.get(code, chr(code)) for code in range(0x10000))  # twice as fast as a dict
_OTHER_MARKS: Final = re.compile(f"[{re.escape(''.join(chr(code) for code in _BOTH if code <= 0xFFFF))}]")
_WIDE_MARKS: Final = re.compile(f"[{re.escape(''.join(map(chr, _WIDTH)))}]")
_MARKUP: Final = r"(?i:&(?:nbsp|emsp|ensp|#160|#12288);|\*\*+|</?(?:b|strong|em|br|span|p|u)\s*/?>)"
"""What copying a page as text or Markdown leaves of its markup."""
_MARKED: Final = re.compile(_MARKUP)
_DROPPED: Final = re.compile(rf"{GLOSS.pattern}|{_MARKUP}|[\s{_INVISIBLE}]+")
_TRADITIONAL_MARKS: Final = re.compile("[" + "".join(chr(code) for code in _SCRIPT if code <= 0xFFFF) + "]")
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_LONGEST_KNOWN: Final = 80


def simplify(text: str) -> str:
    """`text` in simplified script and normal width, without glosses; lengths change only where glosses go."""
    return _simplified(text) if len(text) <= _LONGEST_KNOWN else _respelled(_without_glosses(text))


@lru_cache(maxsize=65_536)
def _simplified(text: str) -> str:
    """The same of words of a form, which stand in every report."""
    return _respelled(_without_glosses(text))


def _respelled(text: str) -> str:
    return _OTHER_MARKS.sub(lambda match: _BOTH[ord(match.group())], text)  # most marks of most texts stay


def _without_glosses(text: str) -> str:
    return GLOSS.sub("", text) if "(" in text or "（" in text else text


def respell(text: str, start: int) -> tuple[str, Sequence[int]]:
    """`text` simplified, without spaces and markup, and where its characters stood, `start` being the first's offset.

    One place more than there are characters: the last is the end of the text.
    """
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for match in _DROPPED.finditer(text):
        if match.start() > last:
            pieces.append(text[last : match.start()])
            places.extend(range(start + last, start + match.start()))
        last = match.end()
    if not last:
        return text.translate(_BOTH_BY_PLACE), range(start, start + len(text) + 1)
    pieces.append(text[last:])
    places.extend(range(start + last, start + len(text) + 1))
    return "".join(pieces).translate(_BOTH_BY_PLACE), places


def plain_text(text: str) -> str:
    """A whole document in one spelling: simplified only if it is set in traditional script.

    Some characters exist in both scripts and stand in names (於潜镇), so a simplified document keeps them.
    """
    bare = _UNSEEN.sub("", GLOSS.sub("", text))
    if "&" in bare or "**" in bare or "</" in bare:
        bare = _MARKED.sub(" ", bare)
    if _is_traditional(bare):
        return bare.translate(_BOTH_BY_PLACE)
    return _WIDE_MARKS.sub(lambda match: _WIDTH[ord(match.group())], bare)  # five times faster than translate


def _is_traditional(text: str) -> bool:
    """Whether more than one in fifty of the Chinese characters of its beginning exists in traditional script only."""
    sample = text[:800]
    return len(_TRADITIONAL_MARKS.findall(sample)) * 50 > len(_CHINESE.findall(sample))
