"""`ogi explain`: from a number in the warehouse back to its cell, its document and the characters it was read from.

Reads the release and the raw archive; the characters are cut again from the kept bytes, not taken from the warehouse.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.archive import raw_path
from orchestration.commands.console import complain, console, joined, number, print_json
from orchestration.home import home_path, release_file

FOUND: Final = 0
UNKNOWN: Final = 1
NO_WAREHOUSE: Final = 2

_CONTEXT: Final = 60
"""Characters shown on either side of a quotation."""

_SELECT: Final = """
select
    o.observation_id, o.organ_name, o.year, o.form, o.coverage, o.indicator_id, i.name_zh, i.name_en,
    o.applicant_type, o.outcome, o.route, o.source, o.value, o.unit_code, o.value_status, o.implied_value,
    o.match_type, o.is_total, o.verdict, r.report_id, r.is_current,
    coalesce(c.slot_id, '') as slot_id, c.section, c.row_path, c.column_path, c.part, c.locator,
    c.value as printed_value, c.unit as printed_unit, coalesce(c.raw_text, l.quote) as raw_text,
    coalesce(c.char_start, l.char_start) as char_start, coalesce(c.char_end, l.char_end) as char_end,
    d.document_id, d.uri, d.encoding
from provenance.observation o
join provenance.report r using (report_id)
join provenance.document d using (document_id)
left join provenance.cell c on c.cell_id = o.observation_id
left join provenance.claim l on l.claim_id = o.observation_id
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

_STATUS: Final = {
    "PASS": ("green", "成立 holds"),
    "FAIL": ("red", "不符 fails"),
    "NOT_ASSESSABLE": ("dim", "无从核对 not assessable"),
}


def run(key: Sequence[str], home: Path | None, as_json: bool) -> int:
    """Explain the observations that `key` names; returns the exit code."""
    folder = home_path(home)
    file = release_file(folder)
    if not file.exists():
        complain(f"{file} does not exist: run `ogi load` first, or name the data home with --home")
        return NO_WAREHOUSE
    if len(key) not in (1, 3) or (len(key) == 3 and not key[1].isdecimal()):
        complain("give one observation_id, or an organ, a year and an indicator")
        return NO_WAREHOUSE
    with duckdb.connect(str(file), read_only=True) as connection:
        found = [_explained(connection, folder, row) for row in find(connection, key)]
    if not found:
        complain(f"the warehouse has no observation {' '.join(key)}")
        return UNKNOWN
    if as_json:
        print_json({"observations": found})
    else:
        for observation in found:
            _print(console(), observation)
    return FOUND


def find(connection: duckdb.DuckDBPyConnection, key: Sequence[str]) -> list[dict[str, Any]]:
    """The observations with an id, or those of an organ, a year and an indicator (its id or one of its labels)."""
    if len(key) == 1:
        query, parameters = "where o.observation_id = $id", {"id": key[0]}
    else:
        query = """where o.organ_name = $organ and o.year = $year::int
                   and $indicator in (o.indicator_id, i.name_zh, i.name_en)
                   order by o.is_total desc, o.observation_id"""
        parameters = dict(zip(("organ", "year", "indicator"), key, strict=True))
    rows: list[dict[str, Any]] = connection.execute(_SELECT + query, parameters).to_arrow_table().to_pylist()
    return rows


def _explained(connection: duckdb.DuckDBPyConnection, home: Path, row: dict[str, Any]) -> dict[str, Any]:
    identities = connection.execute(_IDENTITIES, {key: row[key] for key in ("report_id", "slot_id", "part")})
    return {**row, "quotation": quotation(home, row), "identities": identities.to_arrow_table().to_pylist()}


def quotation(home: Path, row: dict[str, Any]) -> dict[str, Any] | None:
    """The characters of an observation, cut from the kept document, and what stands around; None where it is gone."""
    file = raw_path(home, row["document_id"])
    if not file.exists():
        return None
    text = file.read_bytes().decode(row["encoding"])
    start, end = row["char_start"], row["char_end"]
    return {
        "file": str(file),
        "line": text.count("\n", 0, start) + 1,
        "before": text[max(0, start - _CONTEXT) : start],
        "quoted": text[start:end],
        "after": text[end : end + _CONTEXT],
    }


def _print(out: Console, row: dict[str, Any]) -> None:
    title = joined((row["organ_name"], row["year"], row["name_zh"] or row["indicator_id"], row["name_en"]))
    grid = Table(title=title, title_justify="left", title_style="bold", show_header=False)
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in _facts(row):
        grid.add_row(label, value if isinstance(value, Text) else Text(value))
    out.print(grid)
    if row["identities"]:
        out.print(_identity_table(row["identities"]))


def _facts(row: dict[str, Any]) -> list[tuple[str, str | Text]]:
    value = joined((number(row["value"]), row["unit_code"], row["value_status"]), "  ")
    if row["implied_value"] is not None:
        value += f"  (推定 implied {number(row['implied_value'])})"
    cell = joined((row["section"], row["row_path"], row["column_path"], row["part"]), " / ") or row["source"]
    current = "现行版本 current" if row["is_current"] else "非现行版本 not current"
    dimensions = joined(f"{name}={row[name]}" for name in ("applicant_type", "outcome", "route") if row[name])
    facts: list[tuple[str, str | Text]] = [
        ("值 value", value),
        ("观测 observation", row["observation_id"]),
        ("指标 indicator", joined((row["indicator_id"], dimensions, row["match_type"]))),
        ("单元格 cell", cell),
        ("报告 report", joined((row["report_id"], row["form"], row["verdict"], current))),
        ("文件 document", f"{row['uri']}\nsha256 {row['document_id']}"),
    ]
    quoted = row["quotation"]
    if quoted is None:
        return [*facts, ("原文 quotation", Text("存档中没有此文件 the document is not in the archive", style="red"))]
    text = Text.assemble((quoted["before"], "dim"), (quoted["quoted"], "bold reverse"), (quoted["after"], "dim"))
    place = f"第 {quoted['line']} 行 line {quoted['line']}, 字符 characters {row['char_start']}–{row['char_end']}"
    return [*facts, ("位置 place", place), ("原文 quotation", text)]


def _identity_table(identities: Sequence[dict[str, Any]]) -> Table:
    table = Table(title="参与的勾稽关系 identities it takes part in", title_justify="left", title_style="bold")
    for label in ("identity", "instance", "左 left", "", "右 right", "状态 status"):
        table.add_column(label)
    for row in identities:
        style, status = _STATUS[row["status"]]
        left, right = number(row["left_value"]), number(row["right_value"])
        table.add_row(row["identity_id"], row["instance_key"], left, row["operator"], right, Text(status, style=style))
    return table
