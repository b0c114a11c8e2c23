"""The evaluation of the rules: staged reports, cells and claims in; results, implied values and verdicts out.

How a comparison is made stands in evaluate.sql (the tables) and soft.sql (the prose), once, for one report in memory
and for a load of many; what the reviewers decided is applied before, in decisions.sql.
What a verdict means for a load is gate.py; this module imports no Great Expectations, so that
`ogi check` stays quick.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from expectations import decisions, rules, soft
from expectations.database import connect
from extract.schema import EVALUATED, STAGED, drop_staged, load_folder, staged_writer

READ: Final = ("report", "cell", "claim")
REPORTS: Final = 2_000
"""How many reports of a load are evaluated together: all that is compared stands within one report."""

_RULES: Final = rules.RULES / "evaluate.sql"
_STAGED_AS: Final = {"report": "staged_report", "cell": "printed_cell"}
"""Under which names the staged tables are read, where decisions come between them and the rules."""

# The reports that a decision speaks for are compared twice: as they are printed, and as it was decided.
_AS_PRINTED: Final = """
create or replace temp view report as from staged_report semi join applied_decision using (report_id);
create or replace temp view cell as from printed_cell semi join applied_decision using (report_id)
"""
_AS_DECIDED: Final = """
create or replace temp view report as from staged_report;
create or replace temp view cell as from decided_cell
"""

IDENTITY: Final = pa.schema(
    [
        ("identity_id", pa.string()),
        ("gates", pa.bool_()),
        ("operator", pa.string()),
        ("kind", pa.string()),
        ("severity", pa.string()),
        ("tolerance", pa.decimal128(20, 6)),
    ]
)
SLOT: Final = pa.schema(
    [
        ("slot_id", pa.string()),
        ("form", pa.string()),
        ("table_id", pa.string()),
        ("section", pa.string()),
        ("row_path", pa.string()),
        ("column_path", pa.string()),
        ("if_printed", pa.bool_()),
        ("position", pa.int32()),
    ]
)


@dataclass(frozen=True)
class Evaluation:
    """The staged tables an evaluation makes (extract.schema.STAGED)."""

    identity_result: pa.Table
    printed_result: pa.Table
    implied_value: pa.Table
    soft_result: pa.Table
    verdict: pa.Table
    localisation: pa.Table
    applied_decision: pa.Table


def evaluate(report: pa.Table, cell: pa.Table, claim: pa.Table, decision: pa.Table | None = None) -> Evaluation:
    """Evaluate every identity of every report in memory, as the reviewers decided.

    `report`, `cell`, `claim` and `decision` have the staged schemas. One identity_result row a report x part x
    identity x instance of the forms it has cells of, rows that could not be compared included; one soft_result row a
    report x rule x instance that its prose gives something to compare for; one verdict row a report, which soft_result
    never changes.
    """
    with connect() as connection:
        connection.register("staged_report", report)
        connection.register("printed_cell", cell)
        connection.register("claim", claim)
        return _run(connection, STAGED["decision"].empty_table() if decision is None else decision)


def evaluate_load(home: Path, load_name: str) -> None:
    """Evaluate the staged reports of one load, part by part, and write what comes of it (EVALUATED) beside them.

    The load's former gate is dropped first: it judged other results. A decision that was applied before keeps its
    time. Raises FileNotFoundError where the load was never staged, DecisionError where the decisions cannot be read.
    """
    decision = decisions.read_decisions(home)
    staging = home / "staging"
    former = _former(load_folder(staging, "applied_decision", load_name) / "part-0.parquet")
    files = {table: load_folder(staging, table, load_name) / "part-0.parquet" for table in READ}
    for table, file in files.items():
        if not file.is_file():
            raise FileNotFoundError(f"load {load_name!r} has no staged {table}: {file} does not exist")
    drop_staged(staging, load_name, "load_gate")
    with ExitStack() as stack:
        writers = {table: stack.enter_context(staged_writer(staging, load_name, table)) for table in EVALUATED}
        for first, last in _parts(files["report"]):
            evaluation = _evaluate_part(files, first, last, decision, former)
            for table, writer in writers.items():
                writer.write(getattr(evaluation, table))


def _former(file: Path) -> pa.Table:
    """What an earlier evaluation of the load applied."""
    return pq.ParquetFile(file).read() if file.is_file() else STAGED["applied_decision"].empty_table()


def _parts(report: Path) -> list[tuple[str, str]]:
    """First and last report id of each part of a load, REPORTS at a time; an empty load is one part."""
    ids = sorted(pq.ParquetFile(report).read(["report_id"]).column(0).to_pylist())
    return [(part[0], part[-1]) for n in range(0, len(ids), REPORTS) if (part := ids[n : n + REPORTS])] or [("", "")]


def _evaluate_part(files: dict[str, Path], first: str, last: str, decision: pa.Table, former: pa.Table) -> Evaluation:
    with connect() as connection:
        for table, file in files.items():
            rows = connection.read_parquet(str(file), hive_partitioning=False)
            between = duckdb.ColumnExpression("report_id").between(
                duckdb.ConstantExpression(first), duckdb.ConstantExpression(last)
            )
            rows.filter(between).create_view(_STAGED_AS.get(table, table))
        return _run(connection, decision, former)


def register_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the declared tables identity, term and slot readable in `connection`.

    identity: the rules that are evaluated, typed. term: their signed terms, in declared order (position).
    slot: the places a term can point at, in printed order (position); if_printed marks group lines, known by their
    labels alone.
    """
    for name, table in _declared().items():
        connection.register(name, table)


def _run(connection: duckdb.DuckDBPyConnection, decision: pa.Table, former: pa.Table | None = None) -> Evaluation:
    register_rules(connection)
    for name, table in soft.tables().items():
        connection.register(name, table)
    register_decisions(connection, decision, former)
    _execute(connection, decisions.BEFORE)
    _compare_as_printed(connection)
    connection.execute(_AS_DECIDED)
    _execute(connection, _RULES)
    _execute(connection, soft.FILE)
    _execute(connection, decisions.AFTER)
    connection.register("localisation", _localisation(connection))
    made = {name: connection.table(name).to_arrow_table().cast(STAGED[name]) for name in EVALUATED}
    return Evaluation(**made)


def _localisation(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    if connection.execute("from verdict where verdict = 'held' and gating_failed > 0 limit 1").fetchone() is None:
        return STAGED["localisation"].empty_table()
    from expectations.localise.staging import localise_held  # scipy, which a load without held reports never needs

    return localise_held(connection)


def _compare_as_printed(connection: duckdb.DuckDBPyConnection) -> None:
    """Make printed_result and printed_verdict: of the reports that a decision speaks for, before it is applied."""
    if connection.execute("from applied_decision limit 1").fetchone() is None:
        connection.register("printed_result", STAGED["printed_result"].empty_table())
        connection.register("printed_verdict", STAGED["verdict"].empty_table())
        return
    connection.execute(_AS_PRINTED)
    _execute(connection, _RULES)
    connection.execute("create temp table printed_result as from identity_result")
    connection.execute("create temp table printed_verdict as from verdict")


def register_decisions(
    connection: duckdb.DuckDBPyConnection, decision: pa.Table, former: pa.Table | None = None
) -> None:
    """Make readable what decisions.sql reads beside the staged tables: the decisions, and when they were applied."""
    connection.register("decision", decision)
    connection.register("former_decision", STAGED["applied_decision"].empty_table() if former is None else former)
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.register("evaluation", pa.table({"evaluated_at": pa.array([now], pa.timestamp("us"))}))


def _execute(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    connection.execute(file.read_text(encoding="utf8"))


@cache
def _declared() -> dict[str, pa.Table]:
    term = pa.concat_tables([rules.expand_terms(), rules.printed_terms()])
    conditional = [False] * rules.expand_terms().num_rows + [True] * rules.printed_terms().num_rows
    term = term.append_column("if_printed", pa.array(conditional)).append_column("position", pa.array(range(len(term))))
    return {"identity": _identity(), "term": term, "slot": _slot()}


def _identity() -> pa.Table:
    evaluated = [row for row in rules.identities() if row["stage"] in (rules.ALWAYS, rules.IF_PRINTED)]
    typed = [{**row, "gates": row["gates"] == "1", "tolerance": Decimal(row["tolerance"])} for row in evaluated]
    return pa.Table.from_pylist(typed, schema=IDENTITY)


def _slot() -> pa.Table:
    printed = rules.printed_slots().to_pylist()
    rows = [{**row, "if_printed": False} for row in rules.slots()] + [{**row, "if_printed": True} for row in printed]
    return pa.Table.from_pylist([{**row, "position": n} for n, row in enumerate(rows)], schema=SLOT)
