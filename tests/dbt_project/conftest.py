"""One build of the dbt project over staged tables made by hand: see hand_made_loads.py for what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hand_built import build
from hand_made_loads import write_loads

from orchestration.publish import copy_release


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home with 'quote'")
    write_loads(folder / "staging")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def warehouse(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # What readers open: the build as it is copied for publishing.
    copy = copy_release(home)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{str(copy).replace(chr(39), chr(39) * 2)}' as release (read_only)")
        connection.execute("use release.provenance")
        yield connection
