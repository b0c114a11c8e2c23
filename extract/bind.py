"""Cells of one printing of a table: each line's values into the slots of the form, with certainty or not at all.

What cannot be placed with certainty becomes an unreadable cell with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from extract.align import Instance, Item, numbers_in, unknown_rows
from extract.cells import Cell, loose_cell, read_slot, row_unit, unreadable_cell
from extract.layout import Layout, Placed, cells_of, doubtful, is_code, layout_of, place
from extract.printed_forms import Line, Slot
from extract.tokens import EMPTY, Token
from extract.values import parse

_SUBTOTAL_COLUMN: Final = "申请人情况/法人或其他组织/小计"


class Page(NamedTuple):
    """What binding needs to know of the document around a table."""

    text: str
    last: int  # offset behind the last character that is neither space nor a bar


def bind(instance: Instance, page: Page) -> Iterator[Cell]:
    """All cells of one printing of a table, in the order of the form, then rows that the form does not have."""
    if instance.table.table_id == "disputes":
        yield from _bind_disputes(instance, page)
        return
    layout = layout_of(instance)
    for number in sorted(instance.rows):
        line = instance.table.lines[number]
        if line.slots:
            yield from _bind_line(instance, line, layout, page)
        elif _has_figure(instance.rows[number]):
            yield from _unslotted(instance, instance.rows[number], line.row_path)
    for item in unknown_rows(instance):
        yield from _unslotted(instance, item, item.text)


def _has_figure(item: Item) -> bool:
    """A group line prints no value; a dash in it (——) is no cell either."""
    return any(printed is None or printed.number is not None for printed in (parse(t.text) for t in numbers_in(item)))


def _bind_line(instance: Instance, line: Line, layout: Layout, page: Page) -> Iterator[Cell]:
    item = instance.rows[line.number]
    cells = cells_of(item)
    if layout.codes and cells and is_code(cells[0], line, headed=layout.code_header):
        cells = cells[1:]
    cut = item.end >= page.last and line.number != instance.table.last_line
    if cut and not any(token.kind != EMPTY for token in cells):
        return  # the document ends behind the label
    if layout.extra is not None and item.numbers == len(line.slots) + 1:
        subtotal = [token for token in cells if token.kind != EMPTY][layout.extra]
        cells = [token for token in cells if token is not subtotal]
        yield loose_cell(instance.table, line.row_path, _SUBTOTAL_COLUMN, subtotal)
    slots = [(slot, part) for part in layout.parts for slot in line.slots]
    if layout.only is not None and item.numbers == len(layout.only):
        slots = [slots[place] for place in layout.only]
    order = layout.orders.get(line.number)
    if order and len(order) == len(slots):
        slots = [slots[place] for place in order]
    count = len(slots)
    if layout.remarks:
        cells = cells[: next((n for n in range(len(cells)) if _numbers(cells[:n]) == count), len(cells))]
    if layout.numbered and item.numbers == count + 1:
        last = max(place for place, token in enumerate(cells) if token.kind != EMPTY)
        cells = cells[:last]  # the number of the next line
    if not cells:
        yield from _vanished(instance, line, item, slots, page)
        return
    narrow = layout.width is not None and item.depth + len(cells_of(item)) != layout.width
    placed = place(cells, count, layout.lead, cut=cut, narrow=narrow)
    if line.number in instance.doubtful:
        placed = doubtful(cells, count)
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
        if cut and token.end == len(page.text) and not (token.text == "0" and slot.measure != "amount"):
            cell = unreadable_cell(slot, part, "the document ends here: the number may be cut", token, token, page.text)
        yield cell
    for token in placed.extra:
        yield loose_cell(instance.table, line.row_path, None, token)


def _numbers(cells: Sequence[Token]) -> int:
    return sum(token.kind != EMPTY for token in cells)


def _vanished(
    instance: Instance, line: Line, item: Item, slots: list[tuple[Slot, str | None]], page: Page
) -> Iterator[Cell]:
    """A line whose cells left no trace: blank if the next thing printed is of the table, else unreadable."""
    start = item.values[-1].end if item.values else item.label[-1].end
    if start < _body_start(instance):
        return  # the word stands above the table, in a menu
    following = [i.start for i in instance.rows.values() if i.start > start]
    following += [i.start for i, _ in instance.heads if i.start > start]
    strange = [i for _, i in instance.unknown if i.start > start and i.label]
    end = min(following, default=None)
    open_end = end is None and line.number != instance.table.last_line and not item.values
    if open_end or any(i.start < end if end is not None else i.has_number for i in strange if i.start - start < 200):
        here = Token("", start, start, item.label[-1].row, EMPTY)
        for slot, part in slots:
            yield unreadable_cell(slot, part, "no value stands behind the label", here, here, page.text)
        return
    stop = len(page.text) if end is None else end
    gap = page.text[start:stop]
    width = len(gap) - len(gap.lstrip(" \t\r\n|\u3000\u00a0"))
    unit = row_unit(item)
    for slot, part in slots:
        blank = Token("", start, start + width, item.label[-1].row, EMPTY)
        yield read_slot(slot, blank, unit, part=part)


def _body_start(instance: Instance) -> int:
    """Where the table proper begins: its first heading, or its first row with a number."""
    heads = [item.start for item, heads in instance.heads if any(head.role in ("column", "stub") for head in heads)]
    return min([*heads, *(item.start for item in instance.rows.values() if item.has_number)], default=0)


def _unslotted(instance: Instance, item: Item, row_path: str) -> Iterator[Cell]:
    """Cells of a row that has no slots; its columns are named where it has as many values as the table has columns."""
    columns = instance.table.columns
    numbers = numbers_in(item)
    named: list[str | None] = [slot.column_path for slot in columns]
    if len(numbers) != len(columns):
        named = [None] * len(numbers)
    for token, column in zip(numbers, named, strict=True):
        yield loose_cell(instance.table, row_path, column, token, row_unit(item))


def _bind_disputes(instance: Instance, page: Page) -> Iterator[Cell]:
    """Section four binds by position: its header is often cut, its one row has no label."""
    line = instance.table.lines[instance.table.value_lines[0]]
    runs = [run for item in _dispute_items(instance) if (run := _dispute_run(item, page))]
    runs = [run for run in runs if any(token.kind != EMPTY for token in run)] or runs
    numbers = [[token for token in run if token.kind != EMPTY] for run in runs]
    count = len(line.slots)
    if sum(map(len, numbers)) == count and _whole_groups(list(map(len, numbers)), count):
        tokens: Sequence[Token | str | None] = [token for run in numbers for token in run]
    elif len(runs) == 1 or not any(numbers):
        widest = max(runs, key=len, default=[])
        if not widest:
            return
        if not any(numbers) and len(widest) < count:
            return
        cut = widest[-1].end >= page.last
        tokens = place(widest, count, 0 if widest[0].kind != EMPTY else None, cut=cut).tokens
    else:
        reason = f"{sum(map(len, numbers))} values in {len([n for n in numbers if n])} groups for {count} columns"
        tokens = [reason] * count
    filled = [token for run in runs for token in run]
    for slot, token in zip(line.slots, tokens, strict=True):
        if isinstance(token, str):
            yield unreadable_cell(slot, None, token, filled[0], filled[-1], page.text)
        elif token is not None:
            yield read_slot(slot, token, None)


def _dispute_items(instance: Instance) -> list[Item]:
    items = [item for item, _ in instance.heads] + [item for _, item in instance.unknown if len(item.text) <= 12]
    return sorted(items, key=lambda item: item.start)


def _dispute_run(item: Item, page: Page) -> list[Token]:
    """The cells behind a header word, without the empty cells that fill up the header's own line."""
    cells = cells_of(item)
    rows = Counter(token.row for token in cells)
    filled = {token.row for token in cells if token.kind != EMPTY}
    header_row = item.label[-1].row if item.label else -1
    if not filled:
        return [] if item.label and len(rows) == 1 and header_row in rows else cells
    if len(filled) == 1 and len(cells) > len(filled):
        row = [token for token in cells if token.row in filled]
        begin = page.text.rfind("\n", 0, row[-1].end) + 1
        return [token for token in row if token.start >= begin]  # a bar at the end of the line above opens no cell
    return [token for token in cells if token.row in filled or (rows[token.row] == 1 and token.row != header_row)]


def _whole_groups(sizes: list[int], count: int) -> bool:
    """One row of fifteen, or groups of five in the order of the form."""
    filled = [size for size in sizes if size]
    return filled == [count] or all(size % 5 == 0 for size in filled)
