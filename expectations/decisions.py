"""The reviewers' decisions: the supplied file decisions.csv, and what it says of the staged reports.

A decision is keyed on organ, year, coverage and slot, and names the value its reviewer saw, so that it never speaks for
a number that nobody looked at. Which reports it speaks for is found in decisions.sql, what it does to their verdict in
decided.sql; evaluate.py runs both.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from expectations import rules
from extract.schema import COVERAGE, DECISION, STAGED

FILE: Final = "decisions.csv"
BEFORE: Final = rules.RULES / "decisions.sql"
"""What is done before the rules are evaluated."""
AFTER: Final = rules.RULES / "decided.sql"
"""What is done with the verdicts that the rules give."""
CORRECT: Final = "correct"
REJECT: Final = "reject"

COLUMNS: Final = (
    *("decision", "organ_name", "division_code", "year", "coverage", "slot_id", "part", "expected_value"),
    *("corrected_value", "who", "decided_on", "reason", "source"),
)
_OPTIONAL: Final = frozenset(("division_code", "part", "source"))
_REQUIRED: Final = ("organ_name", "who", "reason")
_YEAR: Final = re.compile(r"[0-9]{4}")
_DIVISION: Final = re.compile(r"[0-9]{6}")

Row = dict[str, Any]


class DecisionError(ValueError):
    """The decisions cannot be applied as they stand; the message names file and line of every one that cannot."""


def decisions_file(home: Path) -> Path:
    """Where the reviewers put their decisions; there need not be any."""
    return home / FILE


def read_decisions(home: Path) -> pa.Table:
    """The decisions of a home (staged schema `decision`), in the order of the file; none where there is no file.

    Raises DecisionError naming file, line and what is wrong with it, of every line at once.
    """
    file = decisions_file(home)
    if not file.is_file():
        return STAGED["decision"].empty_table()
    problems: list[str] = []
    rows: list[Row] = []
    for line, row in _lines(file):
        found = list(_faults(row))
        problems += [f"{file}, line {line}: {fault}" for fault in found]
        if not found:
            rows.append(_typed(row, line))
    problems += _repeated(file, rows)
    if problems:
        raise DecisionError("\n".join(problems))
    return pa.Table.from_pylist(rows, schema=STAGED["decision"])


def _lines(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and fields of every decision, blanks around a field left out."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError(f"{file}: is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    reader = csv.DictReader(text.splitlines(), strict=True)
    given = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in given and name not in _OPTIONAL]
    unknown = [name for name in given if name not in COLUMNS]
    if missing or unknown:
        named = [f"has no column {name}" for name in missing] + [f"has an unknown column {name!r}" for name in unknown]
        raise DecisionError(f"{file}, line 1: {'; '.join(named)}; the columns are {', '.join(COLUMNS)}")
    reader.fieldnames = given
    try:
        for row in reader:
            if None in row or None in row.values():
                raise DecisionError(f"{file}, line {reader.line_num}: has not as many fields as line 1 has columns")
            yield reader.line_num, {name: str(row.get(name) or "").strip() for name in COLUMNS}
    except csv.Error as error:
        raise DecisionError(f"{file}, line {reader.line_num}: is no CSV: {error}") from None


def _faults(row: dict[str, str]) -> Iterator[str]:
    """What is wrong with one decision."""
    decision = row["decision"]
    if decision not in DECISION:
        yield f"decision is {decision!r}, not one of {', '.join(DECISION)}"
    yield from (f"{name} is empty" for name in _REQUIRED if not row[name])
    if not _YEAR.fullmatch(row["year"]):
        yield f"year is {row['year']!r}, not four digits"
    if row["division_code"] and not _DIVISION.fullmatch(row["division_code"]):
        yield f"division_code is {row['division_code']!r}, not six digits"
    if row["coverage"] not in COVERAGE:
        yield f"coverage is {row['coverage']!r}, not one of {', '.join(COVERAGE)}"
    if not _is_date(row["decided_on"]):
        yield f"decided_on is {row['decided_on']!r}, not a date like 2024-03-31"
    yield from _cell_faults(row)


def _cell_faults(row: dict[str, str]) -> Iterator[str]:
    decision, slot_id = row["decision"], row["slot_id"]
    slot = next((slot for slot in rules.slots() if slot["slot_id"] == slot_id), None)
    if slot_id and slot is None:
        yield f"slot_id {slot_id!r} is in no printed form"
    if not slot_id and decision != REJECT:
        yield f"slot_id is empty: {decision} needs a cell and the value expected in it"
    elif not slot_id and (row["expected_value"] or row["part"]):
        yield "part and expected_value need a slot_id"
    corrected = number(row["corrected_value"])
    is_signed = slot is not None and slot["measure"] == "signed"
    if decision == CORRECT and (corrected is None or (corrected < 0 and not is_signed)):
        yield f"corrected_value is {row['corrected_value']!r}, not a number{'' if is_signed else ' from 0 up'}"
    elif decision == CORRECT and slot_id and corrected == number(row["expected_value"]):
        yield f"corrected_value {row['corrected_value']} is the expected value"
    elif decision != CORRECT and decision in DECISION and row["corrected_value"]:
        yield f"corrected_value is given, but the decision is {decision}"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def number(text: str) -> Decimal | None:
    """The number that a field holds, thousands separators allowed; None where it holds none that can be staged."""
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    exact = value.is_finite() and abs(value) < 10**14 and value == round(value, 6)
    return value if exact else None


def _typed(row: dict[str, str], line: int) -> Row:
    filled: Row = {name: value or None for name, value in row.items()}
    says = "\x1f".join(row[name] for name in COLUMNS)
    return {
        **filled,
        "decision_id": hashlib.sha256(says.encode()).hexdigest()[:16],
        "line": line,
        "year": int(row["year"]),
        "expected_value": row["expected_value"] if row["slot_id"] else None,
        "corrected_value": number(row["corrected_value"]),
        "decided_on": date.fromisoformat(row["decided_on"]),
    }


def _repeated(file: Path, rows: list[Row]) -> Iterator[str]:
    """Decisions of one kind on one cell and value, or on one report without a cell."""
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        expected = row["expected_value"]
        key = (*(row[name] for name in COLUMNS[:7]), expected and (number(expected) or expected))
        first = seen.setdefault(key, row["line"])
        if first != row["line"]:
            yield f"{file}, line {row['line']}: decides again what line {first} decides"
