"""From page to page: running heads and page numbers left out, tables and rows that a page's end splits joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from extract.formats import limits
from extract.formats.document import Page
from extract.formats.pdf_lattice import Cell, Lattice, find_tables
from extract.formats.pdf_lines import find_lines, join, paragraphs
from extract.formats.pdf_page import Run, Sheet
from extract.formats.pdf_rulings import find_rulings

_PAGE_NUMBER: Final = re.compile(
    r"[\s\-—–―·•~～_]*第?\s*\d{1,4}\s*页?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–―·•~～_]*"
)
_MARGIN: Final = 0.12
_SAME_HEIGHT: Final = 4.0
_NUMERAL: Final = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十\d]+[)）、.．]|其中|总计|合计)")
_NEAR: Final = 3.0


class Flow:
    """The pages of a document in reading order."""

    def __init__(self, sheets: list[Sheet]) -> None:
        self._tables: list[list[Lattice]] = []
        self._lines: list[list[Run]] = []
        self._sheets = sheets
        cells = 0
        rulings = find_rulings([sheet.strokes for sheet in sheets])
        for sheet, (across, down) in zip(sheets, rulings, strict=True):
            tables, rest = find_tables(sheet.runs, across, down)
            cells += sum(len(row) for table in tables for row in table.rows)
            limits.check("cells", cells)
            self._tables.append(tables)
            self._lines.append(find_lines(rest))
        self._leave_out_furniture()

    def _leave_out_furniture(self) -> None:
        """Drop page numbers, and lines in the margins that stand at the same height on several pages."""
        seen: Counter[tuple[str, int]] = Counter()
        for sheet, lines in zip(self._sheets, self._lines, strict=True):
            seen.update({(line.text, round(line.top / _SAME_HEIGHT)) for line in lines if _in_margin(line, sheet)})
        for place, (sheet, lines) in enumerate(zip(self._sheets, self._lines, strict=True)):
            self._lines[place] = [
                line
                for line in lines
                if not _in_margin(line, sheet)
                or not (
                    _PAGE_NUMBER.fullmatch(line.text)
                    or (seen[line.text, round(line.top / _SAME_HEIGHT)] > 1 and place > 0)
                )
            ]

    def write(self, page: Page) -> None:
        """Draw everything onto `page`."""
        pending: list[tuple[int, Run]] = []
        table: list[tuple[int, list[Cell]]] = []
        for number, block in self._blocks():
            if isinstance(block, Lattice):
                self._write_text(page, pending)
                pending = []
                rows = [(number, row) for row in block.rows]
                if table and table[-1][0] == number - 1:
                    rows = _without_head(table, rows)
                    _mend(table, rows)
                table += rows
            else:
                _write_rows(page, table)
                table = []
                pending.append((number, block))
        self._write_text(page, pending)
        _write_rows(page, table)

    def _blocks(self) -> Iterator[tuple[int, Lattice | Run]]:
        for sheet, tables, lines in zip(self._sheets, self._tables, self._lines, strict=True):
            blocks: list[Lattice | Run] = [*tables, *lines]
            for block in sorted(blocks, key=lambda block: (block.top, block.left)):
                yield sheet.number, block

    def _write_text(self, page: Page, lines: list[tuple[int, Run]]) -> None:
        if not lines:
            return
        every = [line for lines_of in self._lines for line in lines_of]
        right, left = max(line.right for line in every), min(line.left for line in every)
        numbers = {id(line): number for number, line in lines}
        for part in _over_pages([line for _, line in lines], numbers, right, left):
            first = part[0]
            same = [line for line in part if numbers[id(line)] == numbers[id(first)]]
            edges = (min(line.left for line in same), first.top, max(line.right for line in same), same[-1].bottom)
            page.paragraph(join(part), _place(numbers[id(first)], edges))


def _over_pages(lines: list[Run], numbers: dict[int, int], right: float, left: float) -> list[list[Run]]:
    """Paragraphs, also those that a page's end splits: as if a page began below the last line of the one before."""
    strip: list[Run] = []
    page, shift = 0, 0.0
    for line in lines:
        if numbers[id(line)] != page:
            page, shift = numbers[id(line)], (strip[-1].bottom if strip else 0.0) - line.top
        strip.append(line._replace(top=line.top + shift, bottom=line.bottom + shift))
    parts = paragraphs(strip, right, left)
    flat = iter(lines)
    return [[next(flat) for _ in part] for part in parts]


def _in_margin(line: Run, sheet: Sheet) -> bool:
    return line.bottom < _MARGIN * sheet.height or line.top > (1 - _MARGIN) * sheet.height


def _place(number: int, edges: tuple[float, float, float, float]) -> str:
    return f"page {number} box {edges[0]:.1f},{edges[1]:.1f},{edges[2]:.1f},{edges[3]:.1f}"


def _write_rows(page: Page, table: list[tuple[int, list[Cell]]]) -> None:
    for number, row in table:
        page.row([(cell.text, f"page {number} box {cell.box}") for cell in row])


def _without_head(
    table: list[tuple[int, list[Cell]]], rows: list[tuple[int, list[Cell]]]
) -> list[tuple[int, list[Cell]]]:
    """The rows of a table's next page without the head that is printed again."""
    repeated = 0
    for (_, one), (_, other) in zip(table, rows, strict=False):
        texts = [cell.text for cell in other]
        if [cell.text for cell in one] != texts or not any(texts) or any(text.isdigit() for text in texts):
            break
        repeated += 1
    return rows[repeated:]


def _mend(table: list[tuple[int, list[Cell]]], rows: list[tuple[int, list[Cell]]]) -> None:
    """Join the first of `rows` to the last of `table` where both are halves of one row that the page's end splits."""
    if not rows:
        return
    (number, above), (_, below) = table[-1], rows[0]
    if len(above) < len(below):
        return
    pairs = [
        next((b for b in below if abs(a.left - b.left) < _NEAR and abs(a.right - b.right) < _NEAR), None) for a in above
    ]
    if sum(pair is not None for pair in pairs) != len(below) or not any(cell.text for cell in below):
        return
    if any(
        pair is not None and _is_value(a.text) and _is_value(pair.text) for a, pair in zip(above, pairs, strict=True)
    ):
        return
    values_above, values_below = (any(_is_value(cell.text) for cell in row) for row in (above, below))
    split = [
        (a, b)
        for a, b in zip(above, pairs, strict=True)
        if b is not None and a.text and b.text and not _is_value(b.text)
    ]
    if (values_above and values_below) or not split:
        return
    if not all(_is_open(a) and not _NUMERAL.match(b.text) for a, b in split):
        return
    table[-1] = (
        number,
        [a if b is None else a._replace(text=a.text + b.text) for a, b in zip(above, pairs, strict=True)],
    )
    del rows[0]


def _is_value(text: str) -> bool:
    return (
        any(mark.isdigit() for mark in text)
        and len(text.strip("0123456789.,，-+%件万元项条次 ０１２３４５６７８９")) == 0
    )


def _is_open(cell: Cell) -> bool:
    opened = sum(cell.text.count(mark) for mark in "(（")
    return cell.full or opened > sum(cell.text.count(mark) for mark in ")）")
