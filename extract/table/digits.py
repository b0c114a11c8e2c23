"""Rows whose values stand together without any separator (2000002), shared out over the columns of the form.

Only where the whole table is set so and each column has one character; what longer runs mean cannot be told here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from extract.table.align import Instance
from extract.table.layout import Layout
from extract.table.remarks import Split
from extract.text.tokens import EMPTY, VALUE, Token

_DIGITS: Final = re.compile("[0-9—]+")
_LEAST_ROWS: Final = 3


def shared_out(instance: Instance, layout: Layout, rows: Mapping[int, Split]) -> dict[int, list[Token]]:
    """The cells of the lines that print as many characters as they have columns, where every row is one run.

    A table with blank cells has rows with fewer characters than columns: then nothing is shared out.
    """
    runs: dict[int, Token] = {}
    table = instance.table
    for number, row in rows.items():
        line = table.lines[number]
        if not line.slots or layout.width_of(line) < 2 or not row.values:
            continue
        run = row.values[0]
        if len(row.values) > 1 or run.kind == EMPTY or not _DIGITS.fullmatch(run.text):
            return {}
        code = line.code or ""
        if not run.text.startswith(code) or len(run.text) < len(code) + layout.width_of(line):
            return {}
        runs[number] = run._replace(text=run.text[len(code) :], start=run.start + len(code))
    if len(runs) < _LEAST_ROWS:
        return {}
    fitting = {n: run for n, run in runs.items() if len(run.text) == layout.width_of(table.lines[n])}
    return {number: [_character(run, place) for place in range(len(run.text))] for number, run in fitting.items()}


def _character(run: Token, place: int) -> Token:
    start = run.start + place
    return Token(run.text[place], start, start + 1, run.row, VALUE)
