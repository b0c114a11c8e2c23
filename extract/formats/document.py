"""What every format becomes: a text, and where in the file each part of it stands. No format is known here.

Paragraphs are lines, a table row is one line of cells between bars (``| 规章 | 0 | 0 | 3 |``), which is the layout that
the reader of texts binds with most certainty: it shows every cell, blank ones too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

_BREAKS: Final = re.compile(r"[ \t\r\n\v\f\u00a0\u2028\u2029]+")
_TRAILING: Final = " \r\n\v\f\u00a0\u3000"
_BARS: Final = str.maketrans(dict.fromkeys("|｜¦│┃", "/"))


class Undecodable(Exception):
    """The bytes are no text of a report; the message says why."""


class Places(NamedTuple):
    """Where parts of a text stand in the file it was read from: part n begins at starts[n], its place is names[n]."""

    starts: list[int]
    names: list[str]

    def at(self, offset: int) -> str | None:
        """The place of the part in which the character at `offset` stands; None before the first part."""
        part = bisect_right(self.starts, offset) - 1
        return self.names[part] if part >= 0 else None


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
        self._names: list[str] = []
        self._length = 0

    def paragraph(self, text: str, place: str) -> None:
        """Add a line of its own; white space and line breaks in it become one space, an empty one is left out."""
        line = _BREAKS.sub(" ", text).strip()
        if line:
            self._part(line + "\n", place)

    def preformatted(self, line: str, place: str) -> None:
        """Add a line of its own whose spaces show columns: only those at its end are left out, tabs there are cells."""
        line = line.rstrip(_TRAILING).replace("\r", " ")
        if line.strip():
            self._part(line + "\n", place)

    def row(self, cells: Iterable[tuple[str, str]]) -> None:
        """Add a table row: text and place of each of its cells, an empty text for a blank cell."""
        drawn: list[str] = []
        at = self._length + 2
        for text, place in cells:
            if not text.isalnum():  # most cells are one number
                text = _BREAKS.sub(" ", text).strip().translate(_BARS)
            self._starts.append(at)
            self._names.append(place)
            drawn.append(text)
            at += len(text) + 3
        self._write(f"| {' | '.join(drawn)} |\n" if drawn else "|\n")

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
