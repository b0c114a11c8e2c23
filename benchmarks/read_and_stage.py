"""How fast text reports are read and staged on one core, beside two peers: the floor (reading the file, its hash,
decoding it), and the same reader with the tables alone.

Run: ``.venv/bin/python benchmarks/read_and_stage.py FOLDER [--copies 100] [--json]``. The documents are those of FOLDER
and copies of them with other figures, in tables and in prose. All parts run on the same files in the same process, in
turn, three times; the medians count. What prose costs depends on how much of it states figures, so it is also given a
document, without staging.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extract.archive import keep, raw_path
from extract.decode import decode
from extract.formats.document import Undecodable
from extract.reader import read_document
from extract.stage import stage
from tests.generator import with_other_figures

LOAD = "benchmark"


def texts_of(folder: Path) -> list[Path]:
    """The text files of a folder that can be decoded."""
    found = []
    for file in sorted(folder.glob("*.txt")):
        with suppress(Undecodable):
            decode(file.read_bytes())
            found.append(file)
    return found


def write_copies(source: Path, target: Path, copies: int) -> int:
    """Write `copies` of each text of `source` with other figures into `target`; return how many files there are."""
    rng, count = Random(1), 0
    for file in texts_of(source):
        text = decode(file.read_bytes()).text
        for number in range(copies):
            changed = with_other_figures(text, rng) if number else text
            (target / f"{file.stem}-{number:04d}.txt").write_text(changed, encoding="utf8", newline="")
            count += 1
    return count


def floor(home: Path, documents: list[str]) -> None:
    """The least that any reader must do with a document."""
    for document_id in documents:
        content = raw_path(home, document_id).read_bytes()
        hashlib.sha256(content).hexdigest()
        content.decode("utf8")


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
    """Seconds of wall time that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as scratch:
        home, delivery = Path(scratch) / "home", Path(scratch) / "delivery"
        delivery.mkdir()
        files = write_copies(options.folder, delivery, options.copies)
        keep(home, LOAD, [delivery])
        documents = [path.name for path in (home / "raw").glob("*/*")]
        summary = stage(home, LOAD)
        runs = []
        for _ in range(3):
            with tables_alone():
                tables = timed(lambda: stage(home, LOAD))
            runs.append((timed(lambda: floor(home, documents)), tables, timed(lambda: stage(home, LOAD))))
    least, tables, whole = (statistics.median(column) for column in zip(*runs, strict=True))
    reports = summary.reports
    figures = {
        "documents": files,
        "reports": reports,
        "floor_ms_a_document": round(least / len(documents) * 1000, 3),
        "tables_alone_ms_a_document": round(tables / len(documents) * 1000, 3),
        "read_and_staged_ms_a_document": round(whole / len(documents) * 1000, 3),
        "prose_costs": f"{whole / tables - 1:.0%}",
        "documents_a_second": round(len(documents) / whole),
        "reports_a_second": round(reports / whole),
    }
    prose = [cost_of_prose(file, min(options.copies, 40)) for file in texts_of(options.folder)]
    if options.json:
        print(json.dumps({**figures, "prose": prose}))
        return
    print("\n".join(f"{name:32}{value:>12}" for name, value in figures.items()))
    for row in prose:
        print("  ".join(f"{value!s:>{width}}" for value, width in zip(row.values(), (28, 6, 4, 7, 7, 5), strict=True)))


if __name__ == "__main__":
    main()
