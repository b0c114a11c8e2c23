"""A report of a late adopter: its first table printed in one form, its second in another."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pyarrow as pa
from hand_made import NO_CLAIM

from expectations.evaluate import evaluate
from expectations.rules import slots
from extract.schema import STAGED

REPORT = {
    "report_id": "r-1", "document_id": "d", "ordinal": 1, "organ_name": None, "organ_basis": None, "division_code": None,
    "year": 2022, "form": "national-2019", "coverage": "own_organ", "title": None, "char_start": 0, "char_end": 1,
}  # fmt: skip


def zero(number: int, slot_id: str) -> dict[str, object]:
    return {
        "cell_id": f"r-1:{number:04d}", "report_id": "r-1", "slot_id": slot_id, "section": None, "row_path": None,
        "column_path": None, "part": None, "raw_text": "0", "value": Decimal(0), "unit": None,
        "value_status": "explicit_zero", "reason": None, "is_inferred": False, "char_start": 0, "char_end": 1,
        "locator": None,
    }  # fmt: skip


def test_each_table_is_compared_by_the_rules_of_its_own_form_and_no_instance_twice() -> None:
    printed = {("national-2021", "disclosure"), ("national-2019", "requests")}
    ids = [slot["slot_id"] for slot in slots() if (slot["form"], slot["table_id"]) in printed]
    cell = pa.Table.from_pylist([zero(number, slot_id) for number, slot_id in enumerate(ids)], schema=STAGED["cell"])
    results = evaluate(
        pa.Table.from_pylist([REPORT], schema=STAGED["report"]), cell, NO_CLAIM
    ).identity_result.to_pylist()
    assert Counter((row["form"], row["identity_id"], row["status"]) for row in results) == {
        ("national-2021", "T2-03", "PASS"): 2,
        ("national-2019", "T3-01", "PASS"): 7,
        ("national-2019", "T3-03", "PASS"): 7,
        ("national-2019", "T3-04", "PASS"): 23,
        ("national-2019", "T3-05", "PASS"): 7,
        ("national-2019", "T4-01", "NOT_ASSESSABLE"): 1,
        ("national-2019", "T4-02", "NOT_ASSESSABLE"): 1,
        ("national-2019", "T4-03", "NOT_ASSESSABLE"): 1,
    }
    assert max(Counter((row["identity_id"], row["instance_key"]) for row in results).values()) == 1
