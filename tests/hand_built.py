"""Building the dbt project over staged tables that were written by hand; what is in them stands elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from orchestration.home import build_file

PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"


def build(home: Path, *arguments: str) -> None:
    """`dbt build` over the staged loads in `home`, in a process of its own so that the build is closed afterwards."""
    build_file(home).parent.mkdir()
    environment = os.environ | {
        "OGI_HOME": str(home),
        "OGI_BUILD_DB": str(build_file(home)),
        "DBT_TARGET_PATH": str(home / "target"),
        "DBT_LOG_PATH": str(home / "logs"),
    }
    dbt = [sys.executable, "-m", "dbt.cli.main", "--quiet", "--no-use-colors", "build", *arguments]
    result = subprocess.run(dbt, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
