"""One spelling for many: traditional script, pinyin glosses, full-width and compatibility characters, spaces.

Tokens keep the document's own characters and offsets; only what is compared with a form passes through here.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path
from typing import Final

_TONED = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿɡɑê"
GLOSS: Final = re.compile(rf"(?<=[\u3400-\u9fff])[(（][{_TONED}]{{1,7}}[)）]")
"""A pinyin reading that a mirror put behind a character: 開(kāi)."""

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
_BOTH: Final = _WIDTH | _SCRIPT


def simplify(text: str) -> str:
    """`text` in simplified script and normal width, without glosses; lengths change only where glosses go."""
    return GLOSS.sub("", text).translate(_BOTH)


def normal_width(text: str) -> str:
    """`text` in normal width, script and length as they were."""
    return text.translate(_WIDTH)


def is_traditional(text: str) -> bool:
    """Whether a document is set in traditional script: more than one of its Chinese characters in fifty is only traditional."""
    sample = [mark for mark in text[:4000] if "\u4e00" <= mark <= "\u9fff"]
    return sum(ord(mark) in _SCRIPT for mark in sample) * 50 > len(sample)
