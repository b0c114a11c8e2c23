"""Which column a value stands in where only its place on the page tells: bars before it, its line, its distance.

Calibrated on the full rows of the same table; a row that does not fit them exactly has no reading here.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from extract.table.align import Instance
from extract.table.items import Item
from extract.table.layout import Layout
from extract.table.spacing import Row, Spacing
from extract.text.tokens import EMPTY, Token

_SEPARATOR: Final = re.compile(r"[|｜¦│┃\t]")
_BAR: Final = re.compile(r"[|｜¦│┃]")
_WORD: Final = re.compile(r"[^\s|｜¦│┃]")
_LEAST_ROWS: Final = 2


def bars_before(text: str, token: Token) -> int:
    """How many bars and tabs stand before a token in its line."""
    begin = text.rfind("\n", 0, token.start) + 1
    return len(_SEPARATOR.findall(text, begin, token.start))


def bars_in_line(text: str, token: Token) -> int:
    """How many bars and tabs stand in the line of a token."""
    end = text.find("\n", token.end)
    return bars_before(text, token._replace(start=len(text) if end < 0 else end))


def behind_last_bar(text: str, token: Token) -> Token | None:
    """The empty cell that the last bar in the line of a token opens; NULL where something stands behind that bar."""
    end = text.find("\n", token.end)
    end = len(text) if end < 0 else end
    line = text[token.end : end]
    last = max((match.end() for match in _SEPARATOR.finditer(line)), default=None)
    if last is None or line[last:].strip():
        return None
    return Token("", token.end + last, end, token.row, EMPTY)


def under_names(text: str, names: Sequence[Token], cells: Sequence[Token], count: int) -> tuple[Token, ...] | None:
    """The cells of a row that stand under the names of its `count` columns, where these are set on one grid with it.

    NULL where the names are fewer or more, or where a number stands under none.
    """
    width = bars_in_line(text, cells[-1])
    places = {bars_before(text, name) for name in names if bars_in_line(text, name) == width}
    found = {bars_before(text, token): token for token in cells}
    stray = any(token.kind != EMPTY and place not in places for place, token in found.items())
    if len(places) != count or len(found) != len(cells) or stray:
        return None
    if any(place > min(found) for place in places - found.keys()):
        return None
    begin = text.rfind("\n", 0, cells[0].start) + 1
    before = Token("", begin, begin, cells[0].row, EMPTY)  # tabs before the first word make no token
    return tuple(found.get(place, before) for place in sorted(places))


def opens_cut_line(text: str, token: Token) -> bool:
    """Whether a bar opens the line of a token, which is the last one of the text."""
    begin = text.rfind("\n", 0, token.start) + 1
    return text.find("\n", token.end) < 0 and _BAR.match(text[begin:].lstrip()) is not None


def ends_within_row(text: str, token: Token) -> bool:
    """Whether the text ends behind a token, in a line with fewer bars than the one above: the row may go on."""
    if "\n" in text[token.end :] or _WORD.search(text, token.end):
        return False
    above, line = ["", *text.rsplit("\n", 2)][-2:]
    return len(_SEPARATOR.findall(line)) < len(_SEPARATOR.findall(above))


def fields_of(text: str, cells: Sequence[Token], count: int) -> tuple[Token, ...] | None:
    """The cells of a line that bars or tabs part into just `count` fields; NULL where they part it otherwise.

    Where the text ends in a line that begins with a bar, that bar may be the row's frame and part nothing.
    """
    if opens_cut_line(text, cells[-1]):
        return None
    found = {bars_before(text, token): token for token in cells}
    if bars_in_line(text, cells[-1]) != count - 1 or len(found) != len(cells):
        return None
    if any(token.row != cells[-1].row for token in cells) or not set(range(min(found), count)) <= found.keys():
        return None
    begin = text.rfind("\n", 0, cells[-1].start) + 1
    before = Token("", begin, begin, cells[-1].row, EMPTY)  # tabs before the first word make no token
    return tuple(found.get(place, before) for place in range(count))


class Grid:
    """How the full rows of one printing of a table are set in `text`; nothing is measured before a row asks for it."""

    def __init__(self, text: str, instance: Instance, layout: Layout, cells: Mapping[int, Sequence[Token]]) -> None:
        """`cells`: of each line that has values, without codes and remarks."""
        self._text = text
        self._instance = instance
        self._layout = layout
        self._cells = cells

    def place(self, number: int) -> tuple[Token, ...] | None:
        """The cells of a line, one a column, empty where the page shows that nothing stands there.

        NULL where it does not show it.
        """
        row = self._rows[number]
        if not 0 < len(row.numbers) < row.width:
            return None
        return self._by_bars(row) or self._by_lines(row) or self._by_spaces(row) or self._by_padding(row)

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
            below = starts[after][1] if after < len(starts) else self._next_line(item)
            if lines[number].slots:
                rows[number] = Row(
                    item, lines[number], self._cells[number], self._layout.width_of(lines[number]), below
                )
        return rows

    def _next_line(self, item: Item) -> int | None:
        """The line of the next words behind the last row of a table."""
        follower = _WORD.search(self._text, item.end)
        return bisect(self._starts, follower.start()) - 1 if follower else None

    def _full(self, count: int) -> list[Row]:
        return [row for row in self._rows.values() if row.width == count == len(row.numbers)]

    def _bars_before(self, token: Token) -> int:
        return bars_before(self._text, token)

    def _bars_in_line(self, token: Token) -> int:
        return bars_in_line(self._text, token)

    def _by_bars(self, row: Row) -> tuple[Token, ...] | None:
        """By the number of bars before it in its line, if that is the same in all full rows of as many bars."""
        line = row.numbers[0].row
        if row.numbers[-1].row != line:
            return None
        full = self._full(row.width)
        alike = [each for each in full if each.item.depth == row.item.depth] or full
        end = self._bars_in_line(row.numbers[-1])
        set_so = [each for each in alike if self._bars_in_line(each.numbers[-1]) == end]
        if alike and not set_so:
            columns = self._from_the_end(full, end)
        else:
            columns = {tuple(map(self._bars_before, each.numbers)) for each in set_so} or self._named(row)
        if len(columns) != 1:
            return None
        (places,) = columns
        if len(set(places)) < len(places):
            return None
        opened = behind_last_bar(self._text, row.numbers[-1])
        found = {} if opened is None else {self._bars_in_line(opened): opened}
        found.update({self._bars_before(t): t for t in row.cells if t.kind == EMPTY and t.row == line})
        found.update({self._bars_before(token): token for token in row.numbers})
        if not all(place in found for place in places):
            return None
        placed = tuple(found[place] for place in places)
        return placed if sum(token.kind != EMPTY for token in placed) == len(row.numbers) else None

    def _from_the_end(self, full: Sequence[Row], end: int) -> set[tuple[int, ...]]:
        """Bars before each column of a line of `end` bars, where full rows of other lengths agree on those behind."""
        ends = [self._bars_in_line(each.numbers[-1]) for each in full]
        behind = {
            tuple(last - self._bars_before(number) for number in each.numbers)
            for each, last in zip(full, ends, strict=True)
        }
        return {tuple(end - bars for bars in each) for each in behind} if len(set(ends)) > 1 else set()

    def _named(self, row: Row) -> set[tuple[int, ...]]:
        """Bars before each column's name, where the header is on the grid of the rows and all numbers are under it."""
        wanted = [slot.column_id for slot in row.line.slots]
        if len(wanted) != row.width:
            return set()
        width = self._bars_in_line(row.numbers[0])
        places = {
            head.target: self._bars_before(item.label[0])
            for item, heads in sorted(self._instance.heads, key=lambda head: head[0].start)
            for head in heads
            if head.role == "column" and item.start < row.item.start and self._bars_in_line(item.label[0]) == width
        }
        named = tuple(places[name] for name in wanted if name in places)
        if len(named) != row.width or any(after <= before for before, after in pairwise(named)):
            return set()
        alike = (each for each in self._rows.values() if [slot.column_id for slot in each.line.slots] == wanted)
        return {named} if all(self._bars_before(token) in named for each in alike for token in each.numbers) else set()

    @cached_property
    def _leads(self) -> bool | None:
        """Whether rows are filled up to one width before their values, not behind them; NULL where it is not shown."""
        rows = [row for row in self._rows.values() if row.numbers and row.width > 1]
        if len({row.item.depth + len(row.cells) for row in rows}) != 1 != len({len(row.cells) for row in rows}):
            return None
        places = [[place for place, token in enumerate(row.cells) if token.kind != EMPTY] for row in rows]
        pads = [len(row.cells) - row.width for row in rows]
        behind = all(found[-1] < row.width for found, row in zip(places, rows, strict=True))
        before = all(found[0] >= pad for found, pad in zip(places, pads, strict=True))
        if behind and before:  # each row ends in its last column, as those do that are not filled up
            behind = 0 in pads and all(found[-1] == row.width - 1 for found, row in zip(places, rows, strict=True))
            before = False
        return None if behind == before else before

    def _by_padding(self, row: Row) -> tuple[Token, ...] | None:
        """By its place among the cells, where all rows are filled up to the same width on the same side."""
        pad = len(row.cells) - row.width
        if pad < 0 or row.width < _LEAST_ROWS or self._leads is None:
            return None
        if ends_within_row(self._text, row.cells[-1]):
            return None  # how many cells it had is not told
        return tuple(row.cells[pad:] if self._leads else row.cells[: row.width])

    @cached_property
    def _spacing(self) -> Spacing:
        return Spacing(self._text, self._instance, self._rows.values(), self._starts)

    def _by_spaces(self, row: Row) -> tuple[Token, ...] | None:
        """By its distance from the margin, where no bars part the cells."""
        return None if self._bars_before(row.numbers[-1]) else self._spacing.place(row)

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
            steps.add((lines[0] - row.item.label[-1].row, min(gaps), row.next_line - lines[-1], len(gaps), _aside(row)))
        if len({step[:2] for step in steps}) != 1 or any(step[3] != 1 or not step[1] for step in steps):
            return None
        if len({step[4] for step in steps} | {_aside(row) for row in self._rows.values()}) != 1:
            return None  # a unit or code that not every row has
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


def _aside(row: Row) -> int:
    """How many units and codes stand between the label and the cells."""
    return len(row.item.values) - len(row.cells)
