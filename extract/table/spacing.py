"""Which column a value stands in where only spaces set the columns of a table apart.

Told by the names above, by full rows, or by the edges of the numbers of rows that are not full.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from extract.table.align import Instance
from extract.table.items import Item
from extract.table.printed_forms import Line
from extract.text.script import GLOSS
from extract.text.tokens import EMPTY, Token

_LEAST_ROWS: Final = 2
_LEAST_GAP: Final = 2  # spaces between two columns that are set apart by spaces
_OFF_CENTRE: Final = 2  # half spaces between the middle of a name and of a number below it

Span = tuple[int, int]
Measure = Callable[[Token], Span]


class Row(NamedTuple):
    """A row of a table: its label with its cells, how many columns it has, and where the next label begins."""

    item: Item
    line: Line
    cells: Sequence[Token]
    width: int
    next_line: int | None  # line of the document on which the next label begins, NULL behind the last row

    @property
    def numbers(self) -> list[Token]:
        """The cells that are not empty."""
        return [token for token in self.cells if token.kind != EMPTY]


class Spacing:
    """How the rows of one printing of a table are set in `text` by spaces; nothing is measured before a row asks."""

    def __init__(self, text: str, instance: Instance, rows: Collection[Row], starts: Sequence[int]) -> None:
        """`rows`: those that have values; `starts`: where each line of the document begins."""
        self._text = text
        self._instance = instance
        self._rows = rows
        self._starts = starts

    def place(self, row: Row) -> tuple[Token, ...] | None:
        """By its distance from the margin, where it stands under one column only.

        Glosses, of which some columns have more than others, were set in line with the text or put into it later.
        """
        if len(row.numbers) != len(row.cells) or not _is_in_one_line(row):
            return None
        return self._measured(row, self._span) or (self._measured(row, self._bare_span) if self._is_glossed else None)

    def _measured(self, row: Row, measure: Measure) -> tuple[Token, ...] | None:
        columns = self._columns(row, measure)
        if columns is None:
            return None
        found: dict[int, Token] = {}
        for token in row.numbers:
            first, last = measure(token)
            under = [place for place, (start, end) in enumerate(columns) if first <= end and start <= last]
            if len(under) != 1 or under[0] in found:
                return None
            found[under[0]] = token
        before = row.item.label[-1].end if row.item.label else row.numbers[0].start
        placed = []
        for place in range(row.width):
            token = found.get(place) or Token("", before, before, row.numbers[0].row, EMPTY)
            placed.append(token)
            before = token.end
        return tuple(placed)

    def _columns(self, row: Row, measure: Measure) -> list[Span] | None:
        """First and last position of each column of a row that spaces set apart."""
        alike = [each for each in self._rows if each.width == row.width and _is_in_one_line(each)]
        by_column = (
            self._under_heads(row, alike, measure)
            or _of_full_rows(alike, measure)
            or _by_edges(alike, row.width, measure)
        )
        if not by_column:
            return None
        columns = [(min(start for start, _ in spans), max(end for _, end in spans)) for spans in by_column]
        return columns if all(after[0] - before[1] > _LEAST_GAP for before, after in pairwise(columns)) else None

    def _under_heads(self, row: Row, alike: Sequence[Row], measure: Measure) -> list[list[Span]] | None:
        """The spans of each column's name and numbers, where one line above the row names all its columns.

        NULL where any number below it, down to the next such line, stands under none or two of the names.
        """
        lines = [line for line in self._heads if len(line) == row.width]
        heads = next((line for line in reversed(lines) if line[0].start < row.item.start), None)
        if heads is None:
            return None
        stop = next((line[0].start for line in lines if line[0].start > row.item.start), len(self._text))
        columns = [[measure(head)] for head in heads]
        for each in alike:
            for number in each.numbers if heads[0].start < each.item.start < stop else ():
                span = measure(number)
                under = [column for column in columns if _meet(column[0], span)]
                if len(under) != 1 or not _is_set_under(under[0][0], span):
                    return None
                under[0].append(span)
        return columns

    @cached_property
    def _heads(self) -> list[list[Token]]:
        """The names of columns in each line of the document that has any, in reading order."""
        lines: dict[int, list[Token]] = defaultdict(list)
        for item, heads in sorted(self._instance.heads, key=lambda head: head[0].start):
            if any(head.role == "column" for head in heads) and item.label[0].row == item.label[-1].row:
                lines[item.label[0].row].append(item.label[0]._replace(end=item.label[-1].end))
        return list(lines.values())

    @cached_property
    def _is_glossed(self) -> bool:
        return GLOSS.search(self._text) is not None

    def _span(self, token: Token) -> Span:
        """First and last position of a token in its line, a Chinese character being two wide."""
        return _span_in(self._text[self._starts[token.row] : token.end], token.end - token.start)

    def _bare_span(self, token: Token) -> Span:
        """The same in a line without glosses."""
        before = self._text[self._starts[token.row] : token.start]
        own = GLOSS.sub("", self._text[token.start : token.end])
        return _span_in(GLOSS.sub("", before) + own, len(own))


def _of_full_rows(alike: Sequence[Row], measure: Measure) -> list[list[Span]] | None:
    """The spans of each column's numbers in full rows, where several with labels of different length agree.

    NULL where cells a fixed gap apart would look the same: then a row that lacks its second cell looks as if its last.
    """
    full = [row for row in alike if len(row.numbers) == row.width]
    if not _is_varied(full):
        return None
    columns = [list(map(measure, column)) for column in zip(*(row.numbers for row in full), strict=True)]
    short = [list(map(measure, row.numbers)) for row in alike if len(row.numbers) < row.width]
    skips = any(not _meet(span, first[0]) for spans in short for span, first in zip(spans, columns, strict=False))
    return columns if skips or any(_keeps_in_line(*pair) for pair in pairwise(columns)) else None


def _keeps_in_line(column: list[Span], following: list[Span]) -> bool:
    """Whether the numbers of a column differ in length and those of the next are flush: not what a fixed gap does."""
    lengths = {end - start for start, end in column}
    return len(lengths) > 1 and 1 in (len({start for start, _ in following}), len({end for _, end in following}))


def _by_edges(alike: Sequence[Row], count: int, measure: Measure) -> list[list[Span]] | None:
    """The spans of each column's numbers where no row is full, but all numbers begin, or end, at as many places.

    These are right of every label: what stands right behind its label begins at many places too.
    """
    if not _is_varied(alike) or any(len(row.numbers) == count or not row.item.label for row in alike):
        return None
    spans = [measure(number) for row in alike for number in row.numbers]
    margin = max(measure(row.item.label[-1])[1] for row in alike)
    for edge in (0, 1):
        places = sorted({span[edge] for span in spans})
        if len(places) == count and len(spans) > count and min(spans)[0] > margin:
            return [[span for span in spans if span[edge] == place] for place in places]
    return None


def _is_in_one_line(row: Row) -> bool:
    return len({token.row for token in row.numbers}) == 1


def _is_varied(rows: Sequence[Row]) -> bool:
    """Whether there are several rows and their labels differ in length: then spaces alone bring numbers in line."""
    return len(rows) >= _LEAST_ROWS and len({len(row.item.text) for row in rows}) > 1


def _is_set_under(head: Span, number: Span) -> bool:
    """Whether a number is set flush with a name, or in its middle."""
    return head[0] == number[0] or head[1] == number[1] or abs(sum(head) - sum(number)) <= _OFF_CENTRE


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


@lru_cache(maxsize=4096)
def _span_in(text: str, length: int) -> Span:
    """First and last position of the last `length` characters of a text."""
    start = sum(map(_width, text[: len(text) - length]))
    return start, start + sum(map(_width, text[len(text) - length :])) - 1


@cache
def _width(mark: str) -> int:
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1
