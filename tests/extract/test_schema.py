"""Staged tables: declared types, whole files, and names that can be folders."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract import schema
from extract.schema import EXTRACTED, JUDGED, STAGED, drop_staged, empty, load_folder, write_staged

DELIVERY = [
    {
        "document_id": "d",
        "load_name": "one",
        "load_sequence": 1,
        "loaded_at": datetime(2024, 1, 1),
        "uri": "a.txt",
        "byte_count": 3,
    },
]


def delivery(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=STAGED["delivery"])


def test_every_staged_table_is_written_by_one_folder() -> None:
    assert sorted((*EXTRACTED, *JUDGED)) == sorted(STAGED)


def test_numbers_keep_six_decimals_and_fourteen_digits_before_them() -> None:
    assert STAGED["cell"].field("value").type == pa.decimal128(20, 6)
    assert STAGED["claim"].field("value").type == pa.decimal128(20, 6)


@pytest.mark.parametrize("table", STAGED)
def test_an_empty_table_is_written_with_its_declared_types(tmp_path: Path, table: str) -> None:
    file = write_staged(tmp_path, "2023", table, empty(table))
    assert file == tmp_path / table / "load=2023" / "part-0.parquet"
    assert pq.read_schema(file).equals(STAGED[table])


def test_writing_again_replaces_the_rows_and_leaves_no_scratch(tmp_path: Path) -> None:
    write_staged(tmp_path, "one", "delivery", delivery(DELIVERY * 3))
    file = write_staged(tmp_path, "one", "delivery", delivery(DELIVERY))
    assert pq.ParquetFile(file).read().to_pylist() == DELIVERY
    assert [path.name for path in file.parent.iterdir()] == ["part-0.parquet"]


def test_a_write_that_dies_half_way_leaves_the_former_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_staged(tmp_path, "one", "delivery", delivery(DELIVERY))

    def torn(*_: object) -> None:
        (file.parent / ".part-0.parquet.writing").write_bytes(b"PAR1 half a file")
        raise OSError("no space left on device")

    monkeypatch.setattr(schema.StagedWriter, "_flush", torn)
    with pytest.raises(OSError, match="no space left"):
        write_staged(tmp_path, "one", "delivery", delivery(DELIVERY * 2))
    assert pq.ParquetFile(file).read().to_pylist() == DELIVERY


MISFITS = [
    delivery(DELIVERY).drop_columns(["uri"]),
    delivery(DELIVERY).append_column("more", pa.array(["x"])),
    delivery(DELIVERY).set_column(4, "byte_count", pa.array(["three"])),
    pa.Table.from_pylist([{**DELIVERY[0], "uri": None}]),
]


@pytest.mark.parametrize(
    "rows", MISFITS, ids=["column missing", "column too many", "wrong type", "NULL in a required column"]
)
def test_rows_that_do_not_fit_the_declared_schema_are_refused(tmp_path: Path, rows: pa.Table) -> None:
    with pytest.raises((pa.ArrowInvalid, ValueError)):
        write_staged(tmp_path, "one", "delivery", rows)
    assert list(tmp_path.rglob("part-0.parquet")) == []


def test_dropping_forgets_one_table_of_one_load(tmp_path: Path) -> None:
    for load in ("one", "two"):
        for table in ("delivery", "verdict"):
            write_staged(tmp_path, load, table, empty(table))
    drop_staged(tmp_path, "one", "verdict")
    drop_staged(tmp_path, "one", "load_gate")  # was never there
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.parquet"))
    assert left == [
        "delivery/load=one/part-0.parquet",
        "delivery/load=two/part-0.parquet",
        "verdict/load=two/part-0.parquet",
    ]


def test_a_table_that_is_not_declared_has_no_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="cells"):
        load_folder(tmp_path, "cells", "one")


BAD_NAMES = ["", ".", "..", "a/b", "../a", "a..b", "-a", "_a", ".a", "a b", "a=b", "a\n", "湖南", "x" * 101]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_cannot_be_a_folder_and_a_partition_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="load name"):
        load_folder(tmp_path, "cell", name)


@pytest.mark.parametrize("name", ["2023", "a", "2023-06_delivery.v2", "x" * 100])
def test_a_plain_name_is_taken(tmp_path: Path, name: str) -> None:
    assert load_folder(tmp_path, "cell", name) == tmp_path / "cell" / f"load={name}"


FOREIGN = ("duckdb", "dagster", "dbt", "great_expectations", "pandas", "expectations", "orchestration")


def test_reading_needs_no_other_folder_and_none_of_their_libraries() -> None:
    """In a fresh process, because the test run itself has imported much."""
    probe = f"import sys, extract.stage, extract.files.archive; print(*[m for m in {FOREIGN!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
