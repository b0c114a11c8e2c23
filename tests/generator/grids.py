"""Where the cells of printed rows stand in the grid of their table, merged cells worked out. Knows no form and no text style."""

from collections.abc import Sequence
from typing import NamedTuple

from .layouts import PrintedRow


class Place(NamedTuple):
    """One field of the grid: the cell that covers it (row and number in it) and whether that cell begins here."""

    row: int
    cell: int
    begins: bool


Grid = list[list[Place | None]]


def occupancy(rows: Sequence[PrintedRow]) -> Grid:
    """For each row and column of the grid the cell that covers it; None where no cell was printed."""
    width = max((row.width for row in rows), default=0)
    grid: Grid = [[None] * width for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell, (span, down) in enumerate(zip(row.spans, row.rowspans, strict=True)):
            while column < width and grid[number][column] is not None:
                column += 1
            for below in range(number, min(number + down, len(rows))):
                for covered in range(column, min(column + span, width)):
                    begins = below == number and covered == column
                    grid[below][covered] = Place(number, cell, begins)
            column += span
    return grid


def column_names(rows: Sequence[PrintedRow]) -> list[list[list[str]]]:
    """For each row and column the header texts above it, from the top, each once; empty for rows without headers above."""
    grid = occupancy(rows)
    names: list[list[list[str]]] = []
    block: list[int] = []
    for number, row in enumerate(rows):
        if row.header:
            block = [*block, number] if block and block[-1] == number - 1 else [number]
        above: list[list[str]] = []
        for column in range(len(grid[number])):
            places = [grid[header][column] for header in block]
            texts = [rows[place.row].cells[place.cell] for place in places if place]
            above.append(list(dict.fromkeys(text for text in texts if text)))
        names.append(above)
    return names
