"""Cells of section four (行政复议、行政诉讼): one row without a label under a header that is often cut.

It binds by position; other tables are bind.py's work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from extract.table.align import Instance
from extract.table.cells import MAY_BE_CUT, Cell, Page, read_slot, remark_cells, unreadable_cell
from extract.table.digits import share_out
from extract.table.grid import fields_of, under_names
from extract.table.items import Item
from extract.table.layout import cells_of
from extract.table.place import is_uneven, place
from extract.table.remarks import split
from extract.table.values import parse
from extract.text.tokens import EMPTY, Token

_MOST_IN_ORDER: Final = 5  # values of a group that may count up by chance


def bind_disputes(instance: Instance, page: Page) -> Iterator[Cell]:
    """Section four binds by position: its header is often cut, its one row has no label."""
    line = instance.table.lines[instance.table.value_lines[0]]
    runs = [run for item in _dispute_items(instance) if (run := _dispute_run(item, page))]
    runs = [run for run in runs if any(token.kind != EMPTY for token in run)] or runs
    count, unsure = len(line.slots), None
    if instance.remarks and len(runs) == 1 and instance.remarks[0].start < runs[0][0].start:
        row = split(runs[0], count, None)
        yield from remark_cells(instance.table, line.row_path, row.remarks, instance.remarks[0].text)
        runs, unsure = [row.values], row.reason
    is_run = list(map(len, runs)) == [1] and page.fill.is_glued
    reading = share_out(runs[0][0], line.slots, page.fill) if is_run else None
    if reading is not None:
        runs = [reading.tokens]
    runs = _without_column_numbers([_without_empty_columns(run, count) for run in runs], count)
    runs = _printed_once(runs, count)
    numbers = [[token for token in run if token.kind != EMPTY] for run in runs]
    tokens: Sequence[Token | str | None]
    if unsure is None and len(runs) == 1 and len({token.row for token in runs[0]}) == 1 and is_uneven(runs[0]):
        shown = under_names(page.text, _names_above(instance, runs[0]), runs[0], count)
        if shown is None and len(runs[0]) != count and len(numbers[0]) == count:
            unsure = f"{count} values for {count} columns, but a blank cell stands among them"
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
        if cut and widest[0].kind == EMPTY and "\n" in page.text[widest[0].start : widest[0].end]:
            if not _has_markers(instance, widest[0], page):
                unsure = (
                    "the document ends in this row: whether a bar before it is its first, blank cell cannot be told"
                )
            widest = widest[1:]
        shown = under_names(page.text, _names_above(instance, widest), widest, count)
        shown = shown or fields_of(page.text, widest, count)
        widest = widest[:count] if len(widest) == count + _pads(instance, widest) else widest
        tokens = (
            shown or place(widest, count, 0 if widest[0].kind != EMPTY else None, cut=cut and not page.sparse).tokens
        )
        tokens = [unsure] * count if unsure else tokens
    else:
        reason = f"{sum(map(len, numbers))} values in {len([n for n in numbers if n])} groups for {count} columns"
        tokens = [reason] * count
    filled = [token for run in runs for token in run]
    short = page.torn or sum(map(len, numbers)) < count
    for slot, token in zip(line.slots, tokens, strict=True):
        if isinstance(token, str):
            yield unreadable_cell(slot, None, token, filled[0], filled[-1], page.text)
        elif token is not None and short and token.end == len(page.text) and token.text != "0":
            yield unreadable_cell(slot, None, MAY_BE_CUT, token, token, page.text)
        elif token is not None:
            yield read_slot(slot, token, None, inferred=reading is not None and reading.inferred)


def _without_column_numbers(runs: list[list[Token]], count: int) -> list[list[Token]]:
    """The runs without a line that numbers the columns (1 to 15), or as many cells, where others are left."""
    lines = [list(line) for run in runs for _, line in groupby(run, key=lambda token: token.row)]
    lines += [run[:count] for run in runs if len(run) == 2 * count]  # a cell a line
    counted = {token.start for line in lines if _counts_up(line) for token in line}
    kept = [[token for token in run if token.start not in counted] for run in runs]
    return [run for run in kept if run] or runs


def _counts_up(line: Sequence[Token]) -> bool:
    numbers = [token.text for token in line if token.kind != EMPTY]
    orders = (map(str, range(first, first + len(numbers))) for first in (0, 1))
    return len(numbers) > _MOST_IN_ORDER and any(numbers == list(order) for order in orders)


def _printed_once(runs: list[list[Token]], count: int) -> list[list[Token]]:
    """The first of whole rows that say the same: a page may print the table again, in another form."""
    read = {tuple(parse(token.text) for token in run if token.kind != EMPTY) for run in runs}
    return runs[:1] if len(read) == 1 and len(next(iter(read))) == count else runs


def _without_empty_columns(row: list[Token], count: int) -> list[Token]:
    """Every second cell of a row, or third, where all others are empty and it is too long for anything else."""
    step, rest = divmod(len(row), count)
    filled = [place for place, token in enumerate(row) if token.kind != EMPTY]
    if step < 2 or rest or not filled or len({place % step for place in filled}) > 1:
        return row
    return row[filled[0] % step :: step] if filled[-1] - filled[0] >= count else row


def _pads(instance: Instance, row: Sequence[Token]) -> int:
    """Empty cells at the end of every line of a header above a row, 0 where their number differs: empty columns."""
    pads: dict[int, int] = {}
    items = [item for item, _ in instance.heads if item.label and item.start < row[0].start]
    for item in sorted(items, key=lambda item: item.start):
        own = [token for token in item.values if token.row == item.label[-1].row and token.kind == EMPTY]
        pads[item.label[-1].row] = len(own)  # of the last name in the line
    sizes = {size for line, size in pads.items() if size or line != min(pads)}
    return sizes.pop() if len(sizes) == 1 else 0


def _has_markers(instance: Instance, first: Token, page: Page) -> bool:
    """Whether the empty cell before a row is a bar on a line of its own, as before the rows of a header."""
    heads = sorted((item for item, _ in instance.heads), key=lambda item: item.start)
    between = [item.values for item in heads[:-1] if item.values and item.start < first.start]
    if not between or any(token.kind != EMPTY for values in between for token in values):
        return False
    marks = [first, *(values[-1] for values in between)]
    return all("\n" in page.text[token.start : token.end] for token in marks)


def _names_above(instance: Instance, row: Sequence[Token]) -> list[Token]:
    """The first token of every name of a column or group of columns above a row, whether it is known or not."""
    above = [*(item for item, _ in instance.heads), *(item for _, item in instance.unknown)]
    return [item.label[0] for item in above if item.label and item.start < row[0].start]


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
