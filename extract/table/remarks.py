"""A column of remarks (备注) that no form has: where one is printed, and which cells of a row stand in it.

Its numbers are cells without a slot; words with figures in it are noted by left_over.py. Where the values before it
belong is bind.py's work.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extract.table.align import Instance
from extract.table.items import Item
from extract.table.printed_forms import Entry
from extract.text.tokens import EMPTY, UNIT, Token


class Remarks(NamedTuple):
    """The columns of remarks of one printing of a table."""

    headers: tuple[tuple[int, str | None], ...] = ()  # offset, printed header from there on, NULL where there is none
    leads: Mapping[int, int] = {}  # depth of a row -> empty cells between its label and its first value
    worded: frozenset[int] = frozenset()  # lines of the document on which words of no form stand behind a label

    def header_of(self, start: int) -> str | None:
        """The printed header of the column of remarks of the row that starts there, NULL where it has none."""
        return self.headers[bisect(self.headers, start, key=_offset) - 1][1] if self.headers else None


class Split(NamedTuple):
    """Cells of a row before the column of remarks and in it.

    `certain`: `values` has one cell a column; `reason`: why it cannot be told which is which, NULL where it can.
    """

    values: list[Token]
    remarks: list[Token]
    certain: bool = False
    reason: str | None = None


def remarks_of(instance: Instance, width: int) -> Remarks:
    """The columns of remarks of a table whose full rows have `width` values, calibrated on its full rows."""
    if not instance.remarks:
        return Remarks()
    headers = [(-1, None), *_headers(instance)]
    if len(headers) == 1:
        return Remarks()
    leads: dict[int, int] = {}
    for number, item in instance.rows.items():
        if len(instance.table.lines[number].slots) == len(instance.table.columns):
            cells = [token for token in item.values if token.kind != UNIT]
            first = next((place for place, token in enumerate(cells) if token.kind != EMPTY), len(cells))
            whole = not any(token.kind == EMPTY for token in cells[first : first + width])
            if whole and len(cells) > first + width:  # behind the values stands the cell of remarks
                leads[item.depth] = min(first, leads.get(item.depth, first))
    worded = frozenset(item.label[0].row for _, item in instance.unknown if item.label)
    return Remarks(tuple(headers), leads, worded)


def _offset(header: tuple[int, str | None]) -> int:
    return header[0]


def _headers(instance: Instance) -> Iterator[tuple[int, str | None]]:
    """Where a header with a column of remarks behind its value columns begins, and the next header without one."""
    lines = instance.table.lines
    rows = sorted(item.start for number, item in instance.rows.items() if lines[number].slots)
    of_each_block = any(line.everyday for line in lines.values())
    heads: list[tuple[Item, tuple[Entry, ...]]] = [*instance.heads, *((item, ()) for item in instance.remarks)]
    block, valued, last = -1, False, rows[-1] if rows else instance.end
    for item, found in sorted(heads, key=lambda head: head[0].start):
        if item.start > last:
            return  # a footnote
        above = bisect(rows, item.start)
        if above != block:
            block, valued = above, False
            if of_each_block:
                yield item.start, None
        if found:
            valued = valued or any(h.role == "column" or (h.role == "stub" and not h.target) for h in found)
        elif valued:
            yield item.start, item.text


def split(cells: list[Token], count: int, lead: int | None, *, worded: bool = False) -> Split:
    """The cells of a row with `count` value columns and a column of remarks behind them.

    `lead`: empty cells before the first value in full rows, NULL where that is not known; `worded`: the remark of this
    row is in words, which are no cell.
    """
    full = [place for place, token in enumerate(cells) if token.kind != EMPTY]
    if not full or len(cells) <= count or len(full) > count + 1:  # no remark, or not that alone is too many
        return Split(cells, [])
    if len(full) == len(cells):
        return Split(cells[:count], cells[count:])
    if lead is not None and len(cells) >= lead + count and full[0] >= lead:
        return Split(cells[lead : lead + count], cells[lead + count :], certain=True)
    if worded and len(full) <= count:
        return Split(cells, [])
    if len(cells) == count + 1 and (count == 1 or full[0] == 0 or len(full) < count):  # else padded, or blank first
        return Split(cells[:count], cells[count:], certain=True)
    end = full[0] + count
    if full[:count] == list(range(full[0], end)) and (len(full) > count or end < len(cells)):
        return Split(cells[full[0] : end], cells[end:], certain=True)
    return Split(cells, [], reason="which numbers are values and which are remarks cannot be told")
