"""What the tables of a web page hold and how their rows are drawn: spans, merged cells, layout or data.

Knows flows of lines and tables. How markup becomes flows is html.py's work; no form is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Final, NamedTuple

from extract.formats import limits
from extract.formats.document import BETWEEN

_SPACE_IN_FIGURES: Final = re.compile(r"(?<=[\d.,])\s+(?=[-+−]?\d)")
_FIGURE: Final = re.compile(r"[\d.,+\-−\s]*\d[\d.,\s]*")
_SPAN: Final = re.compile(r"\s*(\d{1,9})")
_SHARED: Final = "〃"
_GRID_ROWS, _GRID_COLUMNS = 3, 2
_PROSE_LINES, _PROSE_LENGTH = 3, 200
_FEW: Final = 50  # cells of a row whose columns are remembered


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
                if isinstance(row, Words):
                    yield from filter(None, row.text.split(BETWEEN))
                else:
                    for cell in row:
                        yield from lines(cell.flow)
        elif line := item.strip():
            yield line


def _text(flow: Flow) -> str:
    """All lines as the text of one cell. White space between figures is drawn `` / ``: they are no one number."""
    if not flow:
        return ""
    only = flow[0] if len(flow) == 1 else None
    if isinstance(only, str) and only.isalnum():  # most cells are one number
        return only
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


class Words(NamedTuple):
    """A row whose cells are a word each, or blank, as most are: all of them in one text, BETWEEN bars, as it is drawn.

    merged: of each cell that covers others, its place in the row, from 0, and how many columns and rows it covers.
    """

    text: str
    merged: tuple[tuple[int, int, int], ...]


words_of = partial(tuple.__new__, Words)


def cells_of(row: Words | list[Cell]) -> list[Cell]:
    """The cells of a row, however it is written."""
    if not isinstance(row, Words):
        return row
    cells = [cell_of(([text] if text else [], 1, 1)) for text in row.text.split(BETWEEN)]
    for place, across, down in row.merged:
        cells[place] = Cell(cells[place].flow, across, down)
    return cells


class Table:
    """The rows of a table, each the cells that are written in it."""

    __slots__ = ("_is_layout", "rows")

    def __init__(self) -> None:
        self.rows: list[Words | list[Cell]] = []
        self._is_layout: bool | None = None  # not known yet

    @property
    def is_layout(self) -> bool:
        """Whether it only arranges other tables: one of them is a grid, or they say more than it does itself.

        A table without tables in it is data; so is one with a small table in a cell, which is that cell's text.
        """
        if self._is_layout is None:
            self.decide()
        return bool(self._is_layout)

    def decide(self) -> None:
        """Decide whether it is layout. Who does it for the inner tables first is safe from how deep they stand."""
        cells = [cell.flow for row in self.rows if not isinstance(row, Words) for cell in row]
        inner = [item for flow in cells for item in flow if isinstance(item, Table)]
        self._is_layout = bool(inner) and self._arranges(inner)

    def _arranges(self, inner: Sequence[Table]) -> bool:
        if any(table._is_grid() or table.is_layout for table in inner):
            return True
        cells = [cell.flow for row in self.rows for cell in cells_of(row)]
        own = sum(not _is_blank(flow) and not any(isinstance(item, Table) for item in flow) for flow in cells)
        return sum(_filled(row) for table in inner for row in table.rows) >= own

    def _is_grid(self) -> bool:
        full = 0
        for row in self.rows:
            full += _filled(row) >= _GRID_COLUMNS
            if full == _GRID_ROWS:
                return True
        return False


def _filled(row: Words | list[Cell]) -> int:
    """How many cells of a row are not blank."""
    if isinstance(row, Words):
        return sum(map(bool, row.text.split(BETWEEN)))
    return sum(not _is_blank(cell.flow) for cell in row)


class _Line(NamedTuple):
    """A row in the grid: the first column of each of its cells, from 1, their texts, and which cover others."""

    columns: Sequence[int]
    texts: list[str] | str
    merged: tuple[tuple[int, int, int], ...]

    def cells(self) -> list[str]:
        """The text of each cell."""
        return self.texts.split(BETWEEN) if isinstance(self.texts, str) else self.texts


_line_of = partial(tuple.__new__, _Line)


class Row(NamedTuple):
    """A row as it is drawn: its number, from 1, its columns and their texts, or its flows where it is prose.

    The texts are one where they are drawn already, BETWEEN bars.
    """

    number: int
    columns: Sequence[int]
    texts: list[str] | str
    flows: Sequence[Flow]


row_of = partial(tuple.__new__, Row)


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
    lines, width = _lines(table.rows)
    drawn = _with_repeats(lines, width) if any(map(_is_drawn_again, lines)) else lines
    for number, (line, (columns, texts, _)) in enumerate(zip(lines, drawn, strict=True), 1):
        if not columns:
            continue
        if (len(columns) == 1 or not isinstance(texts, str)) and _is_prose(line, width):
            yield Row(number, (), [], [cell.flow for cell in cells_of(table.rows[number - 1])])
        else:
            yield row_of((number, columns, texts, ()))


def _lines(rows: Sequence[Words | list[Cell]]) -> tuple[list[_Line], int]:
    """Where the cells of each row stand in the grid, those above that reach into it counted; how wide the grid is."""
    lines: list[_Line] = []
    covered: dict[int, int] = {}  # column -> last row that a cell above reaches
    blocked: tuple[int, ...] = ()  # the columns of those that reach into the row at hand, and further
    width = until = 0
    columns: Sequence[int]
    texts: list[str] | str
    for number, row in enumerate(rows, 1):
        if isinstance(row, Words):
            count, texts, merged = row.text.count("|") + 1, row.text, row.merged
        else:
            count, texts = len(row), [_text(flow) for flow, _, _ in row]
            merged = tuple([(place, a, d) for place, (_, a, d) in enumerate(row) if a != 1 or d != 1])
        if number > until and covered:
            covered = {column: last for column, last in covered.items() if last >= number}
            blocked, until = tuple(sorted(covered)), min(covered.values(), default=0)
        if not merged and not blocked:  # most rows
            columns, end = range(1, count + 1), count
        else:
            columns, end = (_often if count <= _FEW else _columns)(count, merged, blocked)
        for place, across, down in merged:
            if down != 1:
                last = number + down - 1 if down else len(rows)
                covered.update(dict.fromkeys(range(columns[place], columns[place] + across), last))
                until = 0
        if end > width:
            limits.check("table_width", end)
            width = end
        lines.append(_line_of((columns, texts, merged)))
    return lines, width


def _columns(
    count: int, merged: tuple[tuple[int, int, int], ...], blocked: tuple[int, ...]
) -> tuple[Sequence[int], int]:
    """The first column of each cell of a row, and the last column of the last; a blocked column begins no cell."""
    columns: list[int] = []
    column = 1
    for place, across, _ in (*merged, (count - 1, 1, 1)):
        while len(columns) <= place:
            if column not in blocked:
                columns.append(column)
            column += 1
        column += across - 1
    return columns, column - 1


_often = lru_cache(maxsize=1024)(_columns)
"""The rows of a form are the same in every report."""


def _is_drawn_again(line: _Line) -> bool:
    """Whether a merged cell may be drawn more than once: it is blank, or a figure that covers further rows."""
    if not line.merged:
        return False
    texts = line.cells()
    return any(not texts[place] or (down != 1 and _FIGURE.fullmatch(texts[place])) for place, _, down in line.merged)


def _with_repeats(lines: Sequence[_Line], width: int) -> list[_Line]:
    """The lines with what merged cells are drawn as in each place they cover."""
    drawn: list[_Line] = []
    above: list[tuple[int, int, int, str | None]] = []  # first column, columns and last row of cells that reach into
    for number, line in enumerate(lines, 1):  # the row at hand, and what is drawn for them there
        above = [cell for cell in above if cell[2] >= number]
        if not line.columns or not (above or line.merged) or _is_prose(line, width):
            drawn.append(line)
            continue
        spans = {place: (across, down) for place, across, down in line.merged}
        cells: list[tuple[int, str]] = []
        further = [(column, across, below) for column, across, _, below in above if below is not None]
        label = min((column for column, *_ in above), default=width)  # what stands right of it stands behind a label
        for place, (column, text) in enumerate(zip(line.columns, line.cells(), strict=True)):
            across, down = spans.get(place, (1, 1))
            last = number + down - 1 if down else len(lines)
            below = None
            if column > label:
                if not text:
                    cells += [(column + beside, "") for beside in range(1, across)]
                    below = ""
                elif last > number and _is_shared(column, text, lines[number:last]):
                    text, below = f"{text} {_SHARED}", _SHARED
            elif text:
                label = column
            cells.append((column, text))
            if last > number:
                above.append((column, across, last, below))
        cells += [(column + beside, below) for column, across, below in further for beside in range(across)]
        if above:
            cells.sort()
        drawn.append(_Line([column for column, _ in cells], [text for _, text in cells], line.merged))
    return drawn


def _is_shared(column: int, text: str, below: Sequence[_Line]) -> bool:
    """Whether a figure is merged over further rows, one of which has words of its own before it."""
    if not _FIGURE.fullmatch(text):
        return False
    return any(
        words and other < column for line in below for other, words in zip(line.columns, line.cells(), strict=True)
    )


def _is_prose(line: _Line, width: int) -> bool:
    """Whether a row is one cell over the whole table, or holds a text of several lines and no figure beside it."""
    if len(line.columns) == 1 and (line.merged[0][1] if line.merged else 1) >= width:
        return True
    if isinstance(line.texts, str):
        return False
    texts = [text for text in line.texts if len(text) > _PROSE_LENGTH]
    if not any(text.count("\n") >= _PROSE_LINES - 1 for text in texts):
        return False
    return not any(_FIGURE.fullmatch(text) for text in line.texts)
