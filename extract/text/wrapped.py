"""Sentences that a hard line end broke, as in text copied from a page of fixed width: which lines belong together.

Lines are simplified. Figures in prose join the tokens of such lines themselves (prose/passages.py), with their offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_SHORTEST: Final = 20
_BROKEN: Final = re.compile(r"(?=.*[,，。;；](?!\d))(?!.*(?:\S\s{2,}\S|[|\t>»]))\s*.*[\u3400-\u9fff,，、《“(]\s*")
"""A sentence has marks and ends with a word or between words; a row of cells or links has gaps and bars."""


def goes_on(above: str) -> bool:
    """Whether a line ends within a sentence, so that the next one goes on with it: no heading, title, cell or link."""
    return len(above) >= _SHORTEST and _BROKEN.fullmatch(above) is not None


def unwrapped(lines: Sequence[str]) -> str:
    """The text of the lines, each sentence on one line."""
    return "".join(_pieces(lines))


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    for row, line in enumerate(lines):
        joined = goes_on(line) and row + 1 < len(lines) and bool(lines[row + 1].strip())
        yield line.rstrip() if joined else line + "\n" * (row + 1 < len(lines))


def sentence_row(lines: Sequence[str], row: int) -> int:
    """The first of the lines that hold the sentence of the line at `row`."""
    while row and lines[row].strip() and goes_on(lines[row - 1]):
        row -= 1
    return row
