"""Generated deliveries, and what a release of a home answers. Expects nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from generator.bulk import load_documents

from orchestration.home import release_file


def ask(home: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(release_file(home)), read_only=True) as connection:
        return connection.execute(query).fetchall()


def write_reports(folder: Path, count: int, wrong: int, seed: int = 0) -> set[str]:
    """Write `count` reports of different organs, and return the file names of those whose total was changed."""
    folder.mkdir(parents=True)
    documents = load_documents(count, wrong, seed)
    for document in documents:
        (folder / document.name).write_text(document.text, encoding="utf8")
    return {document.name for document in documents if document.wrong}
