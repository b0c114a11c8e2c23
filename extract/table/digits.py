"""Rows whose values stand together without any separator (2000002), cut where the form's columns allow one way only.

No count is written with a zero before it, so each zero that no digit leads is a cell of its own: 0012 in three columns
is 0, 0 and 12, whatever cells a page leaves blank. 308 is not so: 30, a blank cell and 8 look the same. Such a row is
read, and marked as inferred, where the page shows that it leaves no cell blank (`Fill`) and the total printed in the
row leaves one reading only (readings.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from extract.table.align import Instance
from extract.table.items import Item
from extract.table.layout import Layout, cells_of
from extract.table.printed_forms import Line, Slot
from extract.table.readings import only_reading
from extract.text.tokens import EMPTY, VALUE, Token

_RUN: Final = re.compile(r"[0-9—-]+(?:\.\d+)?")
_LEAST_READING: Final = re.compile(r"—+|-?0\.\d+|-?[1-9]\d*(?:\.\d+)?|-+|0")  # —— may be one dash or two, -5 too
_LED_BY_ZERO: Final = re.compile(r"[—-]*0[0-9—-]")
TOGETHER: Final = "several values, or a code and a value, may stand here without a gap"
_LEAST_ROWS: Final = 3
_FEW: Final = 2  # columns: 05 may be one cell


class Reading(NamedTuple):
    """The cells of a run, one a column; `inferred` where the run alone does not tell them."""

    tokens: list[Token]
    inferred: bool


class Fill:
    """Whether the tables of a stretch are set without separators and leave no cell blank; measured when first asked."""

    def __init__(self, tables: Sequence[Instance] = ()) -> None:
        """`tables`: all that the stretch prints."""
        self._tables = tables

    @cached_property
    def _runs(self) -> list[tuple[Token, int]]:
        """Every run in tables that are set so, and how many columns it fills."""
        tables = [(table, runs_of(table)) for table in self._tables]
        return [(run, len(each.table.lines[n].slots)) for each, runs in tables for n, run in runs.items()]

    @property
    def is_glued(self) -> bool:
        """Whether several rows are set so."""
        return len(self._runs) >= _LEAST_ROWS

    @cached_property
    def is_whole(self) -> bool:
        """Whether several rows can be cut in one way only, which fills every column, and no row is too short for it."""
        items = [(item, each.table.lines[n]) for each in self._tables for n, item in each.rows.items()]
        if any(line.slots and not item.has_number for item, line in items):
            return False
        if any(len(run.text) < count for run, count in self._runs):
            return False
        return sum(len(_parts(run)) == count for run, count in self._runs) >= _LEAST_ROWS


def shared_out(instance: Instance, layout: Layout, fill: Fill) -> dict[int, Reading]:
    """The cells of each line of one run that can be cut in one way only, where the whole table is set in runs."""
    if layout.only is not None or layout.extra is not None:
        return {}
    lines, runs = instance.table.lines, runs_of(instance)
    if not runs or not fill.is_glued:
        return {}
    found = {number: share_out(run, lines[number].slots, fill) for number, run in runs.items()}
    return {number: reading for number, reading in found.items() if reading is not None}


def share_out(run: Token, slots: Sequence[Slot], fill: Fill) -> Reading | None:
    """A run cut into the cells of these slots; NULL where it can be cut in other ways too."""
    parts = _parts(run)
    if len(parts) == len(slots) and (len(slots) > _FEW or fill.is_whole):
        return Reading(parts, inferred=False)
    cells = only_reading(run.text, slots) if fill.is_whole else None
    if cells is None:
        return None
    ends = [0, *accumulate(map(len, cells))]
    return Reading([_part(run, *span) for span in pairwise(ends)], inferred=True)


def runs_of(instance: Instance) -> dict[int, Token]:
    """The run behind each label of a line with several columns, its code left out; none where any has more pieces."""
    runs: dict[int, Token] = {}
    for number, item in _rows(instance):
        line = instance.table.lines[number]
        if len(line.slots) < _FEW or not item.values:
            continue
        run = _run_of(item, line)
        if run is None:
            return {}
        if not run.text or _RUN.fullmatch(run.text):
            runs[number] = run
    return runs


def stand_together(instance: Instance, fill: Fill) -> frozenset[int]:
    """Lines of one column behind which several values may stand: 018 is 0 and 18, or a code and its value.

    A number that begins with a zero tells of itself; two of them, or one in a page of runs, of all lines set so. There
    a merged value may be printed for each column that it spans: then each number is one that is printed again.
    """
    lines = instance.table.lines
    rows = {n: cells_of(item) for n, item in instance.rows.items() if len(lines[n].slots) == 1 and item.has_number}
    if sum(len(cells) == 1 for cells in rows.values()) * 5 < len(rows) * 4:
        return frozenset()
    led = [number for number, cells in rows.items() if _LED_BY_ZERO.match(cells[0].text)]
    copies = len(instance.table.columns)  # of a value that is merged over all columns
    again = fill.is_glued and copies > 1 and all(_is_repeated(cells[0].text, copies) for cells in rows.values())
    is_told = len(led) >= _FEW or (led and fill.is_glued) or again
    return frozenset(rows if is_told else led)


def _is_repeated(text: str, times: int) -> bool:
    return text == text[: len(text) // times] * times


def holds_run(item: Item, count: int) -> bool:
    """Whether all that stands behind a label is one run with a character or more for each of `count` columns."""
    cells = cells_of(item)
    return len(cells) == 1 and len(cells[0].text) >= count and _RUN.fullmatch(cells[0].text) is not None


def _rows(instance: Instance) -> Iterable[tuple[int, Item]]:
    """The items of a table by their lines; the one line of section four has no label, but stands behind its header."""
    if instance.table.table_id != "disputes":
        return instance.rows.items()
    items = [*(item for item, _ in instance.heads), *(item for _, item in instance.unknown)]
    return [(instance.table.value_lines[0], item) for item in items if item.has_number]


def _run_of(item: Item, line: Line) -> Token | None:
    """The one piece behind a label, its code left out; NULL where there are more, an empty cell or no code."""
    cells, code = cells_of(item), line.code or ""
    if len(cells) != 1 or cells[0].kind == EMPTY or not cells[0].text.startswith(code):
        return None
    run = cells[0]
    return run._replace(text=run.text[len(code) :], start=run.start + len(code))


def _parts(run: Token) -> list[Token]:
    """The fewest cells that a run can be."""
    return [_part(run, *match.span()) for match in _LEAST_READING.finditer(run.text)]


def _part(run: Token, first: int, last: int) -> Token:
    return Token(run.text[first:last], run.start + first, run.start + last, run.row, VALUE)
