"""Staged tables made by hand from labelled observations, so that the gate and the models are tested without the reader."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from extract.schema import EXTRACTED, STAGED, write_staged

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def truth_rows() -> list[dict[str, Any]]:
    """The hand-checked observations of the seeds, one dict each."""
    with open(SEEDS / "truth.jsonl", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def staged_from_truth(
    rows: Iterable[Mapping[str, Any]], slots: Mapping[str, Mapping[str, str]]
) -> dict[str, list[dict[str, Any]]]:
    """Rows of delivery, document, report and cell for the table observations in `rows` (shape of truth.jsonl)."""
    out: dict[str, list[dict[str, Any]]] = {name: [] for name in EXTRACTED}
    documents: dict[str, str] = {}
    reports: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["source"] != "table":
            continue
        name = row["file"]
        document_id = documents.get(name)
        if document_id is None:
            document_id = documents[name] = hashlib.sha256(name.encode()).hexdigest()
            out["document"].append(
                {
                    "document_id": document_id,
                    "media_type": "text/plain",
                    "encoding": "utf-8",
                    "byte_count": 1,
                    "char_count": 1,
                    "status": "read",
                    "reason": None,
                    "reader_version": "hand",
                }
            )
            out["delivery"].append(
                {
                    "document_id": document_id,
                    "load_name": "",
                    "load_sequence": 1,
                    "loaded_at": datetime(2024, 1, 1),
                    "uri": name,
                    "byte_count": 1,
                }
            )
        report = reports.get(row["report_id"])
        if report is None:
            ordinal = 1 + sum(r["document_id"] == document_id for r in out["report"])
            report = {
                "report_id": row["report_id"],
                "document_id": document_id,
                "ordinal": ordinal,
                "organ_name": row["organ"],
                "organ_basis": "title",
                "division_code": row["organ_division_code"],
                "year": row["year"],
                "form": row["form"],
                "coverage": row["coverage"],
                "title": None,
                "char_start": 0,
                "char_end": 1,
            }
            reports[row["report_id"]] = report
            out["report"].append(report)
        number = 1 + sum(c["report_id"] == row["report_id"] for c in out["cell"])
        slot = slots[row["slot_id"]]
        out["cell"].append(
            {
                "cell_id": f"{row['report_id']}:{number:04d}",
                "report_id": row["report_id"],
                "slot_id": row["slot_id"],
                "section": slot["section"],
                "row_path": slot["row_path"],
                "column_path": slot["column_path"],
                "part": None,
                "raw_text": row["raw"] or "",
                "value": None if row["value"] is None else Decimal(str(row["value"])),
                "unit": row["unit"] or None,
                "value_status": row["value_status"],
                "reason": None,
                "is_inferred": False,
                "char_start": 0,
                "char_end": 1,
                "locator": None,
            }
        )
    return out


def write_load(staging: Path, load_name: str, tables: Mapping[str, list[dict[str, Any]]], sequence: int = 1) -> None:
    """Write hand-made rows as one staged load; tables that are not given are empty."""
    for table in EXTRACTED:
        rows = [dict(row) for row in tables.get(table, [])]
        if table == "delivery":
            for row in rows:
                row.update(load_name=load_name, load_sequence=sequence, loaded_at=datetime(2024, 1, sequence))
        write_staged(staging, load_name, table, pa.Table.from_pylist(rows, schema=STAGED[table]))
