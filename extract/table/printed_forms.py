"""The printed forms, loaded from extract/forms/*.csv: slots, lines, and every spelling of a label.

Knows what is printed where. Does not know what a figure means (that is dbt_project/seeds/crosswalk.csv) nor how a
document is laid out (extract/table/align.py).
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from extract.table.values import UNITS
from extract.text.script import simplify

_FORMS: Final = Path(__file__).parents[1] / "forms"

_NUMBERING = (
    r"[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}(?:[、,)]|\.(?!\d))"
    r"|[①-⑳⑴-⒇⒈-⒛㈠-㈩]"
)
_LEAD = re.compile(rf"(?:其中:?|(?:{_NUMBERING})|\*)+")
_PUNCTUATION = re.compile(r"[、,。.:;·\"“”‘’'《》<>()\[\]【】〔〕\-—_*…/\\? ]+")
_NOTE = re.compile(rf"\([^()]{{2,}}\)|\((?:{'|'.join(map(re.escape, UNITS))})\)")
_MARKUP = re.compile(r"<br/?>|&nbsp;|^#+|\*\*|\\(?=[^\w\s])", re.IGNORECASE)
_MARK = re.compile(r"[<&#*\\]")
YEAR: Final = "{year}"
"""Stands in the name of a column for the year that is printed there."""
_YEAR_COLUMN = re.compile(r"\d{4}年度?")


@lru_cache(maxsize=65_536)
def label_key(text: str) -> str:
    """The spelling-independent key of a printed label: without numbering, 其中, punctuation and spaces."""
    plain = _unmarked(simplify(text).replace(" ", "").replace("\n", "").replace("\t", ""))
    if _YEAR_COLUMN.fullmatch(plain.rstrip(":")):
        return f"{YEAR}年度"
    lead = _LEAD.match(plain)
    return _PUNCTUATION.sub("", plain[lead.end() :] if lead else plain)


@lru_cache(maxsize=65_536)
def bare_key(text: str) -> str:
    """`label_key` of a label without its filling notes in brackets."""
    plain = simplify(text).replace(" ", "")
    return label_key(_NOTE.sub("", plain) if "(" in plain else text)


@lru_cache(maxsize=65_536)
def numbering_of(text: str) -> str:
    """The numbering before a label ((三), 1., 四、), empty where there is none."""
    lead = _LEAD.match(_unmarked(simplify(text).replace(" ", "")))
    return lead.group() if lead else ""


def _unmarked(plain: str) -> str:
    """A label without what HTML and Markdown leave in copied text (## 一、, **1**.属于, 1\\.属于)."""
    return _MARKUP.sub("", plain) if _MARK.search(plain) else plain


class Slot(NamedTuple):
    """One printed numeric cell of a form."""

    slot_id: str
    section: str
    row_path: str
    column_id: str
    column_path: str
    printed_unit: str | None
    measure: str  # count, signed, amount


@dataclass(frozen=True)
class Line:
    """One printed line of a form; `slots` is empty for captions and group lines."""

    number: int
    line_id: str
    kind: str
    label: str
    row_path: str
    code: str | None
    everyday: bool  # an everyday phrase (行政许可), which makes no table by itself
    slots: tuple[Slot, ...]


class Entry(NamedTuple):
    """What a label can be: a line, or another role of a table of a form.

    Roles: line; column, extra (a column that the form does not have; its target is its path), stub (a header over
    labels, units, codes, line numbers, or over several columns), remark (a column of remarks), caption, section, end.
    """

    form: str
    table_id: str
    role: str
    target: str
    line: int  # number of the line, 0 for other roles


@dataclass(frozen=True)
class Table:
    """One table of one form."""

    form: str
    table_id: str
    section: str
    lines: Mapping[int, Line]
    columns: tuple[Slot, ...]  # slots of the widest line, in printed order
    has_unit_column: bool
    value_lines: tuple[int, ...] = field(default=())
    totals: frozenset[str] = frozenset()  # names of the whole, where its one column is printed in several parts

    @property
    def last_line(self) -> int:
        """Number of the last line that has value cells."""
        return self.value_lines[-1]


class Forms(NamedTuple):
    """All printed forms and the lexicon of their labels."""

    tables: Mapping[tuple[str, str], Table]
    lexicon: Mapping[str, tuple[Entry, ...]]
    slots: Mapping[str, Slot]
    years: Mapping[str, tuple[int, int]]  # form -> first and last year in which it was in force

    def in_force(self, year: int | None, table_id: str) -> str | None:
        """The one form with such a table that was in force in `year`, or is in force where no year is known; None where
        it is none or several."""
        at = sys.maxsize if year is None else year
        found = [
            form
            for form, (first, last) in self.years.items()
            if first <= at <= last and (form, table_id) in self.tables
        ]
        return found[0] if len(found) == 1 else None

    def candidates(self, table_id: str) -> list[Table]:
        """The tables of that kind, one a form."""
        return [table for (_, kind), table in self.tables.items() if kind == table_id]


def _rows(name: str) -> list[dict[str, str]]:
    with open(_FORMS / name, encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


def _tables() -> dict[tuple[str, str], Table]:
    slots: dict[tuple[str, str, int], list[Slot]] = defaultdict(list)
    for row in _rows("slot.csv"):
        slot = Slot(
            row["slot_id"],
            row["section"],
            row["row_path"],
            row["column_id"],
            row["column_path"],
            row["printed_unit"] or None,
            row["measure"],
        )
        slots[row["form"], row["table_id"], int(row["line_no"])].append(slot)
    totals = {key: frozenset(names) for key, names in _totals().items()}
    lines: dict[tuple[str, str], dict[int, Line]] = defaultdict(dict)
    for row in _rows("line.csv"):
        key, number = (row["form"], row["table_id"]), int(row["line_no"])
        cells = tuple(slots.get((*key, number), ()))
        lines[key][number] = Line(
            number,
            row["line_id"],
            row["kind"],
            row["label"],
            row["row_path"],
            row["code"] or None,
            row["everyday"] == "1",
            cells,
        )
    return {key: _table(key, numbered, totals.get(key, frozenset())) for key, numbered in lines.items()}


def _years() -> dict[str, tuple[int, int]]:
    """First and last year of each form; the one in force has no last."""
    rows = [row for row in _rows("form.csv") if row["first_year"]]
    return {row["form"]: (int(row["first_year"]), int(row["last_year"] or sys.maxsize)) for row in rows}


def _totals() -> dict[tuple[str, str], list[str]]:
    """Names of the column of the whole, by form and table. They are not in the lexicon: only a header has columns."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _rows("label.csv"):
        for form in row["form"].split(";") if row["role"] == "total" else ():
            found[form, row["table_id"]].append(row["label"])
    return found


def _table(key: tuple[str, str], numbered: dict[int, Line], totals: frozenset[str]) -> Table:
    widest = max((line.slots for line in numbered.values()), key=len)
    values = tuple(number for number, line in sorted(numbered.items()) if line.slots)
    ordered = dict(sorted(numbered.items()))
    return Table(key[0], key[1], widest[0].section, ordered, widest, key[1] == "statistics", values, totals)


def _keys(label: str) -> Iterable[str]:
    return {key for key in (label_key(label), bare_key(label)) if key}


def _lexicon(tables: Mapping[tuple[str, str], Table]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, dict[Entry, None]] = defaultdict(dict)

    def add(label: str, entry: Entry) -> None:
        for key in _keys(label):
            found[key][entry] = None

    for (form, table_id), table in tables.items():
        for line in table.lines.values():
            if line.label:
                add(line.label, Entry(form, table_id, "line", line.line_id, line.number))
            for slot in line.slots:
                add(
                    slot.column_path.rsplit("/", 1)[-1] if slot.measure != "signed" else slot.column_path,
                    Entry(form, table_id, "column", slot.column_id, 0),
                )
    for row in _rows("label.csv"):
        if row["role"] == "total":
            continue
        for form in {key[0] for key in tables} if row["form"] == "*" else row["form"].split(";"):
            if (named := tables.get((form, row["table_id"]))) is not None:
                add(row["label"], _variant(row, form, named))
    return {key: tuple(entries) for key, entries in found.items()}


def _variant(row: dict[str, str], form: str, table: Table) -> Entry:
    if row["role"] != "line":
        return Entry(form, row["table_id"], row["role"], row["target"], 0)
    numbers = [line.number for line in table.lines.values() if line.line_id == row["target"]]
    if not numbers:
        raise ValueError(
            f"extract/forms/label.csv: form {form} has no line {row['target']!r} in table {row['table_id']}"
        )
    return Entry(form, row["table_id"], "line", row["target"], numbers[0])


@cache
def load_forms() -> Forms:
    """Read and check the declared forms. Raises ValueError where a label names a line that its form does not have."""
    tables = _tables()
    slots = {slot.slot_id: slot for table in tables.values() for line in table.lines.values() for slot in line.slots}
    return Forms(tables, _lexicon(tables), slots, _years())


@cache
def lines_of(form: str) -> frozenset[str]:
    """Ids of the lines with value cells that a form prints, empty for a form without tables."""
    return frozenset(
        line.line_id
        for (name, _), table in load_forms().tables.items()
        if name == form
        for line in table.lines.values()
        if line.slots
    )
