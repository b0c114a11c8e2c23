"""Word documents (.docx) to text: paragraphs in reading order, tables as rows.

Text boxes stand behind the paragraph they hang on; deleted and hidden text is left out, and of two versions of a
drawing the second. Before words in a list stands the number that Word shows, before a figure alone none.
Places: ``table 2 row 3 column 4``, ``paragraph 12``.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from extract.formats import limits
from extract.formats.document import Document, Undecodable
from extract.formats.docx_numbering import Numbering
from extract.formats.drawing import Drawing
from extract.formats.html_grid import Cell, Flow, Preformatted, Table, lines
from extract.formats.ooxml import Package, attribute, local

_MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LEFT_OUT: Final = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "sectPr", "tblPr", "tcPr"))
_LETTERS: Final = {"tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
_OFF: Final = ("0", "false", "off")
_WORDS: Final = re.compile("[\u3400-\u9fff]")


def read(content: bytes) -> Document:
    """The text of a Word document. Raises Undecodable where it has none, is broken or beyond a limit."""
    package = Package(content)
    root = package.part("word/document.xml")
    if root is None:
        raise Undecodable("the Word file has no word/document.xml")
    body = next((child for child in root if local(child) == "body"), root)
    reading = _Reading(Numbering(package))
    flow = reading.flow_of(body)
    if not any(True for _ in lines(flow)) and reading.pictures:
        raise Undecodable(f"the Word file holds {reading.pictures} pictures and no text: it looks scanned")
    drawing = Drawing()
    drawing.flow(flow)
    return drawing.finished().document(_MEDIA_TYPE)


class _Reading:
    """One pass over a document, and what it counted."""

    def __init__(self, numbering: Numbering) -> None:
        self.pictures = 0
        self._numbering = numbering
        self._cells = 0

    def flow_of(self, parent: etree._Element) -> Flow:
        """Paragraphs and tables in an element, those in content controls and the like among them."""
        flow: Flow = []
        for child in parent:
            name = local(child)
            if name == "p":
                flow += self._paragraph(child)
            elif name == "tbl":
                flow.append(self._table(child))
            elif name not in _LEFT_OUT:
                flow += self.flow_of(child)
        return flow

    def _paragraph(self, paragraph: etree._Element) -> Flow:
        letters: list[str] = []
        boxes: Flow = []
        self._inline(paragraph, letters, boxes)
        text = "".join(letters)
        number = self._numbering.before(paragraph)
        if _WORDS.search(text):
            text = number + text
        lines = text.split("\n") if text else [""]
        return [*(Preformatted(line) if "\t" in line.strip() else line for line in lines), *boxes]

    def _inline(self, parent: etree._Element, letters: list[str], boxes: Flow) -> None:
        for child in parent:
            name = local(child)
            if name == "t":
                letters.append(child.text or "")
            elif name in ("br", "cr"):
                letters.append("\n")
            elif name in _LETTERS:
                letters.append(_LETTERS[name])
            elif name == "txbxContent":
                boxes += self.flow_of(child)
            elif name == "sym":
                letters.append("\ufffd")  # a sign of some symbol font: nobody knows which
            elif name in ("pict", "drawing", "object"):
                self.pictures += 1
                self._inline(child, letters, boxes)
            elif name not in _LEFT_OUT and not (name == "r" and _is_hidden(child)):
                self._inline(child, letters, boxes)

    def _table(self, element: etree._Element) -> Table:
        """The rows of a table; of cells merged downwards the first stands for all."""
        table = Table()
        open_cells: dict[int, list[int]] = {}  # column -> row and place of the cell that reaches down to here
        rows: list[list[Cell]] = []
        for row in _rows(element):
            cells: list[Cell] = []
            column = 1
            before = _number(_properties(row, "trPr"), "gridBefore", 0)
            if before:
                cells.append(Cell([], before, 1))
                column += before
            for cell in _cells(row):
                properties = _properties(cell, "tcPr")
                across = _number(properties, "gridSpan", 1)
                limits.check("span", across)
                merge = _merge(properties)
                if merge == "continue" and column in open_cells:
                    top, place = open_cells[column]
                    upper = rows[top][place]
                    rows[top][place] = upper._replace(down=len(rows) - top + 1)
                else:
                    open_cells.pop(column, None)
                    if merge == "restart":
                        open_cells[column] = [len(rows), len(cells)]
                    cells.append(Cell(self.flow_of(cell), across, 1))
                column += across
            self._cells += len(cells)
            limits.check("cells", self._cells)
            rows.append(cells)
        table.rows = [*rows]
        return table


def _rows(parent: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for child in parent:
        name = local(child)
        if name == "tr":
            if not any(local(mark) == "del" for props in child if local(props) == "trPr" for mark in props):
                found.append(child)
        elif name not in _LEFT_OUT:
            found += _rows(child)
    return found


def _cells(parent: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for child in parent:
        name = local(child)
        if name == "tc":
            found.append(child)
        elif name not in _LEFT_OUT and name != "trPr":
            found += _cells(child)
    return found


def _properties(element: etree._Element, name: str) -> dict[str, etree._Element]:
    """The properties of an element, which stand in its first child of that name, by their names."""
    for child in element:
        if local(child) == name:
            return {local(mark): mark for mark in reversed(child)}  # of two, the first
    return {}


def _number(properties: dict[str, etree._Element], name: str, missing: int) -> int:
    mark = properties.get(name)
    value = attribute(mark, "val") if mark is not None else None
    return int(value) if value and value.isascii() and value.isdigit() else missing


def _merge(properties: dict[str, etree._Element]) -> str | None:
    mark = properties.get("vMerge")
    return None if mark is None else attribute(mark, "val") or "continue"


def _is_hidden(run: etree._Element) -> bool:
    mark = _properties(run, "rPr").get("vanish")
    return mark is not None and attribute(mark, "val") not in _OFF
