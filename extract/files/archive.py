"""Raw documents, kept as they came: content-addressed, append-only, with a ledger of which load delivered what.

Archives (zip, gzip, WARC) are opened: their members are kept. Bytes only; what a document says is not looked at here.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa

from extract.files.containers import documents_in, is_hidden
from extract.files.web_archive import Tally
from extract.schema import check_load_name, load_folder, staged_writer

_ROWS: Final = 10_000


class KeepSummary(NamedTuple):
    """What keeping a delivery did: `bytes` of its documents, `refused` of them for their size or state.

    Of web archives: `records` that hold a page, and those `passed_over` because no report can be in them.
    """

    load_name: str
    documents: int
    new_documents: int
    bytes: int
    archives: int = 0
    refused: int = 0
    records: int = 0
    passed_over: int = 0


def raw_path(home: Path, document_id: str) -> Path:
    """Where the bytes of a document lie."""
    return home / "raw" / document_id[:2] / document_id


def list_files(paths: Sequence[Path]) -> list[Path]:
    """The files of a delivery: files as given, folders walked in order of name, hidden files left out.

    Raises FileNotFoundError naming the path that is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and not is_hidden(file.relative_to(path.parent).parts):
                found[file.absolute()] = None
    return list(found)


def _entry(home: Path, load_name: str) -> Path:
    return home / "loads" / f"{check_load_name(load_name)}.json"


def _ledger(home: Path, load_name: str) -> dict[str, Any]:
    """The ledger entry of a load: sequence, paths and, once it was staged, loaded_at; empty where there is none."""
    entry = _entry(home, load_name)
    known: dict[str, Any] = json.loads(entry.read_text(encoding="utf8")) if entry.exists() else {}
    return known


def _register(home: Path, load_name: str, paths: Sequence[Path] | None) -> tuple[int, list[Path]]:
    """Sequence number and paths of a load: from its ledger entry, which is made or changed where `paths` are given."""
    entry, known = _entry(home, load_name), _ledger(home, load_name)
    if paths is None:
        if not known:
            raise FileNotFoundError(f"load {load_name!r} was never registered in {home / 'loads'}")
        return int(known["sequence"]), [Path(path) for path in known["paths"]]
    if not known:
        others = [json.loads(other.read_text(encoding="utf8"))["sequence"] for other in entry.parent.glob("*.json")]
        known["sequence"] = max(others, default=0) + 1
    entry.parent.mkdir(parents=True, exist_ok=True)
    _write(entry, json.dumps({**known, "paths": [str(p.absolute()) for p in paths]}).encode())
    return int(known["sequence"]), list(paths)


def _loaded_at(home: Path, load_name: str) -> datetime:
    """When the load was first staged, in UTC without a zone; entered into the ledger by the first who asks."""
    known = _ledger(home, load_name)
    if "loaded_at" not in known:
        known["loaded_at"] = _now().isoformat(timespec="microseconds")
        _write(_entry(home, load_name), json.dumps(known).encode())
    return datetime.fromisoformat(known["loaded_at"])


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def forget_loaded_at(home: Path, load_name: str) -> None:
    """Let the load count from its next run: it was refused, so that nobody has seen what it brought."""
    known = _ledger(home, load_name)
    if known.pop("loaded_at", None):
        _write(_entry(home, load_name), json.dumps(known).encode())


def register(home: Path, load_name: str, paths: Sequence[Path]) -> None:
    """Enter a delivery into the ledger, so that its load can run later from its name alone."""
    _register(home, load_name, paths)


def _write(target: Path, content: bytes) -> None:
    scratch = target.with_name(f".{target.name}.writing")
    scratch.write_bytes(content)
    os.replace(scratch, target)


def keep(
    home: Path, load_name: str, paths: Sequence[Path] | None, progress: Callable[[int, int], None] | None = None
) -> KeepSummary:
    """Copy a delivery into the archive and write its staged `delivery` rows; `progress` gets files done and in all.

    `paths` None takes the paths of the load's ledger entry; documents whose source has gone meanwhile are taken from
    the archive. Raises FileNotFoundError where neither has them.
    """
    sequence, sources = _register(home, load_name, paths)
    loaded_at = _loaded_at(home, load_name)
    tally, seen, fresh, size = Tally(), set[bytes](), 0, 0
    delivered = _documents(home, sources, _delivered(home, load_name), tally, progress)
    with staged_writer(home / "staging", load_name, "delivery") as writer:
        while part := list(islice(delivered, _ROWS)):
            for _, document_id, length, is_new in part:
                fresh += is_new
                size += length
                seen.add(bytes.fromhex(document_id))
            rows = [(document_id, load_name, sequence, loaded_at, uri, length) for uri, document_id, length, _ in part]
            arrays = [
                pa.array(column, f.type) for column, f in zip(zip(*rows, strict=True), writer.schema, strict=True)
            ]
            writer.write(pa.Table.from_arrays(arrays, schema=writer.schema))
    return KeepSummary(
        load_name, len(seen), fresh, size, tally.archives, tally.refused, tally.records, tally.passed_over
    )


def _delivered(home: Path, load_name: str) -> list[tuple[str, str]]:
    """uri and document_id of each delivery of an earlier run of the load."""
    import pyarrow.parquet as pq

    file = load_folder(home / "staging", "delivery", load_name) / "part-0.parquet"
    if not file.exists():
        return []
    table = pq.ParquetFile(file).read(columns=["uri", "document_id"])
    return list(zip(table["uri"].to_pylist(), table["document_id"].to_pylist(), strict=True))


def _documents(
    home: Path,
    sources: Sequence[Path],
    known: Sequence[tuple[str, str]],
    tally: Tally,
    progress: Callable[[int, int], None] | None,
) -> Iterator[tuple[str, str, int, bool]]:
    """uri, document_id and size of each document, which then is in the archive, and whether it was not there before."""
    if known and not any(source.exists() for source in sources):
        for uri, document_id in known:
            yield uri, document_id, raw_path(home, document_id).stat().st_size, False
        return
    files = list_files(sources)
    for done, file in enumerate(files):
        if progress:
            progress(done, len(files))
        seen: set[tuple[str, str]] = set()
        for uri, content in documents_in(file, tally):
            document_id = hashlib.sha256(content).hexdigest()
            if (uri, document_id) not in seen:  # an archive may hold the same twice under one name
                seen.add((uri, document_id))
                yield uri, document_id, len(content), _add(home, document_id, content)


def _add(home: Path, document_id: str, content: bytes) -> bool:
    """Put the bytes of a document where they belong, unless they lie there already."""
    target = raw_path(home, document_id)
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(target, content)
    return True
