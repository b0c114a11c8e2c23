"""`ogi explain`: from a number in the warehouse back to its cell or sentence, its document and the characters read.

Says what trace.py finds, to people or to programs; it asks the warehouse nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.commands.console import bilingual_place, complain, console, joined, number, print_json
from orchestration.commands.trace import explained, find, unknown
from orchestration.home import home_path, release_file

FOUND: Final = 0
UNKNOWN: Final = 1
NO_WAREHOUSE: Final = 2

_STATUS: Final = {
    "PASS": ("green", "成立 holds"),
    "FAIL": ("red", "不符 fails"),
    "NOT_ASSESSABLE": ("dim", "无从核对 not assessable"),
}
_QUALIFIER: Final = {"exact": "确数 exact", "approximate": "约数 approximate", "at_least": "至少 at least"}
_WHAT: Final = {"organ": "organ", "year": "report of the year", "indicator": "indicator"}


def run(key: Sequence[str], home: Path | None, as_json: bool) -> int:
    """Explain the figures that `key` names; returns the exit code."""
    folder = home_path(home)
    file = release_file(folder)
    if not file.exists():
        complain(f"{file} does not exist: run `ogi load` first, or name the data home with --home")
        return NO_WAREHOUSE
    if len(key) not in (1, 3) or (len(key) == 3 and not key[1].isdecimal()):
        complain("give one observation_id or claim_id, or an organ, a year and an indicator")
        return NO_WAREHOUSE
    with duckdb.connect(str(file), read_only=True) as connection:
        found = [explained(connection, folder, row) for row in find(connection, key)]
        missing = unknown(connection, *key) if len(key) == 3 and not found else []
    if as_json:
        print_json({"observations": found} | ({} if found else {"unknown": missing}))
    if not found:
        _complain_of(key, missing)
        return UNKNOWN
    if not as_json:
        for figure in found:
            _print(console(), figure)
    return FOUND


def _complain_of(key: Sequence[str], missing: Sequence[dict[str, Any]]) -> None:
    """Say which part of the question the warehouse does not know, and what it knows that is near."""
    if len(key) == 1:
        complain(f"the warehouse has no observation and no claim {key[0]}")
    elif not missing:
        complain(f"the warehouse knows {key[0]}, {key[1]} and {key[2]}, but that report gives no such figure")
    for row in missing:
        near = f"; nearest: {joined(row['nearest'], ', ')}" if row["nearest"] else ""
        complain(f"the warehouse has no {_WHAT[row['what']]} {row['given']}{near}")


def _print(out: Console, row: dict[str, Any]) -> None:
    name = row["name_zh"] or row["indicator_id"] or row["subject"]
    title = joined((row["organ_name"], row["year"], name, row["name_en"]))
    grid = Table(title=Text(title), title_justify="left", title_style="bold", show_header=False)
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in _facts(row):
        grid.add_row(label, value if isinstance(value, Text) else Text(value))
    out.print(grid)
    for breakdown in row["breakdowns"]:
        out.print(_breakdown_table(breakdown, row["claim_id"]))
    if row["identities"]:
        out.print(_identity_table(row["identities"]))
    if row["soft_results"]:
        out.print(_result_table("正文核对 comparisons of the prose that name it", row["soft_results"]))
    if row["warehouse_results"]:
        out.print(_result_table("报告之间的核对 rules between reports that use it", row["warehouse_results"]))
    if row["suspects"]:
        out.print(_suspect_table(row["suspects"]))


def _facts(row: dict[str, Any]) -> list[tuple[str, str | Text]]:
    current = "现行版本 current" if row["is_current"] else "非现行版本 not current"
    return [
        *(_observation_facts(row) if row["observation_id"] else []),
        *(_claim_facts(row) if row["claim_id"] else _cell_facts(row)),
        ("报告 report", joined((row["report_id"], row["form"], row["verdict"], current))),
        ("文件 document", f"{row['uri']}\nsha256 {row['document_id']}"),
        *_place(row),
    ]


def _observation_facts(row: dict[str, Any]) -> list[tuple[str, str | Text]]:
    value = joined((number(row["value"]), row["unit_code"], row["value_status"]), "  ")
    if row["implied_value"] is not None:
        value += f"  (推定 implied {number(row['implied_value'])})"
    preferred = "事实表采用 used by facts" if row["is_preferred"] else "事实表不采用 not used by facts"
    dimensions = joined(f"{name}={row[name]}" for name in ("applicant_type", "outcome", "route") if row[name])
    return [
        ("值 value", value),
        ("观测 observation", joined((row["observation_id"], preferred))),
        ("指标 indicator", joined((row["indicator_id"], dimensions, row["match_type"]))),
    ]


def _cell_facts(row: dict[str, Any]) -> list[tuple[str, str | Text]]:
    cell = joined((row["section"], row["row_path"], row["column_path"], row["part"]), " / ") or row["source"]
    return [("单元格 cell", cell)]


def _claim_facts(row: dict[str, Any]) -> list[tuple[str, str | Text]]:
    printed = f"{number(row['printed_value'])}{row['printed_unit'] or ''}"
    nature = joined(
        (
            _QUALIFIER[row["qualifier"]],
            "由否定句得出 stated by negation" if row["by_negation"] else "",
            "原文未印数字 no number is printed" if row["is_implied"] else "",
        )
    )
    facts: list[tuple[str, str | Text]] = [("正文数字 claim", joined((row["claim_id"], row["kind"], printed)))]
    if row["no_observation_reason"]:
        reason = joined((row["reason_zh"], row["reason_en"]))
        facts.append(("不成为观测 no observation", Text(reason, style="yellow")))
    relation = f"用语 words {row['relation']}" if row["relation"] else ""
    facts += [
        ("数量 quantity", joined((row["quantity_id"], relation, row["subject"])) or "—"),
        ("性质 nature", nature),
        ("范围 scope", row["scope"] or "整份报告 the whole report"),
    ]
    if row["share"]:
        facts.append(("比例 share", "\n".join(_share_line(side, row["share"][side]) for side in ("part", "whole"))))
    return facts


def _share_line(side: str, claim: dict[str, Any] | None) -> str:
    label = {"part": "分子 part", "whole": "分母 whole"}[side]
    if claim is None:
        return f"{label}: —"
    figure = f"{number(claim['value'])}{claim['unit'] or ''}"
    return f"{label}: {joined((figure, claim['claim_id'], claim['quote']))}"


def _place(row: dict[str, Any]) -> list[tuple[str, str | Text]]:
    quoted = row["quotation"]
    if quoted is None:
        return [("原文 quotation", Text("存档中没有此文件 the document is not in the archive", style="red"))]
    text = Text.assemble((quoted["before"], "dim"), (quoted["quoted"], "bold reverse"), (quoted["after"], "dim"))
    place = f"{bilingual_place(quoted['place'])}, 字符 characters {row['char_start']}–{row['char_end']}"
    return [("位置 place", place), ("原文 quotation", text)]


def _breakdown_table(breakdown: dict[str, Any], claim_id: str) -> Table:
    """A total of the text, its parts and their sum; the figure that is explained stands out."""
    total, parts = breakdown["total"], breakdown["parts"]
    by = joined((breakdown["label_zh"] or breakdown["partition"], breakdown["label_en"]))
    table = Table(title=Text(joined(("合计与分项 total and parts", by))), title_justify="left", title_style="bold")
    table.add_column("")
    table.add_column("数 figure", justify="right")
    table.add_column("引文 quote", overflow="fold")
    table.add_column("claim")
    for label, claim in (("合计 total", total), *(("分项 part", part) for part in parts)):
        style = "bold" if claim["claim_id"] == claim_id else ""
        figure = f"{number(claim['value'])}{claim['unit'] or ''}"
        table.add_row(label, *map(Text, (figure, claim["quote"], claim["claim_id"])), style=style)
    agrees = breakdown["sum"] == total["value"]
    table.add_row(
        Text("分项之和 sum of parts"),
        Text(number(breakdown["sum"]), style="green" if agrees else "yellow"),
        Text("" if agrees else f"合计 total {number(total['value'])}"),
        "",
    )
    return table


def _identity_table(identities: Sequence[dict[str, Any]]) -> Table:
    table = Table(title="参与的勾稽关系 identities it takes part in", title_justify="left", title_style="bold")
    for label in ("identity", "instance", "左 left", "", "右 right", "状态 status"):
        table.add_column(label)
    for row in identities:
        style, status = _STATUS[row["status"]]
        left, right = number(row["left_value"]), number(row["right_value"])
        table.add_row(row["identity_id"], row["instance_key"], left, row["operator"], right, Text(status, style=style))
    return table


def _result_table(title: str, results: Sequence[dict[str, Any]]) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        show_lines=True,
    )
    for label in ("identity", "状态 status", "说明 sentence"):
        table.add_column(label, overflow="fold")
    for row in results:
        style, status = _STATUS[row["status"]]
        sentences = f"{row['sentence_zh']}\n{row['sentence_en']}"
        table.add_row(row["identity_id"], Text(status, style=style), Text(sentences))
    return table


def _suspect_table(suspects: Sequence[dict[str, Any]]) -> Table:
    table = Table(
        title="可能的更正 smallest changes that would make the report add up and touch it",
        title_justify="left",
        title_style="bold",
        show_lines=True,
    )
    table.add_column("次序 rank", justify="right")
    table.add_column("说明 sentence", overflow="fold")
    for row in suspects:
        table.add_row(str(row["rank"]), Text(f"{row['sentence_zh']}\n{row['sentence_en']}"))
    return table
