"""Staged rows written by hand, for the tests of the gate. Nothing here reads a document or evaluates a rule."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from extract.schema import STAGED

SHARED = Path(__file__).resolve().parents[3] / "shared"
FORMS = Path(__file__).resolve().parents[2] / "extract" / "forms"

Printed = int | str | None
"""A number, or None for a blank, or "/" for not applicable, or "?" for unreadable."""


def slots() -> dict[str, dict[str, str]]:
    with open(FORMS / "slot.csv", encoding="utf8", newline="") as file:
        return {row["slot_id"]: row for row in csv.DictReader(file)}


SLOTS = slots()


def cell(report_id: str, number: int, slot_id: str | None, printed: Printed, **other: Any) -> dict[str, Any]:
    """One staged cell; labels as the form prints them."""
    status = {None: "blank", "/": "not_applicable", "?": "unreadable", 0: "explicit_zero"}.get(printed, "reported")
    labels = SLOTS.get(slot_id or "", {})
    return {
        "cell_id": f"{report_id}:{number:04d}",
        "report_id": report_id,
        "slot_id": slot_id,
        "section": labels.get("section"),
        "row_path": labels.get("row_path"),
        "column_path": labels.get("column_path"),
        "part": None,
        "raw_text": "" if printed is None else str(printed),
        "value": Decimal(printed) if isinstance(printed, int) else None,
        "unit": None,
        "value_status": status,
        "reason": "damaged" if status == "unreadable" else None,
        "is_inferred": False,
        "char_start": 0,
        "char_end": 1,
        "locator": None,
        **other,
    }


def report(report_id: str, form: str, **other: Any) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "document_id": hashlib.sha256(report_id.encode()).hexdigest(),
        "ordinal": 1,
        "organ_name": "某市人民政府",
        "organ_basis": "title",
        "division_code": None,
        "year": 2023,
        "form": form,
        "coverage": "government_level",
        "title": None,
        "char_start": 0,
        "char_end": 1,
        **other,
    }


def sheet(form: str, printed: Mapping[str, Printed], report_id: str = "r") -> list[dict[str, Any]]:
    """The cells of one report: slot without its form -> what is printed there."""
    return [cell(report_id, n, f"{form}/{place}", value) for n, (place, value) in enumerate(printed.items(), 1)]


def tables(reports: list[dict[str, Any]], cells: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """A whole load around reports and cells: one document and one delivery a report."""
    documents = [
        {
            "document_id": row["document_id"],
            "media_type": "text/plain",
            "encoding": "utf-8",
            "byte_count": 1,
            "char_count": 1,
            "status": "read",
            "reason": None,
            "reader_version": "hand",
        }
        for row in reports
    ]
    deliveries = [
        {
            "document_id": row["document_id"],
            "load_name": "",
            "load_sequence": 1,
            "loaded_at": datetime(2024, 1, 1),
            "uri": f"{n}.txt",
            "byte_count": 1,
        }
        for n, row in enumerate(reports)
    ]
    return {"report": reports, "cell": cells, "document": documents, "delivery": deliveries}


def arrow(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=STAGED[table])


NO_CLAIM = STAGED["claim"].empty_table()
