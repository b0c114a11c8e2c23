"""What an organ is told about its report: the findings, the cells they rest on, the lines they stand in.

Questions to the release and the raw archive; how it is said and how it looks is notice_page.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb

from extract.files.archive import raw_path
from extract.files.decode import decode
from extract.formats.document import Document

Row = dict[str, Any]

_REPORTS: Final = """
select r.report_id, r.organ_name, r.division_code, r.year, r.coverage, r.form, r.title, r.vintage, r.known_from,
    r.decision, f.name_zh as form_zh, f.name_en as form_en, k.label_zh as coverage_zh, k.label_en as coverage_en,
    d.uri, d.document_id
from provenance.report r
join provenance.document d using (document_id)
left join codebook.form f using (form)
left join codebook.code k on k.codelist = 'coverage' and k.code = r.coverage
where {chosen}
order by r.coverage, r.form, r.vintage
"""
_FINDINGS: Final = """
select identity_id, instance_key, part, form, title_zh, title_en, left_value, operator, right_value, difference,
    sentence_zh, sentence_en, opened_at, closed_at, closed_by, is_open
from quality.finding where report_id = $report_id order by identity_id, instance_key, part
"""
_CELLS: Final = """
select
    case when t.coefficient > 0 then 'left' else 'right' end as side, c.cell_id, t.slot_id, s.row_path, s.column_path,
    c.raw_text, c.value_status, c.locator, c.char_start, c.char_end
from codebook.identity_term t
left join codebook.slot s on s.slot_id = t.slot_id
left join provenance.cell c
    on c.slot_id = t.slot_id and c.report_id = $report_id and c.part is not distinct from $part
where t.identity_id = $identity_id and t.instance_key = $instance_key and t.form = $form
order by t.coefficient < 0, s.line_no, c.char_start, t.slot_id
"""
_PROSE: Final = """
select identity_id, sentence_zh, sentence_en, left_quote, right_quote from quality.soft_result
where report_id = $report_id and status = 'FAIL' order by identity_id, instance_key
"""
_BETWEEN: Final = """
select identity_id, sentence_zh, sentence_en, other_report_id from quality.warehouse_result
where report_id = $report_id and status = 'FAIL' and severity <> 'info' order by identity_id, instance_key
"""
_REPAIRS: Final = """
select distinct rank, sentence_zh, sentence_en from quality.localisation
where report_id = $report_id and sentence_zh is not null order by rank limit 5
"""
_HAS_REPAIRS: Final = """
select count(*) = 4 from duckdb_columns() where schema_name = 'quality' and table_name = 'localisation'
    and column_name in ('report_id', 'rank', 'sentence_zh', 'sentence_en')
"""


def notices(connection: duckdb.DuckDBPyConnection, home: Path, key: list[str]) -> list[Row]:
    """One notice a report: of a report_id, or of an organ and a year; empty where the warehouse does not know it.

    A notice holds the report's row, its `findings` (each with its `cells`, and those with the `line` of print they
    stand in), what its `prose` contradicts, where it disagrees with reports of other years and organs (`between`), and
    the `repairs` that would make it add up, where they were sought.
    """
    if len(key) == 1:
        query, parameters = _REPORTS.format(chosen="r.report_id = $report_id"), {"report_id": key[0]}
    else:
        query = _REPORTS.format(chosen="r.organ_name = $organ and r.year = $year::int")
        parameters = {"organ": key[0], "year": key[1]}
    return _told_once([_notice(connection, home, report) for report in _rows(connection, query, parameters)])


def _told_once(found: list[Row]) -> list[Row]:
    """The notices, each open finding only in the newest vintage that still fails the rule."""
    seen: set[tuple[Any, ...]] = set()
    for notice in reversed(found):
        kept = []
        for finding in notice["findings"]:
            rule = (finding["form"], finding["identity_id"], finding["instance_key"], finding["part"])
            key = (notice["division_code"], notice["coverage"], *rule)
            if not finding["is_open"] or key not in seen:
                kept.append(finding)
            if finding["is_open"]:
                seen.add(key)
        notice["findings"] = kept
    return found


def _notice(connection: duckdb.DuckDBPyConnection, home: Path, report: Row) -> Row:
    named = {"report_id": report["report_id"]}
    findings = _rows(connection, _FINDINGS, named)
    document = _document(home, report["document_id"]) if findings else None
    for finding in findings:
        keys = {name: finding[name] for name in ("part", "identity_id", "instance_key", "form")}
        cells = _rows(connection, _CELLS, named | keys)
        finding["cells"] = [cell | _line(document, cell) for cell in cells]
    repairs = _rows(connection, _REPAIRS, named) if _rows(connection, _HAS_REPAIRS, {})[0].popitem()[1] else []
    remarks = {"prose": _rows(connection, _PROSE, named), "between": _rows(connection, _BETWEEN, named)}
    return report | {"findings": findings, **remarks, "repairs": repairs}


def _document(home: Path, document_id: str) -> Document | None:
    file = raw_path(home, document_id)
    return decode(file.read_bytes()) if file.exists() else None


def _line(document: Document | None, cell: Row) -> Row:
    """The line of print a cell stands in, and where that is in the file; of an absent cell, neither."""
    if document is None or cell["char_start"] is None:
        return {"place": cell["locator"], "line": None}
    text, start = document.text, cell["char_start"]
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", cell["char_end"])
    return {"place": document.place(start), "line": text[first : last if last >= 0 else None].strip()}


def _rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: Row) -> list[Row]:
    rows: list[Row] = connection.execute(query, parameters).to_arrow_table().to_pylist()
    return rows
