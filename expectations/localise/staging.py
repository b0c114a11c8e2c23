"""The suspects of every held report as rows of the staged table `localisation`, each with a sentence for a clerk.

What is suspected is decided in suspects.py and shifts.py; here it is only put into rows and words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from expectations.explain import Language, number, place_label
from expectations.localise import evidence
from expectations.localise.suspects import Explanation, Localisation, Suspect, localise
from extract.schema import STAGED

_HELD = """
select reading.report_id, reading.part, reading.form, reading.slot_id, reading.value, min(cell.cell_id) as cell_id
from reading
inner join verdict on reading.report_id = verdict.report_id and verdict.gating_failed > 0 and verdict.verdict = 'held'
left join cell
    on
        reading.report_id = cell.report_id
        and reading.part is not distinct from cell.part
        and reading.slot_id = cell.slot_id
where not reading.if_printed
group by all
order by all
"""
# A passage that contradicts one cell states what else may belong there.
_STATED = """
select cell.report_id, cell.part, cell.slot_id, stated.value
from (
    select report_id, right_ids as cell_id, left_value as value from soft_result where status = 'FAIL'
    union all
    select report_id, left_ids as cell_id, right_value as value from soft_result where status = 'FAIL'
) as stated
inner join cell on stated.report_id = cell.report_id and stated.cell_id = cell.cell_id
where stated.value is not null and cell.slot_id is not null
"""

# What is said where the search came to no end, with the limit it met.
_UNANSWERED = {
    "timeout": ("在 {} 秒内未能找遍最小的改动", "not every smallest change was found within {} s"),
    "capped": (
        "改动至多 {} 个单元格，仍不能使全部勾稽关系成立：错误较多，或整表读取有误，请对照原文",
        "no change of up to {} cells makes every sum of the form hold: "
        "many numbers are wrong, or the table was misread; please compare it with the print",
    ),
}

_LAST_PLACE = Decimal("0.000001")
_TOO_LARGE = Decimal(10) ** 14

Row = dict[str, Any]


class Sheet(NamedTuple):
    """One part of a report, in one form: slot_id -> value and cell_id."""

    report_id: str
    part: str | None
    form: str
    values: dict[str, Decimal | None]
    cell_ids: dict[str, str | None]


def localise_held(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Localise every held report of an evaluation (tables reading, verdict, cell, soft_result); staged rows."""
    stated: dict[tuple[str, str | None], dict[str, dict[Decimal, str]]] = defaultdict(lambda: defaultdict(dict))
    sheets = list(_sheets(connection))
    if sheets:
        for report_id, part, slot_id, value in connection.execute(_STATED).fetchall():
            stated[report_id, part][slot_id][value] = "prose"
    numbers: dict[str, tuple[Iterator[int], Iterator[int]]] = defaultdict(lambda: (count(1), count(1)))
    rows: list[Row] = []
    for sheet in sheets:
        found = localise(sheet.form, sheet.values, stated.get((sheet.report_id, sheet.part), {}))
        rows += _rows(sheet, found, *numbers[sheet.report_id])
    return pa.Table.from_pylist(rows, schema=STAGED["localisation"])


def _sheets(connection: duckdb.DuckDBPyConnection) -> Iterator[Sheet]:
    sheet: Sheet | None = None
    for report_id, part, form, slot_id, value, cell_id in connection.execute(_HELD).fetchall():
        if sheet is None or sheet[:3] != (report_id, part, form):
            if sheet is not None:
                yield sheet
            sheet = Sheet(report_id, part, form, {}, {})
        sheet.values[slot_id], sheet.cell_ids[slot_id] = value, cell_id
    if sheet is not None:
        yield sheet


def _rows(sheet: Sheet, found: Localisation, groups: Iterator[int], sets: Iterator[int]) -> Iterator[Row]:
    group_ids: Mapping[int, int] = defaultdict(lambda: next(groups))
    head = {"report_id": sheet.report_id, "part": sheet.part, "form": sheet.form}
    for explanation in found.explanations:
        base = {
            **head,
            "group_id": group_ids[explanation.group],
            "set_id": next(sets),
            "kind": explanation.kind,
            "score": explanation.score,
            "rank": explanation.rank,
            "is_only": explanation.is_unique,
            "is_capped": explanation.is_capped,
            "sentence_zh": _sentence(explanation, "zh"),
            "sentence_en": _sentence(explanation, "en"),
        }
        for cell in explanation.cells:
            yield base | {
                "cell_id": sheet.cell_ids[cell.slot_id],
                "slot_id": cell.slot_id,
                "printed_value": _staged(cell.printed),
                "implied_value": _staged(cell.implied),
                "edit": cell.edit,
                "source": cell.source,
            }
    for kind, limit, groups_left in (("timeout", "seconds", found.timed_out), ("capped", "cells", found.unexplained)):
        told = [text.format(number(Decimal(str(evidence.limit(limit))))) for text in _UNANSWERED[kind]]
        for group in groups_left:
            yield head | {
                "group_id": group_ids[group],
                "set_id": next(sets),
                "kind": kind,
                "score": 0,
                "rank": 1 + max((row.rank for row in found.explanations if row.group == group), default=0),
                "is_only": False,
                "is_capped": kind == "capped",
                "sentence_zh": told[0],
                "sentence_en": told[1],
            }


def _staged(value: Decimal | None) -> Decimal | None:
    """A value as it can be staged; one that no form could print stands in the sentence alone."""
    return None if value is None or abs(value) >= _TOO_LARGE else value.quantize(_LAST_PLACE)


def _sentence(explanation: Explanation, language: Language) -> str:
    if explanation.kind == "shift":
        return _moved(explanation, language)
    parts = [_change(cell, language) for cell in explanation.cells]
    if language == "zh":
        return "若" + "，且".join(parts) + "，全部勾稽关系即成立"
    return "if " + " and ".join(parts) + ", every sum of the form holds"


def _moved(explanation: Explanation, language: Language) -> str:
    first, last = explanation.cells[0].slot_id, explanation.cells[-1].slot_id
    places = [place_label(slot)[language] for slot in (first, last)]
    left_out = [_change(cell, language) for cell in explanation.cells if cell.edit == "left_out"]
    if language == "zh":
        also = "".join(f"，且{change}" for change in left_out)
        return f"若将「{places[0]}」至「{places[1]}」各数移动一格{also}，全部勾稽关系即成立：疑为读取错位，请对照原文"
    also = "".join(f" and {change}" for change in left_out)
    return (
        f"if the numbers from '{places[0]}' to '{places[1]}' move by one place{also}, every sum of the form holds: "
        "the reading is the suspect, please compare it with the print"
    )


def _change(cell: Suspect, language: Language) -> str:
    label, printed = place_label(cell.slot_id)[language], number(cell.printed)
    why = _why(cell, language)
    if language == "zh":
        return f"「{label}」{printed} 应为 {_meant(cell, language)}{f'（{why}）' if why else ''}"
    return f"'{label}' {printed} should be {_meant(cell, language)}{f' ({why})' if why else ''}"


def _meant(cell: Suspect, language: Language) -> str:
    if cell.implied is not None:
        return str(number(cell.implied))
    low, high = number(cell.low), number(cell.high)
    words = {
        "zh": ("另一数", "不小于 {}", "不大于 {}", "{} 至 {}"),
        "en": ("another number", "{} or more", "{} or less", "{} to {}"),
    }
    other, least, most, between = words[language]
    if low is not None and high is not None:
        return between.format(low, high)
    return least.format(low) if low is not None else most.format(high) if high is not None else other


def _why(cell: Suspect, language: Language) -> str:
    edit = evidence.edits()[cell.edit][f"label_{language}"] if cell.edit != "none" else ""
    source = evidence.sources()[cell.source][f"label_{language}"] if cell.source else ""
    joint = "，" if language == "zh" else ", "
    also = {"zh": "{}为此数", "en": "so says {}"}[language].format(source) if source else ""
    return joint.join(part for part in (edit, also) if part)
