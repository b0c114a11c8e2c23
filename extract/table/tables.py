"""The tables of one stretch of a document, as cells: every printing of every form's tables, and what was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from extract.table.align import Instance, align, best_alignment, split_by_table
from extract.table.bind import bind
from extract.table.cells import Cell, Page
from extract.table.digits import Fill, holds_run
from extract.table.folded import unfolded
from extract.table.items import Item, empties, make_items
from extract.table.layout import cells_of
from extract.table.left_over import left_over
from extract.table.long_form import as_rows
from extract.table.printed_forms import load_forms
from extract.text.tokens import EMPTY, Token

_READ_FIRST: Final = ("disclosure", "statistics", "requests", "disputes")
_HEADER_WORDS_OF_DISPUTES: Final = 4
_FEWEST_SHORT: Final = 2
_BARS_AND_SPACE: Final = " \t\r\n\u3000\u00a0|｜"


@dataclass
class TableSet:
    """One printing of the tables of a report: its cells, the form of each table, and notes on what is missing."""

    slots: Counter[str] = field(default_factory=Counter)  # form -> cells read
    cells: Sequence[Cell] = ()
    notes: list[tuple[int, int, str]] = field(default_factory=list)  # char_start, char_end, reason
    start: int = 0
    end: int = 0

    @property
    def form(self) -> str | None:
        """The form of most of the slots that were read."""
        return self.slots.most_common(1)[0][0] if self.slots else None

    @property
    def has_number(self) -> bool:
        """Whether any number is printed in a slot, readable or not: a blank form has none."""
        return any(cell.value is not None or _has_digit(cell) for cell in self.cells if cell.slot_id)


def _has_digit(cell: Cell) -> bool:
    return cell.value_status == "unreadable" and any(mark.isdigit() for mark in cell.raw_text)


class Tables(NamedTuple):
    """The tables of a stretch: one TableSet a printing, notes on those whose form could not be told, how they are set.

    `in_rows`: no table is in long form; `instances`: every printing of every table, as it was aligned.
    """

    sets: list[TableSet]
    notes: list[tuple[int, int, str]]
    instances: list[Instance]
    in_rows: bool


def read_tables(tokens: Sequence[Token], text: str, year: int | None = None) -> Tables:
    """All tables among `tokens`.

    The printed columns and lines tell the form. Where a part of a report prints none that only one form has, it is the
    form that was in force in the report's `year`, or is in force, and a note says so. Numbers inside a table that no
    cell holds are noted; figures outside (a menu above it) are no business of a table.
    """
    if not tokens:
        return Tables([], [], [], True)
    printed = make_items(tokens)
    rows = as_rows(printed, text)
    items = split_by_table(rows)
    forms, page = load_forms(), Page(text, len(text.rstrip(_BARS_AND_SPACE)), torn=_is_torn(text))
    prefer: str | None = None
    found: list[Instance] = []
    notes: list[tuple[int, int, str]] = []
    for table_id in _READ_FIRST:
        if table_id not in items:
            continue
        likely = prefer or forms.in_force(year, table_id)
        if table_id == "disputes":
            instances, reason = _disputes(items[table_id], likely), None
        else:
            instances, reason = best_alignment(table_id, unfolded(items[table_id], table_id), likely, forms)
        if reason and not (instances and prefer):
            notes.append((items[table_id][0].start, items[table_id][-1].end, reason))
        if instances and prefer is None:
            prefer = instances[0].table.form
        found.extend(instances)
    return Tables(_group(found, page, tokens), notes, found, rows is printed)


def _is_torn(text: str) -> bool:
    """Whether the text ends without the bar that the line above ends with."""
    above = text.rfind("\n")
    return above >= 0 and text[-1] not in _BARS_AND_SPACE and text[:above].rstrip()[-1:] in ("|", "｜")


def _disputes(items: Sequence[Item], prefer: str | None) -> list[Instance]:
    table = load_forms().tables.get((prefer or "", "disputes"))
    if table is None:
        return []
    count = len(table.columns)
    return [i for i in align(table, items) if _is_headed(i) or _is_titled(i, count)]


def _is_headed(disputes: Instance) -> bool:
    return sum(e.role == "column" for _, heads in disputes.heads for e in heads) >= _HEADER_WORDS_OF_DISPUTES


def _is_titled(disputes: Instance, count: int) -> bool:
    """Whether the title alone stands before the one row, which has all its cells: the form tells its columns."""
    titles = [item for item, heads in disputes.heads if any(head.role == "section" for head in heads)]
    end = min((item.end for item in titles), default=disputes.end)
    loose = [item for _, item in disputes.unknown if item.start >= end and item.label]  # words of a menu
    return any(
        item.numbers == count or _fills_row(_below(item), count) or holds_run(item, count) for item in (*titles, *loose)
    )


def _fills_row(cells: Sequence[Token], count: int) -> bool:
    """Whether cells below a title are a row of `count`; those that tabs leave blank before the first make no token."""
    numbers = sum(token.kind != EMPTY for token in cells)
    return len(cells) == count or (count * 2 <= len(cells) * 3 < count * 3 and numbers > 1)


def _below(item: Item) -> list[Token]:
    """The cells behind a title, without those that fill up its own line."""
    row = item.label[-1].row if item.label else -1
    return [token for token in item.values if token.row != row]


def _group(found: Sequence[Instance], page: Page, tokens: Sequence[Token]) -> list[TableSet]:
    """The n-th printing of each table goes to the n-th set."""
    page = page._replace(fill=Fill(found))
    sets: list[TableSet] = []
    seen: dict[str, int] = {}
    set_of: dict[int, TableSet] = {}
    bound: list[list[Cell]] = []
    page = page._replace(sparse=sum(_short_rows(instance, page) for instance in found) >= _FEWEST_SHORT)
    for instance in found:
        table_id = instance.table.table_id
        place = seen.get(table_id, 0)
        seen[table_id] = place + 1
        while len(sets) <= place:
            sets.append(TableSet(start=instance.start, end=instance.end))
            bound.append([])
        target = set_of[id(instance)] = sets[place]
        cells = list(bind(instance, page))
        bound[place].extend(cells)
        target.slots[instance.table.form] += len(cells)
        target.start, target.end = min(target.start, instance.start), max(target.end, instance.end)
        target.notes.extend(_missing(instance, cells))
    for instance, note in left_over(found, tokens, [cell for cells in bound for cell in cells]):
        set_of[id(instance)].notes.append(note)
    for table_set, cells in zip(sets, bound, strict=True):
        table_set.cells = cells
    return [table_set for table_set in sets if table_set.cells]


def _short_rows(instance: Instance, page: Page) -> int:
    """How many rows, but for one that the document's end cuts, print fewer values than they have, and no empty cell."""
    return sum(
        0 < len(cells) < len(instance.table.lines[number].slots) and not empties(cells)
        for number, item in instance.rows.items()
        if item.end < page.last and (cells := cells_of(item))
    )


def _missing(instance: Instance, cells: Sequence[Cell]) -> list[tuple[int, int, str]]:
    """Say so where fewer cells were read than the table of the form has."""
    table = instance.table
    wanted = sum(len(line.slots) for line in table.lines.values())
    bound = len({cell.slot_id for cell in cells if cell.slot_id})
    if bound >= wanted:
        return []
    lines = [
        table.lines[n].row_path.rsplit("/", 1)[-1]
        for n in table.value_lines
        if n not in instance.rows and table.lines[n].label
    ]
    missing = f"; lines not found: {', '.join(lines[:6])}{' …' if len(lines) > 6 else ''}" if lines else ""
    return [
        (
            instance.start,
            instance.end,
            f"{table.table_id} table of {table.form}: {bound} of {wanted} cells read{missing}",
        )
    ]
