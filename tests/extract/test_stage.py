"""Staging: a load's documents in Parquet, whole or not at all, the same however and however often it is run."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from composed import REPORT, SHANGHAI, STATISTICS, TITLE
from generator import FORMS, LAYOUTS, assemble, random_report, random_style, render
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import stage as stage_module
from extract.files.archive import keep, raw_path
from extract.schema import (
    COVERAGE,
    DOCUMENT_STATUS,
    EXTRACTED,
    JUDGED,
    LASTING,
    ORGAN_BASIS,
    READER_VERSION,
    REJECT_STAGE,
    STAGED,
    VALUE_STATUS,
    StagedWriter,
    empty,
    load_folder,
    staged_writer,
    write_staged,
)
from extract.stage import StageSummary, read_documents, stage

DROPPED = [table for table in JUDGED if table not in LASTING]
TABLES = ("document", "report", "cell", "claim", "reject")
FILES = {
    "a-report.txt": REPORT.encode(),
    "b-statistics.txt": STATISTICS.encode("gb18030"),
    "c-shanghai.txt": b"\xef\xbb\xbf" + SHANGHAI.encode(),
    "d-empty.txt": b"",
    "e-no-report.txt": "今日无事。".encode(),
    "f-two.txt": (REPORT + REPORT.replace("2022年", "2021年")).encode(),
    "g-short.txt": (TITLE + REPORT.split("三、收到")[0].removeprefix(TITLE).replace("| 8 |", "| 8 | 9 |")).encode(),
    "h-report-again.txt": REPORT.encode(),
}
"""A delivery of eight files and seven documents."""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder


def staged_files(home: Path) -> dict[str, bytes]:
    """Path within staging -> bytes; nothing but the staged files may lie there."""
    staging = home / "staging"
    return {path.relative_to(staging).as_posix(): path.read_bytes() for path in staging.rglob("*") if path.is_file()}


def rows(home: Path, load: str, table: str) -> pa.Table:
    return pq.ParquetFile(load_folder(home / "staging", table, load) / "part-0.parquet").read()


def test_a_load_is_staged_in_every_table_with_its_declared_schema(tmp_path: Path, inbox: Path) -> None:
    keep(tmp_path, "one", [inbox])
    stage(tmp_path, "one")
    assert sorted(staged_files(tmp_path)) == sorted(f"{table}/load=one/part-0.parquet" for table in EXTRACTED)
    for table in EXTRACTED:
        assert rows(tmp_path, "one", table).schema.equals(STAGED[table]), table


def test_the_summary_counts_what_was_staged(tmp_path: Path, inbox: Path) -> None:
    """The report that is delivered twice counts once.

    Cells: 67, twice 67, 8, 14, and 10 with the two values of a long row. Rejects: two files that are no reports, and a
    note on each of the five tables of which rows are missing.
    """
    keep(tmp_path, "one", [inbox])
    assert stage(tmp_path, "one") == StageSummary(
        load_name="one", documents=7, read=5, rejected=2, reports=6, cells=67 + 134 + 8 + 14 + 12, unreadable_cells=1,
        rejects=7,
    )  # fmt: skip


def test_every_delivered_document_is_staged_once_as_read_or_rejected(tmp_path: Path, inbox: Path) -> None:
    keep(tmp_path, "one", [inbox])
    stage(tmp_path, "one")
    status = {row["document_id"]: row["status"] for row in rows(tmp_path, "one", "document").to_pylist()}
    rejected = {"d-empty.txt", "e-no-report.txt"}
    assert status == {
        sha256(content).hexdigest(): "rejected" if name in rejected else "read" for name, content in FILES.items()
    }
    assert rows(tmp_path, "one", "document").num_rows == 7


def test_the_staged_tables_hang_together(tmp_path: Path, inbox: Path) -> None:
    keep(tmp_path, "one", [inbox])
    stage(tmp_path, "one")
    documents = set(rows(tmp_path, "one", "document")["document_id"].to_pylist())
    reports = {row["report_id"]: row["document_id"] for row in rows(tmp_path, "one", "report").to_pylist()}
    cells = rows(tmp_path, "one", "cell").to_pylist()
    assert set(reports.values()) <= documents
    assert {cell["report_id"] for cell in cells} <= set(reports)
    assert len({cell["cell_id"] for cell in cells}) == len(cells)
    for reject in rows(tmp_path, "one", "reject").to_pylist():
        assert reports.get(reject["report_id"], reject["document_id"]) == reject["document_id"] in documents


def test_every_vocabulary_is_the_declared_one() -> None:
    tables = {name: table.to_pylist() for name, table in read_documents(list(FILES.items())).items()}
    assert {row["status"] for row in tables["document"]} <= set(DOCUMENT_STATUS)
    assert {row["reader_version"] for row in tables["document"]} == {READER_VERSION}
    assert {row["organ_basis"] for row in tables["report"]} <= {*ORGAN_BASIS, None}
    assert {row["coverage"] for row in tables["report"]} <= set(COVERAGE)
    assert {row["value_status"] for row in tables["cell"]} <= set(VALUE_STATUS)
    assert {row["stage"] for row in tables["reject"]} <= set(REJECT_STAGE)


def test_a_cell_has_a_value_where_one_is_reported_and_a_reason_where_it_is_unreadable() -> None:
    for cell in read_documents(list(FILES.items()))["cell"].to_pylist():
        assert (cell["value"] is not None) == (cell["value_status"] in ("reported", "explicit_zero")), cell
        assert (cell["value"] == 0) == (cell["value_status"] == "explicit_zero"), cell
        assert (cell["reason"] is not None) == (cell["value_status"] == "unreadable"), cell


def test_no_slot_of_a_report_has_two_cells_of_one_part() -> None:
    once = [(name, content) for name, content in FILES.items() if name != "h-report-again.txt"]
    cells = [cell for cell in read_documents(once)["cell"].to_pylist() if cell["slot_id"]]
    assert len({(cell["report_id"], cell["slot_id"], cell["part"]) for cell in cells}) == len(cells)


def test_loading_again_changes_no_byte(tmp_path: Path, inbox: Path) -> None:
    keep(tmp_path, "one", [inbox])
    stage(tmp_path, "one")
    before = staged_files(tmp_path)
    keep(tmp_path, "one", [inbox])
    stage(tmp_path, "one")
    assert staged_files(tmp_path) == before


def test_loading_under_another_name_gives_the_same_rows(tmp_path: Path, inbox: Path) -> None:
    for load in ("one", "two"):
        keep(tmp_path, load, [inbox])
        stage(tmp_path, load)
    for table in TABLES:
        assert rows(tmp_path, "one", table).equals(rows(tmp_path, "two", table)), table


def test_the_names_of_files_play_no_part_in_what_is_read() -> None:
    renamed = [(f"2019-财政局-{name}", content) for name, content in FILES.items()]
    one, other = read_documents(list(FILES.items())), read_documents(renamed)
    assert all(one[table].equals(other[table]) for table in TABLES)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_the_size_of_a_batch_changes_no_byte(
    tmp_path: Path, inbox: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, "one", [inbox])
    stage(tmp_path, "one")
    before = staged_files(tmp_path)
    monkeypatch.setattr(stage_module, "_BATCH", size)
    stage(tmp_path, "one")
    assert staged_files(tmp_path) == before


def documents() -> list[tuple[str, bytes]]:
    """Eight composed files and twelve random ones."""
    rng = Random(20)
    names = list(LAYOUTS)
    random = [
        assemble(
            [render(random_report(rng, rng.choice(FORMS)), rng.choice(names), random_style(rng), rng)], rng
        ).content
        for _ in range(12)
    ]
    return [*FILES.items(), *((f"random-{number}.txt", content) for number, content in enumerate(random))]


DOCUMENTS = documents()
WHOLE = read_documents(DOCUMENTS)


def by_document(parts: Sequence[dict[str, pa.Table]]) -> dict[str, list[tuple[object, ...]]]:
    """Rows of all parts, each table sorted by its first columns."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for table in TABLES:
        whole = pa.concat_tables([part[table] for part in parts]).to_pylist()
        found[table] = sorted((tuple(row.values()) for row in whole), key=repr)
    return found


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(len(DOCUMENTS))), st.lists(st.integers(1, len(DOCUMENTS) - 1), max_size=4))
def test_neither_the_order_of_documents_nor_the_batches_change_a_row(order: list[int], cuts: list[int]) -> None:
    shuffled = [DOCUMENTS[place] for place in order]
    edges = [0, *sorted(set(cuts)), len(shuffled)]
    parts = [read_documents(shuffled[first:last]) for first, last in itertools.pairwise(edges)]
    assert by_document(parts) == by_document([WHOLE])


def test_no_document_at_all_gives_typed_empty_tables() -> None:
    tables = read_documents([])
    assert {name: (table.num_rows, table.schema) for name, table in tables.items()} == {
        name: (0, STAGED[name]) for name in TABLES
    }


def test_an_empty_delivery_is_staged_empty(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    keep(tmp_path, "one", [tmp_path / "in"])
    assert stage(tmp_path, "one") == StageSummary("one", 0, 0, 0, 0, 0, 0, 0)
    assert rows(tmp_path, "one", "cell").schema.equals(STAGED["cell"])


def test_staging_reads_the_archive_and_not_the_sources(tmp_path: Path, inbox: Path) -> None:
    keep(tmp_path, "one", [inbox])
    stage(tmp_path, "one")
    before = staged_files(tmp_path)
    for path in inbox.iterdir():
        path.write_text("changed since", "utf8")
    stage(tmp_path, "one")
    assert staged_files(tmp_path) == before


def test_a_load_that_was_never_kept_cannot_be_staged(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        stage(tmp_path, "one")


@pytest.mark.parametrize("name", ["", "../out", "a/b", "a b"])
def test_a_bad_load_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="load name"):
        stage(tmp_path, name)


def test_progress_counts_documents_to_the_last(tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_module, "_BATCH", 3)
    keep(tmp_path, "one", [inbox])
    seen: list[tuple[int, ...]] = []
    stage(tmp_path, "one", lambda *told: seen.append(told))
    ids = sorted((sha256(content).hexdigest(), name) for name, content in FILES.items() if not name.startswith("h-"))
    rejected = [sum(name in ("d-empty.txt", "e-no-report.txt") for _, name in ids[:done]) for done in (3, 6, 7)]
    assert seen == [(3, 7, rejected[0]), (6, 7, rejected[1]), (7, 7, 2)]


def judge_by_hand(home: Path, load: str) -> None:
    """Something in every table that a gate would have written."""
    for table in DROPPED:
        write_staged(home / "staging", load, table, empty(table))


def test_what_was_judged_before_is_dropped(tmp_path: Path, inbox: Path) -> None:
    for load in ("one", "two"):
        keep(tmp_path, load, [inbox])
        stage(tmp_path, load)
        judge_by_hand(tmp_path, load)
    stage(tmp_path, "one")
    judged = [path for path in staged_files(tmp_path) if path.split("/")[0] in DROPPED]
    assert sorted(judged) == sorted(f"{table}/load=two/part-0.parquet" for table in DROPPED)


def test_since_when_a_decision_is_applied_is_not_forgotten(tmp_path: Path, inbox: Path) -> None:
    keep(tmp_path, "one", [inbox])
    stage(tmp_path, "one")
    write_staged(tmp_path / "staging", "one", "applied_decision", empty("applied_decision"))
    stage(tmp_path, "one")
    assert "applied_decision/load=one/part-0.parquet" in staged_files(tmp_path)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("again", [False, True], ids=["first run", "run again"])
def test_a_run_killed_at_any_table_leaves_nothing_judged_and_heals_when_run_again(
    tmp_path: Path, inbox: Path, table: str, again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The killed run begins from a judged load of a former reading, or from nothing."""
    monkeypatch.setattr("extract.files.archive._now", lambda: datetime(2024, 1, 1))
    keep(tmp_path / "calm", "one", [inbox])
    stage(tmp_path / "calm", "one")
    home = tmp_path / "killed"
    keep(home, "one", [inbox])
    if again:
        stage(home, "one")
        judge_by_hand(home, "one")

    def killed(staging: Path, load: str, name: str) -> AbstractContextManager[StagedWriter]:
        if name == table:
            raise KeyboardInterrupt
        return staged_writer(staging, load, name)

    with monkeypatch.context() as patched:
        patched.setattr(stage_module, "staged_writer", killed)
        with pytest.raises(KeyboardInterrupt):
            stage(home, "one")
    assert [path for path in staged_files(home) if path.split("/")[0] in DROPPED] == []
    stage(home, "one")
    assert staged_files(home) == staged_files(tmp_path / "calm")


def test_an_archived_document_that_has_gone_is_an_error_that_names_it(tmp_path: Path, inbox: Path) -> None:
    keep(tmp_path, "one", [inbox])
    lost = sha256(REPORT.encode()).hexdigest()
    raw_path(tmp_path, lost).unlink()
    with pytest.raises(FileNotFoundError, match=lost):
        stage(tmp_path, "one")


def test_a_fault_of_the_reader_itself_names_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(content: bytes) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("extract.reader.read_document", broken)
    with pytest.raises(RuntimeError, match=r"page\.txt.*" + sha256(b"x").hexdigest()):
        read_documents([("page.txt", b"x")])
