"""The decision over one load: Great Expectations judges its staged tables, and `load_gate` says what it found.

What is asked stands in suite.py; what a failed identity means for one report was settled by evaluate.py. Keys of
held reports come from the staged verdicts, never from Great Expectations, which returns 200 rows at most.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.database import connect, settings
from expectations.evaluate import register_rules
from expectations.rules import forms
from expectations.suite import Check, checks
from extract.schema import EVALUATED, EXTRACTED, STAGED, load_folder, write_staged

HELD_SHARE_LIMIT: Final = 0.30
JUDGED_TABLES: Final = (*EXTRACTED, *EVALUATED)
SAMPLE_ROWS: Final = 10
NAMED_COLUMNS: Final = 4
"""Columns of the first violating row that the reason quotes; keys stand first."""


@dataclass(frozen=True)
class CheckResult:
    """What one expectation found."""

    name: str
    severity: str
    title_en: str
    title_zh: str
    success: bool
    crashed: bool
    """The question could not be answered: a fault of the program or of its files, not of the reports."""
    unexpected: int | None
    """Violating rows; None where it crashed."""
    sample: list[dict[str, Any]]
    error: str | None

    @property
    def refuses(self) -> bool:
        """Whether this alone refuses the load. What could not be judged is never let through."""
        return self.crashed or (self.severity == "critical" and not self.success)


@dataclass(frozen=True)
class HeldReport:
    """A report that stays out of the release, with what is needed to find it."""

    report_id: str
    organ_name: str | None
    year: int | None
    form: str
    gating_failed: int


@dataclass(frozen=True)
class GateDecision:
    """Whether a load may be released, why not, what was checked, and which of its reports are held."""

    passed: bool
    reason: str | None
    results: list[CheckResult]
    held: list[HeldReport]
    documents: int
    reports: int
    held_share: float | None


def judge(home: Path, load_name: str, held_share_limit: float = HELD_SHARE_LIMIT) -> GateDecision:
    """Judge the staged and evaluated tables of one load and write `load_gate`, last of all its tables.

    `held_share_limit` is a share between 0 and 1. Raises FileNotFoundError naming the staged table that is missing.
    """
    staging = home / "staging"
    fingerprint = staged_fingerprint(home, load_name)
    suite = checks(Decimal(str(held_share_limit)))
    with tempfile.TemporaryDirectory(prefix="gate-") as folder:
        database = Path(folder) / "load.duckdb"
        counts, held = open_load(database, staging, load_name)
        results = _validate(database, suite)
    reason = _reason(results)
    decision = GateDecision(
        passed=reason is None,
        reason=reason,
        results=results,
        held=held,
        documents=counts["document"],
        reports=counts["report"],
        held_share=len(held) / counts["report"] if counts["report"] else None,
    )
    row = {
        "load_name": load_name,
        "passed": decision.passed,
        "reason": reason,
        "documents": decision.documents,
        "reports": decision.reports,
        "held": len(held),
        "held_share": decision.held_share,
        "staged_fingerprint": fingerprint,
        "results_json": json.dumps([_as_json(result) for result in results], ensure_ascii=False, default=str),
    }
    write_staged(staging, load_name, "load_gate", pa.Table.from_pylist([row], schema=STAGED["load_gate"]))
    return decision


def staged_fingerprint(home: Path, load_name: str) -> str:
    """SHA-256 over the staged files that a gate judges. Raises FileNotFoundError naming a missing table."""
    digest = hashlib.sha256()
    for table in JUDGED_TABLES:
        digest.update(table.encode())
        with open(_staged_file(home / "staging", table, load_name), "rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def gate_is_fresh(home: Path, load_name: str) -> bool:
    """Whether the load has a gate that judged exactly the files staged now; whether it passed is another question."""
    file = load_folder(home / "staging", "load_gate", load_name) / "part-0.parquet"
    if not file.is_file():
        return False
    judged = pq.ParquetFile(file).read(["staged_fingerprint"]).column(0).to_pylist()
    try:
        return bool(judged == [staged_fingerprint(home, load_name)])
    except FileNotFoundError:
        return False


def load_passed(home: Path, load_name: str) -> bool:
    """Whether the load was judged, and let through."""
    file = load_folder(home / "staging", "load_gate", load_name) / "part-0.parquet"
    return file.is_file() and bool(pq.ParquetFile(file).read(["passed"]).column(0)[0].as_py())


def _staged_file(staging: Path, table: str, load_name: str) -> Path:
    file = load_folder(staging, table, load_name) / "part-0.parquet"
    if not file.is_file():
        raise FileNotFoundError(f"load {load_name!r} has no staged {table}: {file} does not exist")
    return file


def open_load(database: Path, staging: Path, load_name: str) -> tuple[dict[str, int], list[HeldReport]]:
    """Make a database of views over one load beside the declared tables; return row counts and the held reports."""
    with connect(database) as connection:
        for table in JUDGED_TABLES:
            path = str(_staged_file(staging, table, load_name)).replace("'", "''")
            connection.execute(f"create view {table} as from read_parquet('{path}', hive_partitioning = false)")
        with connect() as declared:
            register_rules(declared)
            tables = {name: declared.table(name).to_arrow_table() for name in ("identity", "term", "slot")}
        tables["form"] = pa.table({"form": list(forms())})
        tables["load"] = pa.table({"load_name": [load_name]})
        for name, rows in tables.items():
            connection.register("rows", rows)
            connection.execute(f'create table "{name}" as from rows')
            connection.unregister("rows")
        counts = {table: _count(connection, table) for table in ("document", "report")}
        held = connection.execute(
            """select report.report_id, report.organ_name, report.year, report.form, verdict.gating_failed
            from verdict inner join report on verdict.report_id = report.report_id
            where verdict.verdict = 'held' order by report.report_id"""
        ).fetchall()
    return counts, [HeldReport(*row) for row in held]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    (rows,) = connection.execute(f"select count(*) from {table}").fetchall()
    return int(rows[0])


def _validate(database: Path, suite: list[Check]) -> list[CheckResult]:
    """Run the suite with Great Expectations over `database`, one result a check, in order."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
    from great_expectations.expectations.metadata_types import FailureSeverity

    _buffer_duckdb_results()
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    address = f"duckdb:///{database}?{urlencode(settings())}"
    source = context.data_sources.add_sql("load", connection_string=address, create_temp_table=False)
    asset = source.add_query_asset("load", query="select * from load")
    batch = asset.add_batch_definition_whole_table("load").get_batch()
    # The batch is the one row naming the load; beside it stand the rows that break the check.
    expectations = [
        UnexpectedRowsExpectation(
            unexpected_rows_query=f"select * from {{batch}}, ({check.query}) as violation",
            severity=FailureSeverity(check.severity),
            description=check.title_en,
            meta={"name": check.name},
        )
        for check in suite
    ]
    outcome = batch.validate(gx.ExpectationSuite(name="load", expectations=expectations), result_format="COMPLETE")
    found = {_name(result): result for result in outcome.results}
    return [_result(check, found[check.name]) for check in suite]


def _name(validation: Any) -> str:
    return str(validation.expectation_config.meta["name"])


def _result(check: Check, validation: Any) -> CheckResult:
    error = _exception(validation.exception_info or {})
    rows = (validation.result.get("details") or {}).get("unexpected_rows") or []
    return CheckResult(
        name=check.name,
        severity=check.severity,
        title_en=check.title_en,
        title_zh=check.title_zh,
        success=bool(validation.success),
        crashed=error is not None,
        unexpected=None if error is not None else int(validation.result["observed_value"]),
        sample=[{key: value for key, value in dict(row).items() if key != "load_name"} for row in rows[:SAMPLE_ROWS]],
        error=error,
    )


def _exception(info: dict[str, Any]) -> str | None:
    """The message of a crash, which Great Expectations keeps flat or under the id of the metric that crashed."""
    for entry in (info, *info.values()):
        if isinstance(entry, dict) and entry.get("raised_exception"):
            return str(entry.get("exception_message"))
    return None


def _reason(results: list[CheckResult]) -> str | None:
    """Why the load is refused, English first; None where it passes."""
    refusing = [result for result in results if result.refuses]
    if not refusing:
        return None
    english = "; ".join(_because(result, "en") for result in refusing)
    chinese = "；".join(_because(result, "zh") for result in refusing)
    return f"refused: {english} / 未予通过：{chinese}"


def _because(result: CheckResult, language: str) -> str:
    title = result.title_en if language == "en" else result.title_zh
    if result.crashed:
        return f"could not judge whether {title} ({result.error})" if language == "en" else f"无法判断：{title}"
    named = [f"{key} {value}" for key, value in result.sample[0].items() if value is not None]
    detail = ", ".join(named[:NAMED_COLUMNS])
    if language == "en":
        return f"it does not hold that {title}: {result.unexpected} row(s), first {detail}"
    return f"不满足“{title}”：{result.unexpected} 条，首条 {detail}"


def _as_json(result: CheckResult) -> dict[str, Any]:
    return dict(vars(result))


def _buffer_duckdb_results() -> None:
    """Fetch DuckDB results whole as soon as a statement has run.

    Great Expectations reads from the cursor after it closed the connection; DuckDB's cursor is empty by then.
    """
    from sqlalchemy import Engine, event

    if not event.contains(Engine, "after_cursor_execute", _buffer):
        event.listen(Engine, "after_cursor_execute", _buffer)


def _buffer(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
) -> None:  # the signature SQLAlchemy calls a listener with
    from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

    if connection.dialect.name == "duckdb" and context is not None and cursor.description:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
            cursor, alternate_description=cursor.description, initial_buffer=cursor.fetchall()
        )
