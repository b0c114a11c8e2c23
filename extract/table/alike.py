"""Lines of a form with the same label (被依法纠错数 of two kinds of cases), where a page begins between them.

In a whole table the order of the lines tells which one a row is; a page that begins within the table has lost what
stood before. Which rows belong to which label at all is align.py's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from extract.table.items import Item
from extract.table.printed_forms import Table, label_key, numbering_of


def settled(table: Table, rows: Mapping[int, Item]) -> tuple[dict[int, Item], set[int]]:
    """The rows by their lines, and the lines of those rows of which it cannot be told which line they are.

    The first rows of a page whose labels stand several times in the form are the lines right above the first row with a
    label of its own, where these leave no line out.
    """
    ordered = sorted(rows.items(), key=lambda row: row[1].start)
    leading = list(takewhile(lambda row: len(_lines(table, row[1])) > 1, ordered))
    first = [number for number, _ in leading]
    if not leading or first == list(table.value_lines[: len(first)]):
        return dict(rows), set()
    if len(leading) == len(ordered):
        return dict(rows), set(first)
    below = ordered[len(leading)][0]
    last: list[int] = []
    for _, item in reversed(leading):
        last.append(max((line for line in _lines(table, item) if line < (last or [below])[-1]), default=0))
    last.reverse()
    if last == first:
        return dict(rows), set()
    if last != [line for line in table.value_lines if last[0] <= line < below]:
        return dict(rows), set(first)
    moved = {line: item for line, (_, item) in zip(last, leading, strict=True)}
    return moved | {number: item for number, item in rows.items() if number not in first}, set()


def _lines(table: Table, item: Item) -> list[int]:
    """The lines with values that a label can be; at the very beginning of a page it may be the end of a longer one."""
    named = {e.line for e in item.entries if (e.form, e.table_id, e.role) == (table.form, table.table_id, "line")}
    if item.start == 0 and named and not numbering_of(item.text):
        named |= {number for number, line in table.lines.items() if label_key(line.label).endswith(item.key)}
    return sorted(line for line in named if table.lines[line].slots)
