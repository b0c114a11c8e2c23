"""How a table is set: which columns it prints, how its rows are padded, and so which value stands in which column.

Calibrated on the full rows of the same table. Positions count where the document shows them (bars, empty cells); where
it shows only a run of values, the form's order counts. Nothing is decided by arithmetic: that is the gate's work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from extract.align import Instance, Item, empties
from extract.printed_forms import Line
from extract.remarks import Remarks, remarks_of
from extract.text.script import simplify
from extract.tokens import EMPTY, UNIT, VALUE, Token
from extract.values import parse

_TORN: Final = re.compile(r"[.,]\d")  # the end of a number that is broken over two lines
_HEADER_UNIT: Final = re.compile(r"单位:?(元|万元|亿元)|\((元|万元|亿元)\)")


_FEW: Final = 2  # columns: 00 may be one cell
_NO_WIDTH: Final = -1  # no row has it: the padding of a row tells nothing where its values stand apart


class Layout(NamedTuple):
    """How full rows of a table are set: how many empty cells stand between the label and the first value."""

    lead: int | None
    width: int | None  # cells of nearly every full row with its labels, where rows are padded to one width
    parts: tuple[str | None, ...]
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

    def width_of(self, line: Line) -> int:
        """How many values a full row of that line has as it is set here."""
        if self.only is not None:
            return len(self.only)
        return len(line.slots) * len(self.parts) + (self.extra is not None)


def layout_of(instance: Instance) -> Layout:
    """Calibrate on the rows that have as many values as the form has columns."""
    table, leads, widths = instance.table, Counter[int](), Counter[int]()
    extra, parts = _extra_column(instance), _parts(instance)
    coded = numbered = 0
    apart = 0  # full rows with empty cells between their values
    padded, code_header = False, _has_stub(instance, "code")
    for number, item in instance.rows.items():
        line = table.lines[number]
        cells = cells_of(item)
        if not line.slots:
            continue
        if line.code:
            first = next((token for token in cells if token.kind == VALUE), None)
            numbered += first is not None
            coded += first is not None and is_code(first, line, headed=code_header)
        if item.numbers == len(line.slots) * len(parts) + (extra is not None) and cells:
            lead = next(i for i, token in enumerate(cells) if token.kind != EMPTY)
            apart += line.code is None and any(token.kind == EMPTY for token in cells[lead : lead + item.numbers])
            leads[lead] += 1
            widths[item.depth + len(cells)] += 1
            padded = padded or cells[-1].kind == EMPTY
    scattered = apart * 2 > widths.total()
    remarks = remarks_of(instance, len(table.columns) * len(parts) + (extra is not None))
    numbered_lines, codes = _has_stub(instance, "number"), numbered > 0 and coded * 5 >= numbered * 3
    return Layout(
        lead=next(iter(leads)) if len(leads) == 1 and not scattered else None,
        width=_NO_WIDTH
        if scattered
        else next((width for width, n in widths.most_common(1) if padded and n * 5 >= widths.total() * 4), None),
        parts=parts,
        extra=extra,
        units=_header_units(instance),
        codes=codes,
        code_header=code_header,
        numbered=numbered_lines,
        plain=not (codes or numbered_lines or remarks.headers),
        last_start=max((item.start for item in instance.rows.values()), default=0) if numbered_lines else 0,
        remarks=remarks,
        orders=_orders(instance),
        only=_only_columns(instance),
    )


def _common(widths: Counter[int]) -> int | None:
    """The width that nearly all rows have, NULL where they differ."""
    return next((width for width, n in widths.most_common(1) if n * 5 >= widths.total() * 4), None)


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
    heads = [(item.start, head.target) for item, found in instance.heads for head in found if head.role == "column"]
    above = sorted((place, target) for place, target in heads if place < start and target in columns)
    rows = [item.start for number, item in instance.rows.items() if instance.table.lines[number].slots]
    floor = max((row for row in rows if row < start and any(place > row for place, _ in above)), default=-1)
    named = list(dict.fromkeys(target for place, target in above if place > floor))
    if len(named) != len(columns) or named == columns:
        return None
    levels = [slot.column_path.count("/") for slot in line.slots]
    if len(set(levels)) == 1:
        return tuple(columns.index(name) for name in named)
    by_level = [name for _, name in sorted(zip(levels, columns, strict=True), key=lambda pair: pair[0])]
    return None if named == by_level else ()


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


def _extra_column(instance: Instance) -> tuple[int, str] | None:
    """Place and path of a subtotal among the value columns, by the order of the names in the second header row."""
    columns = [slot.column_id for slot in instance.table.columns]
    ordered = [heads[0] for _, heads in sorted(instance.heads, key=lambda pair: pair[0].start)]
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
    return token.text == line.code or (headed and token.text.lstrip("0") == line.code.lstrip("0"))


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
    named = [
        (item.start, item.text)
        for item, heads in instance.heads
        if after <= item.start < first_row and any(head.role == "column" for head in heads)
    ]
    named += [
        (item.start, item.text)
        for pointer, item in instance.unknown
        if pointer == 0 and item.label and after <= item.start
    ]
    names = [simplify(text).replace(" ", "") for start, text in sorted(named) if start < first_row]
    if len(names) < 2 or len(set(names)) < len(names):
        return (None,)
    whole = next((name for name in names if name in table.totals), None)
    return tuple(None if name == whole else name for name in names)


class Placed(NamedTuple):
    """Where the values of a row go: one token, blank span or reason a column, and what is left over."""

    tokens: tuple[Token | str | None, ...]  # a token, a reason why it is unreadable, or NULL: not printed here
    inferred: bool = False
    extra: tuple[Token, ...] = ()


def place(
    cells: Sequence[Token],
    count: int,
    lead: int | None,
    *,
    cut: bool = False,
    narrow: bool = False,
    short: bool = False,
) -> Placed:
    """Distribute the cells of a row over `count` columns.

    `lead`: empty cells between label and first value in full rows, NULL where that varies; `cut`: the document ends
    in this row; `narrow`: the row has not as many cells as the full rows, so that its padding cannot be told; `short`:
    other lines of the table have more columns.
    """
    numbers = [token for token in cells if token.kind != EMPTY]
    if len(numbers) == 1 and count > _FEW and numbers[0].text == "0" * count:
        return Placed(tuple(_digits(numbers[0])))  # 0000000: no number is written so, seven zeros without gaps are
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
    if short and len(numbers) == count - 1 == 1 and not empties(cells) and _is_zero(numbers[0]):
        return Placed((*numbers, reason), inferred=True)  # one cell left no trace: at worst it was blank and not 0
    return Placed((reason,) * count)


def _digits(token: Token) -> Iterator[Token]:
    for place, digit in enumerate(token.text):
        yield token._replace(text=digit, start=token.start + place, end=token.start + place + 1)


def _is_zero(token: Token) -> bool:
    printed = parse(token.text)
    return printed is not None and printed.number == 0


def doubtful(cells: Sequence[Token], count: int) -> Placed:
    found = sum(token.kind != EMPTY for token in cells)
    return Placed((f"{found} values for {count} columns stand here without a label",) * count)


def _too_many(numbers: list[Token], count: int) -> Placed:
    sound = [token for token in numbers if token.kind == VALUE]
    torn = any(token.kind != VALUE and _TORN.match(token.text) for token in numbers)
    if len(sound) == count and not torn:
        return Placed(tuple(sound), inferred=True)
    if len({parse(token.text) for token in numbers}) == 1 and sound:
        return Placed(tuple(numbers[:count]), inferred=True, extra=tuple(numbers[count:]))
    reason = f"{len(numbers)} values printed for {count} columns: which belong to the form cannot be told"
    return Placed((reason,) * count, extra=tuple(numbers))
