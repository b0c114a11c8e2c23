"""Staged tables: their Arrow schemas, their vocabularies, where they lie, and how one is written.

This is the one module of extract/ that other folders may import. It knows column names and types; it does not know
how a value is read (extract/), judged (expectations/) or conformed (dbt_project/).

A staged table is one Parquet folder a load: ``staging/<table>/load=<name>/part-0.parquet``. Every load writes every
table, empty but typed where it has no rows, so that a reader never meets a missing folder.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

READER_VERSION: Final = "5"
"""Raised whenever the same bytes may be read differently; stands on every document row."""

ROW_GROUP: Final = 100_000
"""Rows of a staged table that are compressed, and kept in memory, together."""

VALUE: Final = pa.decimal128(20, 6)
"""Printed numbers: offices print 2601.953875万元, so six decimals."""

VALUE_STATUS: Final = ("reported", "explicit_zero", "blank", "not_applicable", "unreadable")
DOCUMENT_STATUS: Final = ("read", "rejected")
ORGAN_BASIS: Final = ("title", "signature", "publisher", "self_reference", "composed")
COVERAGE: Final = ("own_organ", "government_level", "region_aggregate")
VERDICT: Final = ("held", "verified", "unverified")
LOCALISATION_KIND: Final = ("value", "shift", "timeout", "capped")
"""Values to be changed; cells to be moved, which makes the reading the suspect; no answer within the time; no change
of as few cells as are looked for."""
CLAIM_KIND: Final = ("count", "amount", "share", "growth")
QUALIFIER: Final = ("exact", "approximate", "at_least")
DECISION: Final = ("release", "correct", "reject")
IDENTITY_STATUS: Final = ("PASS", "FAIL", "NOT_ASSESSABLE")
REJECT_STAGE: Final = ("keep", "decode", "segment", "report", "read")
PROSE_FORM: Final = "prose"
"""The form of a report in which no table was read."""


def _schema(*fields: tuple[str, pa.DataType, bool]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable=nullable) for name, kind, nullable in fields])


_S, _I = pa.string(), pa.int64()
_UTC: Final = pa.timestamp("us")
"""A moment in UTC, without a zone, so that every reader shows the same."""

_IDENTITY_RESULT: Final = _schema(
    ("report_id", _S, False),
    ("form", _S, False),
    ("identity_id", _S, False),
    ("instance_key", _S, False),
    ("part", _S, True),
    ("gates", pa.bool_(), False),
    ("left_value", VALUE, True),
    ("operator", _S, False),
    ("right_value", VALUE, True),
    ("difference", VALUE, True),
    ("blanks", pa.int32(), False),
    ("status", _S, False),  # IDENTITY_STATUS
)

STAGED: Final[dict[str, pa.Schema]] = {
    # Written by extract/.
    "delivery": _schema(
        ("document_id", _S, False),  # sha256 of the bytes, hexadecimal
        ("load_name", _S, False),
        ("load_sequence", pa.int32(), False),  # 1 for the first load this home ever registered
        ("loaded_at", _UTC, False),  # when the load was first staged; kept when it is loaded again
        ("uri", _S, False),
        ("byte_count", _I, False),
    ),
    "document": _schema(
        ("document_id", _S, False),
        ("media_type", _S, True),
        ("encoding", _S, True),
        ("byte_count", _I, False),
        ("char_count", _I, True),
        ("status", _S, False),  # DOCUMENT_STATUS
        ("reason", _S, True),  # why it was rejected
        ("reader_version", _S, False),
    ),
    "report": _schema(
        ("report_id", _S, False),
        ("document_id", _S, False),
        ("ordinal", pa.int32(), False),  # 1-based, in reading order
        ("organ_name", _S, True),
        ("organ_basis", _S, True),  # ORGAN_BASIS, NULL where organ_name is
        ("division_code", _S, True),  # six digits
        ("year", pa.int32(), True),
        ("form", _S, False),
        ("coverage", _S, False),  # COVERAGE
        ("title", _S, True),
        ("title_year", pa.int32(), True),  # the year its title names
        ("period_year", pa.int32(), True),  # the year whose 1 January to 31 December it says it covers
        ("body_year", pa.int32(), True),  # the year most of its paragraphs are about
        ("char_start", _I, False),
        ("char_end", _I, False),
    ),
    "cell": _schema(
        ("cell_id", _S, False),
        ("report_id", _S, False),
        ("slot_id", _S, True),  # NULL: printed, but not in the form
        ("section", _S, True),
        ("row_path", _S, True),
        ("column_path", _S, True),
        ("part", _S, True),  # a further value column: 区直单位, 乡镇街道
        ("raw_text", _S, False),
        ("value", VALUE, True),
        ("unit", _S, True),  # as printed, in the cell, its row or the form
        ("value_status", _S, False),  # VALUE_STATUS
        ("reason", _S, True),  # why it could not be read
        (
            "is_inferred",
            pa.bool_(),
            False,
        ),  # bound by position where the document gave fewer or more cells than the form
        ("char_start", _I, False),  # code points of the decoded document
        ("char_end", _I, False),
        ("locator", _S, True),  # table and line for people: requests line 4
    ),
    "claim": _schema(
        ("claim_id", _S, False),
        ("report_id", _S, False),
        ("quantity_id", _S, True),  # extract/prose/quantity.csv; NULL: a figure of no indicator, kept as part of a sum
        ("indicator_id", _S, True),
        ("applicant_type", _S, True),
        ("outcome", _S, True),
        ("route", _S, True),
        ("subject", _S, True),  # the words that name the figure, in one spelling
        ("kind", _S, False),  # CLAIM_KIND
        ("value", VALUE, False),
        ("unit", _S, True),  # as printed; % for a share or growth
        ("qualifier", _S, False),  # QUALIFIER
        ("by_negation", pa.bool_(), False),  # a stated zero: 未收到
        ("is_implied", pa.bool_(), False),  # no number stands there: 未收到, 全部办结
        ("scope", _S, True),  # whom it covers where that is less than the report: 市本级
        ("part_of", _S, True),  # claim_id of the total it is printed as a part of
        ("partition", _S, True),  # by what that total is broken down
        ("is_rest", pa.bool_(), False),  # the part that takes up the rest: 其他
        ("share_part", _S, True),  # of a share: claim_id of the part; of growth: of what grew
        ("share_whole", _S, True),  # of a share: claim_id of the whole
        ("quote", _S, False),
        ("char_start", _I, False),
        ("char_end", _I, False),
    ),
    "reject": _schema(
        ("document_id", _S, False),
        ("report_id", _S, True),
        ("char_start", _I, True),
        ("char_end", _I, True),
        ("stage", _S, False),  # REJECT_STAGE
        ("reason", _S, False),
    ),
    # Written by expectations/.
    "identity_result": _IDENTITY_RESULT,  # of the report as corrected by decisions
    "printed_result": _IDENTITY_RESULT,  # as printed, of the reports that a decision was applied to
    "implied_value": _schema(
        ("cell_id", _S, False),
        ("report_id", _S, False),
        ("implied_value", VALUE, False),
        ("identity_id", _S, False),
    ),
    "soft_result": _schema(
        ("report_id", _S, False),
        ("identity_id", _S, False),
        ("instance_key", _S, False),
        ("left_value", VALUE, True),
        ("operator", _S, False),
        ("right_value", VALUE, True),
        ("difference", VALUE, True),
        ("status", _S, False),  # IDENTITY_STATUS
        ("severity", _S, False),
        ("left_quote", _S, True),
        ("right_quote", _S, True),
        ("left_ids", _S, True),  # claim_id and cell_id of what was compared, separated by spaces
        ("right_ids", _S, True),
        ("sentence_zh", _S, False),
        ("sentence_en", _S, False),
    ),
    "verdict": _schema(
        ("report_id", _S, False),
        ("verdict", _S, False),  # VERDICT
        ("gating_compared", pa.int32(), False),
        ("gating_failed", pa.int32(), False),
        ("decision", _S, True),  # release or reject, where a reviewer decided so
        ("printed_verdict", _S, True),  # what the rules say of it as printed, where a decision was applied
    ),
    # The smallest changes that would make a held report add up: a row a change and cell.
    "localisation": _schema(
        ("report_id", _S, False),
        ("part", _S, True),
        ("form", _S, False),
        ("group_id", pa.int32(), False),  # what has to be explained by itself, counted within the report
        ("set_id", pa.int32(), False),  # the change, counted within the report
        ("kind", _S, False),  # LOCALISATION_KIND
        ("cell_id", _S, True),
        ("slot_id", _S, True),
        ("printed_value", VALUE, True),
        ("implied_value", VALUE, True),  # NULL where the rules leave a choice
        ("edit", _S, True),  # the slip of digits that explains it
        ("source", _S, True),  # what else states the implied value
        ("score", pa.int32(), False),  # evidence for the whole change, as far as the report itself has any
        ("rank", pa.int32(), False),  # by that evidence, within the group; changes of one rank are tied
        ("is_only", pa.bool_(), False),  # no other change as small makes the report add up
        ("is_capped", pa.bool_(), False),  # more changes as small exist than are listed
        ("sentence_zh", _S, False),
        ("sentence_en", _S, False),
    ),
    "applied_decision": _schema(
        ("decision_id", _S, False),
        ("report_id", _S, False),
        ("decision", _S, False),  # DECISION
        ("cell_id", _S, True),  # the cell it names; NULL where it names none
        ("corrected_value", VALUE, True),
        ("applied_at", _UTC, False),  # when it was first applied to this report
    ),
    # The reviewers' file, once for the whole home (DECISIONS).
    "decision": _schema(
        ("decision_id", _S, False),  # hash of what it says
        ("line", pa.int32(), False),  # of the file
        ("decision", _S, False),  # DECISION
        ("organ_name", _S, False),
        ("division_code", _S, True),
        ("year", pa.int32(), False),
        ("coverage", _S, False),
        ("slot_id", _S, True),
        ("part", _S, True),
        ("expected_value", _S, True),  # as printed or as a number; empty for a blank cell
        ("corrected_value", VALUE, True),
        ("who", _S, False),
        ("decided_on", pa.date32(), False),
        ("reason", _S, False),
        ("source", _S, True),
    ),
    "load_gate": _schema(
        ("load_name", _S, False),
        ("passed", pa.bool_(), False),
        ("reason", _S, True),  # why it was refused
        ("documents", _I, False),
        ("reports", _I, False),
        ("held", _I, False),
        ("held_share", pa.float64(), True),
        ("staged_fingerprint", _S, False),  # of the staged tables that were judged
        ("results_json", _S, False),  # one object an expectation: name, severity, success, crashed, unexpected, sample
    ),
}

EXTRACTED: Final = ("delivery", "document", "report", "cell", "claim", "reject")
EVALUATED: Final = (
    *("identity_result", "printed_result", "implied_value", "soft_result", "verdict", "localisation"),
    "applied_decision",
)
JUDGED: Final = (*EVALUATED, "decision", "load_gate")
LASTING: Final = ("applied_decision",)
"""Judged tables that stay when a load is staged again: they remember since when a decision is applied."""
DECISIONS: Final = "decisions"
"""In place of a load's name: the folder of the one staged table that belongs to the home, `decision`."""

_LOAD_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")


def check_load_name(name: str) -> str:
    """Return `name` if it can be a partition key and a folder name; raise ValueError with the reason otherwise."""
    if not _LOAD_NAME.fullmatch(name) or ".." in name:
        raise ValueError(
            f"load name {name!r}: use up to 100 letters, digits, '.', '_' and '-', starting with a letter or digit"
        )
    return name


def load_folder(staging: Path, table: str, load_name: str) -> Path:
    """The folder of one staged table of one load."""
    if table not in STAGED:
        raise KeyError(f"no staged table {table!r}")
    return staging / table / f"load={check_load_name(load_name)}"


class StagedWriter:
    """A staged table under construction: what is written goes to disk a row group at a time.

    The bytes of the file depend on the rows alone, not on how many came at once.
    """

    def __init__(self, scratch: Path, schema: pa.Schema) -> None:
        self.schema = schema
        self._file = pq.ParquetWriter(scratch, schema, compression="zstd")
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def write(self, rows: pa.Table) -> None:
        """Append rows. Raises pa.ArrowInvalid or ValueError where they do not fit the declared schema."""
        self._waiting.append(_compact(rows.cast(self.schema)))
        self._rows += rows.num_rows
        if self._rows >= ROW_GROUP:
            self._flush(self._rows - self._rows % ROW_GROUP)

    def close(self) -> None:
        """Write what is left and end the file."""
        if self._rows:
            self._flush(self._rows)
        self._file.close()

    def abandon(self) -> None:
        """End the file without what is left."""
        self._file.close()

    def _flush(self, count: int) -> None:
        rows = pa.concat_tables(self._waiting)
        self._file.write_table(rows.slice(0, count).combine_chunks(), row_group_size=ROW_GROUP)
        left = rows.slice(count)
        self._waiting, self._rows = [left], left.num_rows


def _compact(rows: pa.Table) -> pa.Table:
    """The same rows in memory of their own: a slice of a larger batch would keep all of it."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return pa.ipc.open_stream(sink.getvalue()).read_all()


@contextmanager
def staged_writer(staging: Path, load_name: str, table: str) -> Iterator[StagedWriter]:
    """Replace one staged table of one load by what is written inside the block, all or nothing.

    The file is written beside its place and renamed into it when the block ends well, so that a run killed at any
    moment leaves either the former rows or the new ones.
    """
    folder = load_folder(staging, table, load_name)
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / ".part-0.parquet.writing"
    writer = StagedWriter(scratch, STAGED[table])
    try:
        yield writer
    except BaseException:
        writer.abandon()
        raise
    writer.close()
    os.replace(scratch, folder / "part-0.parquet")


def write_staged(staging: Path, load_name: str, table: str, rows: pa.Table) -> Path:
    """Replace one staged table of one load by `rows`, all or nothing, and return its file.

    Raises pa.ArrowInvalid where `rows` does not fit the declared schema.
    """
    with staged_writer(staging, load_name, table) as writer:
        writer.write(rows)
    return load_folder(staging, table, load_name) / "part-0.parquet"


def drop_staged(staging: Path, load_name: str, table: str) -> None:
    """Forget one staged table of one load, if it is there."""
    shutil.rmtree(load_folder(staging, table, load_name), ignore_errors=True)


def empty(table: str) -> pa.Table:
    """The typed empty table."""
    return STAGED[table].empty_table()
