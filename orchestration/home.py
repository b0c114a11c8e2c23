"""The data home: where it is, what lies where in it, and the lock that lets one run at a time change it.

Paths and the lock only; what is written into the home belongs to extract/, expectations/, dbt_project/ and publish.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

DEFAULT_HOME: Final = Path("data")
PROJECT: Final = Path(__file__).resolve().parents[1]
DBT_PROJECT: Final = PROJECT / "dbt_project"

_FOLDERS: Final = ("raw", "staging", "dagster", "build", "loads", "inbox")


class HomeError(Exception):
    """The data home cannot be used as asked; the message says which folder and why."""


def home_path(given: Path | None = None) -> Path:
    """The data home as an absolute path: `given`, else OGI_HOME, else ./data."""
    return (given or Path(os.environ.get("OGI_HOME") or DEFAULT_HOME)).absolute()


def release_file(home: Path) -> Path:
    """The published warehouse."""
    return home / "warehouse.duckdb"


BUILD: Final = "warehouse"
"""The build's catalog: views in it name their tables so."""


def build_file(home: Path) -> Path:
    """The database that dbt builds; no reader opens it."""
    return home / "build" / f"{BUILD}.duckdb"


def prepare_home(home: Path) -> None:
    """Make the folders of a data home. Raises HomeError where that cannot be done."""
    try:
        for folder in _FOLDERS:
            (home / folder).mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise HomeError(f"the data home {home} cannot be written: {error.strerror or error}") from error


@contextmanager
def hold(home: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the home's lock; a process that holds it may enter again.

    Raises HomeError where another process still holds it after `wait_seconds`.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(home / ".lock", is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise HomeError(f"another run is using the data home {home}; wait until it ends, then try again") from None
    try:
        yield
    finally:
        lock.release()
