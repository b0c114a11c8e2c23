"""Staging: a delivery's documents through the reader into Parquet, streamed in batches.

Reads the raw archive and the staged delivery, writes the staged tables of extract/; knows nothing of what comes after.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.archive import raw_path
from extract.reader import DOCUMENTS, read_batch, unnest
from extract.schema import EXTRACTED, JUDGED, drop_staged, load_folder, write_staged

_BATCH: Final = 200
_TABLES: Final = tuple(table for table in EXTRACTED if table != "delivery")


class StageSummary(NamedTuple):
    """What staging a load read. `unreadable_cells` are cells that are printed but could not be read with certainty."""

    load_name: str
    documents: int
    read: int
    rejected: int
    reports: int
    cells: int
    unreadable_cells: int
    rejects: int


def read_documents(documents: Sequence[tuple[str, bytes]]) -> dict[str, pa.Table]:
    """The staged tables document, report, cell, claim and reject of documents (uri, bytes) in memory."""
    uris, contents = [uri for uri, _ in documents], [content for _, content in documents]
    batch = pa.RecordBatch.from_arrays([pa.array(uris, pa.string()), pa.array(contents, pa.binary())], schema=DOCUMENTS)
    return unnest(read_batch(batch))


def _delivered(home: Path, load_name: str) -> list[tuple[str, str]]:
    """document_id and uri of each document of the load, once each."""
    table = pq.read_table(load_folder(home / "staging", "delivery", load_name) / "part-0.parquet")
    first: dict[str, str] = {}
    for document_id, uri in zip(table["document_id"].to_pylist(), table["uri"].to_pylist(), strict=True):
        first.setdefault(document_id, uri)
    return sorted(first.items())


def _batches(home: Path, delivered: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, bytes]]]:
    for start in range(0, len(delivered), _BATCH):
        yield [
            (uri, raw_path(home, document_id).read_bytes()) for document_id, uri in delivered[start : start + _BATCH]
        ]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Reading makes many small tuples and no cycles; the cyclic collector would walk them all in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def stage(home: Path, load_name: str, progress: Callable[[int, int], None] | None = None) -> StageSummary:
    """Read the documents of a load and replace its staged tables; `progress` gets documents done and in all.

    What was judged of the load before is dropped first, so that a run killed on the way leaves a load that nothing
    publishes. Raises FileNotFoundError where the load was never kept.
    """
    staging, delivered = home / "staging", _delivered(home, load_name)
    for table in JUDGED:
        drop_staged(staging, load_name, table)
    parts: dict[str, list[pa.Table]] = {table: [] for table in _TABLES}
    done = 0
    for batch in _batches(home, delivered):
        with _without_collector():
            tables = read_documents(batch)
        for table, rows in tables.items():
            parts[table].append(rows)
        done += len(batch)
        if progress:
            progress(done, len(delivered))
    from extract.schema import empty

    whole = {table: pa.concat_tables(rows) if rows else empty(table) for table, rows in parts.items()}
    for table, rows in whole.items():
        write_staged(staging, load_name, table, rows)
    return _summary(load_name, whole)


def _summary(load_name: str, tables: dict[str, pa.Table]) -> StageSummary:
    status = tables["document"]["status"]
    read = pc.sum(pc.equal(status, "read")).as_py() or 0
    unreadable = pc.sum(pc.equal(tables["cell"]["value_status"], "unreadable")).as_py() or 0
    return StageSummary(
        load_name,
        len(status),
        read,
        len(status) - read,
        tables["report"].num_rows,
        tables["cell"].num_rows,
        unreadable,
        tables["reject"].num_rows,
    )
