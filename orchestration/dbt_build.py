"""Runs dbt over the staged loads into the build database, and tells what each node did.

One process, its log read line by line; no dbt is imported. What the nodes mean for Dagster: assets/dbt_project.py.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from orchestration.home import DBT_PROJECT, build_file

MANIFEST: Final = DBT_PROJECT / "target" / "manifest.json"
"""Made by `dbt parse` in the set-up step of the Makefile."""

_DONE: Final = frozenset(("ok", "success", "insert", "pass", "warn", "no-op"))


class DbtError(Exception):
    """dbt did not build everything; the message names the nodes and says why."""


class Node(NamedTuple):
    """One finished node: a model, a seed or a test. `seconds` is how long it ran."""

    unique_id: str
    status: str
    seconds: float
    failures: int | None
    done: int
    total: int

    @property
    def passed(self) -> bool:
        """Whether the node was built, or the test found nothing."""
        return self.status in _DONE


def check_manifest() -> Path:
    """The prebuilt manifest; raises DbtError where it is absent or older than the project's files."""
    if not MANIFEST.exists():
        raise DbtError(f"{MANIFEST} is missing: run `make setup`, which lets dbt parse its project")
    made = MANIFEST.stat().st_mtime
    newer = [file for file in _project_files() if file.stat().st_mtime > made]
    if newer:
        raise DbtError(f"{newer[0].relative_to(DBT_PROJECT)} is newer than the dbt manifest: run `make setup`")
    return MANIFEST


def _project_files() -> Iterator[Path]:
    yield DBT_PROJECT / "dbt_project.yml"
    for folder in ("models", "seeds", "macros", "materializations", "tests"):
        yield from (file for file in (DBT_PROJECT / folder).rglob("*") if file.suffix in {".sql", ".yml", ".md"})


def run_dbt(home: Path) -> Iterator[Node]:
    """Build everything; yields each node as it ends, and raises DbtError after the last one if any failed.

    Data tests look at this load and run; unit tests look at the SQL alone, on rows of their own: `make test` runs them.
    """
    folders = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    command = [_executable(), "--log-format", "json", "--no-use-colors", "--log-level-file", "none"]
    command += ["--no-write-json", "build", *folders, "--exclude-resource-type", "unit_test"]
    problems: list[str] = []
    pipe, environment = subprocess.PIPE, _environment(home)
    with subprocess.Popen(
        command, env=environment, cwd=DBT_PROJECT, stdout=pipe, stderr=subprocess.STDOUT, encoding="utf8"
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                event = _event(line)
                if event is None:
                    problems.append(line.strip())
                    continue
                if event["info"]["level"] == "error":
                    problems.append(event["info"]["msg"].strip())
                if event["info"]["name"] in {"LogModelResult", "LogTestResult", "LogSeedResult"}:
                    yield _node(event["data"])
        finally:
            if process.poll() is None and sys.exc_info()[0] is not None:
                process.terminate()
    if process.returncode:
        raise DbtError("dbt did not build the warehouse: " + "\n".join(dict.fromkeys(filter(None, problems))))


def _node(data: dict[str, Any]) -> Node:
    info = data["node_info"]
    failures = data.get("num_failures")
    return Node(
        unique_id=str(info["unique_id"]),
        status=str(data.get("status") or info.get("node_status")).lower().split(" ")[0],
        seconds=float(data.get("execution_time") or 0),
        failures=int(failures) if failures else None,
        done=int(data.get("index") or 0),
        total=int(data.get("total") or 0),
    )


def _event(line: str) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and "info" in event else None


def _environment(home: Path) -> dict[str, str]:
    """The homes of build and logs; what was parsed goes along, so that dbt need not parse again.

    dbt parses anew for another database path, so a home keeps what its own first build parsed.
    """
    target = build_file(home).with_name("dbt")
    target.mkdir(parents=True, exist_ok=True)
    parsed = MANIFEST.with_name("partial_parse.msgpack")
    own = target / parsed.name
    if parsed.exists() and (not own.exists() or own.stat().st_mtime < parsed.stat().st_mtime):
        shutil.copyfile(parsed, own)
    return {
        **os.environ,
        "OGI_HOME": str(home),
        "OGI_BUILD_DB": str(build_file(home)),
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def _executable() -> str:
    """The dbt beside this Python, so that a run needs no activated environment."""
    return str(Path(sys.executable).with_name("dbt"))
