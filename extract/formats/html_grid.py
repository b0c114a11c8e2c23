"""What the tables of a web page hold and how their rows are drawn: spans, merged cells, layout or data.

Knows flows of lines and tables. How markup becomes flows is html.py's work; no form is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Final, NamedTuple

from extract.formats import limits

_SPACE_IN_FIGURES: Final = re.compile(r"(?<=[\d.,])\s+(?=[-+−]?\d)")
_FIGURE: Final = re.compile(r"[\d.,+\-−\s]*\d[\d.,\s]*")
_SPAN: Final = re.compile(r"\s*(\d{1,9})")
_SHARED: Final = "〃"
_GRID_ROWS, _GRID_COLUMNS = 3, 2
_PROSE_LINES, _PROSE_LENGTH = 3, 200


class Preformatted(str):
    """A line whose spaces count."""

    __slots__ = ()


Flow = list["str | Table"]
"""Lines and tables in reading order: of a page, or of a cell."""


def lines(flow: Flow) -> Iterator[str]:
    """All lines of a flow that are not blank, those in tables among them."""
    for item in flow:
        if isinstance(item, Table):
            for row in item.rows:
                for cell in row:
                    yield from lines(cell.flow)
        elif line := item.strip():
            yield line


def _text(flow: Flow) -> str:
    """All lines as the text of one cell. White space between figures is drawn `` / ``: they are no one number."""
    only = flow[0] if len(flow) == 1 else None
    text = only.strip() if isinstance(only, str) else "\n".join(lines(flow))
    return text if len(text.split(None, 1)) < 2 else _SPACE_IN_FIGURES.sub(" / ", text)


def _is_blank(flow: Flow) -> bool:
    return not any(isinstance(item, Table) or item.strip() for item in flow)


class Cell(NamedTuple):
    """A cell as its page writes it: how many columns and rows it covers, 0 rows for all that follow."""

    flow: Flow
    across: int
    down: int


cell_of = partial(tuple.__new__, Cell)  # half the time of Cell(...), and there are many


class Table:
    """The rows of a table, each the cells that are written in it."""

    __slots__ = ("_is_layout", "rows")

    def __init__(self, *, is_layout: bool | None = None) -> None:
        self.rows: list[list[Cell]] = []
        self._is_layout = is_layout  # None: not known yet

    @property
    def is_layout(self) -> bool:
        """Whether it only arranges other tables: one of them is a grid, or they say more than it does itself.

        A table without tables in it is data; so is one with a small table in a cell, which is that cell's text.
        """
        if self._is_layout is None:
            cells = [cell.flow for row in self.rows for cell in row]
            inner = [item for flow in cells for item in flow if isinstance(item, Table)]
            self._is_layout = bool(inner) and self._arranges(inner, cells)
        return self._is_layout

    @staticmethod
    def _arranges(inner: Sequence[Table], cells: Sequence[Flow]) -> bool:
        own = sum(not _is_blank(flow) and not any(isinstance(item, Table) for item in flow) for flow in cells)
        nested = sum(filled for table in inner for filled in table._filled())
        return nested >= own or any(t._is_grid() or t.is_layout for t in inner)

    def _filled(self) -> list[int]:
        return [sum(not _is_blank(cell.flow) for cell in row) for row in self.rows]

    def _is_grid(self) -> bool:
        return sum(filled >= _GRID_COLUMNS for filled in self._filled()) >= _GRID_ROWS


class Placed(NamedTuple):
    """A cell in the grid: its first column, from 1, how many columns it covers, its last row, and its text."""

    column: int
    across: int
    last: int
    text: str
    flow: Flow


_placed_at = partial(tuple.__new__, Placed)


class Row(NamedTuple):
    """A row as it is drawn: its number, from 1, and its cells (column and text), or its flows where it is prose."""

    number: int
    cells: list[tuple[int, str]]
    flows: list[Flow]


@lru_cache(maxsize=1024)
def span(printed: str | None) -> int:
    """Columns or rows that a span attribute says, 1 where it says none. Raises Undecodable beyond the limit `span`."""
    match = _SPAN.match(printed) if printed else None
    count = int(match[1]) if match else 1
    limits.check("span", count)
    return count


def drawn_rows(table: Table) -> Iterator[Row]:
    """The rows of a data table as they are drawn, those without a cell left out.

    A cell stands once, in its first row and column; a blank one behind a label in each row and column it covers. A
    figure merged over rows that have labels of their own is the figure of none: 〃 is drawn behind it and in the
    further rows. Raises Undecodable where the grid is wider than the limit `table_width`.
    """
    rows, merging = _placed(table)
    width = max((cell.column + cell.across - 1 for row in rows for cell in row), default=0)
    above: list[tuple[Placed, str | None]] = []  # cells that reach into the row at hand, what is drawn for them there
    for number, row in enumerate(rows, 1):
        above = [merged for merged in above if merged[0].last >= number] if above else above
        if not row:
            continue
        if _is_prose(row, width):
            yield Row(number, [], [cell.flow for cell in row])
            continue
        if not above and number not in merging:  # most rows
            yield Row(number, [(column, text) for column, _, _, text, _ in row], [])
            continue
        cells: list[tuple[int, str]] = []
        further = [(cell.column, cell.across, below) for cell, below in above if below is not None]
        label = min((cell.column for cell, _ in above), default=width)  # what stands right of it stands behind a label
        for cell in row:
            column, across, last, text, _ = cell
            below = None
            if column > label:
                if not text:
                    cells += [(column + place, "") for place in range(1, across)]
                    below = ""
                elif last > number and _is_shared(cell, rows[number:last]):
                    text, below = f"{text} {_SHARED}", _SHARED
            elif text:
                label = column
            cells.append((column, text))
            if last > number:
                above.append((cell, below))
        cells += [(column + place, below) for column, across, below in further for place in range(across)]
        yield Row(number, sorted(cells) if above else cells, [])


def _placed(table: Table) -> tuple[list[list[Placed]], set[int]]:
    """Where the cells of each row stand in the grid, those above that reach into it counted; rows with merged cells."""
    rows: list[list[Placed]] = []
    merging: set[int] = set()
    covered: dict[int, int] = {}  # column -> last row that a cell above reaches
    for number, cells in enumerate(table.rows, 1):
        row, column = [], 1
        for flow, across, down in cells:
            while covered and covered.get(column, 0) >= number:
                column += 1
            only = flow[0] if len(flow) == 1 else None
            is_word = isinstance(only, str) and only.isalnum()  # most cells are one number
            text = only if is_word else _text(flow) if flow else ""
            last = number + down - 1 if down else len(table.rows)
            if across > 1 or last > number:
                merging.add(number)
            if last > number:
                covered.update(dict.fromkeys(range(column, column + across), last))
            row.append(_placed_at((column, across, last, text, flow)))
            column += across
        limits.check("table_width", column - 1)
        rows.append(row)
    return rows, merging


def _is_shared(cell: Placed, below: Sequence[Sequence[Placed]]) -> bool:
    """Whether a figure is merged over further rows, one of which has words of its own before it."""
    if not _FIGURE.fullmatch(cell.text):
        return False
    return any(other.text and other.column < cell.column for row in below for other in row)


def _is_prose(row: Sequence[Placed], width: int) -> bool:
    """Whether a row is one cell over the whole table, or holds a text of several lines and no figure beside it."""
    if len(row) == 1 and row[0].across >= width:
        return True
    texts = [text for _, _, _, text, _ in row if len(text) > _PROSE_LENGTH]
    if not any(text.count("\n") >= _PROSE_LINES - 1 for text in texts):
        return False
    return not any(_FIGURE.fullmatch(cell.text) for cell in row)
