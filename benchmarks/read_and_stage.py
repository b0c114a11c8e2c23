"""How fast text reports are read and staged on one core, beside two peers: the floor (reading the file, its hash,
decoding it), and the same reader with the tables alone.

Run: ``make bench`` or ``.venv/bin/python benchmarks/read_and_stage.py [FOLDER] [--copies 100] [--json]``. The documents
are those of FOLDER (samples/ where none is named) and copies of them with other figures, in tables and in prose. All
parts run on the same files in this process, in turn, three times; the least processor time of each counts. Exit 1
where speed falls by more than a quarter against the tables alone. What prose costs depends on how much of it states
figures, so it is also given a document, without staging.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from random import Random
from unittest import mock

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extract.files.decode import decode
from extract.formats.document import Undecodable
from extract.reader import read_document
from extract.schema import staged_writer
from extract.stage import read_documents
from tests.generator import with_other_figures

LOAD = "benchmark"
BATCH = 250
LEAST_OF_SPEED = 0.75
"""What must be left of the speed of tables alone where prose is read too."""


def texts_of(folder: Path) -> list[Path]:
    """The text files of a folder that can be decoded."""
    found = []
    for file in sorted(folder.glob("*.txt")):
        with suppress(Undecodable):
            decode(file.read_bytes())
            found.append(file)
    return found


def write_copies(source: Path, target: Path, copies: int) -> list[Path]:
    """Write `copies` of each text of `source` with other figures into `target`; return the files."""
    rng, files = Random(1), []
    for file in texts_of(source):
        text = decode(file.read_bytes()).text
        for number in range(copies):
            changed = with_other_figures(text, rng) if number else text
            files.append(target / f"{file.stem}-{number:04d}.txt")
            files[-1].write_text(changed, encoding="utf8", newline="")
    return files


def floor(files: Sequence[Path]) -> None:
    """The least that any reader must do with a document."""
    for file in files:
        content = file.read_bytes()
        hashlib.sha256(content).hexdigest()
        content.decode("utf8")


def stage(files: Sequence[Path], staging: Path) -> int:
    """Read documents and write their staged tables, as a load does in processes of its own; return the reports."""
    with ExitStack() as stack:
        writers: dict[str, Callable[[pa.Table], None]] = {}
        reports = 0
        for first in range(0, len(files), BATCH):
            tables = read_documents([(file.name, file.read_bytes()) for file in files[first : first + BATCH]])
            for name, rows in tables.items():
                if name not in writers:
                    writers[name] = stack.enter_context(staged_writer(staging, LOAD, name)).write
                writers[name](rows)
            reports += tables["report"].num_rows
    return reports


@contextmanager
def tables_alone() -> Iterator[None]:
    """The reader without its prose."""
    with mock.patch("extract.reader.read_claims", lambda *_: []):
        yield


def cost_of_prose(file: Path, copies: int) -> dict[str, object]:
    """What reading the prose of one document costs, beside reading its tables: the least of five runs over copies."""
    text, rng = decode(file.read_bytes()).text, Random(2)
    contents = [with_other_figures(text, rng).encode() for _ in range(copies)]
    claims = sum(len(report.claims) for report in read_document(contents[0]).reports)

    def least() -> float:
        return min(timed(lambda: [read_document(content) for content in contents]) for _ in range(5)) / copies * 1000

    with tables_alone():
        tables = least()
    whole = least()
    return {
        "document": file.name,
        "characters": len(text),
        "claims": claims,
        "tables_ms": round(tables, 2),
        "with_prose_ms": round(whole, 2),
        "more": f"{whole / tables - 1:.0%}",
    }


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that `work` takes."""
    gc.collect()
    gc.disable()  # as in the processes that read
    start = time.process_time()
    work()
    taken = time.process_time() - start
    gc.enable()
    return taken


def main() -> int:
    """Measure, print, and return 1 where prose costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).resolve().parents[1] / "samples")
    parser.add_argument("--copies", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as scratch:
        delivery, staging = Path(scratch, "delivery"), Path(scratch, "staging")
        delivery.mkdir()
        files = write_copies(options.folder, delivery, options.copies)
        reports = stage(files, staging)
        runs = []
        for _ in range(3):
            with tables_alone():
                tables = timed(lambda: stage(files, staging))
            runs.append((timed(lambda: floor(files)), tables, timed(lambda: stage(files, staging))))
    least, tables, whole = (min(column) for column in zip(*runs, strict=True))
    figures = {
        "documents": len(files),
        "reports": reports,
        "floor_ms_a_document": round(least / len(files) * 1000, 3),
        "tables_alone_ms_a_document": round(tables / len(files) * 1000, 3),
        "read_and_staged_ms_a_document": round(whole / len(files) * 1000, 3),
        "speed_left_of_tables_alone": round(tables / whole, 3),
        "documents_a_second": round(len(files) / whole),
        "reports_a_second": round(reports / whole),
    }
    prose = [cost_of_prose(file, min(options.copies, 40)) for file in texts_of(options.folder)]
    if options.json:
        print(json.dumps({**figures, "prose": prose}))
    else:
        print("\n".join(f"{name:32}{value:>12}" for name, value in figures.items()))
        for row in prose:
            widths = zip(row.values(), (40, 6, 4, 7, 7, 5), strict=True)
            print("  ".join(f"{value!s:>{width}}" for value, width in widths))
        if tables / whole < LEAST_OF_SPEED:
            print(f"missed: {tables / whole:.0%} of the speed is left, not {LEAST_OF_SPEED:.0%}")
    return 1 if tables / whole < LEAST_OF_SPEED else 0


if __name__ == "__main__":
    raise SystemExit(main())
