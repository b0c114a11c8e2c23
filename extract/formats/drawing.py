"""Flows of lines and tables drawn as a text: what web pages and Word documents have in common.

How a table's rows are drawn is html_grid.py's work; how a file becomes a flow is its format's.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.formats.document import Page, drawn_row, preformatted, words
from extract.formats.html_grid import Flow, Preformatted, Table, cells_of, drawn_rows


class Drawing:
    """A page under construction, and how many paragraphs and tables stand in it."""

    def __init__(self) -> None:
        self.page = Page()
        self._lines: list[str] = []  # paragraphs that are not in the page yet
        self._paragraphs = self._tables = 0

    def finished(self) -> Page:
        """The page with all that was drawn."""
        first = self._paragraphs + 1
        self._paragraphs += len(self._lines)
        self.page.lines(self._lines, lambda line: f"paragraph {first + line}")
        self._lines = []
        return self.page

    def flow(self, flow: Flow) -> None:
        """Draw lines as paragraphs and tables as rows, in reading order."""
        for item in flow:
            if isinstance(item, Table):
                self._table(item)
            elif item and not item.isspace():
                self._lines.append(preformatted(item) if isinstance(item, Preformatted) else words(item))

    def _table(self, table: Table) -> None:
        if table.is_layout:
            for row in table.rows:
                for cell in cells_of(row):
                    self.flow(cell.flow)
            return
        rows: list[str] = []
        places: list[tuple[int, Sequence[int]]] = []
        number = 0
        for line, columns, texts, flows in drawn_rows(table):
            if flows:
                self._rows(number, rows, places)
                rows, places = [], []
                for flow in flows:
                    self.flow(flow)
            elif columns:
                if not number:
                    self._tables = number = self._tables + 1
                rows.append(texts if isinstance(texts, str) else drawn_row(texts))
                places.append((line, columns))
        self._rows(number, rows, places)

    def _rows(self, table: int, rows: list[str], places: list[tuple[int, Sequence[int]]]) -> None:
        if rows:
            self.finished().rows(
                rows, lambda row, cell: f"table {table} row {places[row][0]} column {places[row][1][cell]}"
            )
