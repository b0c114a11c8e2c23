"""Raw documents, kept as they came: content-addressed, append-only, with a ledger of which load delivered what.

Bytes only; what a document says is not looked at here.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from extract.schema import STAGED, check_load_name, load_folder, write_staged

_HIDDEN: Final = (".", "~$")


class KeepSummary(NamedTuple):
    """What keeping a delivery did."""

    load_name: str
    documents: int
    new_documents: int
    bytes: int


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
            if file.is_file() and not any(part.startswith(_HIDDEN) for part in file.relative_to(path.parent).parts):
                found[file.absolute()] = None
    return list(found)


def _register(home: Path, load_name: str, paths: Sequence[Path] | None) -> tuple[int, list[Path]]:
    """Sequence number and paths of a load: from its ledger entry, which is made or changed where `paths` are given."""
    entry = home / "loads" / f"{check_load_name(load_name)}.json"
    known = json.loads(entry.read_text(encoding="utf8")) if entry.exists() else None
    if paths is None:
        if known is None:
            raise FileNotFoundError(f"load {load_name!r} was never registered in {home / 'loads'}")
        return int(known["sequence"]), [Path(path) for path in known["paths"]]
    if known is None:
        others = [json.loads(other.read_text(encoding="utf8"))["sequence"] for other in entry.parent.glob("*.json")]
        sequence = max(others, default=0) + 1
    else:
        sequence = int(known["sequence"])
    entry.parent.mkdir(parents=True, exist_ok=True)
    _write(
        entry,
        json.dumps({"sequence": sequence, "paths": [str(p.absolute()) for p in paths]}, ensure_ascii=False).encode(),
    )
    return sequence, list(paths)


def register(home: Path, load_name: str, paths: Sequence[Path]) -> None:
    """Enter a delivery into the ledger, so that its load can run later from its name alone."""
    _register(home, load_name, paths)


def _write(target: Path, content: bytes) -> None:
    scratch = target.with_name(f".{target.name}.writing")
    scratch.write_bytes(content)
    os.replace(scratch, target)


def keep(home: Path, load_name: str, paths: Sequence[Path] | None) -> KeepSummary:
    """Copy a delivery into the archive and write its staged `delivery` rows.

    `paths` None takes the paths of the load's ledger entry; documents whose source has gone meanwhile are taken from
    the archive. Raises FileNotFoundError where neither has them.
    """
    sequence, sources = _register(home, load_name, paths)
    rows, fresh, size = [], 0, 0
    known = _delivered(home, load_name)
    for uri, content in _contents(home, sources, known):
        document_id = hashlib.sha256(content).hexdigest()
        target = raw_path(home, document_id)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, content)
            fresh += 1
        size += len(content)
        rows.append((document_id, load_name, sequence, uri, len(content)))
    columns = zip(*rows, strict=True) if rows else ((),) * len(STAGED["delivery"])
    arrays = [pa.array(column, f.type) for column, f in zip(columns, STAGED["delivery"], strict=True)]
    write_staged(home / "staging", load_name, "delivery", pa.Table.from_arrays(arrays, schema=STAGED["delivery"]))
    return KeepSummary(load_name, len({row[0] for row in rows}), fresh, size)


def _delivered(home: Path, load_name: str) -> dict[str, str]:
    """uri -> document_id of an earlier run of the load."""
    import pyarrow.parquet as pq

    file = load_folder(home / "staging", "delivery", load_name) / "part-0.parquet"
    if not file.exists():
        return {}
    table = pq.read_table(file, columns=["uri", "document_id"])
    return dict(zip(table["uri"].to_pylist(), table["document_id"].to_pylist(), strict=True))


def _contents(home: Path, sources: Sequence[Path], known: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    if known and not any(source.exists() for source in sources):
        for uri, document_id in known.items():
            yield uri, raw_path(home, document_id).read_bytes()
        return
    for file in list_files(sources):
        yield file.as_posix(), file.read_bytes()
