"""What protects the slots of each form, as documented; how many organs received nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb

DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "coverage.md"


def test_the_documented_protection_is_what_the_rules_give(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = [line.strip("| ").split(" | ") for line in DOCUMENTED.read_text("utf8").split("\n") if line.startswith("| ")]
    found = warehouse.execute(
        """select form, table_id, slots, slots_unprotected, slots_bounded, slots_one_equality, slots_two_equalities,
            slots_more_equalities from quality.slot_coverage order by form, table_id"""
    ).fetchall()
    assert [tuple(row) for row in rows[1:]] == [tuple(map(str, row)) for row in found]


def test_slots_are_counted_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """select sum(slots), sum(slots_unprotected + slots_bounded + slots_one_equality + slots_two_equalities
        + slots_more_equalities), (select count(*) from codebook.slot) from quality.slot_coverage"""
    (row,) = warehouse.execute(query).fetchall()
    assert len(set(row)) == 1
