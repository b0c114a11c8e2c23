"""The reader in processes of its own, so that a crash, a hang or a blow-up of memory costs one document and no load.

Every batch of documents is read in a fresh process under limits of time and memory, and comes back as Arrow IPC bytes,
in order whatever the number of processes. Where a batch is lost, its documents are read one by one, and the one that
takes its process down is rejected. Errors of our own code are raised. How a document is read is not known here.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
from pebble import ProcessExpired
from pebble import concurrent as in_process

from extract.formats import limits
from extract.reader import DOCUMENTS, read_batch, unreadable

Documents = Sequence[tuple[str, Path]]
"""uri and file of each document of a batch."""

Read = Callable[[pa.RecordBatch], pa.RecordBatch]
"""Documents (schema DOCUMENTS) into readings (schema READINGS), one row a document, in the same order."""

_AHEAD: Final = 2
"""Batches a process that may be done before the first of them is, so that one slow batch stops no other."""
_CLOCK: Final = 3
"""Times the processor time that reading may take by the clock: a document may wait for another program."""
_MORE_A_DOCUMENT: Final = 0.1
"""Seconds that a batch gets for each of its documents beyond the limit of one."""
_OUT_OF_MEMORY: Final = 77
_PANIC: Final = 78
_OUT_OF_TIME: Final = (-signal.SIGPROF, -signal.SIGALRM)
_SETTINGS: Final = "OGI_"
_PRELOADED: Final = ["extract.workers", "extract.prepared"]


class _Task(NamedTuple):
    documents: Documents
    result: Future[bytes]


def processes() -> int:
    """How many processes read at a time: OGI_WORKERS, or else the cores that this one may use."""
    return int(os.environ.get("OGI_WORKERS") or len(os.sched_getaffinity(0)))


def read_apart(batches: Iterable[Documents], read: Read = read_batch) -> Iterator[pa.RecordBatch]:
    """Readings of documents, in their order: one for each batch, or one a document where a batch was lost.

    Takes from `batches` only what is soon to be read. Raises what `read` raises, FileNotFoundError where a document is
    not there.
    """
    source, count = iter(batches), processes()
    tasks: deque[_Task] = deque()
    try:
        while True:
            running = [task.result for task in tasks if not task.result.done()]
            while len(running) < count and len(tasks) < count * _AHEAD and (batch := next(source, None)):
                tasks.append(_start(batch, read))
                running.append(tasks[-1].result)
            if not tasks:
                return
            if tasks[0].result.done():
                yield from _finish(tasks.popleft(), running, read)
            else:
                wait(running, return_when=FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.result.cancel()


def _start(documents: Documents, read: Read) -> _Task:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    settings = {name: value for name, value in os.environ.items() if name.startswith(_SETTINGS)}
    located = [(uri, str(file)) for uri, file in documents]
    apart = in_process.process(context=context)(_work)  # type: ignore[call-overload]  # its stub calls it mp_context
    return _Task(documents, apart(read, located, settings))


def _finish(task: _Task, running: Sequence[Future[bytes]], read: Read) -> Iterator[pa.RecordBatch]:
    try:
        content = task.result.result()
    except ProcessExpired as end:
        if len(task.documents) > 1:
            wait(running)  # the others end first: never more processes than there may be
            yield from read_apart(([document] for document in task.documents), read)
            return
        file = task.documents[0][1]
        with file.open("rb") as handle:
            document_id = hashlib.file_digest(handle, "sha256").hexdigest()
        yield unreadable(document_id, file.stat().st_size, _why_ended(int(end.exitcode or 0)))
        return
    with pa.ipc.open_stream(content) as stream:
        yield from stream


def _why_ended(code: int) -> str:
    if code in _OUT_OF_TIME:
        return f"reading it took more than the limit `seconds` of {limits.limit('seconds')} seconds"
    memory = f"the limit `memory` of {limits.limit('memory')} bytes"
    if code == _OUT_OF_MEMORY or code == -signal.SIGKILL:
        return f"reading it took more memory than {memory}"
    if code == _PANIC:
        return "the parser that read it gave up in an unforeseen state (panic): the file is damaged"
    name = signal.Signals(-code).name if -code in signal.valid_signals() else f"exit code {code}"
    return f"the process that read it crashed ({name}), by a fault of a parser or for want of memory within {memory}"


def _work(read: Read, documents: Sequence[tuple[str, str]], settings: dict[str, str]) -> bytes:
    """Read a batch within the limits; runs in a process of its own, which beyond them ends."""
    for name in [name for name in os.environ if name.startswith(_SETTINGS)]:
        del os.environ[name]
    os.environ.update(settings)
    limits.limit.cache_clear()
    _limit_process(limits.limit("seconds") + (len(documents) - 1) * _MORE_A_DOCUMENT, limits.limit("memory"))
    gc.disable()  # reading makes many small tuples and few cycles; the process ends soon
    try:
        content = [Path(file).read_bytes() for _, file in documents]
        columns = [pa.array([uri for uri, _ in documents], pa.string()), pa.array(content, pa.binary())]
        readings = read(pa.RecordBatch.from_arrays(columns, schema=DOCUMENTS))
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, readings.schema) as stream:
            stream.write_batch(readings)
        result: bytes = sink.getvalue().to_pybytes()
    except BaseException as error:
        if isinstance(error, MemoryError) or isinstance(error.__cause__, MemoryError):
            os._exit(_OUT_OF_MEMORY)
        if not isinstance(error, Exception):  # a panic of a parser in Rust is none, on purpose
            os._exit(_PANIC)
        raise
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
    return result


def _limit_process(seconds: float, memory: int) -> None:
    """What is beyond these limits the system ends, even inside native code: the timers' signals are not handled."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError):  # a narrower limit holds already
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * _CLOCK)
