"""What every format becomes: a text, and where in the file each part of it stands. No format is known here.

Paragraphs are lines, a table row is one line of cells between bars (``| 规章 | 0 | 0 | 3 |``), which is the layout that
the reader of texts binds with most certainty: it shows every cell, blank ones too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
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

    def at(self, offsets: Iterable[int]) -> Iterator[str]:
        """The places of the lines that hold the characters at `offsets`, from the beginning of the first."""
        starts = _line_starts(self.text)
        last = len(starts) - 2  # behind the last line end stands nothing
        for offset in offsets:
            yield self.name_of(min(bisect_right(starts, offset) - 1, last))


class Rows(NamedTuple):
    """The places of the cells of rows that stand one behind the other: named only when somebody asks.

    text: the rows as they are drawn; name_of: gives the place of a cell by the numbers of row and cell, from 0.
    """

    text: str
    name_of: Callable[[int, int], str]

    def at(self, offsets: Iterable[int]) -> Iterator[str]:
        """The places of the cells that hold the characters at `offsets`, from the beginning of the first cell."""
        starts, text, last = _line_starts(self.text), self.text, -1
        bars: list[int] = []
        for offset in offsets:
            behind = min(offset + _BAR, len(text) - 1)
            row = bisect_right(starts, behind) - 1
            if behind < starts[row] + _BAR:  # what stands before the first cell goes with the last of the row above
                row, behind = row - 1, starts[row] - 1
            if row != last:
                last, bars = row, [bar.start() for bar in _BAR_MARK.finditer(text, starts[row], starts[row + 1])]
            yield self.name_of(row, min(bisect_left(bars, behind - 1) - 1, len(bars) - _BAR))


@lru_cache(maxsize=16)
def _line_starts(text: str) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]


class Places(NamedTuple):
    """Where parts of a text stand in the file it was read from: part n begins at starts[n], its place is names[n].

    A part is a line, or several whose places are told by their numbers.
    """

    starts: list[int]
    names: list[str | Lines | Rows]

    def at(self, offsets: Iterable[int]) -> list[str | None]:
        """The places of the parts in which the characters at `offsets` stand; None before the first part."""
        found: list[str | None] = []
        starts = self.starts
        for part, inside in groupby(offsets, key=lambda offset: bisect_right(starts, offset) - 1):
            name = self.names[part]
            if part < 0:
                found += [None for _ in inside]
            elif isinstance(name, str):
                found += [name for _ in inside]
            else:
                found += name.at(offset - starts[part] for offset in inside)
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
