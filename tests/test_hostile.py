"""A load of files that attack the reader: each is rejected within the limits, the sound one is read, memory stays small."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import hostile
import pytest
from processes import resident

ROOT = Path(__file__).resolve().parents[1]
SOUND = ROOT / "samples" / "national-2021-county.txt"
MOST_MEMORY = 2 * 1024**3


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What came of the load: rows of the release, the most memory that was used, what was printed."""
    folder = tmp_path_factory.mktemp("hostile")
    names = hostile.write(folder / "files")
    shutil.copy(SOUND, folder / "files")
    command = [Path(sys.executable).with_name("ogi"), "load", folder / "files", "--home", folder / "home"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peaks = [0]

    def watch() -> None:
        while process.poll() is None:
            peaks.append(resident(process.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    printed, _ = process.communicate(timeout=1_500)
    watcher.join()
    release = folder / "home" / "warehouse.duckdb"
    assert release.exists(), printed[-3_000:]
    with duckdb.connect(str(release), read_only=True) as connection:
        documents = connection.execute("select uri, status, reason from provenance.document").fetchall()
        cells = connection.execute(
            "select d.uri, c.raw_text, c.value from provenance.cell c join provenance.report r using (report_id)"
            " join provenance.document d using (document_id)"
        ).fetchall()
    yield {"names": names, "documents": documents, "cells": cells, "peak": max(peaks), "printed": printed}
    shutil.rmtree(folder)


def outcomes(load: dict[str, Any]) -> dict[str, list[tuple[str, str | None]]]:
    """File name -> status and reason of its document, or of the documents in it."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for uri, status, reason in load["documents"]:
        name = Path(uri.split("!")[0]).name
        found.setdefault(name, []).append((status, reason))
    return found


def test_every_attack_ends_as_a_document_with_a_reason(load: dict[str, Any]) -> None:
    found = outcomes(load)
    for name in load["names"]:
        if name.startswith(hostile.DAMAGED):
            continue
        assert name in found, f"{name} has vanished"
        for status, reason in found[name]:
            assert status == "rejected" and reason, (name, status, reason)


def test_what_is_cut_or_scrambled_is_read_or_rejected_and_never_lost(load: dict[str, Any]) -> None:
    found = outcomes(load)
    assert [name for name in load["names"] if name.startswith(hostile.DAMAGED) and name not in found] == []


def test_no_attack_puts_a_number_into_the_warehouse(load: dict[str, Any]) -> None:
    strange = [row for row in load["cells"] if Path(row[0]).name != SOUND.name and row[2] is not None]
    assert strange == []


def test_the_sound_report_beside_them_is_read(load: dict[str, Any]) -> None:
    assert outcomes(load)[SOUND.name] == [("read", None)]
    assert sum(Path(uri).name == SOUND.name for uri, *_ in load["cells"]) >= 200


def test_the_load_takes_less_than_two_gigabytes(load: dict[str, Any]) -> None:
    assert load["peak"] < MOST_MEMORY, f"{load['peak'] / 1024**2:.0f} MB"
