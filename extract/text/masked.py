"""A text as tokens, its plain numbers masked: what its lines have in common with lines that were read before.

Reports of one portal differ in their numbers and sentences only. A line is taken apart once for all lines that are
equal but for plain numbers between bars, tabs or line ends; which cells these are is not known here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import Final, NamedTuple

from extract.table.items import begins_label, ends_tables
from extract.text.tokens import (
    BAR,
    BAR_PIECE,
    EMPTY,
    LABEL,
    LONGEST_LABEL,
    NOTE,
    PROSE,
    TEXT,
    Piece,
    Token,
    is_blank_row,
    is_form_line,
    new_token,
    take_apart,
)

SENTENCES, WORDS = "\ue002", "\ue003"
"""They stand for any run of sentences, and of lines with words of no form."""
_COUNT, _AMOUNT = "\ue000", "\ue001"
_MASKS: Final = re.compile(f"[{_COUNT}{_AMOUNT}{SENTENCES}{WORDS}]")
"""They stand for plain numbers, whole or not. A text that has one of them itself has no masks and is kept nowhere."""

_NUMBER: Final = re.compile(
    r"([0-9](?:(?<=[|｜¦│┃\t\n][0-9])|(?<=[|｜¦│┃\t\n] [0-9])|(?<=\A[0-9]))"
    r"(?!(?:(?<=1)9|(?<=2)0)[0-9][0-9](?![0-9]))(?:(?<=0)|(?<=[1-9])[0-9]{0,5})(?:\.[0-9]{1,6})?)"
    r"(?=[ \r]*(?:[|｜¦│┃\t\n]|\Z))"
)
"""A number alone in its cell. What may be a year, a code (01) or several values (000) is none."""
_MOST_KNOWN: Final = 20_000
_LONGEST_ROW: Final = 500  # characters of a row that is kept

BLANK, SENTENCE, LOOSE, ROW, END = range(5)
"""Kinds of line. SENTENCE: prose, which closes a table. LOOSE: words of no form that begin no label of one. END: the
title of the section behind the tables. ROW: all others, of which tables are made."""


class MaskedLine(NamedTuple):
    """What all lines that are equal but for their numbers are; a mask counts as one character."""

    template: str
    kind: int
    form_lines: int  # how many lines of a printed form stand on it
    masks: tuple[int, ...]  # where the numbers stand
    words: tuple[Piece, ...]  # its labels, words and sentences
    pieces: tuple[Piece, ...]  # these and all others
    framed: bool | None  # whether it begins and ends with a bar, NULL where it has none
    is_blank_row: bool
    is_open: bool  # whether words of it can go on in the next line
    has_label: bool  # whether it begins with words, else with values of what stands above


class MaskedText:
    """The lines of a text, masked: where each begins, and where the numbers stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.numbers: list[str] = []
        """The masked numbers."""
        self.spans: list[tuple[int, int]] = []
        """Where each of them begins and ends."""
        self.lines: list[MaskedLine] = []
        self.firsts: list[int] = []
        """How many masked numbers stand before each line, and behind the last line all."""
        self.is_masked = _MASKS.search(text) is None
        masked, known = text, _known if self.is_masked else {}
        if self.is_masked:
            parts = _NUMBER.split(text)
            ends = list(accumulate(map(len, parts)))
            self.numbers = parts[1::2]
            self.spans = list(zip(ends[0::2], ends[1::2], strict=False))
            parts[1::2] = [_AMOUNT if "." in number else _COUNT for number in self.numbers]
            masked = "".join(parts)
        printed = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in printed[:-1])]
        first = 0
        for row, template in enumerate(masked.split("\n")):
            line = known.get(template)
            if line is None:
                count = len(_MASKS.findall(template)) if self.numbers else 0
                line = _learn(template, printed[row], list(map(len, self.numbers[first : first + count])))
                if len(template) <= (_LONGEST_ROW if BAR.search(template) else LONGEST_LABEL):  # it may come again
                    known[template] = line
            self.lines.append(line)
            self.firsts.append(first)
            first += len(line.masks)
        self.firsts.append(first)
        if len(_known) > _MOST_KNOWN:
            _known.clear()

    def form_rows(self) -> list[int]:
        """Numbers of the lines on which a line of a printed form stands, as often as one does."""
        return [row for row, line in enumerate(self.lines) for _ in range(line.form_lines)]

    def words(self, first: int, last: int) -> list[Token]:
        """The labels, words and sentences on the lines `first` to `last` (exclusive)."""
        found: list[Token] = []
        for row in range(first, last):
            line = self.lines[row]
            for kind, text, start, end in line.words:
                begin = self.starts[row] + start
                if line.masks and line.masks[0] < start:
                    begin = self.offset(row, start)
                found.append(new_token((text, begin, begin + end - start, row, kind)))
        return found

    def tokens(self) -> list[Token]:
        """All tokens of the text. An EMPTY token spans what lies between its two bars: space and line ends."""
        tokens: list[Token] = []
        open_bar = -1  # where the last bar ended, -1 once something stands behind it
        framed = False  # whether the last line with bars began and ended with one
        for row, line in enumerate(self.lines):
            begin, shift, number, masks = self.starts[row], 0, self.firsts[row], line.masks
            if line.framed is not None:
                frame = line.framed or (framed and line.is_blank_row)
                if frame and framed:
                    open_bar = -1  # the bar that opens a framed row ends no cell of the framed row above
                framed = frame
            place = 0
            for kind, text, start, end in line.pieces:
                while place < len(masks) and masks[place] < start:
                    shift += len(self.numbers[number + place]) - 1
                    place += 1
                start, end = begin + start + shift, begin + end + shift
                if kind >= 0:
                    if place < len(masks) and masks[place] + begin + shift == start:
                        text = self.numbers[number + place]
                        end = start + len(text)
                    tokens.append(new_token((text, start, end, row, kind)))
                    open_bar = -1
                    continue
                if open_bar >= 0:
                    tokens.append(new_token(("", open_bar, start, row, EMPTY)))
                open_bar = end if kind == BAR_PIECE else -1
        return tokens

    def offset(self, row: int, place: int) -> int:
        """Where in the text the place of a masked line is."""
        before = bisect_left(self.lines[row].masks, place)
        first = self.firsts[row]
        return self.starts[row] + place - before + sum(map(len, self.numbers[first : first + before]))

    def place(self, offset: int) -> tuple[int, int]:
        """The line on which an offset of the text is, and its place there; within a number it is that number's end."""
        row = bisect_right(self.starts, offset) - 1
        spans = self.spans[self.firsts[row] : self.firsts[row + 1]]
        return row, offset - self.starts[row] - sum(min(b, offset) - a - 1 for a, b in spans if a < offset)


_known: Final[dict[str, MaskedLine]] = {}


def _learn(template: str, line: str, lengths: Sequence[int]) -> MaskedLine:
    """Take a line apart; `lengths` are those of the numbers in it that have masks."""
    pieces, framed = take_apart(line)
    masks = tuple(match.start() for match in _MASKS.finditer(template)) if lengths else ()
    ends: list[int] = []  # of the numbers in the line
    shift = 0
    for mask, length in zip(masks, lengths, strict=True):
        shift += length - 1
        ends.append(mask + shift + 1)

    def masked(place: int) -> int:
        return place - sum(length - 1 for end, length in zip(ends, lengths, strict=True) if end <= place)

    if masks:
        pieces = tuple(piece._replace(start=masked(piece.start), end=masked(piece.end)) for piece in pieces)
    words = tuple(piece for piece in pieces if piece.kind in (LABEL, PROSE, TEXT))
    kind, form_lines = _kind(line, pieces), sum(map(is_form_line, words))
    is_blank = framed is not None and is_blank_row(line)
    return MaskedLine(
        template, kind, form_lines, masks, words, pieces, framed, is_blank, _is_open(pieces), _has_label(pieces)
    )


def _has_label(pieces: Sequence[Piece]) -> bool:
    first = pieces[1:2] if pieces and pieces[0].kind == BAR_PIECE else pieces[:1]
    return any(piece.kind in (LABEL, NOTE, TEXT, PROSE) for piece in first)


def _is_open(pieces: Sequence[Piece]) -> bool:
    last = takewhile(lambda piece: piece.kind in (LABEL, NOTE, TEXT, BAR_PIECE), reversed(pieces))
    broken = (piece for piece in pieces if piece.kind == TEXT)  # around its values
    return any(begins_label(piece.text) for piece in (*last, *broken) if piece.kind != BAR_PIECE)


def _kind(line: str, pieces: Sequence[Piece]) -> int:
    if BAR.search(line) or "\t" in line:
        return ROW
    if not line.strip():
        return BLANK
    if not pieces:
        return ROW
    if all(piece.kind == PROSE for piece in pieces):
        return SENTENCE
    if all(piece.kind == TEXT and not begins_label(piece.text) for piece in pieces):
        return LOOSE
    return END if len(pieces) == 1 and ends_tables(pieces[0].text) and not begins_label(pieces[0].text) else ROW
