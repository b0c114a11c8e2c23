"""Tables folded in two: the first columns of all rows, then the other columns with the labels once more, as one again.

Only where headers name the columns of each half, and every row has one cell for each name above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from extract.table.items import Item
from extract.text.tokens import EMPTY, Token

_LEAST_ROWS: Final = 3


@dataclass(slots=True)
class _Block:
    """The rows under one header, and the columns that it names."""

    names: list[str]
    rows: list[Item] = field(default_factory=list)


def unfolded(items: Sequence[Item], table_id: str) -> Sequence[Item]:
    """The items with each row of the further halves joined to the row of the first; the same where none is folded."""
    blocks = _blocks(items, table_id)
    names = [name for block in blocks for name in block.names]
    if len(blocks) < 2 or len(set(names)) < len(names):
        return items
    keys = [[row.key for row in block.rows] for block in blocks]
    if len(keys[0]) < _LEAST_ROWS or any(other != keys[0] for other in keys):
        return items
    cells = [[_cells(row) for row in block.rows] for block in blocks]
    if any(len(row) != len(block.names) for block, rows in zip(blocks, cells, strict=True) for row in rows):
        return items
    whole = {id(row): [cell for rows in cells for cell in rows[n]] for n, row in enumerate(blocks[0].rows)}
    again = {id(row) for block in blocks[1:] for row in block.rows}
    return [_joined(item, whole.get(id(item))) for item in items if id(item) not in again]


def _blocks(items: Sequence[Item], table_id: str) -> list[_Block]:
    blocks: list[_Block] = []
    headed = False  # whether the item before was the name of a column
    for item in items:
        entries = [entry for entry in item.entries if entry.table_id == table_id]
        if item.has_number and any(entry.role == "line" for entry in entries):
            if blocks:
                blocks[-1].rows.append(item)
            headed = False
            continue
        target = next((entry.target for entry in entries if entry.role == "column"), None)
        if target is None or item.has_number:
            continue
        if not headed:
            blocks.append(_Block([]))
        blocks[-1].names.append(target)
        headed = True
    return [block for block in blocks if block.rows]


def _cells(row: Item) -> list[Token]:
    """The cells in the line of the label, or all where none stands there."""
    line = row.label[-1].row if row.label else -1
    return [token for token in row.values if token.row == line] or row.values


def _joined(item: Item, cells: list[Token] | None) -> Item:
    if cells is None:
        return item
    numbers = sum(token.kind != EMPTY for token in cells)
    return Item(item.label, item.key, item.entries, cells, numbers=numbers)
