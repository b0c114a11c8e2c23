"""`ogi check`: reads reports and compares their sums, as the gate would, and says what a clerk has to look at.

No warehouse, no Dagster, dbt or Great Expectations: the reader and the evaluator in memory, nothing written.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from expectations.evaluate import Evaluation, evaluate
from expectations.explain import explain
from extract.archive import list_files
from extract.decode import Undecodable, decode
from extract.stage import read_documents
from orchestration.commands.console import complain, console, joined, number, print_json

CLEAN: Final = 0
FINDINGS: Final = 1
UNREADABLE: Final = 2

_BROKEN: Final = {"=": "≠", "<=": ">"}

_VERDICTS: Final = {
    "held": ("bold red", "将被扣留 would be held"),
    "verified": ("green", "核对无误 verified"),
    "unverified": ("yellow", "无可核对 unverified: nothing to compare"),
}


def run(files: Sequence[Path], as_json: bool) -> int:
    """Check `files` and print what was found; returns the exit code."""
    try:
        documents = [(file, file.read_bytes()) for file in list_files(files)]
    except OSError as error:
        complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        return UNREADABLE
    if not documents:
        complain(f"{', '.join(map(str, files))}: holds no file")
        return UNREADABLE
    checked = [check_document(file, content) for file, content in documents]
    if as_json:
        print_json({"documents": checked})
    else:
        _print(console(), checked)
    return exit_code(checked)


def exit_code(checked: Sequence[dict[str, Any]]) -> int:
    """2 where a document could not be read, 1 where there is something to look at, else 0."""
    if any(document["status"] == "rejected" for document in checked):
        return UNREADABLE
    findings = any(
        document["rejects"] or any(report["unreadable"] or report["failing"] for report in document["reports"])
        for document in checked
    )
    return FINDINGS if findings else CLEAN


def check_document(file: Path, content: bytes) -> dict[str, Any]:
    """What there is to say of one document: its reports with unreadable cells and failing sums, and its rejects."""
    tables = read_documents([(str(file), content)])
    evaluation = evaluate(tables["report"], tables["cell"])
    lines = _Lines(content)
    document = tables["document"].to_pylist()[0]
    return {
        "file": str(file),
        "document_id": document["document_id"],
        "status": document["status"],
        "reason": document["reason"],
        "rejects": [
            {"line": lines.number(row["char_start"]), "stage": row["stage"], "reason": row["reason"]}
            for row in tables["reject"].to_pylist()
        ],
        "reports": [_report(row, tables, evaluation, lines) for row in tables["report"].to_pylist()],
    }


def _report(report: dict[str, Any], tables: dict[str, Any], evaluation: Evaluation, lines: _Lines) -> dict[str, Any]:
    cells = [cell for cell in tables["cell"].to_pylist() if cell["report_id"] == report["report_id"]]
    verdict = next(row for row in evaluation.verdict.to_pylist() if row["report_id"] == report["report_id"])
    results = [row for row in evaluation.identity_result.to_pylist() if row["report_id"] == report["report_id"]]
    return {
        **{key: report[key] for key in ("report_id", "organ_name", "year", "form", "coverage", "title")},
        "verdict": verdict["verdict"],
        "cells": len(cells),
        "compared": sum(row["status"] != "NOT_ASSESSABLE" for row in results),
        "not_assessable": sum(row["status"] == "NOT_ASSESSABLE" for row in results),
        "unreadable": [
            {
                "cell_id": cell["cell_id"],
                "place": joined((cell["section"], cell["row_path"], cell["column_path"]), " / "),
                "line": lines.number(cell["char_start"]),
                "raw_text": cell["raw_text"],
                "reason": cell["reason"],
            }
            for cell in cells
            if cell["value_status"] == "unreadable"
        ],
        "failing": [_failing(row, cells) for row in results if row["status"] == "FAIL"],
    }


def _failing(result: dict[str, Any], cells: Sequence[dict[str, Any]]) -> dict[str, Any]:
    told = explain(result, cells)
    columns = ("identity_id", "instance_key", "part", "gates", "left_value", "operator", "right_value", "difference")
    return {**{key: result[key] for key in columns}, "zh": told.zh, "en": told.en, "cell_ids": list(told.cell_ids)}


class _Lines:
    """Line numbers, from 1, of positions in a decoded document; None where it could not be decoded."""

    def __init__(self, content: bytes) -> None:
        try:
            text = decode(content).text
        except Undecodable:
            text = ""
        self._starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]

    def number(self, position: int | None) -> int | None:
        """The line that holds a code point."""
        return None if position is None else bisect.bisect_right(self._starts, position)


def _print(out: Console, checked: Sequence[dict[str, Any]]) -> None:
    for document in checked:
        out.print(Text(document["file"], style="bold"), soft_wrap=True)
        if document["status"] == "rejected":
            out.print(Text(f"  未能读取 not read: {document['reason']}", style="bold red"), soft_wrap=True)
        else:
            for reject in document["rejects"]:
                place = f"第 {reject['line']} 行 line {reject['line']}: " if reject["line"] else ""
                out.print(Text(f"  {place}{reject['reason']}", style="yellow"), soft_wrap=True)
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
    for cell in report["unreadable"]:
        text = f"    第 {cell['line']} 行 line {cell['line']}: {cell['place']}: {cell['raw_text']!r} — {cell['reason']}"
        out.print(Text(text, style="yellow"), soft_wrap=True)
    for failure in report["failing"]:
        _print_failure(out, failure)


def _print_failure(out: Console, failure: dict[str, Any]) -> None:
    sides = f"{number(failure['left_value'])} {_BROKEN[failure['operator']]} {number(failure['right_value'])}"
    style = "red" if failure["gates"] else "yellow"
    rule = f"✗ {failure['identity_id']} {failure['instance_key']}"
    out.print(Text.assemble("    ", (rule, style), f"  {sides}"), soft_wrap=True)
    out.print(Text(f"      {failure['zh']}"), soft_wrap=True)
    out.print(Text(f"      {failure['en']}", style="dim"), soft_wrap=True)
