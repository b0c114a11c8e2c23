"""How a table is set: which columns it prints, how its rows are padded, and so which value stands in which column.

Calibrated on the full rows of the same table. Positions count where the document shows them (bars, empty cells); where
it shows only a run of values, the form's order counts. Nothing is decided by arithmetic: that is the gate's work.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import Final, NamedTuple

from extract.table.align import Instance
from extract.table.items import Item
from extract.table.printed_forms import YEAR, Line
from extract.table.remarks import Remarks, remarks_of
from extract.text.script import simplify
from extract.text.tokens import EMPTY, UNIT, VALUE, Token

_HEADER_UNIT: Final = re.compile(r"单位:?(元|万元|亿元)|\((元|万元|亿元)\)")


_OTHER_YEAR: Final = re.compile(r"(?:(?:19|20)\d{2}年|上年|去年).{0,12}(?:数|数量|金额)")
_YEAR_ALONE: Final = re.compile(r"(?:19|20)\d{2}年?度?")
_FEWEST_CODES: Final = 5
_NO_WIDTH: Final = -1  # no row has it: the padding of a row tells nothing where its values stand apart


class Layout(NamedTuple):
    """How full rows of a table are set: how many empty cells stand between the label and the first value."""

    lead: int | None
    width: int | None  # cells of nearly every full row with its labels, where rows are padded to one width
    cells: int | None  # cells of every full row without its labels, NULL where that varies
    scattered: bool  # empty columns stand between the values of most full rows
    parts: tuple[str | None, ...]
    unnamed: bool  # most rows of a one-column form have several values, and no header names the columns
    extra: tuple[int, str] | None  # place and path of a printed subtotal column that the form does not have
    units: dict[str, str]  # column_id -> unit printed in its header
    codes: bool  # a column of line codes (01, 02) is printed
    code_header: bool
    numbered: bool  # a column of line numbers is printed before the labels
    plain: bool  # no column of codes, line numbers or remarks is printed
    last_start: int  # where the last row begins, 0 where nothing turns on it
    remarks: Remarks  # columns of remarks behind the values
    orders: dict[int, tuple[int, ...] | None]  # line number -> printed_order, where it has several columns
    only: tuple[int, ...] | None  # places of the columns that are printed, where the others are left out
    foreign: frozenset[int]  # lines whose header names other columns than the form has

    def width_of(self, line: Line) -> int:
        """How many values a full row of that line has as it is set here."""
        if self.only is not None:
            return len(self.only)
        return len(line.slots) * len(self.parts) + (self.extra is not None)


def layout_of(instance: Instance) -> Layout:
    """Calibrate on the rows that have as many values as the form has columns."""
    table, leads, widths, sizes = instance.table, Counter[int](), Counter[int](), set[int]()
    extra, parts = _extra_column(instance), _parts(instance)
    coded, headed = _codes(instance)
    apart = wide = 0  # full rows with empty cells between their values, and those that could have them
    padded = False
    for number, item in instance.rows.items():
        line = table.lines[number]
        if not line.slots:
            continue
        whole = cells_of(item)
        cells = without_code(whole, line, headed=headed) if coded else whole
        numbers = item.numbers - (cells is not whole)
        if cells and numbers == len(line.slots) * len(parts) + (extra is not None):
            lead = next(i for i, token in enumerate(cells) if token.kind != EMPTY)
            wide += numbers > 1
            apart += any(token.kind == EMPTY for token in cells[lead : lead + numbers])
            leads[lead] += 1
            widths[item.depth + len(whole)] += 1
            sizes.add(len(whole))
            padded = padded or cells[-1].kind == EMPTY
    scattered = apart * 2 > wide
    only = _only_columns(instance, headed=headed)
    columns = table.columns if only is None else only
    remarks = remarks_of(instance, len(columns) * len(parts) + (extra is not None))
    numbered_lines = _has_stub(instance, "number")
    return Layout(
        lead=next(iter(leads)) if len(leads) == 1 and not scattered else None,
        width=_NO_WIDTH
        if scattered
        else next((width for width, n in widths.most_common(1) if padded and n * 5 >= widths.total() * 4), None),
        cells=next(iter(sizes)) if len(sizes) == 1 else None,
        scattered=scattered,
        parts=parts,
        unnamed=parts == (None,) and not (coded or numbered_lines or remarks.headers) and _has_many(instance),
        extra=extra,
        units=_header_units(instance),
        codes=coded,
        code_header=headed,
        numbered=numbered_lines,
        plain=not (coded or numbered_lines or remarks.headers),
        last_start=max((item.start for item in instance.rows.values()), default=0) if numbered_lines else 0,
        remarks=remarks,
        orders=_orders(instance),
        only=only,
        foreign=frozenset(
            instance.rows if only is None and _has_foreign_columns(instance) else _of_other_years(instance)
        ),
    )


def _has_many(instance: Instance) -> bool:
    """Whether most rows of a form with one column and a column of units have more than one value."""
    table = instance.table
    if len(table.columns) > 1 or not table.has_unit_column:
        return False
    sizes = [item.numbers for number, item in instance.rows.items() if table.lines[number].slots and item.numbers]
    return sum(size > 1 for size in sizes) * 2 > len(sizes)


def _codes(instance: Instance) -> tuple[bool, bool]:
    """Whether line codes are printed, and whether they are also without their zeros (1 for 01)."""
    headed, lines = _has_stub(instance, "code"), instance.table.lines
    coded = short = loose = numbered = 0
    for number, item in instance.rows.items():
        if not (lines[number].code and lines[number].slots):
            continue
        first = next((token for token in item.values if token.kind == VALUE), None)
        if first is not None:
            numbered += 1
            coded += is_code(first, lines[number], headed=headed)
            loose += is_code(first, lines[number], headed=True)
            short += item.numbers > len(lines[number].slots) and is_code(first, lines[number], headed=True)
    if short > coded and short * 5 >= numbered * 4 and numbered >= _FEWEST_CODES:
        return True, True
    headed = headed or (loose == numbered and coded * 5 >= numbered * 3)  # 1 to 9 of 35, numbers in a sheet
    return numbered > 0 and coded * 5 >= numbered * 3, headed


def without_code(cells: list[Token], line: Line, *, headed: bool) -> list[Token]:
    """The cells behind the code of the line; the same list where none stands there."""
    first = next((place for place, token in enumerate(cells) if token.kind != EMPTY), None)
    if first is not None and is_code(cells[first], line, headed=headed):
        return cells[first + 1 :]
    return cells


def _has_stub(instance: Instance, target: str) -> bool:
    return any(head.role == "stub" and head.target == target for _, heads in instance.heads for head in heads)


def _orders(instance: Instance) -> dict[int, tuple[int, ...] | None]:
    lines = instance.table.lines
    several = [number for number in instance.rows if len(lines[number].slots) > 1]
    if not several or any(lines[number].everyday for number in several):  # a header of its own for each block
        return {number: printed_order(instance, lines[number]) for number in several}
    first = min(several, key=lambda number: instance.rows[number].start)
    return dict.fromkeys(several, printed_order(instance, lines[first]))


def printed_order(instance: Instance, line: Line) -> tuple[int, ...] | None:
    """Places of the line's columns in the order in which the header above it names them all.

    NULL where the header follows the form, in one row or in two (自然人, 总计 over the kinds of legal persons), or does
    not name every column; empty where it names them in an order that two header rows cannot explain.
    """
    columns = [slot.column_id for slot in line.slots]
    start = instance.rows[line.number].start
    columned = [(item, head.target) for item, found in instance.heads for head in found if head.role == "column"]
    heads = [(item.start, target) for item, target in columned]
    above = sorted((place, target) for place, target in heads if place < start and target in columns)
    rows = [item.start for number, item in instance.rows.items() if instance.table.lines[number].slots]
    floor = max((row for row in rows if row < start and any(place > row for place, _ in above)), default=-1)
    named = list(dict.fromkeys(target for place, target in above if place > floor))
    if len(named) != len(columns) or named == columns:
        return None
    levels = [slot.column_path.count("/") for slot in line.slots]
    by_level = [name for _, name in sorted(zip(levels, columns, strict=True), key=lambda pair: pair[0])]
    if len(set(levels)) > 1 and named == by_level:
        return None
    rows_of_header = {item.label[-1].row for item, _ in columned if floor < item.start < start}
    in_one_row = len(rows_of_header) == 1 and len(columned) == len(columns)
    return tuple(columns.index(name) for name in named) if len(set(levels)) == 1 or in_one_row else ()


def _only_columns(instance: Instance, *, headed: bool) -> tuple[int, ...] | None:
    """Places of the columns named in the header, where a table of one header leaves some out and its rows agree.

    A code is no value; where it stands under a header (`headed`) also without its zero.
    """
    table = instance.table
    if len(table.columns) < 2 or any(line.everyday for line in table.lines.values()):
        return None
    named = {head.target for _, heads in instance.heads for head in heads if head.role == "column"}
    places = tuple(place for place, slot in enumerate(table.columns) if slot.column_id in named)
    beside = bool(instance.remarks)
    rows = [
        item.numbers - beside - (without_code(cells := cells_of(item), table.lines[number], headed=headed) is not cells)
        for number, item in instance.rows.items()
        if item.has_number
    ]
    if not places or len(places) == len(table.columns) or rows.count(len(places)) * 3 < len(rows) * 2:
        return None
    return places


def _extra_column(instance: Instance) -> tuple[int, str] | None:
    """Place and path of a subtotal among the value columns, by the order of the names in the second header row.

    Below the header the name is a row's: the subtotal of a group of lines.
    """
    columns = [slot.column_id for slot in instance.table.columns]
    rows = min((item.start for item in instance.rows.values()), default=sys.maxsize)
    above = [pair for pair in instance.heads if pair[0].start < rows]
    ordered = [heads[0] for _, heads in sorted(above, key=lambda pair: pair[0].start)]
    inner = columns[1:-1]
    seen = [head.target for head in ordered if head.role == "extra" or (head.role == "column" and head.target in inner)]
    extras = [place for place, name in enumerate(seen) if name not in columns]
    if len(extras) != 1 or not len(set(seen)) == len(seen) == len(columns) - 1:
        return None
    return 1 + extras[0], seen[extras[0]]


def is_code(token: Token, line: Line, *, headed: bool) -> bool:
    """Whether a value is the printed code of its line: 01, under a header of codes (`headed`) also 1."""
    if token.kind != VALUE or line.code is None:
        return False
    text = token.text if token.text.isdecimal() else token.text.replace("&nbsp;", "").strip("*_")
    return text == line.code or (headed and text.lstrip("0") == line.code.lstrip("0"))


def cells_of(item: Item) -> list[Token]:
    """The cells behind a label, its unit left out."""
    return [token for token in item.values if token.kind != UNIT]


def _header_units(instance: Instance) -> dict[str, str]:
    units = {}
    for item, heads in instance.heads:
        match = _HEADER_UNIT.search(simplify(item.text).replace(" ", ""))
        if match:
            units.update({head.target: match[1] or match[2] for head in heads if head.role == "column"})
    return units


def _has_foreign_columns(instance: Instance) -> bool:
    """Whether the header of a list with a column of units names its value columns, and not as the form does."""
    table = instance.table
    if len(table.columns) == 1 or not table.has_unit_column or not _value_headers(instance):
        return False
    named = {h.target for _, heads in instance.heads for h in heads if h.role == "column"}
    left = [slot for slot in table.columns if slot.column_id not in named]
    by_year = len(left) == 1 and left[0].column_path.startswith(YEAR)
    return named != {slot.column_id for slot in table.columns} and not (by_year and _names_a_year(instance))


def _names_a_year(instance: Instance) -> bool:
    """Whether what else stands between the header of the units and the first row is the number of a year.

    It may be cut (2011), or stand a character a line.
    """
    after, first_row = _behind_units(instance)
    unknown = [item for pointer, item in instance.unknown if pointer == 0]
    loose = [token for item in unknown for token in item.label]
    loose += [token for item in (*(item for item, _ in instance.heads), *unknown) for token in item.values]
    behind = [token for token in loose if after is not None and after <= token.start < first_row]
    header = "".join(token.text for token in sorted(behind, key=lambda token: token.start))
    return _YEAR_ALONE.fullmatch(simplify(header)) is not None


def _of_other_years(instance: Instance) -> Iterator[int]:
    """Lines of a block whose header has a column of another year (2021年制发件数), or of a year by its number.

    Where a list with one column is printed with several, each is kept under its name.
    """
    if len(_parts(instance)) > 1:
        return
    for pointer, head in instance.unknown:
        if _OTHER_YEAR.fullmatch(simplify(head.text).replace(" ", "")):
            below = (number for number in sorted(instance.rows) if number > pointer)
            yield from takewhile(lambda number: bool(instance.table.lines[number].slots), below)


def _parts(instance: Instance) -> tuple[str | None, ...]:
    """Names of the value columns where a one-column form is printed with several (区政府, 区直单位, 乡镇街道)."""
    table = instance.table
    if len(table.columns) != 1 or not table.has_unit_column:
        return (None,)
    names = _value_headers(instance)
    if _heads_the_others(instance, names):
        names = names[1:]
    if len(names) < 2 or len(set(names)) < len(names):
        return (None,)
    whole = next((name for name in names if name in table.totals), None)
    return tuple(None if name == whole else name for name in names)


def _heads_the_others(instance: Instance, names: list[str]) -> bool:
    """Whether the first name stands over all the other columns (统计数 over 区政府, 乡镇街道, 合计): most rows have one
    value less than there are names."""
    lines = instance.table.lines
    sizes = [item.numbers for number, item in instance.rows.items() if lines[number].slots and item.numbers]
    return (
        len(names) > 2
        and names[0] in instance.table.totals
        and sum(size == len(names) - 1 for size in sizes) * 3 > len(sizes) * 2
    )


def _value_headers(instance: Instance) -> list[str]:
    """The names behind the header of the units, above the first row."""
    after, first_row = _behind_units(instance)
    if after is None:
        return []
    named = [
        (item.start, item.text)
        for item, heads in instance.heads
        if after <= item.start < first_row and any(head.role == "column" for head in heads)
    ]
    named += [
        (item.start, item.text)
        for pointer, item in instance.unknown
        if pointer == 0 and item.label and after <= item.start and not item.has_number
    ]
    return [simplify(text).replace(" ", "") for start, text in sorted(named) if start < first_row]


def _behind_units(instance: Instance) -> tuple[int | None, int]:
    """Where the last header of units above the first row ends, NULL where there is none, and where that row begins."""
    first_row = min((item.start for item in instance.rows.values()), default=0)
    stubs = [item for item, heads in instance.heads if any(h.role == "stub" and h.target == "unit" for h in heads)]
    ends = [item.label[-1].end for item in stubs if item.label and item.label[-1].end <= first_row]
    return max(ends, default=None), first_row
