"""Four staged loads written by hand, small enough to know every answer.

- `2023` (passes): the labelled tables of the seeds, where they are at hand, and the documents below
- `again` (passes): the same documents once more, with a later version of one and a held report
- `refused` (does not pass): a document of its own, and one that `again` holds as well
"""

from __future__ import annotations

import csv
import hashlib
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from staged_truth import SEEDS, staged_from_truth, truth_rows

from extract.schema import STAGED, write_staged

Row = dict[str, Any]
Tables = dict[str, list[Row]]

EXTRACT = Path(__file__).resolve().parents[1] / "extract"
FORM = "national-2021"


def declared(table: Path) -> dict[str, Row]:
    """The rows of a declared table by its first column."""
    with open(table, encoding="utf8", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


SLOTS = declared(EXTRACT / "forms" / "slot.csv")
QUANTITIES = declared(EXTRACT / "prose" / "quantity.csv")


def new_tables() -> Tables:
    return {name: [] for name in STAGED}


def add_document(tables: Tables, uri: str, status: str = "read", reason: str | None = None) -> str:
    """One document delivered under `uri`; its id is the hash of the uri."""
    document_id = hashlib.sha256(uri.encode()).hexdigest()
    tables["delivery"].append({"document_id": document_id, "uri": uri, "byte_count": 1})
    tables["document"].append(
        {
            "document_id": document_id,
            "media_type": "text/plain",
            "encoding": "utf-8",
            "byte_count": 1,
            "char_count": 1,
            "status": status,
            "reason": reason,
            "reader_version": "hand",
        }
    )
    return document_id


def add_report(tables: Tables, document_id: str, report_id: str, verdict: str = "verified", **fields: Any) -> str:
    row = {
        "report_id": report_id,
        "document_id": document_id,
        "ordinal": 1,
        "organ_name": "甲乙县人民政府",
        "organ_basis": "title",
        "division_code": None,
        "year": 2022,
        "form": FORM,
        "coverage": "own_organ",
        "title": None,
        "title_year": None,
        "period_year": None,
        "body_year": None,
        "char_start": 0,
        "char_end": 1,
    }
    tables["report"].append(row | fields)
    tables["verdict"].append(
        {"report_id": report_id, "verdict": verdict, "gating_compared": 1, "gating_failed": int(verdict == "held")}
    )
    return report_id


def add_cell(tables: Tables, report_id: str, slot_id: str | None, raw: str, **fields: Any) -> str:
    """One cell; `raw` is read as its number unless `value` says otherwise."""
    number = 1 + sum(row["report_id"] == report_id for row in tables["cell"])
    slot = SLOTS.get(slot_id or "", {})
    row = {
        "cell_id": f"{report_id}:{number:04d}",
        "report_id": report_id,
        "slot_id": slot_id,
        "section": slot.get("section", "部分"),
        "row_path": slot.get("row_path", "行"),
        "column_path": slot.get("column_path", "列"),
        "part": None,
        "raw_text": raw,
        "value": Decimal(raw) if raw else None,
        "unit": slot.get("printed_unit") or None,
        "value_status": "blank" if not raw else "explicit_zero" if raw == "0" else "reported",
        "reason": None,
        "is_inferred": False,
        "char_start": 0,
        "char_end": 1,
        "locator": None,
    }
    tables["cell"].append(row | fields)
    return str(row["cell_id"])


def add_claim(tables: Tables, report_id: str, quantity_id: str | None, value: str, **fields: Any) -> str:
    """One figure of the prose; indicator and dimensions are those its quantity is declared with."""
    number = 1 + sum(row["report_id"] == report_id for row in tables["claim"])
    quantity = QUANTITIES[quantity_id] if quantity_id else {}
    row = {
        "claim_id": f"{report_id}:c{number:04d}",
        "report_id": report_id,
        "quantity_id": quantity_id,
        **{name: quantity.get(name) or None for name in ("indicator_id", "applicant_type", "outcome", "route")},
        "subject": None,
        "kind": "count",
        "value": Decimal(value),
        "unit": "件",
        "qualifier": "exact",
        "by_negation": False,
        "is_implied": False,
        "scope": None,
        "part_of": None,
        "partition": None,
        "is_rest": False,
        "share_part": None,
        "share_whole": None,
        "quote": "引文",
        "char_start": 0,
        "char_end": 1,
    }
    tables["claim"].append(row | fields)
    return str(row["claim_id"])


def add_soft_result(tables: Tables, report_id: str, identity_id: str, left: str, right: str, **fields: Any) -> None:
    """One comparison of two known figures that should be equal."""
    row = {
        "report_id": report_id,
        "identity_id": identity_id,
        "instance_key": "requests_received",
        "left_value": Decimal(left),
        "operator": "=",
        "right_value": Decimal(right),
        "difference": Decimal(left) - Decimal(right),
        "status": "PASS" if left == right else "FAIL",
        "severity": "warning",
        "left_quote": "引文",
        "right_quote": "引文",
        "left_ids": None,
        "right_ids": None,
        "sentence_zh": "说明",
        "sentence_en": "explanation",
    }
    tables["soft_result"].append(row | fields)


def write_load(staging: Path, name: str, sequence: int, tables: Tables, passed: bool = True) -> None:
    for row in tables["delivery"]:
        row.update(load_name=name, load_sequence=sequence, loaded_at=datetime(2024, 1, sequence))
    tables["load_gate"] = [
        {
            "load_name": name,
            "passed": passed,
            "reason": None if passed else "too many held",
            "documents": len(tables["document"]),
            "reports": len(tables["report"]),
            "held": 0,
            "held_share": 0.0,
            "staged_fingerprint": "hand",
            "results_json": "[]",
        }
    ]
    for table, rows in tables.items():
        write_staged(staging, name, table, pa.Table.from_pylist(rows, schema=STAGED[table]))


def truth() -> Tables:
    """The labelled tables of the seeds, all verified; empty where the labels are not at hand."""
    tables = new_tables()
    if not SEEDS.exists():
        return tables
    tables.update(staged_from_truth(truth_rows(), SLOTS))
    for cell in tables["cell"]:
        # The label adds that this total mixes units; the form prints the unit without it.
        cell["unit"] = (cell["unit"] or "").removesuffix(" (mixed)") or None
    tables["verdict"] = [
        {"report_id": row["report_id"], "verdict": "verified", "gating_compared": 1, "gating_failed": 0}
        for row in tables["report"]
    ]
    cell_ids = {(row["report_id"], row["slot_id"]): row["cell_id"] for row in tables["cell"]}
    tables["implied_value"] = [
        {
            "cell_id": cell_ids[row["report_id"], row["slot_id"]],
            "report_id": row["report_id"],
            "implied_value": Decimal(row["implied_value"]),
            "identity_id": rule,
        }
        for row in truth_rows()
        if row.get("implied_value") is not None
        for rule in ("G2-01", "G2-03")
    ]
    return tables


def requests(slot: str, applicant: str = "total") -> str:
    return f"{FORM}/requests/{slot}/{applicant}"


PROCUREMENT = next(key for key in SLOTS if key.startswith("national-2019") and "procurement" in key and "amount" in key)


def first_load() -> Tables:
    tables = truth()
    old = add_report(tables, add_document(tables, "county-first-version.html"), "county-old")
    add_cell(tables, old, requests("requests_received"), "10")
    add_document(tables, "scan.pdf", status="rejected", reason="no text")
    rejected = tables["document"][-1]["document_id"]
    tables["reject"].append(
        {
            "document_id": rejected,
            "report_id": None,
            "char_start": None,
            "char_end": None,
            "stage": "decode",
            "reason": "no text",
        }
    )

    odd = add_report(tables, add_document(tables, "odd.html"), "odd", verdict="unverified", organ_name="丙丁市人民政府")
    add_cell(tables, odd, requests("requests_received"), "12")
    add_cell(tables, odd, requests("requests_received"), "5", part="区直单位")
    add_cell(tables, odd, requests("granted_full"), "3", value=None, value_status="unreadable", reason="two numbers")
    add_cell(tables, odd, None, "4", row_path="（八）本省增设行")
    add_cell(tables, odd, charges_slot(), "251000.55", unit="元")
    add_cell(tables, odd, requests("requests_carried_in"), "7", unit="斤")
    received = add_claim(tables, odd, "requests_received", "13")
    add_claim(tables, odd, "disclosed_via_weibo", "100", unit="条")
    add_claim(tables, odd, "disclosed_via_weibo", "200", unit="条")
    add_claim(tables, odd, "information_processing_fee_collected", "1.5", unit="万元", kind="amount")
    add_claim(tables, odd, "requests_received_as_accepted", "13")
    add_claim(tables, odd, "normative_documents_issued", "2", unit="份")
    add_soft_result(tables, odd, "N-01", "13", "12", left_ids=received, right_ids="odd:0001")
    prose_report(tables)

    trial = add_report(
        tables,
        add_document(tables, "trial.html"),
        "trial",
        form="national-2019",
        year=2020,
        organ_name=None,
        organ_basis=None,
    )
    add_cell(tables, trial, PROCUREMENT, "52.15", unit=None)
    return tables


def prose_report(tables: Tables) -> None:
    """A report without tables: ten requests in two parts, one of no indicator; a part of the organ, a share, a zero."""
    report = add_report(
        tables,
        add_document(tables, "prose.html"),
        "prose",
        verdict="unverified",
        organ_name="壬癸市人民政府",
        year=2012,
        form="prose",
        title_year=2012,
        period_year=2012,
        body_year=2011,
    )
    total = add_claim(tables, report, "requests_received", "10")
    of_total = {"part_of": total, "partition": "applicant"}
    person = add_claim(tables, report, "requests_received/natural_person", "6", **of_total)
    firms = add_claim(tables, report, None, "4", subject="企业申请", is_rest=True, **of_total)
    add_claim(tables, report, "requests_disposed_as_completed", "10", is_implied=True, quote="均已办结")
    add_claim(
        tables, report, "request_fees_collected", "0", kind="amount", unit=None, by_negation=True, is_implied=True
    )
    add_claim(tables, report, "website_visits", "2000000", unit="人次", qualifier="approximate")
    add_claim(tables, report, "requests_received", "3", scope="市本级")
    add_claim(tables, report, None, "60", kind="share", unit="%", share_part=person, share_whole=total)
    add_soft_result(tables, report, "N-11", "10", "10", left_ids=total, right_ids=f"{person} {firms}")


def charges_slot() -> str:
    return next(key for key in SLOTS if key.startswith(f"{FORM}/disclosure") and SLOTS[key]["printed_unit"] == "万元")


def second_load() -> Tables:
    tables = first_load()
    new = add_report(tables, add_document(tables, "county-second-version.html"), "county-new")
    add_cell(tables, new, requests("requests_received"), "11")
    held = add_report(tables, add_document(tables, "held.html"), "held", verdict="held", organ_name="戊己县人民政府")
    for slot, raw in {
        "requests_received": "20",
        "requests_carried_in": "1",
        "requests_disposed_total": "19",
        "requests_carried_out": "",
    }.items():
        add_cell(tables, held, requests(slot), raw)
    tables["identity_result"] += [
        {
            "report_id": held,
            "form": FORM,
            "identity_id": "T3-01",
            "instance_key": "total",
            "part": None,
            "gates": True,
            "left_value": Decimal(21),
            "operator": "=",
            "right_value": Decimal(19),
            "difference": Decimal(2),
            "blanks": 1,
            "status": "FAIL",
        },
        {
            "report_id": held,
            "form": FORM,
            "identity_id": "T3-05",
            "instance_key": "total",
            "part": None,
            "gates": True,
            "left_value": None,
            "operator": "<=",
            "right_value": Decimal(21),
            "difference": None,
            "blanks": 1,
            "status": "NOT_ASSESSABLE",
        },
    ]
    return tables


def refused_load() -> Tables:
    tables = new_tables()
    for uri, report_id, raw in (("refused.html", "refused", "99"), ("county-second-version.html", "county-new", "11")):
        report = add_report(tables, add_document(tables, uri), report_id, organ_name="庚辛县人民政府")
        add_cell(tables, report, requests("requests_received"), raw)
    return tables


def write_loads(staging: Path) -> None:
    write_load(staging, "refused", 1, refused_load(), passed=False)
    write_load(staging, "2023", 2, first_load())
    write_load(staging, "again", 3, second_load())
