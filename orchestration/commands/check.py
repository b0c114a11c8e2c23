"""`ogi check`: reads reports, compares their sums and their prose, and says what a clerk has to look at.

No warehouse, no Dagster, dbt or Great Expectations: the reader and the evaluator in memory, nothing written.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa
from rich.console import Console
from rich.text import Text

from expectations.evaluate import evaluate
from expectations.explain import explain, number
from extract.files.archive import list_files
from extract.files.containers import documents_in
from extract.files.decode import decode
from extract.files.web_archive import Tally
from extract.formats.document import Document
from extract.reader import unnest
from extract.schema import PROSE_FORM
from extract.workers import read_apart
from orchestration.commands.console import bilingual_place, complain, console, joined, print_json

Row = dict[str, Any]
Rows = defaultdict[str, list[Row]]

CLEAN: Final = 0
FINDINGS: Final = 1
UNREADABLE: Final = 2

_BATCH: Final = 50
_BROKEN: Final = {"=": "≠", "<=": ">"}
_SHOWN: Final = 5
"""Changes that are shown; a program gets all that are listed."""

_VERDICTS: Final = {
    "held": ("bold red", "将被扣留 would be held"),
    "verified": ("green", "核对无误 verified"),
    "unverified": ("yellow", "表内无可核对 unverified: no sums of tables to compare"),
}


def run(files: Sequence[Path], as_json: bool) -> int:
    """Check `files` and print what was found; returns the exit code."""
    with TemporaryDirectory(prefix="ogi-check-") as folder:
        try:
            documents = _delivered(files, Path(folder))
        except OSError as error:
            complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
            return UNREADABLE
        if not documents:
            complain(f"{', '.join(map(str, files))}: holds no file")
            return UNREADABLE
        checked = check_documents(documents)
    if as_json:
        print_json({"documents": checked})
    else:
        _print(console(), checked)
    return exit_code(checked)


def _delivered(files: Sequence[Path], folder: Path) -> list[tuple[str, Path]]:
    """Name of each document in `files`, the members of archives among them, and where in `folder` its bytes lie now."""
    documents: list[tuple[str, Path]] = []
    tally = Tally()
    for file in list_files(files):
        for name, content in documents_in(file, tally):
            place = folder / str(len(documents))
            place.write_bytes(content)
            documents.append((name, place))
    return documents


def exit_code(checked: Sequence[dict[str, Any]]) -> int:
    """2 where a document could not be read, 1 where there is something to look at, else 0."""
    if any(document["status"] == "rejected" for document in checked):
        return UNREADABLE
    return FINDINGS if any(map(_has_findings, checked)) else CLEAN


def _has_findings(document: dict[str, Any]) -> bool:
    return any(not reject["is_note"] for reject in document["rejects"]) or any(
        report["unreadable"] or report["failing"] or report["prose"] for report in document["reports"]
    )


def check_documents(documents: Sequence[tuple[str, Path]]) -> list[dict[str, Any]]:
    """What there is to say of each document (name, file): its reports with what does not agree in them, its rejects."""
    batches = (documents[start : start + _BATCH] for start in range(0, len(documents), _BATCH))
    read = [unnest(readings.slice(row, 1)) for readings in read_apart(batches) for row in range(readings.num_rows)]
    # The same bytes under two names are one document; all are compared at once.
    once = {tables["document"]["document_id"][0].as_py(): tables for tables in read}.values()
    report, cell, claim = (pa.concat_tables([tables[name] for tables in once]) for name in ("report", "cell", "claim"))
    evaluation = evaluate(report, cell, claim)
    results = [
        _by_report(table)
        for table in (evaluation.verdict, evaluation.identity_result, evaluation.soft_result, evaluation.localisation)
    ]
    return [_document(name, file, tables, *results) for (name, file), tables in zip(documents, read, strict=True)]


def _document(
    name: str, file: Path, tables: dict[str, pa.Table], verdicts: Rows, sums: Rows, prose: Rows, suspects: Rows
) -> dict[str, Any]:
    document = tables["document"].to_pylist()[0]
    places = _Places(file)
    reports = tables["report"].to_pylist()
    cells, claims = _by_report(tables["cell"]), _by_report(tables["claim"])
    return {
        "file": name,
        "document_id": document["document_id"],
        "status": document["status"],
        "reason": document["reason"],
        "rejects": [
            {
                **places.of(row),
                "stage": row["stage"],
                "reason": row["reason"],
                "is_note": _is_note(row, reports),
            }
            for row in tables["reject"].to_pylist()
        ],
        "reports": [
            _report(row, cells[key], claims[key], verdicts[key], sums[key], prose[key], places)
            | {"suspects": _suspects(suspects[key])}
            for row in reports
            if (key := row["report_id"])
        ],
    }


def _is_note(reject: dict[str, Any], reports: Sequence[dict[str, Any]]) -> bool:
    """Whether a reject says no more than that a whole report is written in prose, which is nothing to mend."""
    place = (reject["report_id"], reject["char_start"], reject["char_end"])
    return any(
        report["form"] == PROSE_FORM and place == (report["report_id"], report["char_start"], report["char_end"])
        for report in reports
    )


def _report(
    report: Row,
    cells: Sequence[Row],
    claims: Sequence[Row],
    verdicts: Sequence[Row],
    sums: Sequence[Row],
    prose: Sequence[Row],
    places: _Places,
) -> dict[str, Any]:
    return {
        **{key: report[key] for key in ("report_id", "organ_name", "year", "form", "coverage", "title")},
        "verdict": verdicts[0]["verdict"],
        "cells": len(cells),
        "compared": len(sums) - _counted(sums, "NOT_ASSESSABLE"),
        "not_assessable": _counted(sums, "NOT_ASSESSABLE"),
        "unreadable": [
            {
                "cell_id": cell["cell_id"],
                "place": joined((cell["section"], cell["row_path"], cell["column_path"]), " / "),
                **places.of(cell),
                "raw_text": cell["raw_text"],
                "reason": cell["reason"],
            }
            for cell in cells
            if cell["value_status"] == "unreadable"
        ],
        "failing": [_failing(row, cells) for row in sums if row["status"] == "FAIL"],
        "claims": len(claims),
        "prose_agreeing": _counted(prose, "PASS"),
        "prose_not_assessable": _counted(prose, "NOT_ASSESSABLE"),
        "prose": [_contradiction(row) for row in prose if row["status"] == "FAIL"],
    }


def _by_report(table: pa.Table) -> Rows:
    """report_id -> its rows, in their order."""
    rows: Rows = defaultdict(list)
    for row in table.to_pylist():
        rows[row["report_id"]].append(row)
    return rows


def _counted(results: Sequence[Row], status: str) -> int:
    return sum(row["status"] == status for row in results)


def _failing(result: dict[str, Any], cells: Sequence[dict[str, Any]]) -> dict[str, Any]:
    told = explain(result, cells)
    columns = ("identity_id", "instance_key", "part", "gates", "left_value", "operator", "right_value", "difference")
    return {**{key: result[key] for key in columns}, "zh": told.zh, "en": told.en, "cell_ids": list(told.cell_ids)}


def _contradiction(result: dict[str, Any]) -> dict[str, Any]:
    columns = ("identity_id", "instance_key", "severity", "left_value", "operator", "right_value", "difference")
    quoted = ("left_quote", "right_quote", "left_ids", "right_ids")
    told = {"zh": result["sentence_zh"], "en": result["sentence_en"]}
    return {key: result[key] for key in (*columns, *quoted)} | told


def _suspects(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The smallest changes that make a held report add up, the likeliest first, with the cells each would change."""
    changes: dict[int, dict[str, Any]] = {}
    for row in rows:
        told = {"zh": row["sentence_zh"], "en": row["sentence_en"], "cell_ids": []}
        kept = {key: row[key] for key in ("group_id", "rank", "kind", "is_only", "is_capped")}
        change = changes.setdefault(row["set_id"], kept | told)
        change["cell_ids"] += [row["cell_id"]] if row["cell_id"] else []
    alike = Counter((change["group_id"], change["rank"]) for change in changes.values())
    return [{**change, "tied_with": alike[change["group_id"], change["rank"]] - 1} for change in changes.values()]


class _Places:
    """Where positions of a document stand. It is decoded only once one is asked for: then it was decoded before."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def _document(self) -> Document:
        return decode(self._file.read_bytes())

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(at + 1 for at, char in enumerate(self._document.text) if char == "\n")]

    def of(self, row: Row) -> dict[str, Any]:
        """`line` of the text, from 1, and `locator` in the file; both None where a row has no position."""
        position = row["char_start"]
        if position is None:
            return {"line": None, "locator": None}
        return {"line": bisect.bisect_right(self._starts, position), "locator": self._document.place(position)}


def _print(out: Console, checked: Sequence[dict[str, Any]]) -> None:
    for document in checked:
        out.print(Text(document["file"], style="bold"), soft_wrap=True)
        if document["status"] == "rejected":
            out.print(Text(f"  未能读取 not read: {document['reason']}", style="bold red"), soft_wrap=True)
        else:
            for reject in document["rejects"]:
                place = f"{bilingual_place(reject['locator'])}: " if reject["locator"] else ""
                style = "dim" if reject["is_note"] else "yellow"
                out.print(Text(f"  {place}{reject['reason']}", style=style), soft_wrap=True)
        for report in document["reports"]:
            _print_report(out, report)


def _print_report(out: Console, report: dict[str, Any]) -> None:
    style, verdict = _VERDICTS[report["verdict"]]
    name = joined((report["organ_name"] or "机关不明 no organ", report["year"], report["form"]))
    out.print(Text.assemble("  ", (name, "bold"), "  ", (verdict, style)), soft_wrap=True)
    out.print(
        f"    {report['cells']} 单元格 cells · {report['compared']} 勾稽关系已核对 sums compared"
        f" · {len(report['failing'])} 不符 failing · {report['not_assessable']} 无从核对 not assessable",
        soft_wrap=True,
    )
    if report["claims"]:
        contradicting, agreeing = len(report["prose"]), report["prose_agreeing"]
        out.print(
            f"    {report['claims']} 正文数字 figures in prose · {agreeing + contradicting} 次比对 comparisons"
            f" · {contradicting} 不一致 contradicting · {report['prose_not_assessable']} 无从比对 not assessable",
            soft_wrap=True,
        )
    for cell in report["unreadable"]:
        where = bilingual_place(cell["locator"])
        text = f"    {where}: {cell['place']}: {cell['raw_text']!r} — {cell['reason']}"
        out.print(Text(text, style="yellow"), soft_wrap=True)
    for failure in report["failing"]:
        _print_failure(out, failure, "red" if failure["gates"] else "yellow")
    _print_suspects(out, report["suspects"])
    if report["prose"]:
        out.print(Text("    文表不一 prose against table, and against itself", style="bold"), soft_wrap=True)
    for contradiction in report["prose"]:
        _print_failure(out, contradiction, "yellow")


def _print_suspects(out: Console, suspects: Sequence[dict[str, Any]]) -> None:
    if suspects:
        out.print(Text("    最小改动 smallest changes that make it add up", style="bold"), soft_wrap=True)
    for change in suspects[:_SHOWN]:
        out.print(Text(f"    {change['rank']}. {change['zh']}{_rivals(change)}"), soft_wrap=True)
        out.print(Text(f"       {change['en']}", style="dim"), soft_wrap=True)
    if len(suspects) > _SHOWN:
        out.print(Text(f"    … 另有 and {len(suspects) - _SHOWN} more: --format json"), soft_wrap=True)


def _rivals(change: dict[str, Any]) -> str:
    """Whether a change is the only one, or how many are as likely."""
    if change["is_only"]:
        return "  唯一 the only one"
    return f"  并列 tied with {change['tied_with']}" if change["tied_with"] else ""


def _print_failure(out: Console, failure: dict[str, Any], style: str) -> None:
    sides = f"{number(failure['left_value'])} {_BROKEN[failure['operator']]} {number(failure['right_value'])}"
    rule = f"✗ {failure['identity_id']} {failure['instance_key']}"
    out.print(Text.assemble("    ", (rule, style), f"  {sides}"), soft_wrap=True)
    out.print(Text(f"      {failure['zh']}"), soft_wrap=True)
    out.print(Text(f"      {failure['en']}", style="dim"), soft_wrap=True)
