"""What a load came to, as tables: counts, held reports and rejects with their reasons, where the warehouse is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from expectations.database import connect
from orchestration import staged
from orchestration.commands.console import complain, console, joined
from orchestration.home import release_file
from orchestration.publish import published_id

_PUBLISHED: Final = """
with loaded as (
    select report_id from provenance.report join provenance.delivery as d using (document_id)
    where d.load_name = $load_name
)
select
    (select count(*) from quality.warehouse_result semi join loaded using (report_id)
        where status = 'FAIL' and severity <> 'info') as between_reports,
    (select count(*) from quality.decision semi join loaded using (report_id) where state = 'applied') as decisions
"""
_COUNTED_IN_RELEASE: Final = (
    ("between_reports", "与其他报告不符 contradicted by other reports", "yellow"),
    ("decisions", "复核决定 decisions applied", ""),
)
_COUNTED: Final = (
    ("documents", "文件 documents", ""),
    ("rejected", "未读 rejected", "yellow"),
    ("reports", "报告 reports", ""),
    ("verified", "核对无误 verified", "green"),
    ("unverified", "无可核对 unverified", ""),
    ("held", "扣留 held", "red"),
    ("cells", "单元格 cells", ""),
    ("unreadable_cells", "无法辨认 unreadable cells", "yellow"),
    ("claims", "正文数字 figures in prose", ""),
    ("contradictions", "文表不一 contradicted by prose", "yellow"),
)


def print_summary(home: Path, load_name: str, seconds: float, problem: str | None) -> None:
    """Print what the load came to; `problem` says why nothing was published."""
    out = console()
    counts = staged.counts(home, load_name)
    published = _published(home, load_name) if problem is None else {}
    if counts["documents"]:
        out.print(_counts(counts | published, load_name))
    _print_held(out, home, load_name)
    _print_contradictions(out, staged.prose_contradictions(home, load_name))
    _print_rejects(out, staged.rejects(home, load_name))
    file = release_file(home)
    out.print(Text.assemble(("用时 time        ", "bold"), f"{seconds:.1f} s"))
    if file.exists():
        label = "数据库 warehouse  " if problem is None else "原版本 kept as it was  "
        out.print(Text.assemble((label, "bold"), str(file)), soft_wrap=True)
        out.print(Text.assemble(("版本 release      ", "bold"), published_id(file) or "—"), soft_wrap=True)
    if problem is not None:
        complain(problem)


def _published(home: Path, load_name: str) -> dict[str, int]:
    """What only the release knows of a load: rows of warehouse rules that fail, decisions that count."""
    with connect(release_file(home), read_only=True) as connection:
        row = connection.execute(_PUBLISHED, {"load_name": load_name}).to_arrow_table().to_pylist()[0]
    return {key: int(value) for key, value in row.items()}


def _counts(counts: dict[str, int], load_name: str) -> Table:
    table = Table(title=f"装载 load {load_name}", title_justify="left", title_style="bold", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for key, label, style in (*_COUNTED, *_COUNTED_IN_RELEASE):
        if key not in counts:
            continue
        table.add_row(label, Text(f"{counts[key]:,}", style=style if counts[key] else ""))
    return table


def _print_held(out: Console, home: Path, load_name: str) -> None:
    rows = staged.held_reports(home, load_name)
    if not rows:
        return
    table = Table(title="扣留的报告 held reports", title_justify="left", title_style="bold red", show_lines=True)
    for label in ("报告 report", "原因 reason"):
        table.add_column(label, overflow="fold")
    reasons = staged.held_reasons(home, load_name)
    for row in rows[:_SHOWN]:
        name = joined((row["organ_name"] or "?", row["year"], row["form"], Path(row["document"] or "").name), "\n")
        table.add_row(Text(name), Text(_first(reasons.get(row["report_id"], []))))
    out.print(table)
    _more(out, rows)


def _first(sentences: Sequence[str]) -> str:
    """The first contradiction in both languages, and how many more `ogi check` will show."""
    more = (len(sentences) - 2) // 2
    rest = [f"… 另有 and {more} more: ogi check"] if more > 0 else []
    return "\n".join([*sentences[:2], *rest]) or "—"


def _print_contradictions(out: Console, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    table = Table(title="文表不一 prose against tables and itself", title_justify="left", title_style="bold yellow")
    for label in ("报告 report", "比对 comparison"):
        table.add_column(label, overflow="fold")
    for row in rows[:_SHOWN]:
        name = joined((row["organ_name"] or "?", row["year"], Path(row["document"] or "").name), "\n")
        table.add_row(Text(name), Text(row["says"]))
    out.print(table)
    _more(out, rows)


def _print_rejects(out: Console, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    table = Table(title="未能读取 rejects", title_justify="left", title_style="bold yellow")
    for label in ("文件 document", "环节 stage", "原因 reason"):
        table.add_column(label, overflow="fold")
    for row in rows[:_SHOWN]:
        table.add_row(*map(Text, (Path(row["document"] or "?").name, row["stage"], row["reason"])))
    out.print(table)
    _more(out, rows)


_SHOWN: Final = 10


def _more(out: Console, rows: Sequence[object]) -> None:
    if len(rows) > _SHOWN:
        out.print(f"… 另有 and {len(rows) - _SHOWN} more")
