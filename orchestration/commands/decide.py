"""`ogi decide`: applies the reviewers' decisions to what is loaded, publishes, and prints what became of each."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from expectations.database import connect
from expectations.decisions import read_decisions
from orchestration.commands.console import complain, console, joined, number
from orchestration.commands.load import OK, REFUSED, UNUSABLE, job_environment, run_job, shown_progress
from orchestration.home import HomeError, hold, home_path, release_file

_DECISIONS: Final = """
select line, decision, organ_name, year, coverage, slot_id, part, expected_value, corrected_value, report_id, state,
    state_zh, state_en, verdict, superseded_by
from quality.decision order by line, report_id
"""
_KINDS: Final = {"release": "放行 release", "correct": "更正 correct", "reject": "剔除 reject"}
_STYLES: Final = {"applied": "green", "superseded": "", "waiting": "yellow"}


def run(home: Path | None) -> int:
    """Apply the decisions of the data home; returns the exit code."""
    folder = home_path(home)
    try:
        if not (folder / "staging").is_dir():
            raise HomeError(f"the data home {folder} holds no load yet; `ogi load PATH` makes one")
        read_decisions(folder)
        with hold(folder):
            problem = _apply(folder)
    except (HomeError, ValueError) as error:
        complain(str(error))
        return UNUSABLE
    if problem is not None:
        complain(problem)
        return REFUSED
    _print(folder)
    return OK


def _apply(home: Path) -> str | None:
    from orchestration.dbt_build import DbtError

    job_environment(home)
    with shown_progress(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, for those who develop them
        try:
            from orchestration.definitions import DECIDE_JOB
        except DbtError as error:
            return str(error)
        return run_job(DECIDE_JOB)


def _print(home: Path) -> None:
    with connect(release_file(home), read_only=True) as connection:
        rows: list[dict[str, Any]] = connection.execute(_DECISIONS).to_arrow_table().to_pylist()
    out = console()
    if rows:
        table = Table(title="复核决定 decisions", title_justify="left", title_style="bold", show_lines=True)
        for label in ("行 line", "决定 decision", "报告 report", "现状 state"):
            table.add_column(label, overflow="fold")
        for row in rows:
            state = joined((row["state_zh"], row["state_en"], row["verdict"]), "\n")
            table.add_row(str(row["line"]), _what(row), _which(row), Text(state, style=_STYLES[row["state"]]))
        out.print(table)
    else:
        out.print("没有复核决定 no decisions")
    out.print(Text.assemble(("数据库 warehouse  ", "bold"), str(release_file(home))), soft_wrap=True)


def _what(row: dict[str, Any]) -> Text:
    change = f"{row['expected_value'] or '□'} → {number(row['corrected_value'])}"
    corrected = change if row["decision"] == "correct" else ""
    return Text(joined((_KINDS[row["decision"]], row["slot_id"], row["part"], corrected), "\n"))


def _which(row: dict[str, Any]) -> Text:
    return Text(joined((row["organ_name"], f"{row['year']} {row['coverage']}", row["report_id"]), "\n"))
