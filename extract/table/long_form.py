"""Tables in long form, a column's name and its value one after the other (规章: 本年制发件数:3 …), as rows again.

Only lines behind which their columns are named, once each, become rows; a pair that is left is no header of a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.table.items import Item
from extract.table.printed_forms import Entry, load_forms, numbering_of
from extract.text.tokens import EMPTY, Token

_LEAST_ROWS: Final = 3
_MOST_GROUPS: Final = 2  # labels of groups before that of a line


def as_rows(items: Sequence[Item], text: str) -> Sequence[Item]:
    """The items of a stretch of `text` with its pairs in long form joined to rows; the same where there are none."""
    pairs = {id(item) for item in items if _is_pair(item, text)}
    if len(pairs) < _LEAST_ROWS:
        return items
    items = _with_disputes(items, pairs)
    found: list[Item] = []
    place = rows = 0
    while place < len(items):
        item = items[place]
        stop = place + 1
        named = {item.key, *(former.key for former in items[max(0, place - _MOST_GROUPS) : place] if not former.values)}
        while stop < len(items) and (id(items[stop]) in pairs or _repeats(items[stop], named)):
            stop += 1
        own = [follower for follower in items[place + 1 : stop] if id(follower) in pairs]
        joined = _joined(item, own) if not item.values and id(item) not in pairs else None
        if joined is None:
            found.append(_unnamed(item) if id(item) in pairs else item)
            place += 1
            continue
        found.append(joined)
        rows += 1
        place = stop
    return found if rows >= _LEAST_ROWS else [_unnamed(item) if id(item) in pairs else item for item in items]


def _with_disputes(items: Sequence[Item], pairs: set[int]) -> Sequence[Item]:
    """The items with the pairs of section four, if it has all, as a header whose last name has all their values."""
    own = [item for item in items if id(item) in pairs and _is_of(item, "disputes")]
    first = next((place for place, item in enumerate(items) if _is_only_of(item, "disputes")), len(items))
    behind = {id(item) for item in items[first:]}
    own = [item for item in own if id(item) in behind]
    size = max(len(table.columns) for table in load_forms().candidates("disputes"))
    if len(own) != size:
        return items
    values = [item.values[0] if item.values else _blank(item) for item in own]
    found: list[Item] = []
    for item in items:
        if item is own[-1]:
            found.append(Item(item.label, item.key, item.entries, values, numbers=sum(v.kind != EMPTY for v in values)))
        elif any(item is pair for pair in own):
            found.append(Item(item.label, item.key, item.entries))
        else:
            found.append(item)
    pairs.difference_update(map(id, own))
    return found


def _is_of(item: Item, table_id: str) -> bool:
    return any(entry.table_id == table_id for entry in item.entries)


def _is_only_of(item: Item, table_id: str) -> bool:
    return _is_of(item, table_id) and all(entry.table_id == table_id for entry in item.entries)


def _repeats(item: Item, named: set[str]) -> bool:
    """Whether the label of a line or of its group is printed again before the next pair (规章—本年制发件数:3)."""
    return bool(item.key) and item.key in named and not item.values


def _is_pair(item: Item, text: str) -> bool:
    """Whether an item is the name of a column: one value right behind it, or a colon and one value or nothing."""
    if len(item.values) > 1 or not item.label or not any(entry.role == "column" for entry in item.entries):
        return False
    last = item.label[-1].end
    if item.values and item.values[0].start == last:
        return not numbering_of(item.text) and text[last - 1] not in ":："
    behind = item.values[0].start if item.values else last + 1
    return text[last - 1 : behind].strip().endswith((":", "："))


def _unnamed(item: Item) -> Item:
    """A pair that is part of no row: neither a line nor the header of a column."""
    return Item(item.label, item.key, (), item.values, numbers=item.numbers)


def _joined(item: Item, pairs: Sequence[Item]) -> Item | None:
    """A line with the values of all its columns in its form's order, NULL where the pairs are not these columns."""
    for entry in item.entries:
        columns = _columns(entry)
        if not columns:
            continue
        values = {}
        for pair in pairs:
            named = (e.target for e in pair.entries if e.role == "column" and e.form == entry.form)
            target = next((target for target in named if target in columns), None)
            values[target] = pair.values[0] if pair.values else _blank(pair)
        if pairs and len(values) == len(pairs) and None not in values:  # with fewer than all columns it is unreadable
            ordered = [values[column] for column in columns if column in values]
            return Item(item.label, item.key, item.entries, ordered, numbers=sum(t.kind != EMPTY for t in ordered))
    return None


def _blank(pair: Item) -> Token:
    last = pair.label[-1]
    return Token("", last.end, last.end, last.row, EMPTY)


def _columns(entry: Entry) -> list[str]:
    """The columns of the line that an entry names, none where it is no line with values."""
    if entry.role != "line":
        return []
    table = load_forms().tables[entry.form, entry.table_id]
    return [slot.column_id for slot in table.lines[entry.line].slots]
