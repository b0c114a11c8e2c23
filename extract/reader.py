"""The core: bytes of documents in, what they say out. One pure function over Arrow batches, one row a document.

No file, no clock, no state that a reading could show (what is remembered of lines and tables makes it faster, never
other): the same code runs in a loop, in a process pool or on a cluster.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

import pyarrow as pa

from extract.files.containers import NotKept
from extract.files.decode import decode, media_type
from extract.formats.document import Document, Undecodable
from extract.prose.claims import Claim, ReportContext, read_claims
from extract.prose.passages import Prose
from extract.report.coverage import (
    counts_its_own,
    find_coverage,
    find_division,
    is_news,
    is_other_document,
    is_specimen,
)
from extract.report.identify import announces_itself, find_organ, heads_text, speaks_of_itself
from extract.report.mirror import injected_words
from extract.report.segment import Segment, find_segments
from extract.report.titles import Title
from extract.report.years import arabic_years, body_year, closed_dates, period_year
from extract.schema import PROSE_FORM, READER_VERSION, STAGED
from extract.table.cells import Cells
from extract.table.known import TableReader
from extract.table.of_years import annexed_year, covers_part_of_year, of_own_year, table_year
from extract.table.printed_forms import lines_of
from extract.table.tables import Tables
from extract.text.masked import MaskedText
from extract.text.script import plain_text
from extract.text.wrapped import unwrapped

DOCUMENTS: Final = pa.schema([pa.field("uri", pa.string(), False), pa.field("content", pa.binary(), False)])
"""What goes in: one row a document."""

_FIGURE: Final = re.compile(
    r"(?:公开|申请|收到|受理|发布|信息|复议|诉讼)[^。;；\n]{0,20}?[\d一二三四五六七八九十百千万零]+\s*(?:余|多)?(?:件|条|宗|次|份|篇|起|例|场|人次)"
)
_MOST_WORDS: Final = 5
_NARRATIVE: Final = re.compile(r"主动公开|依申请公开|申请公开")
_SAYS: Final = re.compile(r"[。;,]|^\s*[(一二三四五六七八九]")
"""A line of the text and not of a menu, which has 主动公开 among its entries too."""


@dataclass(slots=True)
class Report:
    """One report of a document, before it has ids."""

    organ_name: str | None
    organ_basis: str | None
    division_code: str | None
    year: int | None
    form: str
    coverage: str
    title: str | None
    title_year: int | None
    period_year: int | None
    body_year: int | None
    char_start: int
    char_end: int
    cells: Cells = field(default_factory=lambda: Cells.of(()))
    claims: list[Claim] = field(default_factory=list)
    notes: list[tuple[int, int, str]] = field(default_factory=list)
    injected: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """All that one document says: reports, or the reason why there is none."""

    media_type: str | None
    encoding: str | None = None
    char_count: int | None = None
    reports: list[Report] = field(default_factory=list)
    rejects: list[tuple[int | None, int | None, str, str]] = field(default_factory=list)  # start, end, stage, reason


def read_document(content: bytes) -> Reading:
    """Read one document; bad input never raises, it ends as a reject with stage and reason."""
    try:
        decoded = decode(content)
    except Undecodable as error:
        stage = "keep" if isinstance(error, NotKept) else "decode"
        return Reading(media_type(content), rejects=[(None, None, stage, str(error))])
    reading = Reading(decoded.media_type, decoded.encoding, len(decoded.text))
    read_text(decoded, reading)
    return reading


def read_text(document: Document, reading: Reading) -> None:
    """Read a decoded document into `reading`."""
    text = document.text
    lines = closed_dates(arabic_years(plain_text(text))).split("\n")
    masked = MaskedText(text)
    offsets = [*masked.starts, len(text)]
    reader = TableReader(masked, in_lines=document.places is None)
    for segment in find_segments(lines, masked.form_rows):
        start, end = offsets[segment.first], offsets[segment.last]
        tables = reader.read(segment.first, segment.last, text[:end], segment.year)
        starts = offsets[segment.first : segment.last + 1]
        part = Prose(
            masked.words(segment.first, segment.last), lines[segment.first : segment.last], segment.first, starts, ()
        )
        _read_segment(segment, part, tables, text[:end], start, reading)
    if not reading.reports and not reading.rejects:
        reading.rejects.append(
            (None, None, "segment", "no table of a known form and no report in prose: " + _why(lines))
        )
    if document.places is not None:
        for report in reading.reports:
            places = document.places.at(report.cells.column("char_start"))
            report.cells = report.cells.with_column("locator", places)


def _why(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    if "公开" not in text:
        return "the text does not mention disclosure (公开)"
    return (
        "the text names no reporting year"
        if not re.search(r"(?:19|20)\d{2}年", text)
        else "no organ with a year and a figure was found"
    )


def _read_segment(segment: Segment, part: Prose, tables: Tables, text: str, start: int, reading: Reading) -> None:
    lines = part.lines
    plain = unwrapped(lines)
    sets, notes = tables.sets, tables.notes
    reading.rejects.extend((first, last, "read", reason) for first, last, reason in notes)
    for table_set in [table_set for table_set in sets if covers_part_of_year(table_set, text)]:
        sets.remove(table_set)
        reason = f"the caption of the {table_set.form} table names a part of a year: its figures are not the year's"
        reading.rejects.append((table_set.start, table_set.end, "read", reason))
    printed = [table_set for table_set in sets if table_set.has_number]
    for table_set in sets:
        if not table_set.has_number:
            reason = f"a blank form: {len(table_set.cells)} cells of {table_set.form} are printed without any number"
            reading.rejects.append((table_set.start, table_set.end, "read", reason))
    titles = [title._replace(row=title.row - segment.first) for title in segment.titles]
    organ = find_organ(lines, titles, plain)
    year = segment.year if segment.year is not None else table_year(printed, text)
    if printed and organ is None and year is None and is_specimen(plain):
        reason = "a specimen that names neither organ nor year: its figures are examples"
        reading.rejects.append((start, len(text), "report", reason))
        return
    prose = Report(
        organ_name=organ.name if organ else None,
        organ_basis=organ.basis if organ else None,
        division_code=find_division(organ.name if organ else None, plain),
        year=year,
        form=PROSE_FORM,
        coverage=find_coverage(organ.name if organ else None, titles, plain),
        title=titles[0].text if titles else None,
        title_year=titles[0].year if titles else None,
        period_year=period_year(plain),
        body_year=body_year(lines),
        char_start=start,
        char_end=len(text),
        injected=injected_words(plain),
    )
    part = part._replace(tables=[(table_set.start, table_set.end) for table_set in sets])
    for number, table_set in enumerate(printed):
        form = table_set.form or PROSE_FORM
        told = year if number == 0 else annexed_year(table_set, text) or year
        cells = of_own_year(Cells.of(table_set.cells), told)
        report = replace(prose, year=told, form=form, cells=cells, notes=table_set.notes, claims=[])
        if number == 0:  # the prose of a segment is told once
            report.claims = _claims_of(report, part, text, plain)
        reading.reports.append(report)
    if printed:
        return
    if _reports_in_prose(prose, titles, lines, plain):
        prose.notes.append((start, len(text), "no table was read: figures stand in prose only"))
        prose.claims = _claims_of(prose, part, text, plain)
        reading.reports.append(prose)
    elif prose.title and not sets:
        name = f"{prose.organ_name or 'no organ named'}, {prose.year or 'no year named'}"
        reading.rejects.append((start, len(text), "report", f"{name}: no table and no figure was read"))


def _claims_of(report: Report, part: Prose, text: str, plain: str) -> list[Claim]:
    own = counts_its_own(report.organ_name, plain)
    return read_claims(part, text, ReportContext(report.year, lines_of(report.form), report.organ_name or "", own))


def _reports_in_prose(report: Report, titles: Sequence[Title], lines: Sequence[str], plain: str) -> bool:
    """Whether a text without tables is a report: an organ, a year and a figure, and it speaks of disclosure.

    The organ may be open where a title or the text itself (情况报告如下) says what it is, and it says 我局.
    """
    if not (report.year and _FIGURE.search(plain)) or is_news(plain):
        return False
    narrates = sum(len(_NARRATIVE.findall(line)) for line in lines if _SAYS.search(line))
    if not report.title and is_other_document(lines):
        return False
    if report.organ_name is None:
        says_so = heads_text(titles, lines) or (not report.title and announces_itself(plain))
        return says_so and speaks_of_itself(plain) and narrates > 1
    return bool(report.title) or narrates > (report.organ_basis != "title")


def report_id_of(document_id: str, ordinal: int) -> str:
    """Twenty hexadecimal digits of the document's hash and the report's place in it."""
    return f"{document_id[:20]}-{ordinal}"


def read_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Read documents (schema DOCUMENTS) into readings (schema READINGS), one row a document, in the same order.

    The same bytes always give the same row. Raises only where our own code is at fault, naming the document.
    """
    contents, uris = batch.column("content").to_pylist(), batch.column("uri").to_pylist()
    return _readings(_read(uri, content) for uri, content in zip(uris, contents, strict=True))


def _read(uri: str, content: bytes) -> tuple[str, int, Reading]:
    document_id = hashlib.sha256(content).hexdigest()
    try:
        return document_id, len(content), read_document(content)
    except Exception as error:
        raise RuntimeError(f"the reader failed on {uri} (sha256 {document_id})") from error


def unreadable(document_id: str, size: int, reason: str) -> pa.RecordBatch:
    """The reading of a document of `size` bytes that could not even be tried to its end (schema READINGS)."""
    return _readings([(document_id, size, Reading(None, rejects=[(None, None, "read", reason)]))])


def _readings(read: Iterable[tuple[str, int, Reading]]) -> pa.RecordBatch:
    nests = Nests(*(Nest(name) for name in Nests._fields))
    for document_id, size, reading in read:
        _append(reading, document_id, size, nests)
    inner = (("cells", nests.cell.lists()), ("claims", nests.claim.lists()))
    return pa.RecordBatch.from_arrays(
        [*nests.document.columns(), nests.report.lists(*inner), nests.reject.lists()], schema=READINGS
    )


def _append(reading: Reading, document_id: str, size: int, nests: Nests) -> None:
    status = "read" if reading.reports else "rejected"
    reason = None if reading.reports else "; ".join(dict.fromkeys(reason for *_, reason in reading.rejects))
    nests.document.add(
        [(document_id, reading.media_type, reading.encoding, size, reading.char_count, status, reason, READER_VERSION)]
    )
    heads: list[tuple[Any, ...]] = []
    notes: list[tuple[Any, ...]] = [(document_id, None, *reject) for reject in reading.rejects]
    for ordinal, report in enumerate(reading.reports, 1):
        report_id = report_id_of(document_id, ordinal)
        heads.append(
            (
                report_id,
                document_id,
                ordinal,
                report.organ_name,
                report.organ_basis,
                report.division_code,
                report.year,
                report.form,
                report.coverage,
                report.title,
                report.title_year,
                report.period_year,
                report.body_year,
                report.char_start,
                report.char_end,
            )
        )
        size = len(report.cells)
        ids = [f"{report_id}{number}" for number in _numbers(size)]
        nests.cell.add_columns([ids, [report_id] * size, *report.cells.columns])
        nests.claim.add([_claim_row(report_id, number, claim) for number, claim in enumerate(report.claims)])
        notes.extend((document_id, report_id, start, end, "read", note) for start, end, note in report.notes)
        where = (document_id, report_id, report.char_start, report.char_end, "report")
        notes.extend((*where, reason) for reason in _doubts(report))
    nests.report.add(heads)
    nests.reject.add(notes)


@lru_cache(maxsize=64)
def _numbers(size: int) -> tuple[str, ...]:
    """What is put behind a report's id to name its cells."""
    return tuple(f":{number:04d}" for number in range(1, size + 1))


def _doubts(report: Report) -> Iterator[str]:
    """What the text leaves open of who reports and when, and why."""
    if report.year is None:
        witnesses = {"title": report.title_year, "period": report.period_year, "body": report.body_year}
        said = ", ".join(f"its {name} says {year}" for name, year in witnesses.items() if year is not None)
        yield f"the text contradicts itself on the year: {said}" if said else "the text names no reporting year"
    if report.organ_name is None:
        yield "the text names no organ, or contradicts itself on it"
    if report.injected:
        words = ", ".join(report.injected[:_MOST_WORDS])
        yield f"words of a seized site stand on the page ({words}): names and prose may have been replaced"


def _claim_row(report_id: str, number: int, claim: Claim) -> tuple[Any, ...]:
    """A claim with ids in place of the numbers of other claims."""

    def named(place: int | None) -> str | None:
        return None if place is None else f"{report_id}:c{place + 1:04d}"

    ends: dict[str, Any] = {name: named(getattr(claim, name)) for name in ("part_of", "share_part", "share_whole")}
    return (named(number), report_id, *claim._replace(**ends))


class Nest:
    """Rows of one staged table, collected column by column and list by list (a list a parent row)."""

    def __init__(self, table: str) -> None:
        self._schema = STAGED[table]
        self._columns: list[list[Any]] = [[] for _ in self._schema]
        self._offsets = [0]

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Append the rows of one parent."""
        self.add_columns(list(zip(*rows, strict=True)) if rows else [()] * len(self._columns))

    def add_columns(self, columns: Sequence[Sequence[Any]]) -> None:
        """Append the rows of one parent, given by column."""
        for column, values in zip(self._columns, columns, strict=True):
            column.extend(values)
        self._offsets.append(len(self._columns[0]))

    def columns(self) -> list[pa.Array]:
        """One array a field of the staged schema."""
        return [pa.array(column, type=f.type) for column, f in zip(self._columns, self._schema, strict=True)]

    def lists(self, *inner: tuple[str, pa.Array]) -> pa.ListArray:
        """A list a parent row, of structs with the table's fields and `inner` lists as further fields."""
        fields = [*self._schema, *(pa.field(name, array.type, nullable=False) for name, array in inner)]
        rows = pa.StructArray.from_arrays([*self.columns(), *(array for _, array in inner)], fields=fields)
        return pa.ListArray.from_arrays(pa.array(self._offsets, pa.int32()), rows)


class Nests(NamedTuple):
    """The rows of the staged tables that a batch of documents gives."""

    document: Nest
    report: Nest
    cell: Nest
    claim: Nest
    reject: Nest


def _list_of(table: str, *inner: pa.Field) -> pa.DataType:
    return pa.list_(pa.struct([*STAGED[table], *inner]))


READINGS: Final = pa.schema(
    [
        *STAGED["document"],
        pa.field(
            "reports",
            _list_of(
                "report",
                pa.field("cells", _list_of("cell"), nullable=False),
                pa.field("claims", _list_of("claim"), nullable=False),
            ),
            nullable=False,
        ),
        pa.field("rejects", _list_of("reject"), nullable=False),
    ]
)
"""What comes out: one row a document; its reports with their cells and claims, and its rejects nested in it."""


def unnest(readings: pa.RecordBatch) -> dict[str, pa.Table]:
    """The staged tables document, report, cell, claim and reject of a batch of readings."""
    found = {"document": pa.Table.from_batches([readings.select(STAGED["document"].names)])}
    reports = readings.column("reports").flatten()
    nested = {
        "report": reports,
        "cell": reports.field("cells").flatten(),
        "claim": reports.field("claims").flatten(),
        "reject": readings.column("rejects").flatten(),
    }
    for table, rows in nested.items():
        names = STAGED[table].names
        found[table] = pa.Table.from_arrays([rows.field(name) for name in names], names=names).cast(STAGED[table])
    return found
