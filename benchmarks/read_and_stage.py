"""How fast text reports are read and staged on one core, beside the floor: reading the file, its hash, decoding it.

Run: ``.venv/bin/python benchmarks/read_and_stage.py FOLDER [--copies 100] [--json]``. The documents are those of FOLDER
and copies of them with other figures. Both halves run on the same files in the same process, in turn, three times; the
medians count.
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
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extract.archive import keep, raw_path
from extract.decode import Undecodable, decode
from extract.stage import stage
from tests.generator import with_other_figures

LOAD = "benchmark"


def write_copies(source: Path, target: Path, copies: int) -> int:
    """Write `copies` of each text of `source` with other figures into `target`; return how many files there are."""
    rng, count = Random(1), 0
    for file in sorted(source.glob("*.txt")):
        try:
            text = decode(file.read_bytes()).text
        except Undecodable:
            continue
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
        reports = stage(home, LOAD).reports
        runs = [(timed(lambda: floor(home, documents)), timed(lambda: stage(home, LOAD))) for _ in range(3)]
    least, whole = (statistics.median(column) for column in zip(*runs, strict=True))
    figures = {
        "documents": files,
        "reports": reports,
        "floor_ms_a_document": round(least / len(documents) * 1000, 3),
        "read_and_staged_ms_a_document": round(whole / len(documents) * 1000, 3),
        "documents_a_second": round(len(documents) / whole),
        "reports_a_second": round(reports / whole),
    }
    lines = (f"{name:32}{value:>12}" for name, value in figures.items())
    print(json.dumps(figures) if options.json else "\n".join(lines))


if __name__ == "__main__":
    main()
