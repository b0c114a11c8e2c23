"""The whole way of a load, files to published warehouse: how long it takes and how much memory, at two sizes.

Run: ``.venv/bin/python benchmarks/load.py [--documents 1000 20000] [--json]``. Each size is loaded into an empty home
by `ogi load`, as a user does it, on reports of organs of their own. Memory is that of the command and of all processes
that it starts, sampled ten times a second; the sizes are each other's peers: what the larger needs more is what grows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.generator import load_documents
from tests.processes import resident

INTERVAL = 0.1


def load(folder: Path, home: Path) -> tuple[float, int]:
    """Seconds of `ogi load`, and the most bytes of memory that it used."""
    command = [str(Path(sys.executable).with_name("ogi")), "load", str(folder), "--home", str(home)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peak = 0
    printed: list[str] = []
    reader = threading.Thread(target=lambda: printed.extend(process.communicate()[0].splitlines()))
    reader.start()
    while reader.is_alive():
        peak = max(peak, resident(process.pid))
        reader.join(INTERVAL)
    if process.returncode:
        raise RuntimeError("\n".join(printed))
    return time.perf_counter() - began, peak


def measure(documents: int) -> dict[str, float]:
    """Seconds, documents a second and MB at the most of a load of so many."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "files")
        folder.mkdir()
        for each in load_documents(documents):
            folder.joinpath(each.name).write_text(each.text, encoding="utf8")
        seconds, peak = load(folder, Path(scratch, "home"))
    return {"documents": documents, "seconds": seconds, "a second": documents / seconds, "MB": peak / 1024**2}


def main() -> int:
    """Measure each size and print them beside each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = [measure(count) for count in options.documents]
    if options.json:
        print(json.dumps(found))
        return 0
    table = Table(*found[0], title="ogi load, two processes that read")
    for row in found:
        table.add_row(*(f"{value:,.0f}" for value in row.values()))
    Console().print(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
