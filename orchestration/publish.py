"""Write, audit, publish: the finished build becomes the release that readers open, whole or not at all.

The order is the point: the build is closed and checkpointed, its published schemas are copied into a scratch file, the
copy is audited and sealed with its content's hash, and only then renamed over the former release. Readers that have the
former release open keep it. What the audit asks is in audit.py; what is built, in dbt_project/.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb
import pyarrow as pa

from expectations.database import connect
from orchestration.audit import audit
from orchestration.home import BUILD, build_file, release_file

PUBLISHED_SCHEMAS: Final = ("provenance", "marts", "quality", "codebook")
STORAGE_VERSION: Final = "v1.4.0"
"""What BI drivers of DuckDB 1.4 and later open; a release in a newer format would lock them out."""

_HEX: Final = 64
"""Characters of a SHA-256."""
_LOAD_TABLES: Final = frozenset(
    (("provenance", "delivery"), ("provenance", "release"), ("quality", "load_gate"), ("quality", "balance"))
)
"""Tables that tell of loads, not of reports: outside the release id, so that a load's name does not change it."""
_LOAD_COLUMNS: Final = frozenset(
    (
        *("uri", "load_name", "load_sequence", "line"),
        *("known_from", "known_to", "changed_at", "opened_at", "closed_at", "decided_at", "applied_at"),
    )
)
"""Columns that tell where a document lay, or which load brought it and when, for the same reason."""


class PublishError(Exception):
    """Nothing was published; the message says why. The former release is untouched."""


class Release(NamedTuple):
    """A published release. `counts` are rows by 'schema.table'."""

    release_id: str
    file: Path
    byte_count: int
    changed: bool
    counts: dict[str, int]


def marker_file(home: Path) -> Path:
    """Says that the build beside it was finished and passed its tests."""
    return home / "build" / "finished.json"


def begin_build(home: Path) -> Path:
    """Clear the way for a fresh build and return the file that it goes into."""
    target = build_file(home)
    for stale in (marker_file(home), target, _wal(target)):
        stale.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def finish_build(home: Path, facts: dict[str, Any]) -> None:
    """Declare the build finished; publishing refuses a build without this mark."""
    scratch = marker_file(home).with_suffix(".writing")
    scratch.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf8")
    os.replace(scratch, marker_file(home))


def publish(home: Path) -> Release:
    """Publish the finished build of `home`; raises PublishError, leaving the former release as it was."""
    settle_build(home)
    scratch = copy_release(home)
    try:
        audit_release(home, scratch)
        release_id, counts = seal_release(scratch)
        changed = release_id != published_id(release_file(home))
        replace_release(home, scratch)
    finally:
        scratch.unlink(missing_ok=True)
        _wal(scratch).unlink(missing_ok=True)
    target = release_file(home)
    return Release(release_id, target, target.stat().st_size, changed, counts)


def settle_build(home: Path) -> None:
    """Bring what is still in the build's log into its file; a copy without this loses committed rows."""
    if not marker_file(home).exists() or not build_file(home).exists():
        raise PublishError("there is no finished build: dbt did not run to its end, or one of its tests failed")
    if _wal(build_file(home)).exists():
        with connect(build_file(home)) as connection:
            connection.execute("checkpoint")


def copy_release(home: Path) -> Path:
    """Copy the published schemas of the build, with their comments, into a scratch file in the release's format."""
    scratch = build_file(home).with_name("release.duckdb")
    for stale in (scratch, _wal(scratch)):
        stale.unlink(missing_ok=True)
    with connect() as connection:
        # Views of the build name their tables by its own catalog.
        connection.execute(f"attach {_text(str(build_file(home)))} as {BUILD} (read_only)")
        connection.execute(f"attach {_text(str(scratch))} as release (storage_version {_text(STORAGE_VERSION)})")
        for schema, table, is_view, ddl, comment in _relations(connection):
            _copy_relation(connection, schema, table, None if is_view else ddl)
            if comment is not None:
                connection.execute(f"comment on table release.{_name(schema, table)} is {_text(comment)}")
        for schema, table, column, comment in _column_comments(connection):
            connection.execute(f"comment on column release.{_name(schema, table, column)} is {_text(comment)}")
        for statement in _table_macros(connection):
            connection.execute(statement)
        connection.execute("checkpoint release")
    return scratch


def _relations(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return connection.execute(
        """
        select schema_name, table_name, false, sql, comment from duckdb_tables()
        where database_name = $build and list_contains($schemas, schema_name)
        union all
        select schema_name, view_name, true, null, comment from duckdb_views()
        where database_name = $build and list_contains($schemas, schema_name) and not internal
        order by 1, 2
        """,
        {"schemas": list(PUBLISHED_SCHEMAS), "build": BUILD},
    ).fetchall()


def _column_comments(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return connection.execute(
        """
        select schema_name, table_name, column_name, comment from duckdb_columns()
        where database_name = $build and comment is not null and list_contains($schemas, schema_name)
        order by 1, 2, column_index
        """,
        {"schemas": list(PUBLISHED_SCHEMAS), "build": BUILD},
    ).fetchall()


def _table_macros(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Statements that make the build's table macros in the release; they name tables by schema, never by catalog."""
    found = connection.execute(
        """
        select schema_name, function_name, parameters, macro_definition from duckdb_functions()
        where database_name = $build and function_type = 'table_macro' and list_contains($schemas, schema_name)
        order by all
        """,
        {"schemas": list(PUBLISHED_SCHEMAS), "build": BUILD},
    ).fetchall()
    return [
        f"create macro release.{_name(schema, name)}({', '.join(map(_name, parameters))}) as table {definition}"
        for schema, name, parameters, definition in found
    ]


def _copy_relation(connection: duckdb.DuckDBPyConnection, schema: str, table: str, ddl: str | None) -> None:
    """Copy one table with its constraints; a view becomes a table, so that the release depends on no other file."""
    connection.execute(f"create schema if not exists release.{_name(schema)}")
    source, target = f"{BUILD}.{_name(schema, table)}", f"release.{_name(schema, table)}"
    if ddl is None:
        connection.execute(f"create table {target} as from {source}")
        return
    connection.execute("use release")
    connection.execute(ddl)
    connection.execute(f"insert into {target} from {source}")


def audit_release(home: Path, scratch: Path) -> None:
    """Compare the copy with what was staged and with the gates; raises PublishError naming every finding."""
    with connect() as connection:
        connection.execute(f"attach {_text(str(scratch))} as release (read_only)")
        findings = audit(connection, home)
    if findings:
        raise PublishError("the build disagrees with what was staged, nothing is published: " + "; ".join(findings))


def seal_release(scratch: Path) -> tuple[str, dict[str, int]]:
    """Write the release id, the hash of all content in sorted order, into the file; return it and the rows by table."""
    with connect(scratch) as connection:
        digest, counts = hashlib.sha256(), {}
        for (schema, table), columns in _columns(connection).items():
            counts[f"{schema}.{table}"] = _digest_table(connection, digest, schema, table, columns)
        release_id = digest.hexdigest()
        connection.execute(
            f"""
            create table provenance.release (
                release_id varchar not null, documents bigint not null, reports bigint not null, cells bigint not null,
                observations bigint not null
            );
            insert into provenance.release select '{release_id}',
                (select count(*) from provenance.document), (select count(*) from provenance.report),
                (select count(*) from provenance.cell), (select count(*) from provenance.observation);
            """
        )
        for target, comment in _RELEASE_COMMENTS.items():
            connection.execute(f"comment on {target} is {_text(comment)}")
        connection.execute("checkpoint")
    return release_id, counts


_RELEASE_COMMENTS: Final = {
    "table provenance.release": "这一发布版本的标识与行数 | identity and size of this release; one row",
    "column provenance.release.release_id": "全部内容排序后的 SHA-256,与装载名称和时间无关 "
    "| SHA-256 of all content in sorted order, whatever the load was called and whenever it ran",
    "column provenance.release.documents": "文件数 | documents",
    "column provenance.release.reports": "年度报告数 | reports",
    "column provenance.release.cells": "表格单元格数 | printed cells",
    "column provenance.release.observations": "观测值数 | observations",
}


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """The columns of each table that the release id covers, tables and columns in order of name."""
    found: dict[tuple[str, str], list[str]] = {}
    for schema, table, column in connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() where not internal order by all"
    ).fetchall():
        if (schema, table) not in _LOAD_TABLES and column not in _LOAD_COLUMNS:
            found.setdefault((schema, table), []).append(column)
    return found


def _digest_table(
    connection: duckdb.DuckDBPyConnection, digest: Any, schema: str, table: str, columns: Sequence[str]
) -> int:
    """Feed one table into the hash, row by row in sorted order; return its rows.

    Each value goes in with its length, NULL apart from every text, so that no two different rows look alike.
    """
    parts = ", ".join(
        f"coalesce(length({value})::varchar || ':' || {value}, '-')"
        for value in (f"{_name(column)}::varchar" for column in columns)
    )
    digest.update(f"{schema}.{table}({','.join(columns)})\n".encode())
    rows = 0
    result = connection.execute(f"select sha256(concat_ws('|', {parts})) from {_name(schema, table)} order by 1")
    for batch in result.to_arrow_reader(100_000):
        hashes = batch.column(0).cast(pa.large_binary())
        digest.update(memoryview(hashes.buffers()[2])[: _HEX * len(hashes)])
        rows += len(hashes)
    return rows


def published_id(file: Path) -> str | None:
    """The release id of a published file, None where there is none yet."""
    if not file.exists():
        return None
    try:
        with connect(file, read_only=True) as connection:
            row = connection.execute("select release_id from provenance.release").fetchone()
    except duckdb.Error:
        return None
    return None if row is None else str(row[0])


def replace_release(home: Path, scratch: Path) -> None:
    """Rename the sealed scratch file over the release.

    A log lying beside the release would be replayed into the new file by whoever opens it next, so it goes first.
    """
    target = release_file(home)
    _sync(scratch)
    _wal(target).unlink(missing_ok=True)
    os.replace(scratch, target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _wal(file: Path) -> Path:
    return file.with_name(file.name + ".wal")


def _name(*parts: str) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
