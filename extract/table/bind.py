"""Cells of one printing of a table: each line's values into the slots of the form, with certainty or not at all.

What cannot be placed with certainty becomes an unreadable cell with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.table.align import Instance, unknown_rows
from extract.table.cells import (
    MAY_BE_CUT,
    Cell,
    Page,
    figures,
    loose_cell,
    read_slot,
    remark_cells,
    row_unit,
    unreadable_cell,
    without_number,
)
from extract.table.digits import TOGETHER, runs_of, shared_out, stand_together
from extract.table.disputes import bind_disputes
from extract.table.grid import Grid, bars_in_line, ends_within_row
from extract.table.items import Item
from extract.table.layout import Layout, cells_of, layout_of, without_code
from extract.table.place import Placed, doubtful, place
from extract.table.printed_forms import Line
from extract.table.remarks import Split, split
from extract.table.unprinted import CROWDED, in_one_line, unprinted
from extract.table.values import parse
from extract.text.tokens import BAR, EMPTY, JUNK, UNIT, VALUE, Token

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LAST_TABLES = ("disputes", "statistics")
"""Tables behind which a report may end; one that ends in another was cut there."""


def bind(instance: Instance, page: Page) -> Iterator[Cell]:
    """All cells of one printing of a table, in the order of the form, then rows that the form does not have."""
    if instance.table.table_id == "disputes":
        yield from bind_disputes(instance, page)
        return
    layout = layout_of(instance)
    _find_crowded(instance, layout, page.text)
    lines = instance.table.lines
    rows = {number: _row_of(instance, lines[number], layout) for number in sorted(instance.rows)}
    for number, reading in shared_out(instance, layout, page.fill).items():
        rows[number] = Split(reading.tokens, [])
        if reading.inferred:
            instance.inferred.add(number)  # 20 and a blank are set like 2 and 0
    for number in stand_together(instance, page.fill):
        rows[number] = rows[number]._replace(reason=TOGETHER)
    grid = Grid(page.text, instance, layout, {number: row.values for number, row in rows.items()})
    for number, row in rows.items():
        line = lines[number]
        if line.slots:
            yield from _bind_line(instance, line, row, layout, grid, page)
        elif figures(row.values):
            yield from _unslotted(instance, instance.rows[number], row.values, line.row_path, layout)
    together = page.fill.is_glued and bool(runs_of(instance))
    for item in unknown_rows(instance):
        for cell in _unslotted(instance, item, cells_of(item), item.text, layout):
            yield without_number(cell, TOGETHER) if together and len(cell.raw_text) > 1 else cell


def _share_a_cell(upper: Item, lower: Item, text: str) -> bool:
    """Whether no bar parts two labels, while one parts the second from its values."""
    between, behind = (
        text[upper.end : lower.start],
        text[lower.label[-1].end : lower.values[0].end] if lower.values else "",
    )
    return not BAR.search(between) and bool(BAR.search(behind))


def _find_crowded(instance: Instance, layout: Layout, text: str) -> None:
    """Mark lines without a cell right before one with too many: their labels share a cell, and so do their values."""
    lines = instance.table.lines
    rows = sorted(instance.rows.items(), key=lambda row: row[1].start)
    for (above, upper), (below, lower) in pairwise(rows):
        if not (lines[above].slots and lines[below].slots) or upper.values:
            continue
        if lower.numbers > layout.width_of(lines[below]) or _share_a_cell(upper, lower, text):
            instance.crowded |= {above, below}


def _row_of(instance: Instance, line: Line, layout: Layout) -> Split:
    """The cells of a line without codes and line numbers, its column of remarks apart."""
    item = instance.rows[line.number]
    cells = cells_of(item)
    if layout.plain and line.slots:
        return Split(cells, [])
    values = _without_numbering(instance, line, cells, layout)
    if layout.codes and line.code and line.slots and item.has_number and values is cells:
        return Split(cells, [], reason="the code of the line does not stand before its values")
    return _split_row(item, values, layout.width_of(line), layout) if line.slots else Split(values, [])


def _bind_line(instance: Instance, line: Line, row: Split, layout: Layout, grid: Grid, page: Page) -> Iterator[Cell]:
    item, cells = instance.rows[line.number], row.values
    if row.remarks:
        yield from remark_cells(instance.table, line.row_path, row.remarks, layout.remarks.header_of(item.start))
    cut = item.end >= page.last and line.number != instance.table.last_line
    may_be_cut = cut or page.torn or instance.table.table_id not in _LAST_TABLES
    if cut:
        cells = _without_end(cells, layout.width_of(line))
    if cut and not any(token.kind != EMPTY for token in cells):
        return  # the document ends behind the label
    if layout.extra is not None and _numbers(cells) == len(line.slots) + 1:
        place_of_extra, path = layout.extra
        subtotal = [token for token in cells if token.kind != EMPTY][place_of_extra]
        cells = [token for token in cells if token is not subtotal]
        yield loose_cell(instance.table, line.row_path, path, subtotal)
    slots = [(slot, part) for part in layout.parts for slot in line.slots]
    if layout.only is not None and _numbers(cells) == len(layout.only):
        slots = [slots[place] for place in layout.only]
    order = layout.orders.get(line.number)
    if order and len(order) == len(slots):
        slots = [slots[place] for place in order]
    count = len(slots)
    own = [token for token in cells if token.row == item.values[0].row] if in_one_line(item) else cells
    below = [token for token in cells if token.row != own[-1].row] if own else []
    if count <= len(own) < len(cells) and (
        all(_has_words_behind(token, page.text) for token in below)
        or (count > 1 and any(token.kind != EMPTY for token in own) and _is_row_of_cells(below, page.text))
    ):
        cells = own  # all its cells stand in the line of its label: what stands below is the next row's
    if not cells:
        yield from unprinted(instance, line, item, slots, page)
        return
    narrow = not row.certain and not _is_wide(item, layout)
    narrow = narrow or (layout.lead is None and bool(cells) and ends_within_row(page.text, cells[-1]))
    short = count < len(instance.table.columns)
    known = not page.sparse
    short = short and known
    placed = place(
        cells,
        count,
        layout.lead,
        cut=cut and known,
        narrow=narrow,
        short=short,
        dropped=short and not in_one_line(item) and not page.fill.is_glued,
        scattered=layout.scattered,
        wider=layout.cells is not None and len(cells) > layout.cells,
    )
    if placed.inferred or any(isinstance(token, str) for token in placed.tokens):
        shown = grid.place(line.number) if cells is row.values and count == layout.width_of(line) else None
        placed = placed if shown is None else Placed(shown)
    if _is_shifted(line, placed):
        placed = Placed(("the last value printed is the total, but stands before its column",) * count)
    if line.number in instance.crowded:
        placed = Placed((CROWDED,) * count)
    elif line.number in instance.alike:
        placed = Placed(("several lines of the form are named so, and the page begins between them",) * count)
    elif line.number in instance.doubtful or _holds_another_row(item):
        placed = doubtful(cells, count)
    elif layout.unnamed:
        placed = Placed(("the rows print more values than the form has columns, and no header names them",) * count)
    elif len(instance.behind) * 2 > len(instance.rows):
        placed = Placed(("the numbers stand before the labels: which belong to which cannot be told",) * count)
    elif line.number in layout.foreign:
        placed = Placed(("the header names other columns than the form has",) * count)
    elif row.reason:
        placed = Placed((row.reason,) * count)
    elif order == ():
        placed = Placed(("the header names the columns in another order than the form",) * count)
    inferred = placed.inferred or line.number in instance.inferred
    unit = row_unit(item)
    for (slot, part), token in zip(slots, placed.tokens, strict=True):
        if token is None:
            continue
        header_unit = layout.units.get(slot.column_id) if layout.units else None
        if isinstance(token, str):
            yield unreadable_cell(slot, part, token, cells[0], cells[-1], page.text)
            continue
        cell = read_slot(slot, token, unit or header_unit, inferred=inferred, part=part)
        if may_be_cut and token.end == len(page.text) and not (token.text == "0" and slot.measure != "amount"):
            cell = unreadable_cell(slot, part, MAY_BE_CUT, token, token, page.text)
        yield cell
    for token in placed.extra:
        yield loose_cell(instance.table, line.row_path, None, token)


def _is_row_of_cells(below: Sequence[Token], text: str) -> bool:
    """Whether what stands below a row are numbers between bars of their own line."""
    numbers = [token for token in below if token.kind != EMPTY]
    return bool(numbers) and all(token.kind == VALUE and bars_in_line(text, token) for token in numbers)


def _without_end(cells: list[Token], width: int) -> list[Token]:
    """The cells of the row in which the document ends without the empty ones behind: what they hold may be cut off."""
    filled = [place for place, token in enumerate(cells) if token.kind != EMPTY]
    return cells[: filled[-1] + 1] if filled and len(cells) < width else cells


def _has_words_behind(token: Token, text: str) -> bool:
    """Whether words stand behind a token in its line, so that it is the number of a row."""
    end = text.find("\n", token.end)
    return _HAN.search(text, token.end, len(text) if end < 0 else end) is not None


def _holds_another_row(item: Item) -> bool:
    """Whether two units stand behind each other without a value: the second is of a row whose label is lost."""
    kinds = [token.kind for token in item.values if token.kind in (UNIT, VALUE, JUNK)]
    return any(kind == UNIT == behind for kind, behind in pairwise(kinds))


def _is_wide(item: Item, layout: Layout) -> bool:
    """Whether a row has as many cells as the full rows, with its labels or without."""
    cells = len(cells_of(item))
    if layout.width is None and layout.cells is None:
        return True
    return item.depth + cells == layout.width or cells == layout.cells


def _is_shifted(line: Line, placed: Placed) -> bool:
    """Whether a row whose total is blank ends in the sum of its other values: its first cell was lost, not its last."""
    tokens = [token for token in placed.tokens if isinstance(token, Token)]
    if line.slots[-1].column_id != "total" or len(tokens) < len(placed.tokens) or tokens[-1].kind != EMPTY:
        return False
    read = [parse(token.text) for token in tokens if token.kind != EMPTY]
    numbers = [printed.number for printed in read if printed is not None and printed.number is not None]
    return len(numbers) > 1 and 0 < numbers[-1] == sum(numbers[:-1])


def _without_numbering(instance: Instance, line: Line, cells: list[Token], layout: Layout) -> list[Token]:
    """The `cells` of a line without its code, the number of the next line and, in a group line, a mark for its unit."""
    item = instance.rows[line.number]
    behind = without_code(cells, line, headed=layout.code_header) if layout.codes else cells
    if behind is not cells:
        instance.aside.add(next(token.start for token in cells if token.kind != EMPTY))
        cells = behind
    if not line.slots and instance.table.has_unit_column and cells and not figures(cells[:1]):
        cells = cells[1:]
    width = layout.width_of(line) if line.slots else len(instance.table.columns)
    if layout.numbered and _ends_in_number_of_next(item, cells, width, layout):
        last = max(place for place, token in enumerate(cells) if token.kind != EMPTY)
        if item.start < layout.last_start:
            instance.aside.add(cells[last].start)
        cells = cells[:last]
    return cells


def _ends_in_number_of_next(item: Item, cells: list[Token], width: int, layout: Layout) -> bool:
    """Whether the last number behind a label is the number of the next line: on a line of its own, or one too many."""
    numbers = [token for token in cells if token.kind != EMPTY]
    if numbers and in_one_line(item):
        return numbers[-1].row > item.values[0].row
    if layout.remarks.header_of(item.start) is None:
        return len(numbers) == width + 1
    return item.start < layout.last_start and width < len(numbers) <= width + 2  # the last row's is a remark


def _split_row(item: Item, cells: list[Token], width: int, layout: Layout) -> Split:
    """The cells of a row before its column of remarks and in it; all of them where it has none."""
    words_follow = bool(cells) and cells[-1].row + 1 in layout.remarks.worded
    unsure = layout.numbered and item.start < layout.last_start and not in_one_line(item) and not words_follow
    if unsure and 0 < _numbers(cells) == item.numbers <= width:
        return Split(cells, [], reason="a value cannot be told from the number of the next line")
    if layout.remarks.header_of(item.start) is None:
        return Split(cells, [])
    worded = bool(cells) and cells[-1].row in layout.remarks.worded
    return split(cells, width, layout.remarks.leads.get(item.depth), worded=worded)


def _numbers(cells: Sequence[Token]) -> int:
    return sum(token.kind != EMPTY for token in cells)


def _unslotted(instance: Instance, item: Item, cells: list[Token], row_path: str, layout: Layout) -> Iterator[Cell]:
    """Cells of a row that has no slots; its columns are named where it has as many values as the table has columns."""
    columns = instance.table.columns
    row = _split_row(item, cells, len(columns), layout)
    yield from remark_cells(instance.table, row_path, row.remarks, layout.remarks.header_of(item.start))
    numbers = [token for token in row.values if token.kind != EMPTY] if figures(row.values) else []
    named: list[str | None] = [slot.column_path for slot in columns]
    if len(numbers) != len(columns):
        named = [None] * len(numbers)
    for token, column in zip(numbers, named, strict=True):
        yield loose_cell(instance.table, row_path, column, token, row_unit(item))
