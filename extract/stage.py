"""Staging: a delivery's documents through the reader into Parquet, streamed in batches.

Reads the raw archive and the staged delivery, writes the staged tables of extract/; knows nothing of what comes after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.files.archive import raw_path
from extract.reader import DOCUMENTS, read_batch, unnest
from extract.schema import EXTRACTED, JUDGED, LASTING, drop_staged, load_folder, staged_writer
from extract.workers import read_apart

_BATCH: Final = 250
_BATCH_BYTES: Final = 8 * 1024 * 1024
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
    """The staged tables document, report, cell, claim and reject of documents (uri, bytes), read in this process."""
    uris, contents = [uri for uri, _ in documents], [content for _, content in documents]
    batch = pa.RecordBatch.from_arrays([pa.array(uris, pa.string()), pa.array(contents, pa.binary())], schema=DOCUMENTS)
    return unnest(read_batch(batch))


def _delivered(home: Path, load_name: str) -> list[tuple[str, str, int]]:
    """document_id, uri and size of each document of the load, once each."""
    table = pq.ParquetFile(load_folder(home / "staging", "delivery", load_name) / "part-0.parquet").read()
    first: dict[str, tuple[str, int]] = {}
    for row in zip(*(table[name].to_pylist() for name in ("document_id", "uri", "byte_count")), strict=True):
        first.setdefault(row[0], row[1:])
    return sorted((document_id, uri, size) for document_id, (uri, size) in first.items())


def _batches(home: Path, delivered: Sequence[tuple[str, str, int]]) -> Iterator[list[tuple[str, Path]]]:
    """uri and file of the documents, as many together as are worth a process of their own."""
    batch: list[tuple[str, Path]] = []
    total = 0
    for document_id, uri, size in delivered:
        if batch and (len(batch) == _BATCH or total + size > _BATCH_BYTES):
            yield batch
            batch, total = [], 0
        batch.append((uri, raw_path(home, document_id)))
        total += size
    if batch:
        yield batch


def stage(home: Path, load_name: str, progress: Callable[[int, int, int], None] | None = None) -> StageSummary:
    """Read the documents of a load and replace its staged tables; `progress` gets documents done, in all, rejected.

    What was judged of the load before is dropped first, so that a run killed on the way leaves a load that nothing
    publishes. Raises FileNotFoundError where the load was never kept.
    """
    staging, delivered = home / "staging", _delivered(home, load_name)
    for table in JUDGED:
        if table not in LASTING:
            drop_staged(staging, load_name, table)
    summary = StageSummary(load_name, 0, 0, 0, 0, 0, 0, 0)
    with ExitStack() as stack:
        writers = {table: stack.enter_context(staged_writer(staging, load_name, table)) for table in _TABLES}
        for readings in read_apart(_batches(home, delivered)):
            tables = unnest(readings)
            for table, rows in tables.items():
                writers[table].write(rows)
            summary = _counted(summary, tables)
            if progress:
                progress(summary.documents, len(delivered), summary.rejected)
    # What Arrow keeps for the next table would stay with this process while others model what was read.
    pa.default_memory_pool().release_unused()
    return summary


def _counted(former: StageSummary, tables: dict[str, pa.Table]) -> StageSummary:
    """The summary with some more tables counted in."""
    status = tables["document"]["status"]
    read = pc.sum(pc.equal(status, "read")).as_py() or 0
    more = (
        len(status),
        read,
        len(status) - read,
        tables["report"].num_rows,
        tables["cell"].num_rows,
        pc.sum(pc.equal(tables["cell"]["value_status"], "unreadable")).as_py() or 0,
        tables["reject"].num_rows,
    )
    return StageSummary(former.load_name, *map(sum, zip(former[1:], more, strict=True)))
