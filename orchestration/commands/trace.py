"""What the warehouse knows of a figure: its row, the characters it was read from, the sums and rules it is in.

Questions to the release and the raw archive; how the answers look to people is in explain.py. The characters are cut
again from the kept bytes, not taken from the warehouse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

import duckdb

from extract.files.archive import raw_path
from extract.files.decode import decode

Row = dict[str, Any]

_CELL_CONTEXT: Final = 60
"""Characters shown on either side of a cell."""
_SENTENCE_CONTEXT: Final = 200
"""Characters shown at most on either side of a quotation, where its sentence is longer."""
_SENTENCE_END: Final = re.compile(r"[。！？!?\n\r]")
_NEAREST: Final = 5
"""Names suggested where one is not known."""
_ALIKE: Final = 0.3
"""Share of characters in common, in order, from which a name is worth suggesting."""

# A claim that is no observation is a figure too: it has a place in print, and a reason.
_SELECT: Final = """
with figure as (
    select observation_id as id, report_id from provenance.observation
    union all
    select claim_id, report_id from quality.unmapped_claim
)
select
    o.observation_id, r.organ_name, r.year, r.form, r.coverage, o.indicator_id, i.name_zh, i.name_en,
    o.applicant_type, o.outcome, o.route, coalesce(o.source, 'claim') as source, o.value, o.unit_code, o.value_status,
    o.implied_value, o.match_type, o.is_total, o.is_preferred, r.verdict, r.report_id, r.is_current,
    coalesce(c.slot_id, '') as slot_id, c.section, c.row_path, c.column_path, c.part, c.locator,
    coalesce(c.value, l.value) as printed_value, coalesce(c.unit, l.unit) as printed_unit,
    coalesce(c.raw_text, l.quote) as raw_text,
    coalesce(c.char_start, l.char_start) as char_start, coalesce(c.char_end, l.char_end) as char_end,
    l.claim_id, l.quantity_id, q.relation, l.subject, l.kind, coalesce(l.qualifier, o.qualifier) as qualifier,
    coalesce(l.by_negation, o.by_negation) as by_negation, l.is_implied, l.scope, l.part_of, l.partition, l.is_rest,
    l.share_part, l.share_whole, u.reason as no_observation_reason, u.reason_zh, u.reason_en,
    d.document_id, d.uri, d.encoding
from figure f
join provenance.report r using (report_id)
join provenance.document d using (document_id)
left join provenance.observation o on o.observation_id = f.id
left join provenance.cell c on c.cell_id = f.id
left join provenance.claim l on l.claim_id = f.id
left join quality.unmapped_claim u on u.claim_id = f.id
left join codebook.quantity q on q.quantity_id = l.quantity_id
left join codebook.indicator i on i.indicator_id = o.indicator_id
"""

_IDENTITIES: Final = """
select distinct q.identity_id, q.instance_key, q.left_value, q.operator, q.right_value, q.difference, q.status
from quality.identity_result q
join provenance.report r using (report_id)
join codebook.identity_term t on t.identity_id = q.identity_id and t.instance_key = q.instance_key and t.form = r.form
where q.report_id = $report_id and t.slot_id = $slot_id and q.part is not distinct from $part
order by all
"""

_SOFT_RESULTS: Final = """
select
    identity_id, instance_key, title_zh, title_en, left_value, operator, right_value, difference, status, severity,
    sentence_zh, sentence_en
from quality.soft_result
where report_id = $report_id
  and list_contains(string_split(concat_ws(' ', left_ids, right_ids), ' '), $id)
order by status = 'PASS', identity_id, instance_key
"""

_WAREHOUSE_RESULTS: Final = """
select
    identity_id, instance_key, title_zh, title_en, left_value, operator, right_value, difference, status, severity,
    sentence_zh, sentence_en
from quality.warehouse_result
where list_contains(string_split(concat_ws(' ', left_ids, right_ids), ' '), $id)
order by status = 'PASS', identity_id, instance_key
"""

_SUSPECTS: Final = """
select distinct rank, kind, is_only, tied_with, sentence_zh, sentence_en, group_id, set_id
from quality.localisation
where report_id = $report_id
  and set_id in (select set_id from quality.localisation where report_id = $report_id and cell_id = $id)
order by group_id, rank, set_id
"""

_BREAKDOWNS: Final = """
select
    p.part_of, p.partition, n.label_zh, n.label_en, p.claim_id, p.indicator_id, p.subject, p.value, p.unit, p.is_rest,
    p.quote, t.value as total_value, t.unit as total_unit, t.quote as total_quote
from provenance.claim p
join provenance.claim t on t.claim_id = p.part_of
left join codebook.code n on n.codelist = 'partition' and n.code = p.partition
where p.part_of = $id or (p.part_of = $part_of and p.partition is not distinct from $partition)
order by p.part_of <> $id, p.part_of, p.partition, p.char_start
"""

_SHARE: Final = """
select claim_id, indicator_id, subject, value, unit, quote from provenance.claim where claim_id = $id
"""

_KNOWN_NAMES: Final = {
    "organ": "select distinct organ_name from provenance.report where organ_name is not null",
    "year": "select distinct year::varchar from provenance.report where year is not null",
    "indicator": "select unnest([indicator_id, name_zh, name_en]) from codebook.indicator",
}


def find(connection: duckdb.DuckDBPyConnection, key: Sequence[str]) -> list[Row]:
    """The figures with an id, or those of an organ, a year and an indicator (its id or one of its labels)."""
    if len(key) == 1:
        query, parameters = "where f.id = $id", {"id": key[0]}
    else:
        query = """where o.organ_name = $organ and o.year = $year::int
                   and $indicator in (o.indicator_id, i.name_zh, i.name_en)
                   order by o.is_total desc, o.observation_id"""
        parameters = dict(zip(("organ", "year", "indicator"), key, strict=True))
    return _rows(connection, _SELECT + query, parameters)


def explained(connection: duckdb.DuckDBPyConnection, home: Path, row: Row) -> Row:
    """A row of `find` with its quotation, the sums it is in, the figures of its share, the rules that compare it
    within its report and with others, the changes that would make its report add up and touch it."""
    figure = row["claim_id"] or row["observation_id"]
    return {
        **row,
        "quotation": quotation(home, row),
        "breakdowns": _breakdowns(connection, row) if row["claim_id"] else [],
        "share": _share(connection, row) if row["kind"] == "share" else None,
        "identities": _rows(connection, _IDENTITIES, {key: row[key] for key in ("report_id", "slot_id", "part")}),
        "soft_results": _rows(connection, _SOFT_RESULTS, {"report_id": row["report_id"], "id": figure}),
        "warehouse_results": _rows(connection, _WAREHOUSE_RESULTS, {"id": figure}),
        "suspects": _rows(connection, _SUSPECTS, {"report_id": row["report_id"], "id": figure}),
    }


def quotation(home: Path, row: Row) -> dict[str, Any] | None:
    """The characters of a figure, cut from the kept document, and what stands around; None where it is gone.

    Around a claim stands its sentence, around a cell what is printed beside it.
    """
    file = raw_path(home, row["document_id"])
    if not file.exists():
        return None
    document = decode(file.read_bytes())
    text = document.text
    start, end = row["char_start"], row["char_end"]
    if row["source"] == "claim":
        first, last = _sentence(text, start, end)
    else:
        first, last = max(0, start - _CELL_CONTEXT), end + _CELL_CONTEXT
    return {
        "file": str(file),
        "line": text.count("\n", 0, start) + 1,
        "place": document.place(start),
        "before": text[first:start],
        "quoted": text[start:end],
        "after": text[end:last],
    }


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a quotation begins and ends, blanks at its ends left out."""
    floor = max(0, start - _SENTENCE_CONTEXT)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, floor, start)]
    first = ends[-1] if ends else floor
    first += len(text[first:start]) - len(text[first:start].lstrip())
    match = _SENTENCE_END.search(text, end, end + _SENTENCE_CONTEXT)
    last = match.end() if match else min(len(text), end + _SENTENCE_CONTEXT)
    return first, end + len(text[end:last].rstrip())


def _breakdowns(connection: duckdb.DuckDBPyConnection, row: Row) -> list[Row]:
    """The totals that a claim is a part of, or is, each with all parts of one breakdown and their sum."""
    keys = {"id": row["claim_id"], "part_of": row["part_of"], "partition": row["partition"]}
    found: dict[tuple[str, str | None], Row] = {}
    for part in _rows(connection, _BREAKDOWNS, keys):
        breakdown = found.setdefault(
            (part["part_of"], part["partition"]),
            {
                "partition": part["partition"],
                "label_zh": part.pop("label_zh"),
                "label_en": part.pop("label_en"),
                "total": {
                    "claim_id": part["part_of"],
                    **{name: part[f"total_{name}"] for name in ("value", "unit", "quote")},
                },
                "parts": [],
                "sum": Decimal(0),
            },
        )
        kept = ("claim_id", "indicator_id", "subject", "value", "unit", "is_rest", "quote")
        breakdown["parts"].append({name: part[name] for name in kept})
        breakdown["sum"] += part["value"]
    return list(found.values())


def _share(connection: duckdb.DuckDBPyConnection, row: Row) -> dict[str, Row | None]:
    """The two figures that a share is printed of, as far as the text names them."""
    found = {side: _rows(connection, _SHARE, {"id": row[f"share_{side}"]}) for side in ("part", "whole")}
    return {side: rows[0] if rows else None for side, rows in found.items()}


def unknown(connection: duckdb.DuckDBPyConnection, organ: str, year: str, indicator: str) -> list[Row]:
    """Which of the three the warehouse does not know, each with the nearest that it does; empty where it knows all."""
    findings: list[Row] = []
    for what, given in (("organ", organ), ("year", str(int(year))), ("indicator", indicator)):
        known = [row[0] for row in connection.execute(_KNOWN_NAMES[what]).fetchall()]
        if what == "year" and not findings:
            known = _years(connection, organ)
        if given not in known:
            findings.append({"what": what, "given": given, "nearest": nearest(given, known)})
    return findings


def _years(connection: duckdb.DuckDBPyConnection, organ: str) -> list[str]:
    query = "select distinct year::varchar from provenance.report where organ_name = $organ and year is not null"
    return [row[0] for row in connection.execute(query, {"organ": organ}).fetchall()]


def nearest(given: str, known: Iterable[str]) -> list[str]:
    """At most five of the known names, the nearest first: years by distance, names by the characters they share."""
    if given.isdecimal():
        years = (name for name in known if name.isdecimal())
        return sorted(years, key=lambda year: (abs(int(year) - int(given)), year))[:_NEAREST]
    matcher = SequenceMatcher(b=given.casefold(), autojunk=False)
    rated = []
    for name in dict.fromkeys(known):
        matcher.set_seq1(name.casefold())
        if matcher.quick_ratio() > _ALIKE and (ratio := matcher.ratio()) > _ALIKE:
            rated.append((-ratio, name))
    return [name for _, name in sorted(rated)[:_NEAREST]]


def _rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]) -> list[Row]:
    rows: list[Row] = connection.execute(query, parameters).to_arrow_table().to_pylist()
    return rows
