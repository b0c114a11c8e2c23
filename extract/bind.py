"""Cells of one printing of a table: each line's values into the slots of the form, with certainty or not at all.

What cannot be placed with certainty becomes an unreadable cell with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from extract.align import Instance, Item, unknown_rows
from extract.cells import Cell, loose_cell, read_slot, row_unit, unreadable_cell
from extract.grid import Grid
from extract.layout import Layout, Placed, cells_of, doubtful, is_code, layout_of, place
from extract.printed_forms import Line, Slot
from extract.remarks import Split, split
from extract.tokens import BAR, EMPTY, Token
from extract.values import parse

_FEWEST: Final = 2  # rows that can print the same
_CROWDED: Final = "the labels of several lines stand together: which values belong to which cannot be told"


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
    _find_crowded(instance, layout, page.text)
    grid = Grid(page.text, instance, layout)
    for number in sorted(instance.rows):
        line = instance.table.lines[number]
        if line.slots:
            yield from _bind_line(instance, line, layout, grid, page)
            continue
        cells = _without_numbering(instance, line, cells_of(instance.rows[number]), layout)
        if _figures(cells):
            yield from _unslotted(instance, instance.rows[number], cells, line.row_path, layout)
    for item in unknown_rows(instance):
        yield from _unslotted(instance, item, cells_of(item), item.text, layout)


def _figures(cells: Sequence[Token]) -> list[Token]:
    """Cells with a number. A group line prints no value; a dash in it (——) is no cell either."""
    read = ((token, parse(token.text)) for token in cells if token.kind != EMPTY)
    return [token for token, printed in read if printed is None or printed.status != "not_applicable"]


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


def _bind_line(instance: Instance, line: Line, layout: Layout, grid: Grid, page: Page) -> Iterator[Cell]:
    item = instance.rows[line.number]
    cells, row = cells_of(item), None
    if not layout.plain:
        row = _split_row(item, _without_numbering(instance, line, cells, layout), layout.width_of(line), layout)
        yield from _remarks(instance, line.row_path, row, layout.remarks.header_of(item.start))
        cells = row.values
    cut = item.end >= page.last and line.number != instance.table.last_line
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
    if not cells:
        yield from _vanished(instance, line, item, slots, page)
        return
    narrow = layout.width is not None and item.depth + len(cells_of(item)) != layout.width and not (row and row.certain)
    placed = place(cells, count, layout.lead, cut=cut, narrow=narrow, short=count < len(instance.table.columns))
    if placed.inferred or any(isinstance(token, str) for token in placed.tokens):
        shown = grid.place(line.number) if layout.plain and cells == cells_of(item) else None
        placed = placed if shown is None else Placed(shown)
    if _is_shifted(line, placed):
        placed = Placed(("the last value printed is the total, but stands before its column",) * count)
    if line.number in instance.crowded:
        placed = Placed((_CROWDED,) * count)
    elif line.number in instance.doubtful:
        placed = doubtful(cells, count)
    elif row and row.reason:
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
        if cut and token.end == len(page.text) and not (token.text == "0" and slot.measure != "amount"):
            cell = unreadable_cell(slot, part, "the document ends here: the number may be cut", token, token, page.text)
        yield cell
    for token in placed.extra:
        yield loose_cell(instance.table, line.row_path, None, token)


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
    first = next((place for place, token in enumerate(cells) if token.kind != EMPTY), None)
    if layout.codes and first is not None and is_code(cells[first], line, headed=layout.code_header):
        instance.aside.add(cells[first].start)
        cells = cells[first + 1 :]
    if not line.slots and instance.table.has_unit_column and cells and not _figures(cells[:1]):
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
    if numbers and _in_one_line(item):
        return numbers[-1].row > item.values[0].row
    if layout.remarks.header_of(item.start) is None:
        return len(numbers) == width + 1
    return item.start < layout.last_start and width < len(numbers) <= width + 2  # the last row's is a remark


def _in_one_line(item: Item) -> bool:
    """Whether a row is set in one line of the document: a cell stands in the line of the label."""
    return bool(item.label and item.values) and item.values[0].row == item.label[-1].row


def _split_row(item: Item, cells: list[Token], width: int, layout: Layout) -> Split:
    """The cells of a row before its column of remarks and in it; all of them where it has none."""
    words_follow = bool(cells) and cells[-1].row + 1 in layout.remarks.worded
    unsure = layout.numbered and item.start < layout.last_start and not _in_one_line(item) and not words_follow
    if unsure and 0 < _numbers(cells) == item.numbers <= width:
        return Split(cells, [], reason="a value cannot be told from the number of the next line")
    if layout.remarks.header_of(item.start) is None:
        return Split(cells, [])
    worded = bool(cells) and cells[-1].row in layout.remarks.worded
    return split(cells, width, layout.remarks.leads.get(item.depth), worded=worded)


def _remarks(instance: Instance, row_path: str, row: Split, header: str | None) -> Iterator[Cell]:
    """The numbers in the column of remarks; a mark (—) there says nothing."""
    for token in _figures(row.remarks):
        yield loose_cell(instance.table, row_path, header, token)


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
    crowded = line.number in instance.crowded
    if crowded or _may_be_dropped(instance):
        reason = _CROWDED if crowded else "no value stands behind the label, and repeated lines may have been dropped"
        here = Token("", start, start, item.label[-1].row, EMPTY)
        for slot, part in slots:
            yield unreadable_cell(slot, part, reason, here, here, page.text)
        return
    named_apart = any(i.start == end and i.has_number for i, _ in instance.heads)  # a column's name with its value
    if (
        open_end
        or named_apart
        or any(i.start < end if end is not None else i.has_number for i in strange if i.start - start < 200)
    ):
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


def _may_be_dropped(instance: Instance) -> bool:
    """Whether the page looks as if lines that it had before were dropped: no row is full, or no two print the same.

    Blank rows leave zeros in other rows as they are, and of these there are many in every table.
    """
    lines = instance.table.lines
    wide = [(item, lines[n]) for n, item in instance.rows.items() if len(lines[n].slots) > 1]
    several = len(instance.table.columns) > 1 and not instance.table.has_unit_column
    if several and not any(item.numbers >= len(line.slots) for item, line in wide):
        return bool(wide) and not any(token.kind == EMPTY for item, _ in wide for token in item.values)
    printed = [
        tuple(token.text for token in item.values if token.kind != EMPTY)
        for item in instance.rows.values()
        if item.has_number
    ]
    if len(printed) < _FEWEST or len(set(printed)) < len(printed):
        return False
    return several or any(texts[-1] == "0" for texts in printed)


def _body_start(instance: Instance) -> int:
    """Where the table proper begins: its first heading, or its first row with a number."""
    heads = [item.start for item, heads in instance.heads if any(head.role in ("column", "stub") for head in heads)]
    return min([*heads, *(item.start for item in instance.rows.values() if item.has_number)], default=0)


def _unslotted(instance: Instance, item: Item, cells: list[Token], row_path: str, layout: Layout) -> Iterator[Cell]:
    """Cells of a row that has no slots; its columns are named where it has as many values as the table has columns."""
    columns = instance.table.columns
    row = _split_row(item, cells, len(columns), layout)
    yield from _remarks(instance, row_path, row, layout.remarks.header_of(item.start))
    numbers = [token for token in row.values if token.kind != EMPTY] if _figures(row.values) else []
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
    count, unsure = len(line.slots), None
    if instance.remarks and len(runs) == 1 and instance.remarks[0].start < runs[0][0].start:
        row = split(runs[0], count, None)
        yield from _remarks(instance, line.row_path, row, instance.remarks[0].text)
        runs, unsure = [row.values], row.reason
    numbers = [[token for token in run if token.kind != EMPTY] for run in runs]
    tokens: Sequence[Token | str | None]
    if unsure:
        tokens = [unsure] * count
    elif sum(map(len, numbers)) == count and _whole_groups(list(map(len, numbers)), count):
        tokens = [token for run in numbers for token in run]
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
    first = min((item.start for item in items if item.has_number), default=instance.end)
    items += [item for item in instance.remarks if item.start < first]  # behind a number it is a footnote
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
