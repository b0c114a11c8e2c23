"""The declared tables that soft.sql reads: which printed line prose restates, how far two numbers may differ.

How a comparison is made stands in soft.sql; which rules there are in identity.csv. Nothing here computes a result.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Final

import pyarrow as pa

from expectations import rules

FILE: Final = rules.RULES / "soft.sql"
SCOPES: Final = ("narrative", "narrative vs table")
"""Scopes in identity.csv of the rules that compare a report's prose with its tables or with itself."""

_S, _I, _B, _F, _D = pa.string(), pa.int32(), pa.bool_(), pa.float64(), pa.decimal128(20, 6)
_DIMENSIONS: Final = ("indicator_id", "applicant_type", "outcome", "route")

DECLARED: Final[dict[str, pa.Schema]] = {
    "prose_identity": pa.schema(
        [
            *((name, _S) for name in ("identity_id", "severity", "title_zh", "title_en", "wording_zh", "wording_en")),
            ("position", _I),
        ]
    ),
    "restatement": pa.schema(
        [("form", _S), ("instance_key", _S), ("slot_id", _S), ("identity_id", _S), ("position", _I)]
    ),
    "rollup": pa.schema([("instance_key", _S), ("member_key", _S), ("outcome", _S), ("certain", _B)]),
    "combined": pa.schema([("name", _S), ("pattern", _S), ("instance_key", _S), ("identity_id", _S), ("position", _I)]),
    "qualifier": pa.schema(
        [
            *((name, _S) for name in ("kind", "qualifier", "operator")),
            *((name, _F) for name in ("absolute", "last_digit_units", "last_digit_limit", "relative")),
        ]
    ),
    "unit_kind": pa.schema([("unit", _S), ("unit_kind", _S), ("factor", _D)]),
    "inexact_sum": pa.schema(
        [
            *((name, _S) for name in ("indicator_id", "partition", "part_identity_id", "reason_zh", "reason_en")),
            ("may_exceed", _B),
            ("may_fall_short", _B),
        ]
    ),
    "prose_label": pa.schema([("key", _S), ("label_zh", _S), ("label_en", _S)]),
}


def quantity_key(row: rules.Row, prefix: str = "") -> str:
    """What a quantity is called in soft_result: its indicator and the dimensions that are not the total.

    `row` holds indicator_id, applicant_type, outcome and route, each behind `prefix`: litigation_cases/direct.
    """
    indicator, applicant, outcome, route = (row.get(prefix + name, "") for name in _DIMENSIONS)
    dimensions = ((applicant, "total"), (outcome, "total"), (route, "all"))
    return "/".join([indicator, *(value for value, whole in dimensions if value not in ("", whole))])


def prose_identities() -> tuple[rules.Row, ...]:
    """The rows of identity.csv that soft.sql evaluates, in declared order."""
    bounds = {row["part_identity_id"] for row in rules.declared("inexact_sum.csv")}
    return tuple(row for row in rules.identities() if row["scope"] in SCOPES or row["identity_id"] in bounds)


@cache
def tables() -> dict[str, pa.Table]:
    """The declared tables of soft.sql by name, typed (DECLARED); an empty field is NULL."""
    rows: dict[str, list[rules.Row]] = {
        "prose_identity": list(prose_identities()),
        "restatement": [{**row, "instance_key": quantity_key(row)} for row in rules.declared("restatement.csv")],
        "rollup": [
            {**row, "instance_key": quantity_key(row), "member_key": quantity_key(row, "member_")}
            for row in rules.declared("rollup.csv")
        ],
        "combined": [{**row, "instance_key": quantity_key(row)} for row in rules.declared("combined.csv")],
        **{
            name: list(rules.declared(f"{name}.csv"))
            for name in ("qualifier", "unit_kind", "inexact_sum", "prose_label")
        },
    }
    return {name: _typed(rows[name], schema) for name, schema in DECLARED.items()}


def _typed(rows: list[rules.Row], schema: pa.Schema) -> pa.Table:
    numbered = [{**row, "position": str(position)} for position, row in enumerate(rows)]
    typed = [{field.name: _value(row[field.name], field.type) for field in schema} for row in numbered]
    return pa.Table.from_pylist(typed, schema=schema)


def _value(text: str, kind: pa.DataType) -> str | int | float | bool | Decimal | None:
    if text == "":
        return None
    if kind == _B:
        return text == "1"
    if kind == _I:
        return int(text)
    if kind == _F:
        return float(text)
    return Decimal(text) if kind == _D else text
