"""What every format becomes: a text, and where in the file each part of it stands. No format is known here.

Paragraphs are lines, a table row is one line of cells between bars (``| 规章 | 0 | 0 | 3 |``), which is the layout that
the reader of texts binds with most certainty: it shows every cell, blank ones too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from typing import Final, NamedTuple

_BREAKS: Final = re.compile(r"[ \t\r\n\v\f\u00a0\u2028\u2029]+")
_UNEVEN: Final = re.compile(r"[\s|｜¦│┃]")
BETWEEN: Final = " | "
"""What stands between the cells of a row."""
_BAR: Final = len("| ")
_BAR_MARK: Final = re.compile(r"\|")
_TRAILING: Final = " \r\n\v\f\u00a0\u3000"
_BARS: Final = str.maketrans(dict.fromkeys("|｜¦│┃", "/"))


class Undecodable(Exception):
    """The bytes are no text of a report; the message says why."""


class Lines(NamedTuple):
    """The places of lines that stand one behind the other: named only when somebody asks.

    text: the lines; name_of: gives the place of a line by its number, from 0.
    """

    text: str
    name_of: Callable[[int], str]

    def at(self, offsets: Sequence[int]) -> Iterable[str]:
        """The places of the lines that hold the characters at `offsets`, from the beginning of the first."""
        starts = _line_starts(self.text)
        last = len(starts) - 2  # behind the last line end stands nothing
        return [self.name_of(min(bisect_right(starts, offset) - 1, last)) for offset in offsets]


class Rows(NamedTuple):
    """The places of the cells of rows that stand one behind the other: named only when somebody asks.

    text: the rows as they are drawn; name_of: gives the place of a cell by the numbers of row and cell, from 0.
    """

    text: str
    name_of: Callable[[int, int], str]

    def at(self, offsets: Sequence[int]) -> Iterable[str]:
        """The places of the cells that hold the characters at `offsets`, from the beginning of the first cell."""
        starts, bars, firsts = _bars(self.text)
        last = len(self.text) - 1
        behind = [min(offset + _BAR, last) for offset in offsets]
        rows = [bisect_right(starts, offset) - 1 for offset in behind]
        for number, (offset, row) in enumerate(zip(behind, rows, strict=True)):
            if offset < starts[row] + _BAR:  # what stands before the first cell goes with the last of the row above
                behind[number], rows[number] = starts[row] - 1, row - 1
        cells = [bisect_left(bars, offset - 1) - firsts[row] - 1 for offset, row in zip(behind, rows, strict=True)]
        most = [firsts[row + 1] - firsts[row] - _BAR for row in rows]
        return map(self.name_of, rows, map(min, cells, most))


@lru_cache(maxsize=16)
def _bars(text: str) -> tuple[list[int], list[int], list[int]]:
    """Where each row begins, where the bars stand, and how many of them before each row and in all."""
    starts = _line_starts(text)
    bars = [bar.start() for bar in _BAR_MARK.finditer(text)]
    return starts, bars, [*(bisect_left(bars, start) for start in starts), len(bars)]


@lru_cache(maxsize=16)
def _line_starts(text: str) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]


class Places(NamedTuple):
    """Where parts of a text stand in the file it was read from: part n begins at starts[n], its place is names[n].

    A part is a line, or several whose places are told by their numbers.
    """

    starts: list[int]
    names: list[str | Lines | Rows]

    def at(self, offsets: Sequence[int]) -> list[str | None]:
        """The places of the parts in which the characters at `offsets` stand; None before the first part."""
        found: list[str | None] = []
        begin = 0
        for part, inside in groupby([bisect_right(self.starts, offset) - 1 for offset in offsets]):
            end = begin + len(list(inside))
            name, start = self.names[part], self.starts[part]
            if part < 0 or isinstance(name, str):
                found += [name if isinstance(name, str) and part >= 0 else None] * (end - begin)
            else:
                found += name.at([offset - start for offset in offsets[begin:end]])
            begin = end
        return found


class Document(NamedTuple):
    """A document as text; offsets everywhere count its code points, a leading byte-order mark not among them.

    `places` is None where the text is the decoded file itself: then offsets are places enough.
    """

    text: str
    media_type: str
    encoding: str | None
    places: Places | None = None

    def place(self, offset: int) -> str:
        """Where in the file the character at `offset` stands: as its format names places, or a text's line number."""
        named = self.places.at([offset])[0] if self.places else None
        return named or f"line {self.text.count(chr(10), 0, offset) + 1}"


class Page:
    """A text under construction: paragraphs and table rows in reading order, each with its place in the file."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._names: list[str | Lines | Rows] = []
        self._length = 0

    def paragraph(self, text: str, place: str) -> None:
        """Add a line of its own; white space and line breaks in it become one space, an empty one is left out."""
        line = words(text)
        if line:
            self._part(line + "\n", place)

    def lines(self, lines: list[str], name_of: Callable[[int], str]) -> None:
        """Add lines that are drawn already, none empty, and what gives the place of each by its number, from 0."""
        if lines:
            text = "\n".join(lines) + "\n"
            self._part(text, Lines(text, name_of))

    def row(self, cells: Iterable[tuple[str, str]]) -> None:
        """Add a table row: text and place of each of its cells, an empty text for a blank cell."""
        listed = list(cells)
        names = [place for _, place in listed]
        self.rows([drawn_row([text for text, _ in listed])], lambda _, cell: names[cell])

    def rows(self, rows: list[str], name_of: Callable[[int, int], str]) -> None:
        """Add table rows as drawn_row() draws them, and what gives the place of each cell by row and cell, from 0."""
        if rows:
            text = "| " + " |\n| ".join(rows) + " |\n"
            self._starts.append(self._length + _BAR)
            self._names.append(Rows(text, name_of))
            self._write(text)

    def _part(self, text: str, place: str | Lines) -> None:
        self._starts.append(self._length)
        self._names.append(place)
        self._write(text)

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def document(self, media_type: str, encoding: str | None = None) -> Document:
        """The finished document. Raises Undecodable where nothing was added."""
        if not self._starts:
            raise Undecodable(f"the {media_type} file holds no text")
        return Document("".join(self._pieces), media_type, encoding, Places(self._starts, self._names))


def words(text: str) -> str:
    """A text as a line: white space and line breaks in it become one space."""
    return text if text.isalnum() else _BREAKS.sub(" ", text).strip()


def preformatted(line: str) -> str:
    """A line whose spaces show columns: only those at its end are left out, tabs in it are cells."""
    return line.rstrip(_TRAILING).replace("\r", " ")


def drawn_row(texts: Iterable[str]) -> str:
    """The cells of a row as they are drawn, BETWEEN bars; an empty text is a blank cell."""
    # Most cells are one number; of the others, most one word.
    return BETWEEN.join([text if text.isalnum() or not _UNEVEN.search(text) else _even(text) for text in texts])


def _even(text: str) -> str:
    return _BREAKS.sub(" ", text).strip().translate(_BARS)
