"""Lines behind whose label nothing stands: blank in the document, or lost by whoever copied the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from extract.table.align import Instance
from extract.table.cells import Cell, Page, read_slot, row_unit, unreadable_cell
from extract.table.items import Item, empties
from extract.table.printed_forms import Line, Slot
from extract.text.tokens import EMPTY, Token

CROWDED: Final = "the labels of several lines stand together: which values belong to which cannot be told"
_FEWEST: Final = 2  # rows that can print the same


def unprinted(
    instance: Instance, line: Line, item: Item, slots: list[tuple[Slot, str | None]], page: Page
) -> Iterator[Cell]:
    """A line whose cells left no trace: blank if the next thing printed is of the table, else unreadable."""
    start = item.values[-1].end if item.values else item.label[-1].end
    if start < _body_start(instance):
        return  # the word stands above the table, in a menu
    following = [i.start for i in instance.rows.values() if i.start > start]
    following += [i.start for i, _ in instance.heads if i.start > start]
    strange = [i for _, i in instance.unknown if i.start >= start and i.label and not item.values]  # a broken label?
    end = min(following, default=None)
    open_end = end is None and line.number != instance.table.last_line and not item.values
    crowded = line.number in instance.crowded
    if crowded or _may_be_dropped(instance):
        reason = CROWDED if crowded else "no value stands behind the label, and repeated lines may have been dropped"
        here = Token("", start, start, item.label[-1].row, EMPTY)
        for slot, part in slots:
            yield unreadable_cell(slot, part, reason, here, here, page.text)
        return
    beside = any(i.label[0].row == item.label[-1].row for _, i in instance.unknown if i.start >= start and i.label)
    named_apart = any(i.start == end and i.has_number for i, _ in instance.heads)  # a column's name with its value
    if (
        open_end
        or named_apart
        or beside
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

    Blank rows leave zeros in other rows as they are, and of these there are many in every table. A line with a whole
    row goes with its label.
    """
    lines = instance.table.lines
    told = [in_one_line(item) for item in instance.rows.values() if item.has_number]
    if len(told) >= _FEWEST and all(told):
        return False
    wide = [(item, lines[n]) for n, item in instance.rows.items() if len(lines[n].slots) > 1]
    several = len(instance.table.columns) > 1 and not instance.table.has_unit_column
    if several and not any(item.numbers >= len(line.slots) for item, line in wide):
        return bool(wide) and not any(token.kind == EMPTY for item, _ in wide for token in item.values)
    printed = [
        tuple(token.text for token in item.values if token.kind != EMPTY)
        for item in instance.rows.values()
        if item.has_number
    ]
    if len(printed) < _FEWEST:
        return len(instance.rows) > 2 * _FEWEST and not any(empties(item.values) for item in instance.rows.values())
    if len(set(printed)) < len(printed):
        return False
    short = any(0 < item.numbers < len(line.slots) and not empties(item.values) for item, line in wide)
    return several or short or any(texts[-1] == "0" for texts in printed)


def _body_start(instance: Instance) -> int:
    """Where the table proper begins: its first heading, or its first row with a number."""
    heads = [item.start for item, heads in instance.heads if any(head.role in ("column", "stub") for head in heads)]
    return min([*heads, *(item.start for item in instance.rows.values() if item.has_number)], default=0)


def in_one_line(item: Item) -> bool:
    """Whether a row is set in one line of the document: a cell stands in the line of the label."""
    return bool(item.label and item.values) and item.values[0].row == item.label[-1].row
