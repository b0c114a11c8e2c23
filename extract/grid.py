"""Which column a value stands in where only its place on the page tells: bars before it, its line, its distance.

Calibrated on the full rows of the same table; a row that does not fit them exactly has no reading here.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from extract.align import Instance, Item
from extract.layout import Layout, cells_of
from extract.tokens import EMPTY, Token

_SEPARATOR: Final = re.compile(r"[|｜¦│┃\t]")
_LEAST_ROWS: Final = 2
_LEAST_GAP: Final = 2  # spaces between two columns that are set apart by spaces


class Row(NamedTuple):
    """A row of a table: its label with its cells, how many columns it has, and where the next label begins."""

    item: Item
    cells: Sequence[Token]
    width: int
    next_line: int | None  # line of the document on which the next label begins, NULL behind the last row

    @property
    def numbers(self) -> list[Token]:
        """The cells that are not empty."""
        return [token for token in self.cells if token.kind != EMPTY]


class Grid:
    """How the full rows of one printing of a table are set in `text`; nothing is measured before a row asks for it."""

    def __init__(self, text: str, instance: Instance, layout: Layout) -> None:
        self._text = text
        self._instance = instance
        self._layout = layout

    def place(self, number: int) -> tuple[Token, ...] | None:
        """The cells of a line, one a column, empty where the page shows that nothing stands there.

        NULL where it does not show it.
        """
        row = self._rows[number]
        if not 0 < len(row.numbers) < row.width:
            return None
        return self._by_bars(row) or self._by_lines(row) or self._by_spaces(row)

    @cached_property
    def _rows(self) -> dict[int, Row]:
        """The rows of the lines that have values."""
        instance, lines = self._instance, self._instance.table.lines
        loose = [item for _, item in instance.unknown if item.label]
        items = [*instance.rows.values(), *(item for item, _ in instance.heads), *loose]
        starts = sorted((item.start, item.label[0].row) for item in items if item.label)
        rows = {}
        for number, item in instance.rows.items():
            after = bisect(starts, item.start, key=lambda start: start[0])
            below = starts[after][1] if after < len(starts) else None
            if lines[number].slots:
                rows[number] = Row(item, cells_of(item), self._layout.width_of(lines[number]), below)
        return rows

    def _full(self, count: int) -> list[Row]:
        return [row for row in self._rows.values() if row.width == count == len(row.numbers)]

    def _bars_before(self, token: Token) -> int:
        begin = self._text.rfind("\n", 0, token.start) + 1
        return len(_SEPARATOR.findall(self._text, begin, token.start))

    def _bars_in_line(self, token: Token) -> int:
        end = self._text.find("\n", token.end)
        return self._bars_before(token._replace(start=len(self._text) if end < 0 else end))

    def _by_bars(self, row: Row) -> tuple[Token, ...] | None:
        """By the number of bars before it in its line, if that is the same in all full rows of the same depth."""
        alike = [full for full in self._full(row.width) if full.item.depth == row.item.depth]
        columns = {tuple(map(self._bars_before, full.numbers)) for full in alike}
        ends = {self._bars_in_line(each.numbers[-1]) for each in (*alike, row)}
        if len(columns) != 1 or len(ends) != 1 or len({token.row for token in row.numbers}) != 1:
            return None
        (places,) = columns
        line = row.numbers[0].row
        if len(set(places)) < len(places):
            return None
        found = {self._bars_before(token): token for token in row.cells if token.kind == EMPTY and token.row == line}
        found.update({self._bars_before(token): token for token in row.numbers})
        if not all(place in found for place in places):
            return None
        placed = tuple(found[place] for place in places)
        return placed if sum(token.kind != EMPTY for token in placed) == len(row.numbers) else None

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line of the document begins."""
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    @cached_property
    def _steps(self) -> tuple[int, int, int] | None:
        """Lines from a label to its first value, from value to value, and from the last one to the next label."""
        steps = set()
        for row in self._rows.values():
            lines = [token.row for token in row.cells]
            if row.width < _LEAST_ROWS or len(lines) != row.width or not row.item.label or row.next_line is None:
                continue
            gaps = {after - before for before, after in pairwise(lines)}
            steps.add((lines[0] - row.item.label[-1].row, min(gaps), row.next_line - lines[-1], len(gaps)))
        if len({step[:2] for step in steps}) != 1 or any(step[3] != 1 or not step[1] for step in steps):
            return None
        ends = {step[2] for step in steps}
        first, gap, *_ = next(iter(steps))
        return first, gap, min(ends)

    def _by_lines(self, row: Row) -> tuple[Token, ...] | None:
        """By the line it stands on, where each cell has its own and an empty cell leaves an empty line."""
        if self._steps is None or not row.item.label or len(row.numbers) != len(row.cells):
            return None
        first, gap, end = self._steps
        top = row.item.label[-1].row + first
        if row.next_line != top + gap * (row.width - 1) + end:
            return None
        found: dict[int, Token] = {}
        for token in row.numbers:
            place, off = divmod(token.row - top, gap)
            if off or not 0 <= place < row.width or place in found:
                return None
            found[place] = token
        return tuple(found.get(place) or self._blank(top + gap * place) for place in range(row.width))

    def _blank(self, line: int) -> Token:
        return Token("", self._starts[line], self._starts[line], line, EMPTY)

    def _span(self, token: Token) -> tuple[int, int]:
        """First and last position of a token in its line, a Chinese character being two wide."""
        begin = self._starts[token.row]
        start = sum(map(_width, self._text[begin : token.start]))
        return start, start + sum(map(_width, token.text)) - 1

    def _columns(self, count: int) -> list[tuple[int, int]] | None:
        """First and last position of each column set apart by spaces, from full rows whose labels differ in length."""
        full = [row for row in self._full(count) if len({token.row for token in row.numbers}) == 1]
        named = [row.numbers for row in full]
        varied = len({len(row.item.text) for row in full}) > 1
        if len(full) < _LEAST_ROWS or not varied:
            return None
        spans = [[self._span(token) for token in row] for row in named]
        columns = [(min(s for s, _ in column), max(e for _, e in column)) for column in zip(*spans, strict=True)]
        apart = all(after[0] - before[1] > _LEAST_GAP for before, after in pairwise(columns))
        return columns if columns and apart else None

    def _by_spaces(self, row: Row) -> tuple[Token, ...] | None:
        """By its distance from the margin, where it stands under one column only."""
        columns = self._columns(row.width) if len(row.numbers) == len(row.cells) else None
        if columns is None or len({token.row for token in row.numbers}) != 1:
            return None
        found: dict[int, Token] = {}
        for token in row.numbers:
            first, last = self._span(token)
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


@cache
def _width(mark: str) -> int:
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1
