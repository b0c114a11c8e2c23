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
_BEFORE_MARK: Final = r"(?=[!-/:-@\[-`{-~])"
_ESCAPE: Final = rf"\\{_BEFORE_MARK}"
GLOSS: Final = re.compile(rf"(?<=[\u3400-\u9fff])[(（][{_TONED}]{{1,7}}[)）]|{_ESCAPE}")
"""What was put in and is not said: a pinyin reading by a mirror (開(kāi)), an escape by Markdown (1\\.当面申请数)."""
_BEGINS_GLOSS: Final = (re.compile(rf"\([{_TONED}]"), re.compile(rf"（[{_TONED}]"), re.compile(_ESCAPE))
"""A literal first, so that a text without any is passed over at the pace of a search for one character."""

_BLOCKS = ((0x2E80, 0x2FDF), (0x3000, 0x303F), (0x3300, 0x33FF), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF))
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
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
_NORMAL: Final = {chr(code): mark for code, mark in _WIDTH.items()}
_MOST_KINDS: Final = 40  # of wide marks that are replaced kind by kind, which is faster than one by one
_ENTITY: Final = "(?i:nbsp|emsp|ensp|#160|#12288);"
_TAG: Final = r"/?(?i:b|strong|em|br|span|p|u)\s*/?>"
_MARKUP: Final = rf"&{_ENTITY}|\*\*+|<{_TAG}"
"""What copying a page as text or Markdown leaves of its markup."""
_MARKED: Final = re.compile(_MARKUP)
_DROPPED: Final = re.compile(
    rf"[\s{_INVISIBLE}(（&*<\\](?:(?<=[\s{_INVISIBLE}])[\s{_INVISIBLE}]*|(?<=[\u3400-\u9fff][(（])[{_TONED}]{{1,7}}[)）]"
    rf"|(?<=&){_ENTITY}|(?<=\*)\*+|(?<=<){_TAG}|(?<=\\){_BEFORE_MARK})"
)
"""A gloss, markup, or spaces: one class of characters first, for which is looked fastest."""
_TRADITIONAL_MARKS: Final = re.compile("[" + "".join(chr(code) for code in _SCRIPT if code <= 0xFFFF) + "]")
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_SAMPLE: Final = 800
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
    return GLOSS.sub("", text) if "(" in text or "（" in text or "\\" in text else text


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


def respelled(text: str) -> str:
    """The first of these alone."""
    return _DROPPED.sub("", text).translate(_BOTH_BY_PLACE)


def plain_text(text: str) -> str:
    """A whole document in one spelling: simplified only if it is set in traditional script.

    Some characters exist in both scripts and stand in names (於潜镇), so a simplified document keeps them.
    """
    bare = GLOSS.sub("", text) if any(begins.search(text) for begins in _BEGINS_GLOSS) else text
    for mark in _INVISIBLE:
        if mark in bare:
            bare = bare.replace(mark, "")
    if "&" in bare or "**" in bare or "</" in bare:
        bare = _MARKED.sub(" ", bare)
    return bare.translate(_BOTH_BY_PLACE) if _is_traditional(bare) else _narrowed(bare)


def _narrowed(text: str) -> str:
    """`text` in normal width, five times faster than by translate: most of it is already."""
    if _WIDE_MARKS.search(text) is None:
        return text
    kinds = set(_WIDE_MARKS.findall(text))
    if len(kinds) > _MOST_KINDS:
        return text.translate(_WIDTH)
    for mark in kinds:
        text = text.replace(mark, _NORMAL[mark])
    return text


def _is_traditional(text: str) -> bool:
    """Whether more than one in fifty of the Chinese characters of its beginning exists in traditional script only."""
    sample = text[:_SAMPLE]
    found = len(_TRADITIONAL_MARKS.findall(sample))
    return found > 0 and found * 50 > len(_CHINESE.findall(sample))
