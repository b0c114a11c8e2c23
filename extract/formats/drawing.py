"""Flows of lines and tables drawn as a text: what web pages and Word documents have in common.

How a table's rows are drawn is html_grid.py's work; how a file becomes a flow is its format's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from extract.formats.document import Page
from extract.formats.html_grid import Flow, Preformatted, Table, cells_of, drawn_rows


class Drawing:
    """A page under construction, and how many paragraphs and tables stand in it."""

    def __init__(self) -> None:
        self.page = Page()
        self._paragraphs = self._tables = 0

    def flow(self, flow: Flow) -> None:
        """Draw lines as paragraphs and tables as rows, in reading order."""
        for item in flow:
            if isinstance(item, Table):
                self._table(item)
            elif item and not item.isspace():
                self._paragraphs += 1
                place = f"paragraph {self._paragraphs}"
                if isinstance(item, Preformatted):
                    self.page.preformatted(item, place)
                else:
                    self.page.paragraph(item, place)

    def _table(self, table: Table) -> None:
        if table.is_layout:
            for row in table.rows:
                for cell in cells_of(row):
                    self.flow(cell.flow)
            return
        number = 0
        for line, columns, texts, flows in drawn_rows(table):
            for flow in flows:
                self.flow(flow)
            if not columns:
                continue
            if not number:
                self._tables = number = self._tables + 1
            self.page.cells(texts, partial(_place, number, line, columns))


def _place(table: int, row: int, columns: Sequence[int], cell: int) -> str:
    return f"table {table} row {row} column {columns[cell]}"
