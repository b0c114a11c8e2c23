"""One build of the dbt project over staged tables made by hand: see hand_made_loads.py for what is in them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hand_made_loads import write_loads

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"


def build(home: Path, *arguments: str) -> None:
    """`dbt build` over the staged loads in `home`, in a process of its own so that the build is closed afterwards."""
    environment = os.environ | {
        "OGI_HOME": str(home),
        "OGI_BUILD_DB": str(home / "build.duckdb"),
        "DBT_TARGET_PATH": str(home / "target"),
        "DBT_LOG_PATH": str(home / "logs"),
    }
    dbt = [sys.executable, "-m", "dbt.cli.main", "--quiet", "--no-use-colors", "build", *arguments]
    result = subprocess.run(dbt, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home with 'quote'")
    write_loads(folder / "staging")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def warehouse(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # The build is read under another catalog name, as a published copy would be.
    copy = home / "elsewhere.duckdb"
    os.link(home / "build.duckdb", copy)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{str(copy).replace(chr(39), chr(39) * 2)}' as release (read_only)")
        connection.execute("use release.provenance")
        yield connection
