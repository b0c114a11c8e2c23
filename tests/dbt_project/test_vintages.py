"""What was known when, over the loads of hand_made_loads.py: `2023` staged on 2 January 2024, `again` on the 3rd."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hand_made_loads import requests

FIRST, SECOND = datetime(2024, 1, 2), datetime(2024, 1, 3)


def rows(warehouse: duckdb.DuckDBPyConnection, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    return warehouse.execute(query, parameters).fetchall()


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        (datetime(2024, 1, 1, 23, 59), []),
        (FIRST, [("county-old", Decimal(10))]),
        (datetime(2024, 1, 2, 23, 59), [("county-old", Decimal(10))]),
        (SECOND, [("county-new", Decimal(11))]),
        (datetime(2030, 1, 1), [("county-new", Decimal(11))]),
    ],
)
def test_the_marts_as_of_a_moment(
    warehouse: duckdb.DuckDBPyConnection, moment: datetime, known: list[tuple[str, Decimal]]
) -> None:
    query = "select report_id, value from marts.observation_as_of(?) where organ_name = '甲乙县人民政府'"
    assert rows(warehouse, query, moment) == known


def test_at_the_end_of_time_all_that_is_known_is_the_mart(warehouse: duckdb.DuckDBPyConnection) -> None:
    mart = "select * from marts.observation order by observation_id"
    known = "select * from marts.observation_as_of(timestamp '9999-12-31') order by observation_id"
    assert rows(warehouse, mart)
    assert rows(warehouse, known) == rows(warehouse, mart)


def test_a_vintage_is_known_until_its_successor_is(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "select report_id, vintage, known_from, known_to from report where report_id like 'county%' order by 2"
    assert rows(warehouse, query) == [("county-old", 1, FIRST, SECOND), ("county-new", 2, SECOND, None)]


def test_a_changed_cell_stands_with_both_prints(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """select older_report_id, newer_report_id, slot_id, indicator_id, kind, older_raw_text, newer_raw_text,
        older_value, newer_value, changed_at from quality.vintage_change"""
    changed = ("county-old", "county-new", requests("requests_received"), "requests_received", "changed")
    assert rows(warehouse, query) == [(*changed, "10", "11", Decimal(10), Decimal(11), SECOND)]


def test_a_finding_is_open_from_the_load_that_brought_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """select report_id, identity_id, left_value, operator, right_value, opened_at, closed_at, closed_by, is_open
        from quality.finding"""
    assert rows(warehouse, query) == [("held", "T3-01", Decimal(21), "=", Decimal(19), SECOND, None, None, True)]


def test_without_a_file_there_is_no_decision(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(warehouse, "from quality.decision") == []
    assert rows(warehouse, "select distinct verdict = printed_verdict, decision, decided_at from report") == [
        (True, None, None)
    ]
