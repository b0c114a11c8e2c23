"""What a release must agree with before it is published: the gates of its loads, and the counts of what was staged.

Questions only, answered by SQL over the staged Parquet and the attached database `release`; publish.py acts on them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from extract.schema import STAGED

# A document that several loads delivered is taken once, from the load that was registered first.
_CHOSEN: Final = """
create temp table chosen as
select document_id, arg_min(load_name, load_sequence) as load_name
from staged_delivery semi join passed using (load_name)
group by document_id;
create temp table chosen_report as
select report_id, load_name from staged_report semi join chosen using (document_id, load_name);
"""

_COUNTS: Final = {
    "documents": (
        "select count(*) from chosen",
        "select count(*) from release.provenance.document",
    ),
    "deliveries": (
        """select count(*) from (
           select distinct document_id, load_name, uri from staged_delivery semi join passed using (load_name))""",
        "select count(*) from release.provenance.delivery",
    ),
    "reports": (
        "select count(*) from chosen_report",
        "select count(*) from release.provenance.report",
    ),
    "cells": (
        "select count(*) from staged_cell semi join chosen_report using (report_id, load_name)",
        "select count(*) from release.provenance.cell",
    ),
    "claims": (
        "select count(*) from staged_claim semi join chosen_report using (report_id, load_name)",
        "select count(*) from release.provenance.claim",
    ),
    "comparisons of the prose": (
        "select count(*) from staged_soft_result semi join chosen_report using (report_id, load_name)",
        "select count(*) from release.quality.soft_result",
    ),
    "rejects": (
        "select count(*) from staged_reject semi join chosen using (document_id, load_name)",
        "select count(*) from release.provenance.reject",
    ),
}

_RULES: Final = {
    "a document is neither read nor rejected": """
        select document_id from release.provenance.document d
        where status not in ('read', 'rejected')
           or (status = 'read') <> exists (from release.provenance.report r where r.document_id = d.document_id)""",
    "a report has no verdict": "select report_id from release.provenance.report where verdict is null",
    "a held report is current": "select report_id from release.provenance.report where verdict = 'held' and is_current",
    "an observation stands in the marts although its report is held or not current": """
        select observation_id from release.marts.observation
        anti join (from release.provenance.report where verdict <> 'held' and is_current) using (report_id)""",
    "a current report's observation is missing in the marts": """
        select observation_id from release.provenance.observation
        semi join (from release.provenance.report where verdict <> 'held' and is_current) using (report_id)
        anti join release.marts.observation using (observation_id)""",
    "a staged row is unaccounted for": "select subject from release.quality.balance where fate = 'unaccounted'",
    "an observation stands twice": """
        select observation_id from release.provenance.observation group by all having count(*) > 1""",
}


def staged_sql(home: Path, table: str) -> str:
    """A query over one staged table of all loads, each row with the `load_name` of its folder."""
    pattern = str(home / "staging" / table / "load=*" / "*.parquet").replace("'", "''")
    return (
        f"select * exclude (load), load as load_name from read_parquet('{pattern}', "
        "hive_partitioning = true, hive_types = {'load': varchar})"
    )


def audit(connection: duckdb.DuckDBPyConnection, home: Path) -> list[str]:
    """Sentences on all in which the attached database `release` disagrees with the home; empty where it agrees."""
    _attach_staged(connection, home)
    findings = _gate_findings(connection, home)
    if findings:
        return findings
    for what, (staged, released) in _COUNTS.items():
        want, have = _number(connection, staged), _number(connection, released)
        if want != have:
            findings.append(f"{want} {what} are staged, {have} would be published")
    for rule, query in _RULES.items():
        keys = [str(row[0]) for row in connection.execute(query + " limit 4").fetchall()]
        if keys:
            findings.append(f"{rule}: {', '.join(keys[:3])}{' and more' if len(keys) > 3 else ''}")
    return findings


def _attach_staged(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    for table in STAGED:
        if any((home / "staging" / table).glob("load=*/*.parquet")):
            query = staged_sql(home, table)
            if "load_name" in STAGED[table].names:
                query = query.replace("* exclude (load)", "* exclude (load, load_name)")
            connection.execute(f"create temp view staged_{table} as {query}")
        else:
            columns = ", ".join(f"null as {name}" for name in dict.fromkeys([*STAGED[table].names, "load_name"]))
            connection.execute(f"create temp view staged_{table} as select {columns} limit 0")
    connection.execute("create temp table passed as select load_name from staged_load_gate where passed")
    connection.execute(_CHOSEN)


def _gate_findings(connection: duckdb.DuckDBPyConnection, home: Path) -> list[str]:
    """Loads that the release holds without a gate that passed on what is staged now, and the reverse."""
    released = _names(connection, "select load_name from release.provenance.delivery")
    passed = _names(connection, "select load_name from passed semi join staged_delivery using (load_name)")
    findings = [f"load {name} is in the build but its gate did not pass" for name in sorted(released - passed)]
    findings += [f"load {name} passed its gate but is not in the build" for name in sorted(passed - released)]
    from expectations.gate import gate_is_fresh

    stale = [name for name in sorted(released & passed) if not gate_is_fresh(home, name)]
    return findings + [
        f"load {name} was staged again after its gate judged it, or judged by an earlier version: load it again"
        for name in stale
    ]


def _names(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(query).fetchall()}


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return 0 if row is None else int(row[0])
