"""One printed cell: what a slot of the form makes of the token that stands in it, and its unit.

Which token belongs to which slot is decided in layout.py and bind.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple, overload

from extract.table.digits import Fill
from extract.table.items import Item
from extract.table.printed_forms import Slot, Table
from extract.table.values import UNITS, Printed, parse
from extract.text.script import simplify
from extract.text.tokens import EMPTY, UNIT, Token

MAY_BE_CUT: Final = "the document ends here: the number may be cut"
_MONEY: Final = frozenset(("元", "万元", "亿元"))
_AMOUNT_UNIT: Final = {"万": "万元", "亿": "亿元"}
_LABEL_UNIT: Final = re.compile(r"\((?:单位:)?([^()]{1,3})\)")


class Page(NamedTuple):
    """What binding needs to know of the document around a table."""

    text: str
    last: int  # offset behind the last character that is neither space nor a bar
    fill: Fill = Fill()
    torn: bool = False  # its last line lacks the bar that ends the line above
    sparse: bool = False  # blank cells left no trace: the cells that a row prints need not be its first ones


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


new_cell = partial(tuple.__new__, Cell)
"""A cell from its fields in order, in half the time of Cell(...)."""


class Cells(Sequence[Cell]):
    """Cells kept by column, in the order of the fields of Cell: most are staged without ever being rows."""

    __slots__ = ("columns",)

    def __init__(self, columns: Sequence[Sequence[Any]]) -> None:
        self.columns = columns

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> Cells:
        """The same cells by column."""
        if isinstance(cells, Cells):
            return cells
        return cls(list(zip(*cells, strict=True)) if cells else [()] * len(Cell._fields))

    def column(self, name: str) -> Sequence[Any]:
        """One field of all cells."""
        return self.columns[Cell._fields.index(name)]

    def with_column(self, name: str, values: Sequence[Any]) -> Cells:
        """The cells with other values in one field."""
        place = Cell._fields.index(name)
        return Cells([*self.columns[:place], values, *self.columns[place + 1 :]])

    def __len__(self) -> int:
        return len(self.columns[0])

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> list[Cell]: ...
    def __getitem__(self, place: int | slice) -> Cell | list[Cell]:
        return list(self)[place] if isinstance(place, slice) else Cell(*(column[place] for column in self.columns))

    def __iter__(self) -> Iterator[Cell]:
        return map(new_cell, zip(*self.columns, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)


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
    return new_cell((*named, part, raw, value, unit, status, reason, inferred, start, end, f"line {row + 1}"))


def _unit_of(printed: str | None, of_form: str | None) -> str | None:
    return printed if printed in UNITS and printed not in _AMOUNT_UNIT else of_form


@lru_cache(maxsize=65_536)
def _fitted(text: str, measure: str, unit: str | None) -> Printed:
    """What a slot of this measure holds where `text` is printed; unreadable with the reason where it cannot hold it."""
    printed = parse(text)
    if printed is None:
        return Printed(None, unit, "unreadable", f"{text!r} stands where a number is asked")
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


def unreadable_cell(slot: Slot, part: str | None, reason: str, first: Token, last: Token, document: str) -> Cell:
    span = first._replace(end=last.end)
    raw = document[first.start : last.end]
    return _cell(slot, part, raw, Printed(None, slot.printed_unit, "unreadable", reason), False, span)


def loose_cell(table: Table, row_path: str, column: str | None, token: Token, unit: str | None = None) -> Cell:
    """A cell that is printed but has no slot, under its printed label."""
    printed = parse(token.text) or Printed(None, None, "unreadable", "no value")
    slot = Slot("", table.section, row_path, "", column or "", None, "count")
    reading = printed._replace(unit=printed.unit or unit)
    return _cell(slot, None, token.text, reading, False, token)._replace(slot_id=None, column_path=column)


def without_number(cell: Cell, reason: str) -> Cell:
    """The same cell, whose number is not certain."""
    return cell._replace(value=None, value_status="unreadable", reason=reason)


def figures(cells: Sequence[Token]) -> list[Token]:
    """Cells with a number. A group line prints no value; a dash in it (——) is no cell either."""
    read = ((token, parse(token.text)) for token in cells if token.kind != EMPTY)
    return [token for token, printed in read if printed is None or printed.status != "not_applicable"]


def remark_cells(table: Table, row_path: str, remarks: Sequence[Token], header: str | None) -> Iterator[Cell]:
    """The numbers in the column of remarks; a mark (—) there says nothing."""
    for token in figures(remarks):
        yield loose_cell(table, row_path, header, token)


def row_unit(item: Item) -> str | None:
    """The unit printed in the row's unit cell, or in brackets behind its label."""
    for token in item.values:
        if token.kind == UNIT:
            return simplify(token.text).replace(" ", "")
    return _label_unit(item.text)


@lru_cache(maxsize=4096)
def _label_unit(label: str) -> str | None:
    return next((unit for unit in _LABEL_UNIT.findall(simplify(label)) if unit in UNITS), None)
