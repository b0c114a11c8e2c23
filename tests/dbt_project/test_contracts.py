"""The published tables: their names and columns are promises, their comments and types make them readable anywhere."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from staged_truth import SEEDS

PUBLISHED = ("provenance", "marts", "quality", "codebook")
PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"

OBSERVATION = """observation_id report_id organ_name division_code year:INTEGER period_end:DATE form coverage
        indicator_id applicant_type outcome route period source value:DECIMAL(20,6) unit_code value_status
        implied_value:DECIMAL(20,6) match_type is_total:BOOLEAN additive:BOOLEAN is_preferred:BOOLEAN verdict"""

# Columns that others rely on, in order; further ones may follow. Text where no type is named.
CONTRACT = {
    "provenance.document": "document_id uri media_type encoding byte_count:BIGINT status reason reader_version",
    "provenance.delivery": "document_id load_name uri",
    "provenance.report": """report_id document_id ordinal:INTEGER organ_name organ_basis division_code year:INTEGER form
        coverage title verdict is_current:BOOLEAN""",
    "provenance.cell": """cell_id report_id slot_id section row_path column_path part raw_text value:DECIMAL(20,6) unit
        value_status is_inferred:BOOLEAN char_start:BIGINT char_end:BIGINT locator""",
    "provenance.claim": """claim_id report_id indicator_id applicant_type outcome route value:DECIMAL(20,6) unit
        qualifier by_negation:BOOLEAN quote char_start:BIGINT char_end:BIGINT quantity_id subject kind is_implied:BOOLEAN scope part_of
        partition is_rest:BOOLEAN share_part share_whole""",
    "provenance.reject": "document_id report_id char_start:BIGINT char_end:BIGINT stage reason",
    "provenance.observation": OBSERVATION,
    "marts.observation": OBSERVATION,
    "quality.identity_result": """report_id identity_id instance_key left_value:DECIMAL(20,6) operator
        right_value:DECIMAL(20,6) difference:DECIMAL(20,6) blanks:INTEGER status""",
    "quality.soft_result": """report_id identity_id instance_key left_value:DECIMAL(20,6) operator
        right_value:DECIMAL(20,6) difference:DECIMAL(20,6) status severity left_quote right_quote left_ids right_ids
        sentence_zh sentence_en title_zh title_en organ_name year:INTEGER""",
    "quality.unmapped_claim": "claim_id report_id",
    "quality.load_gate": "load_name",
    "quality.held_report": "report_id",
    "codebook.indicator": "indicator_id",
    "codebook.crosswalk": "slot_id",
    "codebook.quantity": "quantity_id indicator_id applicant_type outcome route relation partition is_rest:BOOLEAN",
    "codebook.identity": "identity_id",
    "codebook.identity_term": "identity_id form instance_key operator slot_id coefficient:INTEGER",
    "codebook.slot": "slot_id",
    "codebook.metric": "metric_id",
    "codebook.applicant_type": "applicant_type",
    "codebook.outcome": "outcome",
    "codebook.route": "route",
    "marts.requests": "observation_id",
    "marts.disputes": "observation_id",
    "marts.disclosure": "observation_id",
    "marts.capacity": "observation_id",
    "marts.organ_year": "report_id",
}

NOT_PLAIN = re.compile(r"\[|STRUCT|MAP|UNION|JSON")


def published_columns(warehouse: DuckDBPyConnection) -> list[tuple[str, str, str, str | None]]:
    """Table, column, type and comment of everything that is published, in order."""
    return warehouse.execute(
        "select schema_name || '.' || table_name, column_name, data_type, comment from duckdb_columns() "
        f"where database_name = 'release' and schema_name in {PUBLISHED} order by 1, column_index"
    ).fetchall()


@pytest.mark.parametrize("table", CONTRACT)
def test_the_table_starts_with_the_columns_it_promises(warehouse: DuckDBPyConnection, table: str) -> None:
    promised = [
        (name, kind or "VARCHAR") for name, _, kind in (column.partition(":") for column in CONTRACT[table].split())
    ]
    have = [(column, kind) for name, column, kind, _ in published_columns(warehouse) if name == table]
    assert have[: len(promised)] == promised


def test_every_published_object_is_a_table(warehouse: DuckDBPyConnection) -> None:
    views = warehouse.execute(
        f"select view_name from duckdb_views() where database_name = 'release' and schema_name in {PUBLISHED}"
    ).fetchall()
    assert views == []


def test_every_column_has_a_plain_type(warehouse: DuckDBPyConnection) -> None:
    columns = published_columns(warehouse)
    assert columns
    assert [row[:3] for row in columns if NOT_PLAIN.search(row[2])] == []


def test_every_table_and_column_is_explained_in_chinese_and_english(warehouse: DuckDBPyConnection) -> None:
    explained = re.compile(r"[\u4e00-\u9fff].* / .*[A-Za-z]", re.DOTALL)
    tables = warehouse.execute(
        "select schema_name || '.' || table_name, comment from duckdb_tables() "
        f"where database_name = 'release' and schema_name in {PUBLISHED}"
    ).fetchall()
    assert {name for name, _ in tables} >= set(CONTRACT)
    assert [name for name, comment in tables if not explained.search(comment or "")] == []
    columns = published_columns(warehouse)
    assert [row[:2] for row in columns if not explained.search(row[3] or "")] == []


def test_every_declared_column_is_in_the_database_and_the_reverse(home: Path, warehouse: DuckDBPyConnection) -> None:
    manifest = json.loads((home / "target" / "manifest.json").read_text(encoding="utf8"))
    declared = {
        (f"{node['schema']}.{node['alias']}", column)
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed") and node["schema"] in PUBLISHED
        for column in node["columns"]
    }
    assert declared == {row[:2] for row in published_columns(warehouse)}


def test_every_model_of_the_published_schemas_has_an_enforced_contract(home: Path) -> None:
    manifest = json.loads((home / "target" / "manifest.json").read_text(encoding="utf8"))
    models = [
        node for node in manifest["nodes"].values() if node["resource_type"] == "model" and node["schema"] in PUBLISHED
    ]
    assert models
    assert [node["name"] for node in models if not node["contract"]["enforced"]] == []


@pytest.mark.skipif(not SEEDS.exists(), reason="the reference tables are not beside this checkout")
def test_the_identity_terms_are_those_of_the_reference(warehouse: DuckDBPyConnection) -> None:
    with open(SEEDS.parent / "domain" / "identity_term.csv", encoding="utf8", newline="") as file:
        reference = {tuple(row.values()) for row in csv.DictReader(file)}
    have = warehouse.execute(
        "select identity_id, form, instance_key, operator, slot_id, coefficient::varchar from codebook.identity_term"
    ).fetchall()
    assert len(have) == len(reference)
    assert set(have) == reference


def test_the_identity_terms_are_those_the_gate_evaluates(warehouse: DuckDBPyConnection) -> None:
    from expectations.rules import expand_terms

    have = warehouse.execute(
        "select identity_id, form, instance_key, operator, slot_id, coefficient from codebook.identity_term"
    ).fetchall()
    assert sorted(have) == sorted(tuple(row.values()) for row in expand_terms().to_pylist())


def test_the_warehouse_build_does_not_report_to_anyone() -> None:
    assert "send_anonymous_usage_stats: false" in (PROJECT / "dbt_project.yml").read_text(encoding="utf8")
