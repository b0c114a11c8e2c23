"""The reader in processes of its own: whatever a document does to them, the others are read and it says why it is not."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pytest
from composed import REPORT, SHANGHAI, STATISTICS

from extract import workers
from extract.formats import limits
from extract.reader import DOCUMENTS, read_batch, unnest
from extract.workers import Read, processes, read_apart


def attack(content: bytes) -> None:
    """What a parser of native code may do, as the content says."""
    match content:
        case b"abort":
            os.abort()
        case b"segfault":
            ctypes.string_at(0)
        case b"hang":
            time.sleep(600)
        case b"spin":
            while True:
                pass
        case b"native spin":
            ctypes.CDLL(None).pause()
        case b"memory":
            bytearray(10 * 1024**3)
        case b"native memory":
            if not ctypes.CDLL(None).malloc(ctypes.c_size_t(10 * 1024**3)):
                os.abort()
        case b"exit":
            os._exit(3)
        case b"kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"panic":
            raise SystemExit("no Exception, like a panic in Rust")
        case b"fault":
            raise ZeroDivisionError("a fault of ours")


def attacked(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The reader, with a parser that does what the documents say."""
    for content in batch.column("content").to_pylist():
        try:
            attack(content)
        except Exception as error:
            raise RuntimeError(f"the reader failed on {content!r}") from error
    return read_batch(batch)


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_LIMIT_SECONDS", "1")
    monkeypatch.setattr(workers, "_MORE_A_DOCUMENT", 0.0)
    limits.limit.cache_clear()


@pytest.fixture(autouse=True, scope="module")
def wide_again() -> object:
    yield
    limits.limit.cache_clear()


def files(folder: Path, contents: Sequence[bytes]) -> list[tuple[str, Path]]:
    """The contents as documents."""
    for number, content in enumerate(contents):
        (folder / f"{number}").write_bytes(content)
    return [(f"{number}.txt", folder / f"{number}") for number in range(len(contents))]


def outcomes(batches: Sequence[Sequence[tuple[str, Path]]], read: Read = attacked) -> list[tuple[str, str | None]]:
    """Status and reason of each document, in order."""
    rows = [row for readings in read_apart(batches, read) for row in readings.to_pylist()]
    return [(row["status"], row["reason"]) for row in rows]


TIME = "reading it took more than the limit `seconds` of 1 seconds"
MEMORY = f"reading it took more memory than the limit `memory` of {limits.limit('memory')} bytes"
ATTACKS = {
    b"abort": "crashed (SIGABRT)",
    b"segfault": "crashed (SIGSEGV)",
    b"hang": TIME,
    b"spin": TIME,
    b"native spin": TIME,
    b"memory": MEMORY,
    b"native memory": "crashed (SIGABRT), by a fault of a parser or for want of memory within the limit `memory`",
    b"exit": "crashed (exit code 3)",
    b"kill": MEMORY,
    b"panic": "gave up in an unforeseen state (panic)",
}


@pytest.mark.parametrize(
    ("content", "reason"), ATTACKS.items(), ids=lambda value: None if isinstance(value, str) else value.decode()
)
def test_an_attack_costs_its_own_document_and_no_other(tmp_path: Path, content: bytes, reason: str) -> None:
    (before, none), (attacking, why), (after, nothing) = outcomes(
        [files(tmp_path, [REPORT.encode(), content, STATISTICS.encode()])]
    )
    assert (before, none, attacking, after, nothing) == ("read", None, "rejected", "read", None)
    assert why is not None and reason in why


def test_what_is_rejected_is_a_row_with_its_hash_size_and_stage(tmp_path: Path) -> None:
    (readings,) = read_apart([files(tmp_path, [b"abort"])], attacked)
    tables = {name: table.to_pylist() for name, table in unnest(readings).items()}
    document = tables["document"][0]
    assert (document["document_id"], document["byte_count"]) == (sha256(b"abort").hexdigest(), 5)
    assert [(row["document_id"], row["stage"], row["reason"]) for row in tables["reject"]] == [
        (document["document_id"], "read", document["reason"])
    ]
    assert tables["report"] == tables["cell"] == tables["claim"] == []


@pytest.mark.parametrize("count", [1, 2, 5])
def test_readings_come_in_order_and_alike_whatever_the_number_of_processes(
    tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OGI_WORKERS", str(count))
    contents = [
        REPORT.encode(),
        b"abort",
        SHANGHAI.encode(),
        b"",
        STATISTICS.encode(),
        b"exit",
        REPORT.encode("gb18030"),
    ]
    documents = files(tmp_path, contents)
    batches = [documents[:3], documents[3:4], documents[4:5], documents[5:]]
    apart = [row for readings in read_apart(batches, attacked) for row in readings.to_pylist()]
    rows = [(name, content) for (name, _), content in zip(documents, contents, strict=True) if content not in ATTACKS]
    columns = [pa.array(column, f.type) for column, f in zip(zip(*rows, strict=True), DOCUMENTS, strict=True)]
    here = read_batch(pa.RecordBatch.from_arrays(columns, schema=DOCUMENTS)).to_pylist()
    assert [row["document_id"] for row in apart] == [sha256(content).hexdigest() for content in contents]
    assert [row for row, content in zip(apart, contents, strict=True) if content not in ATTACKS] == here


def test_a_fault_of_our_own_code_is_raised_and_named(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"the reader failed on b'fault'"):
        outcomes([files(tmp_path, [REPORT.encode(), b"fault"])])


def test_a_document_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="gone"):
        outcomes([[("page.txt", tmp_path / "gone")]])


def test_no_more_batches_are_taken_than_are_soon_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_WORKERS", "2")
    document, taken = files(tmp_path, [b"x"]), 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield document

    readings = read_apart(endless())  # type: ignore[arg-type]
    for _ in range(3):
        next(readings)
    readings.close()  # type: ignore[attr-defined]
    assert taken <= 2 * 2 + 3


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    before = children()
    readings = read_apart([[document] for document in files(tmp_path, [b"hang", b"spin", b"hang"])], attacked)
    next(readings)
    readings.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 5
    while children() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children() - before == set()


def children() -> set[str]:
    """The processes that the server of processes has started and that are alive."""
    from multiprocessing.forkserver import _forkserver

    pid = _forkserver._forkserver_pid
    if pid is None:
        return set()
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf8").split())


def test_limits_of_the_environment_reach_the_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_LIMIT_CHARACTERS", "3")
    ((status, reason),) = outcomes([files(tmp_path, [REPORT.encode()])])
    assert status == "rejected" and reason is not None and "limit `characters` of 3 characters" in reason
    monkeypatch.delenv("OGI_LIMIT_CHARACTERS")
    assert outcomes([files(tmp_path, [REPORT.encode()])]) == [("read", None)]


def test_the_number_of_processes_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OGI_WORKERS", raising=False)
    assert processes() == len(os.sched_getaffinity(0))
    monkeypatch.setenv("OGI_WORKERS", "7")
    assert processes() == 7
