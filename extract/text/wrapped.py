"""Sentences that a hard line end broke, as in text copied from a page of fixed width: which lines belong together.

Lines are simplified. Figures in prose join the tokens of such lines themselves (prose/passages.py), with their offsets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_SHORTEST: Final = 20
_BARS: Final = ("|", "\t", ">", "»")
_GAP: Final = re.compile(r"\S\s{2,}\S")
_MARK: Final = re.compile(r"[,，。;；](?!\d)")
_CLOSING: Final = frozenset("|。;；:：)")  # how most lines end
_OPEN_END: Final = re.compile(r"[\u3400-\u9fff,，、《“(]")


def goes_on(above: str) -> bool:
    """Whether a line ends within a sentence, so that the next one goes on with it: no heading, title, cell or link.

    A sentence has marks and ends with a word or between words; a row of cells or links has gaps and bars.
    """
    if len(above) < _SHORTEST or not _OPEN_END.match(above.rstrip()[-1:]):
        return False
    return not any(bar in above for bar in _BARS) and _MARK.search(above) is not None and not _GAP.search(above)


def unwrapped(lines: Sequence[str]) -> str:
    """The text of the lines, each sentence on one line."""
    return _unwrapped(tuple(lines))


@lru_cache(maxsize=4)  # the same lines are looked at where a report begins and where it is read
def _unwrapped(lines: tuple[str, ...]) -> str:
    broken = [
        row
        for row, line in enumerate(lines[:-1])
        if len(line) >= _SHORTEST and line[-1] not in _CLOSING and goes_on(line) and lines[row + 1].strip()
    ]
    if not broken:
        return "\n".join(lines)
    pieces = [line + "\n" for line in lines[:-1]]
    for row in broken:
        pieces[row] = lines[row].rstrip()
    return "".join(pieces) + lines[-1]


def sentence_row(lines: Sequence[str], row: int) -> int:
    """The first of the lines that hold the sentence of the line at `row`."""
    while row and lines[row].strip() and goes_on(lines[row - 1]):
        row -= 1
    return row
