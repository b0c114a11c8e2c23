"""Divisions are dated, and every labelled report with a table lies in the division of its year."""

from __future__ import annotations

import pytest
from duckdb import DuckDBPyConnection
from staged_truth import SEEDS, truth_rows

needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason="the labelled seeds are not beside this checkout")


@needs_seeds
def test_every_labelled_report_with_a_table_lies_in_its_division(warehouse: DuckDBPyConnection) -> None:
    # The hand-made loads stage the reports that have a table.
    labelled = {
        (row["organ"], row["year"], row["organ_division_code"]) for row in truth_rows() if row["source"] == "table"
    }
    assert labelled
    found = warehouse.execute(
        "select organ_name, year, division_code from marts.organ_division join marts.dim_organ using (organ_key)"
    ).fetchall()
    assert labelled <= set(found)


@pytest.mark.parametrize(
    ("name", "year", "code", "successor"),
    [
        ("白下区", 2010, "320103", "320104"),
        ("密云县", 2014, "110228", "110118"),
        ("莱芜市", 2017, "371200", "370116"),
    ],
)
def test_an_abolished_division_links_to_its_successor(
    warehouse: DuckDBPyConnection, name: str, year: int, code: str, successor: str
) -> None:
    query = "select code, successor_code from marts.dim_division where name = ? and ? between valid_from and valid_to"
    assert warehouse.execute(query, [name, year]).fetchall() == [(code, successor)]


@pytest.mark.parametrize(("year", "codes"), [(2010, ["110105", "220104"]), (2024, ["110105", "220104"])])
def test_a_shared_name_means_several_divisions(warehouse: DuckDBPyConnection, year: int, codes: list[str]) -> None:
    query = """select code from marts.dim_division
        where name = '朝阳区' and ? between valid_from and coalesce(valid_to, ?) order by code"""
    assert [code for (code,) in warehouse.execute(query, [year, year]).fetchall()] == codes
