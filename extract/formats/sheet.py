"""One sheet of a workbook drawn as rows: what .xlsx and .xls have in common. How cells are stored is not known here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from extract.formats import limits
from extract.formats.document import Page, drawn_row
from extract.formats.html_grid import Cell, Flow, Table, cells_of, drawn_rows

_ALPHABET: Final = 26
_SENTENCE_ENDS: Final = ("。", ";", "；", "!", "！")


class Merge(NamedTuple):
    """A merged range: its first and last row and column, from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


def draw_sheet(page: Page, name: str, cells: dict[tuple[int, int], str], merges: Sequence[Merge]) -> None:
    """Draw the filled part of a sheet: `cells` are texts by row and column, from 1, the blank ones left out.

    Raises Undecodable where it is wider than the limit `table_width` or has more rows than `cells`.
    """
    if not cells:
        return
    page.paragraph(name, name)
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    left, right = min(columns), max(columns)
    limits.check("table_width", right - left + 1)
    covering = {(merge.top, merge.left): merge for merge in merges}
    covered: set[tuple[int, int]] = set()
    for merge in merges:
        if (merge.top, merge.left) in cells or merge.left <= right:
            inside = range(merge.left, min(merge.right, right) + 1)
            covered |= {
                (row, column) for row in range(merge.top, min(merge.bottom, max(rows)) + 1) for column in inside
            }
        limits.check("cells", len(covered))
    table, numbers = Table(), []
    for row in sorted({row for row, _ in cells} | {row for row, _ in covered}):
        line: list[Cell] = []
        for column in range(left, right + 1):
            first = covering.get((row, column))
            if (row, column) in covered and first is None:
                continue
            text = cells.get((row, column), "")
            across, down = (1, 1) if first is None else (min(first.right, right) - column + 1, first.bottom - row + 1)
            line.append(Cell([text] if text else [], across, down))
        table.rows.append(line)
        numbers.append(row)
    _draw(page, name, left, numbers, table)


def _draw(page: Page, name: str, left: int, numbers: Sequence[int], table: Table) -> None:
    """Draw the rows of a sheet that begins in column `left`; `numbers` are those of its rows."""
    alone = _words_alone(table)
    rows: list[str] = []
    places: list[tuple[int, Sequence[int]]] = []
    for number, columns, texts, flows in drawn_rows(table):
        row = numbers[number - 1]
        if number in alone or flows:
            page.rows(rows, _addresses(name, left, places))
            rows, places = [], []
        for flow in alone.get(number, flows):
            for words in flow:
                page.paragraph(str(words), f"{name}!{letters(left)}{row}")
        if columns and number not in alone:
            rows.append(texts if isinstance(texts, str) else drawn_row(texts))
            places.append((row, columns))
    page.rows(rows, _addresses(name, left, places))


def _addresses(sheet: str, left: int, places: Sequence[tuple[int, Sequence[int]]]) -> Callable[[int, int], str]:
    """What names the cells of drawn rows: `places` are the row of the sheet and the columns of each, from `left`."""

    def address(row: int, cell: int) -> str:
        number, columns = places[row]
        return f"{sheet}!{letters(left + columns[cell] - 1)}{number}"

    return address


def _words_alone(table: Table) -> dict[int, list[Flow]]:
    """Rows that are no part of a table, by number from 1: words alone above it or below it, and sentences alone.

    Words alone inside it are the label of a line whose values are blank.
    """
    filled = {
        number: [cell.flow for cell in cells_of(row) if cell.flow and str(cell.flow[0]).strip()]
        for number, row in enumerate(table.rows, 1)
    }
    inside = [number for number, flows in filled.items() if len(flows) > 1]
    first, last = (inside[0], inside[-1]) if inside else (len(table.rows) + 1, 0)
    return {
        number: flows
        for number, flows in filled.items()
        if len(flows) == 1 and (not first <= number <= last or str(flows[0][0]).rstrip().endswith(_SENTENCE_ENDS))
    }


def letters(column: int) -> str:
    """The letters of a column, from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, _ALPHABET)
        name = chr(ord("A") + rest) + name
    return name
