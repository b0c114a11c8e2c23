"""The declared edit rules, and their expansion over the slots of the printed forms.

What a rule is belongs in identity.csv, which lines it adds up in identity_line.csv, what an instance is called in
instance.csv, what a staged row has to satisfy in invariant.csv. Nothing here knows a single rule; how terms are
compared with values is evaluate.py, what prose is compared with is soft.py.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa

RULES: Final = Path(__file__).resolve().parent
FORMS: Final = RULES.parent / "extract" / "forms"

ALWAYS: Final = "report-linear"
"""Stage of the rules that hold in every report of their forms."""
IF_PRINTED: Final = "if-printed"
"""Stage of the rules over lines that the official form leaves empty; they apply where such cells are printed."""

Row = dict[str, str]

TERM: Final = pa.schema(
    [
        pa.field("identity_id", pa.string(), nullable=False),
        pa.field("form", pa.string(), nullable=False),
        pa.field("instance_key", pa.string(), nullable=False),
        pa.field("operator", pa.string(), nullable=False),
        pa.field("slot_id", pa.string(), nullable=False),
        pa.field("coefficient", pa.int32(), nullable=False),
    ]
)
"""One signed term: sum of coefficient x value, operator, 0."""

PRINTED_SLOT: Final = pa.schema(
    [(name, pa.string()) for name in ("slot_id", "form", "section", "row_path", "column_path")]
)
"""A place on a group line: the official form has no cell there, so it is known by its labels only."""


@cache
def _read(path: Path) -> tuple[Row, ...]:
    with open(path, encoding="utf8", newline="") as file:
        return tuple(csv.DictReader(file))


def slots() -> tuple[Row, ...]:
    """The slots of every printed form, as declared in extract/forms/slot.csv."""
    return _read(FORMS / "slot.csv")


def forms() -> tuple[str, ...]:
    """The codes of the known forms, `prose` included."""
    return tuple(row["form"] for row in _read(FORMS / "form.csv"))


def identities() -> tuple[Row, ...]:
    """The rows of identity.csv in declared order; every value is text as it stands there."""
    return _read(RULES / "identity.csv")


def identity(identity_id: str) -> Row:
    """One row of identity.csv. Raises KeyError naming the rule that is not declared."""
    for row in identities():
        if row["identity_id"] == identity_id:
            return row
    raise KeyError(f"identity.csv declares no identity {identity_id!r}")


def declared(name: str) -> tuple[Row, ...]:
    """The rows of one table of this folder, by its file name; every value is text as it stands there."""
    return _read(RULES / name)


def instance_labels() -> dict[str, tuple[str, str]]:
    """Instance key -> its name in Chinese and English."""
    return {row["instance"]: (row["label_zh"], row["label_en"]) for row in _read(RULES / "instance.csv")}


def invariants() -> tuple[Row, ...]:
    """What each row of a staged table has to satisfy by itself, as declared in invariant.csv."""
    return _read(RULES / "invariant.csv")


def expand_terms() -> pa.Table:
    """Every signed term of the rules that hold in every report of their forms (schema TERM).

    Raises ValueError naming the row of identity_line.csv that points at a slot no form prints.
    """
    return _terms(ALWAYS)


def printed_terms() -> pa.Table:
    """The terms of the rules that apply only where the lines they check are printed (schema TERM)."""
    return _terms(IF_PRINTED)


def printed_slots() -> pa.Table:
    """The group lines of printed_terms() that have no slot, by the labels they carry when printed (PRINTED_SLOT)."""
    used = set(printed_terms().column("slot_id").to_pylist())
    return pa.Table.from_pylist([row for row in _group_slots() if row["slot_id"] in used], schema=PRINTED_SLOT)


@cache
def _terms(stage: str) -> pa.Table:
    rules = {row["identity_id"]: row for row in identities() if row["stage"] == stage}
    known = {slot["slot_id"] for slot in slots()}
    if stage == IF_PRINTED:
        known |= {slot["slot_id"] for slot in _group_slots()}
    rows = []
    for line in _read(RULES / "identity_line.csv"):
        if line["identity_id"] not in rules:
            continue
        for form in line["forms"].split(";"):
            for instance, slot_id in _expand(line, form):
                if slot_id not in known:
                    raise ValueError(f"identity_line.csv, {line['identity_id']}: form {form} has no slot {slot_id!r}")
                rows.append(
                    {
                        "identity_id": line["identity_id"],
                        "form": form,
                        "instance_key": instance,
                        "operator": rules[line["identity_id"]]["operator"],
                        "slot_id": slot_id,
                        "coefficient": int(line["coefficient"]),
                    }
                )
    return pa.Table.from_pylist(rows, schema=TERM)


def _expand(line: Row, form: str) -> Iterator[tuple[str, str]]:
    """Instance key and slot of one declared line in one form, once for each column, line or name it stands for."""
    table = line["table_id"]
    each = _members(form, table, line["for_each"]) if line["over"] == "*" else tuple(line["over"].split(";"))
    for member in each:
        instance, line_id, column_id = (line[key].replace("@", member) for key in ("instance", "line_id", "column_id"))
        yield instance, f"{form}/{table}/{line_id}/{column_id}"


@cache
def _members(form: str, table: str, what: str) -> tuple[str, ...]:
    """The ids of the columns or lines of one table of one form, in printed order."""
    key = f"{what}_id"
    return tuple(dict.fromkeys(row[key] for row in slots() if row["form"] == form and row["table_id"] == table))


@cache
def _group_slots() -> tuple[Row, ...]:
    """A slot_id of its own for every group line x column, which the official form leaves empty."""
    columns: dict[tuple[str, str], dict[str, Row]] = {}
    for slot in slots():
        columns.setdefault((slot["form"], slot["table_id"]), {}).setdefault(slot["column_id"], slot)
    return tuple(
        {
            "slot_id": f"{line['form']}/{line['table_id']}/{line['line_id']}/{column_id}",
            "form": line["form"],
            "section": slot["section"],
            "row_path": line["row_path"],
            "column_path": slot["column_path"],
        }
        for line in _read(FORMS / "line.csv")
        if line["kind"] == "group"
        for column_id, slot in columns[(line["form"], line["table_id"])].items()
    )
