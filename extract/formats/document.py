"""What every format becomes: a text, and where in the file each part of it stands. No format is known here.

Paragraphs are lines, a table row is one line of cells between bars (``| 规章 | 0 | 0 | 3 |``), which is the layout that
the reader of texts binds with most certainty: it shows every cell, blank ones too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

_BREAKS: Final = re.compile(r"[ \t\r\n\v\f\u00a0\u2028\u2029]+")
_UNEVEN: Final = re.compile(r"[\s|｜¦│┃]")
BETWEEN: Final = " | "
"""What stands between the cells of a row."""
_TRAILING: Final = " \r\n\v\f\u00a0\u3000"
_BARS: Final = str.maketrans(dict.fromkeys("|｜¦│┃", "/"))


class Undecodable(Exception):
    """The bytes are no text of a report; the message says why."""


class RowPlaces(NamedTuple):
    """Where the cells of a row stand, named only when somebody asks: the row as it is drawn, the name of each cell."""

    line: str
    name_of: Callable[[int], str]

    def at(self, offset: int) -> str:
        """The place of the cell that holds a character, counted from the beginning of the first cell."""
        cell = self.line.count("|", 1, offset + 1)
        return self.name_of(min(cell, self.line.count("|") - 2))


class Places(NamedTuple):
    """Where parts of a text stand in the file it was read from: part n begins at starts[n], its place is names[n].

    A part is a line; one that is a table row names the places of its cells.
    """

    starts: list[int]
    names: list[str | RowPlaces]

    def at(self, offset: int) -> str | None:
        """The place of the part in which the character at `offset` stands; None before the first part."""
        part = bisect_right(self.starts, offset) - 1
        if part < 0:
            return None
        name = self.names[part]
        return name if isinstance(name, str) else name.at(offset - self.starts[part])


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
        named = self.places.at(offset) if self.places else None
        return named or f"line {self.text.count(chr(10), 0, offset) + 1}"


class Page:
    """A text under construction: paragraphs and table rows in reading order, each with its place in the file."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._names: list[str | RowPlaces] = []
        self._length = 0

    def paragraph(self, text: str, place: str) -> None:
        """Add a line of its own; white space and line breaks in it become one space, an empty one is left out."""
        line = text if text.isalnum() else _BREAKS.sub(" ", text).strip()
        if line:
            self._part(line + "\n", place)

    def preformatted(self, line: str, place: str) -> None:
        """Add a line of its own whose spaces show columns: only those at its end are left out, tabs there are cells."""
        line = line.rstrip(_TRAILING).replace("\r", " ")
        if line.strip():
            self._part(line + "\n", place)

    def row(self, cells: Iterable[tuple[str, str]]) -> None:
        """Add a table row: text and place of each of its cells, an empty text for a blank cell."""
        listed = list(cells)
        self.cells([text for text, _ in listed], [place for _, place in listed].__getitem__)

    def cells(self, texts: list[str] | str, name_of: Callable[[int], str]) -> None:
        """Add a table row: the text of each of its cells, and what gives the place of each, counted from 0.

        The texts are one where they are drawn already, BETWEEN bars.
        """
        if not isinstance(texts, str):
            if not texts:
                self._write("|\n")
                return
            # Most cells are one number; of the others, most one word.
            texts = BETWEEN.join(
                [text if text.isalnum() or not _UNEVEN.search(text) else _even(text) for text in texts]
            )
        line = f"| {texts} |\n"
        self._starts.append(self._length + 2)
        self._names.append(RowPlaces(line, name_of))
        self._write(line)

    def _part(self, text: str, place: str) -> None:
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


def _even(text: str) -> str:
    return _BREAKS.sub(" ", text).strip().translate(_BARS)
