"""How long dbt takes over a large load, beside how long reading the same reports took, and which of its nodes dominate.

Run: ``.venv/bin/python benchmarks/dbt_build.py [--reports 10000] [--texts] [--json]``. Generated reports, each a page
of a portal (or with --texts its tables alone, as text), are kept, read and staged as `ogi load` does it, evaluated and
judged, and built into a fresh warehouse; each part is timed in the same run. The home has seen a load before: its first
build also lets dbt parse the project. Exit 1 where the build takes longer than the reading.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from generator import LoadReport, Style, compose, load_documents, portal

from expectations.evaluate import evaluate_load
from expectations.gate import judge
from expectations.review import review
from extract.files.archive import keep
from extract.schema import DECISIONS, write_staged
from extract.stage import stage
from orchestration.dbt_build import Node, run_dbt
from orchestration.home import prepare_home
from orchestration.publish import begin_build

FIRST = 10
"""Reports of the load before."""

PAGE_SIZE = 16_800  # characters of a page that is 20 KB in UTF-8

SHOWN = 20


def timed(step: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of a step, and what it returned."""
    began = time.perf_counter()
    result = step()
    return time.perf_counter() - began, result


def page(document: LoadReport) -> tuple[str, str]:
    """Name and markup of a document as a page of a portal."""
    rng = Random(document.name)
    composed = compose(document.report, Style(prose=True, titles=True), rng)
    return f"{document.name}.html", portal.portal_page(composed, rng, PAGE_SIZE)


def text(document: LoadReport) -> tuple[str, str]:
    """Name and text of a document that is its tables alone."""
    return document.name, document.text


def measure(reports: int, written: Callable[[LoadReport], tuple[str, str]]) -> tuple[dict[str, float], list[Node]]:
    """Seconds of each part of a load of so many reports, and the nodes that dbt built."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch, "home")
        prepare_home(home)
        _load(home, "first", map(written, load_documents(FIRST)))
        return _load(home, "benchmark", map(written, islice(load_documents(FIRST + reports), FIRST, None)))


def _load(home: Path, name: str, documents: Iterable[tuple[str, str]]) -> tuple[dict[str, float], list[Node]]:
    folder = home / name
    folder.mkdir()
    for file, content in documents:
        folder.joinpath(file).write_text(content, encoding="utf8")
    keep(home, name, [folder])
    reading, _ = timed(lambda: stage(home, name))
    evaluating, _ = timed(lambda: evaluate_load(home, name))
    judging, decision = timed(lambda: judge(home, name))
    if not decision.passed:
        raise RuntimeError(f"the generated load was refused: {decision.reason}")
    write_staged(home / "staging", DECISIONS, "decision", review(home).decision)
    begin_build(home)
    building, nodes = timed(lambda: list(run_dbt(home)))
    return {"reading": reading, "evaluating": evaluating, "judging": judging, "dbt build": building}, nodes


def main() -> int:
    """Measure and print; 1 where dbt took longer than the reading."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--texts", action="store_true", help="tables alone, as text")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    seconds, nodes = measure(options.reports, text if options.texts else page)
    slowest = sorted(nodes, key=lambda node: -node.seconds)[:SHOWN]
    if options.json:
        print(json.dumps({"reports": options.reports, **seconds, "slowest": {n.unique_id: n.seconds for n in slowest}}))
    else:
        _print(options.reports, seconds, slowest)
    return int(seconds["dbt build"] > seconds["reading"])


def _print(reports: int, seconds: dict[str, float], slowest: list[Node]) -> None:
    parts = Table(title=f"{reports:,} reports, two processes that read", title_justify="left")
    parts.add_column("part")
    parts.add_column("seconds", justify="right")
    for name, value in seconds.items():
        parts.add_row(name, f"{value:.1f}")
    nodes = Table(title="what dominates the build (two nodes at a time)", title_justify="left")
    nodes.add_column("node")
    nodes.add_column("seconds", justify="right")
    for node in slowest:
        nodes.add_row(node.unique_id.partition(".")[2], f"{node.seconds:.1f}")
    out = Console()
    out.print(parts)
    out.print(nodes)


if __name__ == "__main__":
    raise SystemExit(main())
