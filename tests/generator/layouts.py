"""How copied pages show table rows as text: pipes, lines, tabs, spaces. Takes printed rows, knows no form and no value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

Key = tuple[str, str | None]
"""A printed value: its slot and the part of what the report covers, None for the whole."""

DETERMINED, OPEN, UNDETERMINED, ABSENT = "determined", "open", "undetermined", "absent"
"""Whether a careful person can tell a cell from the page, may think so, cannot though its row stands there, or finds
nothing of it."""


@dataclass(frozen=True)
class PrintedRow:
    """Cell texts, their column spans, how many of the first are labels, whether it is a header, and the grid's width.

    keys: the value each cell prints, None for words; rowspans: how many rows each cell is merged over.
    """

    cells: tuple[str, ...]
    spans: tuple[int, ...]
    labels: int
    header: bool
    width: int
    keys: tuple[Key | None, ...] = ()
    rowspans: tuple[int, ...] = ()

    @property
    def pads(self) -> int:
        """Empty grid columns that a converter prints at the row's end."""
        return self.width - len(self.cells)

    @property
    def values(self) -> list[str]:
        """What stands behind the labels: units and values."""
        return list(self.cells[self.labels :])

    @property
    def own_keys(self) -> list[Key]:
        """The values printed in the row."""
        return [key for key in self.keys if key]


@dataclass
class PageState:
    """What a copier remembers from one table of a page to the next: the lines it saw. tables: all of the page."""

    rng: Random
    seen: set[str] = field(default_factory=set)
    tables: tuple[tuple[PrintedRow, ...], ...] = ()


class Drawn(NamedTuple):
    """A table as text, and the values that this text does not determine (OPEN, UNDETERMINED or ABSENT)."""

    text: str
    fates: Mapping[Key, str] = {}


@dataclass(frozen=True)
class Layout:
    """A way to write rows. `blanks`: which empty cells stay readable: every, all (but section four), single (one value
    column) or none.

    `line_break`: what a line break inside a cell looks like; `paragraph`: what stands between two parts of the page;
    `bare`: numbers are printed as digits without spaces; `draw` instead of `write` where the text loses something.
    """

    name: str
    write: Callable[[Sequence[PrintedRow]], str] | None
    blanks: str
    line_break: str = " "
    paragraph: str = "\n"
    bare: bool = False
    draw: Callable[[Sequence[PrintedRow], PageState], Drawn] | None = None

    def drawn(self, rows: Sequence[PrintedRow], page: PageState) -> Drawn:
        """The rows as text and what that text leaves open."""
        if self.draw:
            return self.draw(rows, page)
        assert self.write, self.name
        return Drawn(self.write(rows))


def _pads(count: int) -> str:
    return " " + "|" * count if count else ""


def _pipe_rows(rows: Sequence[PrintedRow]) -> str:
    return "\n".join(" | ".join(row.cells) + " |" + _pads(row.pads) for row in rows)


def _pipe_rows_spaced_pads(rows: Sequence[PrintedRow]) -> str:
    return "\n".join(" | ".join(row.cells) + " |" * (row.pads + 1) for row in rows)


def _pipe_rows_open(rows: Sequence[PrintedRow]) -> str:
    return "\n".join(" | ".join(row.cells) for row in rows)


def _pipe_rows_both_ends(rows: Sequence[PrintedRow]) -> str:
    return "\n".join("| " + " | ".join(row.cells) + " |" + _pads(row.pads) for row in rows)


def _pipe_rows_inline_pads(rows: Sequence[PrintedRow]) -> str:
    lines = []
    for row in rows:
        spread = [text for cell, span in zip(row.cells, row.spans, strict=True) for text in (cell, *[""] * (span - 1))]
        lines.append(" | ".join(spread) + " |")
    return "\n".join(lines)


def _cell_lines(rows: Sequence[PrintedRow], pads: bool) -> str:
    lines: list[str] = []
    for row in rows:
        empty = 0
        for cell in [*row.cells, *([""] * row.pads if pads else [])]:
            if cell:
                lines += ["|" * empty] if empty else []
                lines.append(f"{cell} |")
            empty = 0 if cell else empty + 1
        lines += ["|" * empty] if empty else []
    return "\n".join(lines)


def _cell_lines_trailing(rows: Sequence[PrintedRow]) -> str:
    return _cell_lines(rows, pads=True)


def _cell_lines_trailing_bare(rows: Sequence[PrintedRow]) -> str:
    return _cell_lines(rows, pads=False)


def _cell_lines_lone(rows: Sequence[PrintedRow]) -> str:
    return "\n".join(f"{cell}\n|" if cell else "|" for row in rows for cell in row.cells)


def _cell_lines_leading(rows: Sequence[PrintedRow]) -> str:
    lines: list[str] = []
    for row in rows:
        first, *others = row.cells
        lines += [first, *(f"| {cell}".rstrip() for cell in others), "|"]
    return "\n".join(lines)


def _last_with_pads(row: PrintedRow) -> list[str]:
    *others, last = row.cells
    return [*(f"{cell} |" for cell in others), f"{last} |" + _pads(row.pads)]


def _row_marker(rows: Sequence[PrintedRow]) -> str:
    return "\n".join(line for row in rows for line in ["|", *_last_with_pads(row)])


def _row_marker_joined_pads(rows: Sequence[PrintedRow]) -> str:
    # Here the lone pipe counts as the row's first border, so a row ends with one pipe less.
    lines: list[str] = []
    for row in rows:
        *others, last = row.cells
        lines += [
            "|",
            *(f"{cell} |" for cell in others),
            f"{last} " + "|" * max(1, row.pads),
        ]
    return "\n".join(lines)


def _cell_lines_pads_on_last(rows: Sequence[PrintedRow]) -> str:
    return "\n".join(line for row in rows for line in _last_with_pads(row))


def _label_then_values(rows: Sequence[PrintedRow]) -> str:
    lines: list[str] = []
    for row in rows:
        if row.header or row.labels == len(row.cells):
            lines += _last_with_pads(row)
            continue
        lines += [f"{cell} |" for cell in row.cells[: row.labels]]
        lines.append(" | ".join(row.cells[row.labels :]) + " |" + _pads(row.pads))
    return "\n".join(lines)


def _blank_line_cells(rows: Sequence[PrintedRow]) -> str:
    return "\n\n".join(cell for row in rows for cell in row.cells if cell)


def _cell_lines_plain(rows: Sequence[PrintedRow]) -> str:
    return "\n".join(cell for row in rows for cell in row.cells if cell)


def _tabs(rows: Sequence[PrintedRow]) -> str:
    return "\n".join("\t".join(row.cells) for row in rows)


def _spaces(rows: Sequence[PrintedRow]) -> str:
    return "\n".join(" ".join(cell for cell in row.cells if cell) for row in rows)


LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("pipe_rows", _pipe_rows, "all"),
        Layout("pipe_rows_spaced_pads", _pipe_rows_spaced_pads, "all"),
        Layout("pipe_rows_open", _pipe_rows_open, "all"),
        Layout("pipe_rows_both_ends", _pipe_rows_both_ends, "all"),
        Layout("pipe_rows_inline_pads", _pipe_rows_inline_pads, "none"),
        Layout("cell_lines_trailing", _cell_lines_trailing, "all"),
        Layout("cell_lines_trailing_bare", _cell_lines_trailing_bare, "all"),
        Layout("cell_lines_lone", _cell_lines_lone, "all", "\n"),
        Layout("cell_lines_leading", _cell_lines_leading, "all", "\n"),
        Layout("row_marker", _row_marker, "none"),
        Layout("row_marker_joined_pads", _row_marker_joined_pads, "none"),
        Layout("cell_lines_pads_on_last", _cell_lines_pads_on_last, "none"),
        Layout("label_then_values", _label_then_values, "all"),
        Layout("blank_line_cells", _blank_line_cells, "single", "\n\n", "\n\n"),
        Layout("cell_lines_plain", _cell_lines_plain, "single", "\n"),
        Layout("tabs", _tabs, "all"),
        Layout("spaces", _spaces, "single", ""),
    )
}
