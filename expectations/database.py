"""How DuckDB is opened: within a declared memory, so that a load of any size fits the machine.

What does not fit is written to disk and read back. No query stands here.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

import duckdb

MEMORY: Final = "OGI_DUCKDB_MEMORY"
DEFAULT_MEMORY: Final = "1GB"
MEMORY_DATABASE: Final = ":memory:"


def settings() -> dict[str, str]:
    """What a connection is opened with: its memory (OGI_DUCKDB_MEMORY, or 1 GB), and where the rest is written."""
    return {
        "memory_limit": os.environ.get(MEMORY, DEFAULT_MEMORY),
        "temp_directory": str(Path(tempfile.gettempdir(), f"ogi-{os.getpid()}")),
    }


def connect(database: str | Path = MEMORY_DATABASE, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection within the declared memory. Raises duckdb.OutOfMemoryException where even its parts do not fit."""
    return duckdb.connect(str(database), read_only=read_only, config=dict(settings()))
