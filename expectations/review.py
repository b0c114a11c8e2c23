"""The decisions against all that is staged: which loads they were not yet applied to, which no longer match the source.

Asks only; what is staged again, and that a mismatch ends the run, is for orchestration/. How a decision meets a report
is decisions.sql alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from expectations import decisions
from expectations.database import connect
from expectations.evaluate import register_decisions
from extract.schema import load_folder

_KEYED: Final = """
select decision_id, line, decision, report_id, cell_id, found, is_as_expected, organ_name, year
from keyed inner join staged_report using (report_id)
"""
_LOADED_AT: Final = "select max(loaded_at) from read_parquet(?, hive_partitioning = false)"

Row = dict[str, Any]


@dataclass(frozen=True)
class Review:
    """What the decisions come to over all loads of a home."""

    decision: pa.Table
    """The decisions of the file (staged schema)."""
    stale: tuple[str, ...]
    """Loads whose evaluation applied other decisions than the file holds, in order of name."""
    problems: tuple[str, ...]
    """A sentence on each decision that does not match what is staged, and on those that contradict each other."""


def review(home: Path) -> Review:
    """Hold the decisions of a home against its staged loads; nothing is written.

    A decision about a report that no load has brought waits, which is no problem. Raises DecisionError where the file
    cannot be read.
    """
    decision = decisions.read_decisions(home)
    stale: list[str] = []
    keyed: list[Row] = []
    for load_name in _judged_loads(home):
        found = _keyed(home, load_name, decision)
        keyed += [row | {"load_name": load_name} for row in found]
        wanted = {(row["decision_id"], row["report_id"]) for row in found if row["is_as_expected"]}
        if wanted != _applied(home, load_name):
            stale.append(load_name)
    return Review(decision, tuple(stale), tuple(_problems(home, decision.to_pylist(), keyed)))


def _judged_loads(home: Path) -> list[str]:
    """Loads that were evaluated and judged to the end, by this version; a run that was killed leaves none."""
    names = [folder.name.removeprefix("load=") for folder in (home / "staging" / "load_gate").glob("load=*")]
    tables = ("load_gate", "applied_decision")
    return sorted(name for name in names if all(_file(home, table, name).is_file() for table in tables))


def _applied(home: Path, load_name: str) -> set[tuple[str, str]]:
    rows = pq.ParquetFile(_file(home, "applied_decision", load_name)).read(["decision_id", "report_id"])
    return set(zip(rows["decision_id"].to_pylist(), rows["report_id"].to_pylist(), strict=True))


def _keyed(home: Path, load_name: str, decision: pa.Table) -> list[Row]:
    """The reports of one load that decisions are about, as decisions.sql finds them."""
    if not decision.num_rows:
        return []
    with connect() as connection:
        for table, name in (("report", "staged_report"), ("cell", "printed_cell")):
            rows = connection.read_parquet(str(_file(home, table, load_name)), hive_partitioning=False)
            rows.create_view(name)
        register_decisions(connection, decision)
        connection.execute(decisions.BEFORE.read_text(encoding="utf8"))
        (loaded_at,) = connection.execute(_LOADED_AT, [str(_file(home, "delivery", load_name))]).fetchone() or (None,)
        found: list[Row] = connection.execute(_KEYED).to_arrow_table().to_pylist()
    return [row | {"loaded_at": loaded_at} for row in found]


def _problems(home: Path, decided: list[Row], keyed: list[Row]) -> list[str]:
    file = decisions.decisions_file(home)
    about: dict[str, list[Row]] = defaultdict(list)
    for row in keyed:
        about[row["decision_id"]].append(row)
    problems = []
    for decision in decided:
        reports = about[decision["decision_id"]]
        if reports and not any(row["is_as_expected"] for row in reports):
            newest = max(reports, key=lambda row: (row["loaded_at"] is not None, row["loaded_at"], row["report_id"]))
            problems.append(f"{file}, line {decision['line']}: {_mismatch(decision, newest)}")
    return problems + list(_contradictions(file, keyed))


def _mismatch(decision: Row, newest: Row) -> str:
    part = f" ({decision['part']})" if decision["part"] else ""
    found = "no such cell" if newest["cell_id"] is None else repr(newest["found"])
    return (
        f"{decision['decision']} for {decision['organ_name']} {decision['year']} {decision['coverage']}, "
        f"{decision['slot_id']}{part}: expected {decision['expected_value'] or ''!r}, found {found} "
        f"in report {newest['report_id']} of load {newest['load_name']}"
    )


def _contradictions(file: Path, keyed: list[Row]) -> list[str]:
    """Reports that are released and rejected, cells that are corrected twice."""
    lines: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in keyed:
        if row["is_as_expected"]:
            subject = row["cell_id"] if row["decision"] == decisions.CORRECT else row["report_id"]
            kind = "corrected" if row["decision"] == decisions.CORRECT else "decided"
            lines[kind, subject][row["decision"]].add(row["line"])
    problems = []
    for (kind, subject), by_decision in sorted(lines.items()):
        listed = ", ".join(str(line) for line in sorted(set.union(*by_decision.values())))
        if kind == "decided" and len(by_decision) > 1:
            problems.append(f"{file}, lines {listed}: report {subject} is both released and rejected")
        if kind == "corrected" and len(by_decision[decisions.CORRECT]) > 1:
            problems.append(f"{file}, lines {listed}: cell {subject} is corrected more than once")
    return problems


def _file(home: Path, table: str, load_name: str) -> Path:
    return load_folder(home / "staging", table, load_name) / "part-0.parquet"
