"""Values of one line into the columns of its slots, with certainty or not at all.

Positions count where the document shows them (bars, empty cells), calibrated on the full rows of the same table; where
it shows only a run of values, the form's order counts. What cannot be placed with certainty becomes an unreadable cell
with the reason. Nothing is decided by arithmetic: that is the gate's work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from typing import Final, NamedTuple

from extract.align import Instance, Item, empties, numbers_in, unknown_rows
from extract.printed_forms import Line, Slot, Table
from extract.text.script import simplify
from extract.tokens import EMPTY, UNIT, VALUE, Token
from extract.values import UNITS, Printed, parse

_MONEY: Final = frozenset(("元", "万元", "亿元"))
_AMOUNT_UNIT: Final = {"万": "万元", "亿": "亿元"}
_HEADER_UNIT: Final = re.compile(r"单位:?(元|万元|亿元)|\((元|万元|亿元)\)")
_LABEL_UNIT: Final = re.compile(r"\((?:单位:)?([^()]{1,3})\)")
_SUBTOTAL_COLUMN: Final = "申请人情况/法人或其他组织/小计"
_TOTAL_COLUMN: Final = frozenset(("合计", "总计", "总数", "统计数", "数据统计", "统计数据"))


class Cell(NamedTuple):
    """One printed cell, as staged; offsets are code points of the decoded document."""

    slot_id: str | None
    section: str | None
    row_path: str | None
    column_path: str | None
    part: str | None
    raw_text: str
    value: Decimal | None
    unit: str | None
    value_status: str
    reason: str | None
    is_inferred: bool
    char_start: int
    char_end: int
    locator: str | None


_new_cell = partial(tuple.__new__, Cell)  # half the time of Cell(...)


class Page(NamedTuple):
    """What binding needs to know of the document around a table."""

    text: str
    last: int  # offset behind the last character that is neither space nor a bar


class Layout(NamedTuple):
    """How full rows of a table are set: how many empty cells stand between the label and the first value."""

    lead: int | None
    width: int | None  # cells of nearly every full row with its labels, where rows are padded to one width
    parts: tuple[str | None, ...]
    extra: int | None  # place of a printed subtotal column that the form does not have
    units: dict[str, str]  # column_id -> unit printed in its header
    codes: bool  # a column of line codes (01, 02) is printed
    numbered: bool  # a column of line numbers is printed before the labels
    only: tuple[int, ...] | None  # places of the columns that are printed, where the others are left out


def layout_of(instance: Instance) -> Layout:
    """Calibrate on the rows that have as many values as the form has columns."""
    table, leads, widths = instance.table, Counter[int](), Counter[int]()
    extra, parts = _extra_column(instance), _parts(instance)
    coded = numbered = 0
    padded = False
    for number, item in instance.rows.items():
        line = table.lines[number]
        cells = _cells(item)
        if not line.slots:
            continue
        if line.code:
            first = next((token for token in cells if token.kind == VALUE), None)
            numbered += first is not None
            coded += first is not None and first.text == line.code
        if item.numbers == len(line.slots) * len(parts) + (extra is not None) and cells:
            leads[next(i for i, token in enumerate(cells) if token.kind != EMPTY)] += 1
            widths[item.depth + len(cells)] += 1
            padded = padded or cells[-1].kind == EMPTY
    return Layout(
        lead=next(iter(leads)) if len(leads) == 1 else None,
        width=next((width for width, n in widths.most_common(1) if padded and n * 5 >= widths.total() * 4), None),
        parts=parts,
        extra=extra,
        units=_header_units(instance),
        codes=numbered > 0 and coded * 5 >= numbered * 3,
        numbered=any(head.role == "stub" and head.target == "number" for _, heads in instance.heads for head in heads),
        only=_only_columns(instance),
    )


def _only_columns(instance: Instance) -> tuple[int, ...] | None:
    """Places of the columns named in the header, where a table of one header leaves some out and its rows agree."""
    table = instance.table
    if table.has_unit_column or len(table.columns) < 2 or any(line.everyday for line in table.lines.values()):
        return None
    named = {head.target for _, heads in instance.heads for head in heads if head.role == "column"}
    places = tuple(place for place, slot in enumerate(table.columns) if slot.column_id in named)
    rows = [item.numbers for item in instance.rows.values() if item.has_number]
    if not places or len(places) == len(table.columns) or rows.count(len(places)) * 3 < len(rows) * 2:
        return None
    return places


def _extra_column(instance: Instance) -> int | None:
    """Place of a subtotal among the value columns, from the order in which the second header row names its columns."""
    columns = [slot.column_id for slot in instance.table.columns]
    ordered = [heads[0] for _, heads in sorted(instance.heads, key=lambda pair: pair[0].start)]
    inner = columns[1:-1]
    seen = [head.target for head in ordered if head.role == "extra" or (head.role == "column" and head.target in inner)]
    extras = [place for place, name in enumerate(seen) if name not in columns]
    return 1 + extras[0] if len(extras) == 1 and len(set(seen)) == len(seen) == len(columns) - 1 else None


def _cells(item: Item) -> list[Token]:
    return [token for token in item.values if token.kind != UNIT]


def _header_units(instance: Instance) -> dict[str, str]:
    units = {}
    for item, heads in instance.heads:
        match = _HEADER_UNIT.search(simplify(item.text).replace(" ", ""))
        if match:
            units.update({head.target: match[1] or match[2] for head in heads if head.role == "column"})
    return units


def _parts(instance: Instance) -> tuple[str | None, ...]:
    """Names of the value columns where a one-column form is printed with several (区政府, 区直单位, 乡镇街道)."""
    table = instance.table
    if len(table.columns) != 1 or not table.has_unit_column:
        return (None,)
    first_row = min((item.start for item in instance.rows.values()), default=0)
    stubs = [item.end for item, heads in instance.heads if any(h.role == "stub" and h.target == "unit" for h in heads)]
    after = max((end for end in stubs if end <= first_row), default=None)
    if after is None:
        return (None,)
    named = [(item.start, item.text) for item, _ in instance.heads if after <= item.start < first_row]
    named += [
        (item.start, item.text)
        for pointer, item in instance.unknown
        if pointer == 0 and item.label and after <= item.start
    ]
    names = [simplify(text).replace(" ", "") for start, text in sorted(named) if start < first_row]
    if len(names) < 2 or len(set(names)) < len(names):
        return (None,)
    whole = next((name for name in names if name in _TOTAL_COLUMN), None)
    return tuple(None if name == whole else name for name in names)


class Placed(NamedTuple):
    """Where the values of a row go: one token, blank span or reason a column, and what is left over."""

    tokens: tuple[Token | str | None, ...]  # a token, a reason why it is unreadable, or NULL: not printed here
    inferred: bool = False
    extra: tuple[Token, ...] = ()


def place(cells: Sequence[Token], count: int, lead: int | None, *, cut: bool = False, narrow: bool = False) -> Placed:
    """Distribute the cells of a row over `count` columns.

    `lead`: empty cells between label and first value in full rows, NULL where that varies; `cut`: the document ends
    in this row; `narrow`: the row has not as many cells as the full rows, so that its padding cannot be told.
    """
    numbers = [token for token in cells if token.kind != EMPTY]
    if len(numbers) == count:
        return Placed(tuple(numbers))
    if len(numbers) > count:
        return _too_many(numbers, count)
    if not numbers and len(cells) >= count:
        first = min(lead or 0, len(cells) - count)
        return Placed(tuple(cells[first : first + count]))
    if len(cells) == count and not (narrow and EMPTY in (cells[0].kind, cells[-1].kind)):
        return Placed(tuple(cells))
    if lead is not None and not narrow and empties(cells) and len(cells) - lead >= count:
        window, rest = cells[lead : lead + count], cells[lead + count :]
        if not any(token.kind != EMPTY for token in (*cells[:lead], *rest)):
            return Placed(tuple(window))
    if cut and not empties(cells):
        return Placed((*numbers, *([None] * (count - len(numbers)))))
    reason = f"{len(numbers)} values printed for {count} columns: which are missing cannot be told"
    if len(numbers) == count - 1 and not empties(cells) and all(_is_zero(token) for token in numbers):
        return Placed((*numbers, reason), inferred=True)  # one cell left no trace: at worst it was blank and not 0
    return Placed((reason,) * count)


def _is_zero(token: Token) -> bool:
    printed = parse(token.text)
    return printed is not None and printed.number == 0


def _doubtful(cells: Sequence[Token], count: int) -> Placed:
    found = sum(token.kind != EMPTY for token in cells)
    return Placed((f"{found} values for {count} columns stand here without a label",) * count)


def _too_many(numbers: list[Token], count: int) -> Placed:
    sound = [token for token in numbers if token.kind == VALUE]
    if len(sound) == count:
        return Placed(tuple(sound), inferred=True)
    if len({parse(token.text) for token in numbers}) == 1 and sound:
        return Placed(tuple(numbers[:count]), inferred=True, extra=tuple(numbers[count:]))
    reason = f"{len(numbers)} values printed for {count} columns: which belong to the form cannot be told"
    return Placed((reason,) * count, extra=tuple(numbers))


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


def _row_unit(item: Item) -> str | None:
    """The unit printed in the row's unit cell, or in brackets behind its label."""
    for token in item.values:
        if token.kind == UNIT:
            return simplify(token.text).replace(" ", "")
    return _label_unit(item.text)


@lru_cache(maxsize=4096)
def _label_unit(label: str) -> str | None:
    return next((unit for unit in _LABEL_UNIT.findall(simplify(label)) if unit in UNITS), None)


def _bind_line(instance: Instance, line: Line, layout: Layout, page: Page) -> Iterator[Cell]:
    item = instance.rows[line.number]
    cells = _cells(item)
    if layout.codes and cells and cells[0].kind == VALUE and cells[0].text == line.code:
        cells = cells[1:]
    cut = item.end >= page.last and line.number != instance.table.last_line
    if cut and not any(token.kind != EMPTY for token in cells):
        return  # the document ends behind the label
    if layout.extra is not None and item.numbers == len(line.slots) + 1:
        subtotal = [token for token in cells if token.kind != EMPTY][layout.extra]
        cells = [token for token in cells if token is not subtotal]
        yield _loose(instance.table, line.row_path, _SUBTOTAL_COLUMN, subtotal)
    slots = [(slot, part) for part in layout.parts for slot in line.slots]
    if layout.only is not None and item.numbers == len(layout.only):
        slots = [slots[place] for place in layout.only]
    count = len(slots)
    if layout.numbered and item.numbers == count + 1:
        last = max(place for place, token in enumerate(cells) if token.kind != EMPTY)
        cells = cells[:last]  # the number of the next line
    if not cells:
        yield from _vanished(instance, line, item, slots, page)
        return
    narrow = layout.width is not None and item.depth + len(_cells(item)) != layout.width
    placed = place(cells, count, layout.lead, cut=cut, narrow=narrow)
    if line.number in instance.doubtful:
        placed = _doubtful(cells, count)
    inferred = placed.inferred or line.number in instance.inferred
    unit = _row_unit(item)
    for (slot, part), token in zip(slots, placed.tokens, strict=True):
        if token is None:
            continue
        header_unit = layout.units.get(slot.column_id) if layout.units else None
        if isinstance(token, str):
            yield _unreadable(slot, part, token, cells[0], cells[-1], page)
            continue
        cell = read_slot(slot, token, unit or header_unit, inferred=inferred, part=part)
        if cut and token.end == len(page.text) and not (token.text == "0" and slot.measure != "amount"):
            cell = _unreadable(slot, part, "the document ends here: the number may be cut", token, token, page)
        yield cell
    for token in placed.extra:
        yield _loose(instance.table, line.row_path, None, token)


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
            yield _unreadable(slot, part, "no value stands behind the label", here, here, page)
        return
    stop = len(page.text) if end is None else end
    gap = page.text[start:stop]
    width = len(gap) - len(gap.lstrip(" \t\r\n|\u3000\u00a0"))
    unit = _row_unit(item)
    for slot, part in slots:
        blank = Token("", start, start + width, item.label[-1].row, EMPTY)
        yield read_slot(slot, blank, unit, part=part)


def _body_start(instance: Instance) -> int:
    """Where the table proper begins: its first heading, or its first row with a number."""
    heads = [item.start for item, heads in instance.heads if any(head.role in ("column", "stub") for head in heads)]
    return min([*heads, *(item.start for item in instance.rows.values() if item.has_number)], default=0)


def read_slot(slot: Slot, token: Token, unit: str | None, *, inferred: bool = False, part: str | None = None) -> Cell:
    """The cell of a slot from its token; a value that the slot cannot hold is unreadable with the reason.

    `unit` is the unit printed in the row or the column's header, NULL where there is none.
    """
    if token.kind == EMPTY:
        number, reading = "", Printed(None, _unit_of(unit, slot.printed_unit), "blank", None)
    else:
        number, reading = token.text, _fitted(token.text, slot.measure, _unit_of(unit, slot.printed_unit))
    return _cell(slot, part, number, reading, inferred, token)


def _cell(slot: Slot, part: str | None, raw: str, reading: Printed, inferred: bool, token: Token) -> Cell:
    value, unit, status, reason = reading
    _, start, end, row, _ = token
    named = (slot.slot_id, slot.section, slot.row_path, slot.column_path)
    return _new_cell((*named, part, raw, value, unit, status, reason, inferred, start, end, f"line {row + 1}"))


def _unit_of(printed: str | None, of_form: str | None) -> str | None:
    return printed if printed in UNITS and printed not in _AMOUNT_UNIT else of_form


@lru_cache(maxsize=65_536)
def _fitted(text: str, measure: str, unit: str | None) -> Printed:
    """What a slot of this measure holds where `text` is printed; unreadable with the reason where it cannot hold it."""
    printed = parse(text)
    if printed is None:
        raise ValueError(f"{text!r} was bound as a value but is none")
    if printed.number is None:
        return Printed(None, unit, printed.status, printed.reason)
    if measure == "count" and unit not in _MONEY and text.isdecimal():  # most cells
        return printed._replace(unit=unit)
    number, unit, reason = _fit(measure, printed.number, printed.unit, unit)
    return Printed(number, unit, printed.status if reason is None else "unreadable", reason)


def _fit(
    measure: str, number: Decimal, own: str | None, unit: str | None
) -> tuple[Decimal | None, str | None, str | None]:
    """Number, unit and NULL, or no number and the reason why a slot of this measure cannot hold it."""
    if measure == "amount":
        unit = _AMOUNT_UNIT.get(own or "", own) or unit
        if unit is not None and unit not in _MONEY:
            return None, unit, f"an amount of money is asked here, {number} {unit} is printed"
        if number < 0:
            return None, unit, f"an amount cannot be negative: {number}"
        return number, unit, None
    if own in _MONEY or unit in _MONEY:
        return None, own or unit, f"a count is asked here, {number} {own or unit} is printed"
    scaled = number * UNITS[own] if own else number
    unit = unit if own is None or own in _AMOUNT_UNIT else own
    if scaled != scaled.to_integral_value():
        return None, unit, f"a count must be a whole number: {number}"
    if scaled < 0 and measure != "signed":
        return None, unit, f"a count cannot be negative: {number}"
    return scaled, unit, None


def _unreadable(slot: Slot, part: str | None, reason: str, first: Token, last: Token, page: Page) -> Cell:
    span = first._replace(end=last.end)
    raw = page.text[first.start : last.end]
    return _cell(slot, part, raw, Printed(None, slot.printed_unit, "unreadable", reason), False, span)


def _unslotted(instance: Instance, item: Item, row_path: str) -> Iterator[Cell]:
    """Cells of a row that has no slots; its columns are named where it has as many values as the table has columns."""
    columns = instance.table.columns
    numbers = numbers_in(item)
    named: list[str | None] = [slot.column_path for slot in columns]
    if len(numbers) != len(columns):
        named = [None] * len(numbers)
    for token, column in zip(numbers, named, strict=True):
        yield _loose(instance.table, row_path, column, token, _row_unit(item))


def _loose(table: Table, row_path: str, column: str | None, token: Token, unit: str | None = None) -> Cell:
    """A cell that is printed but has no slot, under its printed label."""
    printed = parse(token.text) or Printed(None, None, "unreadable", "no value")
    slot = Slot("", table.section, row_path, "", column or "", None, "count")
    reading = printed._replace(unit=printed.unit or unit)
    return _cell(slot, None, token.text, reading, False, token)._replace(slot_id=None, column_path=column)


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
            yield _unreadable(slot, None, token, filled[0], filled[-1], page)
        elif token is not None:
            yield read_slot(slot, token, None)


def _dispute_items(instance: Instance) -> list[Item]:
    items = [item for item, _ in instance.heads] + [item for _, item in instance.unknown if len(item.text) <= 12]
    return sorted(items, key=lambda item: item.start)


def _dispute_run(item: Item, page: Page) -> list[Token]:
    """The cells behind a header word, without the empty cells that fill up the header's own line."""
    cells = _cells(item)
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
